//! Measures that the tests hold and let go, asked by several operations at once.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc;
use std::thread;

use super::turns::LONG;
use super::*;
use crate::api::executor::Turn;
use crate::knowledge::{Snapshot, curated, snapshot_of};

/// The longest that a test waits for something that must come.
const PATIENCE: Duration = Duration::from_secs(60);

/// What an operation over the curated data sees, and the means to end it.
struct Asker {
    scope: Scope,
    cancelled: Arc<AtomicBool>,
}

fn snapshot() -> Arc<Snapshot> {
    Arc::new(snapshot_of(curated().unwrap()).unwrap())
}

fn asker(measures: &Arc<Measures>, snapshot: &Arc<Snapshot>, turn: Turn) -> Asker {
    let cancelled = Arc::new(AtomicBool::new(false));
    let lane = Arc::new(Lane::new(Arc::clone(measures), turn));
    let scope = Scope {
        snapshot: Arc::clone(snapshot),
        view: Arc::new(View::everything()),
        budget: Arc::new(lane.watch(Budget::of(1_000_000).unless(Arc::clone(&cancelled)))),
        begun: Arc::default(),
        lane,
        redirected: Arc::default(),
        doubled: Arc::default(),
        cited: Arc::default(),
    };
    Asker { scope, cancelled }
}

impl Asker {
    /// Asks a measure that costs 7 visits and says a number.
    fn ask(&self, question: &str, number: usize) -> Result<usize> {
        self.ask_with(question, || number)
    }

    fn ask_with(&self, question: &str, number: impl FnOnce() -> usize) -> Result<usize> {
        let measure = |_: &Graph, _: &View, budget: &Budget| {
            budget.charge(7)?;
            Ok::<_, Exhausted>(number())
        };
        self.scope.measured(question.to_owned(), measure, |_| 1_000).map(|number| *number)
    }
}

#[test]
fn what_was_found_is_not_looked_for_again_and_costs_the_same() {
    let (measures, snapshot) = (Arc::new(Measures::new(1, 1 << 20)), snapshot());
    let [first, second, other] = [(); 3].map(|()| asker(&measures, &snapshot, Turn::default()));
    assert_eq!(first.ask("one", 1).unwrap(), 1);
    assert_eq!(second.ask("one", 2).unwrap(), 1, "the answer is the one of before");
    assert_eq!((first.scope.budget.spent(), second.scope.budget.spent()), (7, 7));
    drop(first);
    assert_eq!(other.ask("another", 3).unwrap(), 3);
}

#[test]
fn another_view_or_revision_is_another_measure() {
    let (measures, snapshot) = (Arc::new(Measures::new(1, 1 << 20)), snapshot());
    let mut asker = asker(&measures, &snapshot, Turn::default());
    assert_eq!(asker.ask("one", 1).unwrap(), 1);
    let spec = crate::graph::ViewSpec { undated: false, ..Default::default() };
    asker.scope.view = Arc::new(View::new(snapshot.graph(), &spec));
    assert_eq!(asker.ask("one", 2).unwrap(), 2);
    asker.scope.view = Arc::new(View::new(snapshot.graph(), &spec));
    assert_eq!(asker.ask("one", 3).unwrap(), 2, "an equal view is the same");
    asker.scope.snapshot = Arc::new(Snapshot::build(Default::default()));
    assert_eq!(asker.ask("one", 4).unwrap(), 4);
}

#[test]
fn a_budget_of_a_question_covers_what_was_found_before_and_the_server_gives_it_away() {
    let (measures, snapshot) = (Arc::new(Measures::new(1, 1 << 20)), snapshot());
    asker(&measures, &snapshot, Turn::default()).ask("one", 1).unwrap();
    let mut poor = asker(&measures, &snapshot, Turn::default());
    let server = Arc::new(Budget::of(6));
    poor.scope = poor.scope.on(Arc::new(Budget::of(6).within(Arc::clone(&server))));
    let refused = poor.ask("one", 1).unwrap_err();
    assert!(refused.message.contains("more than 6 relationships"), "{}", refused.message);
    poor.scope = poor.scope.on(server);
    assert_eq!(poor.ask("one", 1).unwrap(), 1, "what the server allows is not spent on what was found");
    assert_eq!(poor.scope.budget.spent(), 6 + 7);
}

#[test]
fn no_more_is_kept_than_there_is_room_for() {
    let (measures, snapshot) = (Arc::new(Measures::new(1, 10_000)), snapshot());
    let asker = asker(&measures, &snapshot, Turn::default());
    for number in 0..100 {
        assert_eq!(asker.ask(&format!("question {number}"), number).unwrap(), number);
        assert!(measures.kept.weight() <= 10_000);
    }
    assert!((1..=8).contains(&measures.kept.len()), "{} of more than 1,256 bytes each", measures.kept.len());
}

#[test]
fn who_asks_what_another_is_at_waits_for_it() {
    let (measures, snapshot) = (Arc::new(Measures::new(1, 1 << 20)), snapshot());
    let (begun, begins) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let [first, second] = [(); 2].map(|()| asker(&measures, &snapshot, Turn::default()));
    thread::scope(|scope| {
        let finding = scope.spawn(move || {
            first.ask_with("one", || {
                begun.send(()).unwrap();
                released.recv_timeout(PATIENCE).unwrap();
                1
            })
        });
        begins.recv_timeout(PATIENCE).unwrap();
        let waiting = scope.spawn(move || (second.ask("one", 2), second.scope.budget.spent()));
        while measures.waiting.load(Ordering::Relaxed) < 2 {
            thread::yield_now();
        }
        release.send(()).unwrap();
        assert_eq!(finding.join().unwrap().unwrap(), 1);
        let (found, spent) = waiting.join().unwrap();
        assert_eq!((found.unwrap(), spent), (1, 7));
    });
}

#[test]
fn where_one_gives_up_another_goes_on_and_who_is_cancelled_waits_no_longer() {
    let (measures, snapshot) = (Arc::new(Measures::new(1, 1 << 20)), snapshot());
    let (begun, begins) = mpsc::channel();
    let [first, second, third] = [(); 3].map(|()| asker(&measures, &snapshot, Turn::default()));
    let (give_up, leave) = (Arc::clone(&first.cancelled), Arc::clone(&third.cancelled));
    thread::scope(|scope| {
        let finding = scope.spawn(move || {
            let measure = |_: &Graph, _: &View, budget: &Budget| {
                begun.send(()).unwrap();
                while !budget.is_over() {
                    thread::yield_now();
                }
                Err::<usize, _>(Exhausted::Deadline)
            };
            first.scope.measured("one".to_owned(), measure, |_| 0)
        });
        begins.recv_timeout(PATIENCE).unwrap();
        let waiting = scope.spawn(move || second.ask("one", 2));
        let leaving = scope.spawn(move || third.ask("one", 3));
        while measures.waiting.load(Ordering::Relaxed) < 3 {
            thread::yield_now();
        }
        leave.store(true, Ordering::Relaxed);
        assert!(leaving.join().unwrap().unwrap_err().message.contains("takes too long"));
        give_up.store(true, Ordering::Relaxed);
        assert!(finding.join().unwrap().is_err());
        assert_eq!(waiting.join().unwrap().unwrap(), 2);
    });
}

/// A turn that says when it is given back.
struct Held(mpsc::Sender<()>);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

#[test]
fn whatever_visits_a_lot_goes_to_the_long_questions() {
    let (measures, snapshot) = (Arc::new(Measures::new(1, 1 << 20)), snapshot());
    let (given_back, gives_back) = mpsc::channel();
    let [first, second] = [(); 2].map(|()| asker(&measures, &snapshot, Turn::held(Held(given_back.clone()))));
    let visit = |asker: &Asker, visits: u64| asker.scope.ask(|_, _, budget| budget.charge(visits as usize));
    visit(&first, LONG - 1).unwrap();
    assert!(gives_back.try_recv().is_err(), "a short one keeps its turn");
    visit(&first, 1).unwrap();
    gives_back.try_recv().expect("a long one has given it back");
    assert_eq!(*measures.turns.free(), 0, "and has one among the long");
    let leave = Arc::clone(&second.cancelled);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| visit(&second, LONG));
        gives_back.recv_timeout(PATIENCE).expect("who waits holds none");
        while measures.waiting.load(Ordering::Relaxed) < 1 {
            thread::yield_now();
        }
        leave.store(true, Ordering::Relaxed);
        assert!(waiting.join().unwrap().unwrap_err().message.contains("takes too long"));
    });
    drop(first);
    assert_eq!(*measures.turns.free(), 1);
    measures.waiting.store(WAITING, Ordering::Relaxed);
    let refused = visit(&asker(&measures, &snapshot, Turn::default()), LONG).unwrap_err();
    assert!(refused.message.contains("too many long questions wait already"), "{}", refused.message);
}

#[test]
fn who_works_or_waits_holds_no_turn_among_the_operations() {
    let (measures, snapshot) = (Arc::new(Measures::new(1, 1 << 20)), snapshot());
    let (given_back, gives_back) = mpsc::channel();
    let (release, released) = mpsc::channel::<()>();
    let [first, second, third] = [(); 3].map(|()| asker(&measures, &snapshot, Turn::held(Held(given_back.clone()))));
    thread::scope(|scope| {
        let working = scope.spawn(move || {
            first.ask_with("one", || {
                released.recv_timeout(PATIENCE).unwrap();
                1
            })
        });
        gives_back.recv_timeout(PATIENCE).expect("the one who works");
        let same = scope.spawn(move || second.ask("one", 2));
        let other = scope.spawn(move || third.ask("another", 3));
        for _ in 0..2 {
            gives_back.recv_timeout(PATIENCE).expect("those who wait");
        }
        release.send(()).unwrap();
        let found = [working, same, other].map(|asked| asked.join().unwrap().unwrap());
        assert_eq!(found, [1, 1, 3]);
    });
    assert_eq!(*measures.turns.free(), 1, "every turn is given back");
}

#[test]
fn no_more_run_at_a_time_than_may() {
    let (measures, snapshot) = (Arc::new(Measures::new(2, 1 << 20)), snapshot());
    let running = AtomicUsize::new(0);
    let most = AtomicUsize::new(0);
    thread::scope(|scope| {
        for number in 0..12 {
            let (running, most) = (&running, &most);
            let asker = asker(&measures, &snapshot, Turn::default());
            scope.spawn(move || {
                let work = || {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    for _ in 0..1_000 {
                        thread::yield_now();
                    }
                    running.fetch_sub(1, Ordering::SeqCst);
                    number
                };
                assert_eq!(asker.ask_with(&format!("question {number}"), work).unwrap(), number);
            });
        }
    });
    assert!((1..=2).contains(&most.load(Ordering::SeqCst)));
}

#[test]
fn too_many_who_wait_are_refused_at_once() {
    let (measures, snapshot) = (Arc::new(Measures::new(1, 1 << 20)), snapshot());
    measures.waiting.store(WAITING, Ordering::Relaxed);
    let refused = asker(&measures, &snapshot, Turn::default()).ask("one", 1).unwrap_err();
    assert!(refused.message.contains("ask again later"), "{}", refused.message);
    assert_eq!(measures.waiting.load(Ordering::Relaxed), WAITING);
}
