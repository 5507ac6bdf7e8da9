//! Edges that pull and nodes that push, round by round, until the picture has cooled down.
//!
//! The forces are those of d3-force with its usual strengths: every two nodes push each other, an edge draws its ends
//! to a distance of 30, and all are drawn a little to the middle. Nodes push as cells of a tree (J. Barnes, P. Hut,
//! Nature 324 (1986), 446-449) that lies in one array, so that a round allocates nothing. Where to draw what comes out
//! is left to `layout`; why this is our own is docs/decisions/0014-force-layout.md.

/// What two nodes push each other with.
const CHARGE: f64 = -30.0;
/// The distance that an edge draws its ends to.
const DISTANCE: f64 = 30.0;
/// How strongly each node is drawn to the middle.
const GRAVITY: f64 = 0.1;
/// What is left of a node's speed after a round.
const INERTIA: f64 = 0.6;
/// A cell whose side is less than this share of its distance pushes as one node.
const THETA_SQUARED: f64 = 0.81;
/// How cold it is when the last round is done, as -ln of what is left of 1: a thousandth.
const COOLING: f64 = 6.907_755_278_982_137;
/// How many nodes a cell may have before it is divided.
const CELL: usize = 8;
/// How often a cell may be divided; nodes that lie that close stay together.
const DEPTH: usize = 40;

/// A node: where it is, and how far it goes in a round.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Body {
    at: [f64; 2],
    speed: [f64; 2],
}

/// An edge, with the strength it pulls with and the share of it that the first end follows.
#[derive(Clone, Copy, Debug)]
struct Spring {
    ends: [usize; 2],
    strength: f64,
    share: f64,
}

/// A square of the plane, in the order of a walk that visits a cell before what is in it.
#[derive(Clone, Copy, Debug)]
struct Cell {
    middle: [f64; 2],
    side_squared: f64,
    charge: f64,
    /// Where its nodes are in the order of the tree.
    first: usize,
    past: usize,
    /// The next cell that does not lie in it; the one after this, where it is not divided.
    next: usize,
}

/// A picture that cools down.
pub(super) struct Simulation {
    bodies: Vec<Body>,
    springs: Vec<Spring>,
    /// How warm it is; 1 at first.
    alpha: f64,
    /// What is left of it after a round.
    decay: f64,
    cells: Vec<Cell>,
    /// The nodes, those of a cell beside each other, and where they are.
    order: Vec<usize>,
    points: Vec<[f64; 2]>,
}

impl Simulation {
    /// The nodes by their communities, and edges as pairs of nodes; an edge that is there twice pulls twice. It is cold
    /// after `rounds`.
    pub(super) fn new(communities: &[usize], edges: &[(usize, usize)], rounds: usize) -> Self {
        let count = communities.len();
        let mut degrees = vec![0_usize; count];
        for &(one, other) in edges {
            degrees[one] += 1;
            degrees[other] += 1;
        }
        let spring = |&(one, other): &(usize, usize)| {
            let [mine, yours] = [degrees[one], degrees[other]];
            Spring {
                ends: [one, other],
                strength: 1.0 / mine.min(yours) as f64,
                share: yours as f64 / (mine + yours) as f64,
            }
        };
        Self {
            bodies: sectors(communities),
            springs: edges.iter().map(spring).collect(),
            alpha: 1.0,
            decay: falling(COOLING / rounds as f64),
            cells: Vec::new(),
            order: (0..count).collect(),
            points: vec![[0.0; 2]; count],
        }
    }

    /// Lets the forces work once. *O(n log n + m)*.
    pub(super) fn round(&mut self) {
        self.alpha *= self.decay;
        self.push();
        self.pull();
        for body in &mut self.bodies {
            for axis in 0..2 {
                body.speed[axis] = (body.speed[axis] - body.at[axis] * GRAVITY * self.alpha) * INERTIA;
                body.at[axis] += body.speed[axis];
            }
        }
    }

    fn pull(&mut self) {
        for &Spring { ends: [one, other], strength, share } in &self.springs {
            let [from, to] = [self.bodies[one], self.bodies[other]];
            let ahead = |axis: usize| to.at[axis] + to.speed[axis] - from.at[axis] - from.speed[axis];
            let mut way = [ahead(0), ahead(1)];
            if way == [0.0, 0.0] {
                way[0] = 1e-6;
            }
            let length = (way[0] * way[0] + way[1] * way[1]).sqrt();
            let pull = (length - DISTANCE) / length * self.alpha * strength;
            for (axis, way) in way.into_iter().enumerate() {
                self.bodies[one].speed[axis] += way * pull * share;
                self.bodies[other].speed[axis] -= way * pull * (1.0 - share);
            }
        }
    }

    fn push(&mut self) {
        self.divide();
        for (place, &node) in self.order.iter().enumerate() {
            let at = self.points[place];
            let mut speed = [0.0; 2];
            let mut feel = |other: [f64; 2], charge: f64, squared: f64| {
                let force = charge * self.alpha / if squared < 1.0 { squared.sqrt() } else { squared };
                speed[0] += (other[0] - at[0]) * force;
                speed[1] += (other[1] - at[1]) * force;
            };
            let mut number = 0;
            while let Some(cell) = self.cells.get(number) {
                let squared = distance_squared(at, cell.middle);
                if cell.side_squared < THETA_SQUARED * squared {
                    feel(cell.middle, cell.charge, squared);
                    number = cell.next;
                } else if cell.next == number + 1 {
                    for other in (cell.first..cell.past).filter(|&other| other != place) {
                        let mut point = self.points[other];
                        if point == at {
                            // Which of two nodes in one place goes which way follows from their order.
                            point[0] += if other < place { -1e-6 } else { 1e-6 };
                        }
                        feel(point, CHARGE, distance_squared(at, point));
                    }
                    number = cell.next;
                } else {
                    number += 1;
                }
            }
            self.bodies[node].speed[0] += speed[0];
            self.bodies[node].speed[1] += speed[1];
        }
    }

    /// Puts the nodes into cells.
    fn divide(&mut self) {
        let (mut low, mut high) = ([f64::MAX; 2], [f64::MIN; 2]);
        for body in &self.bodies {
            for axis in 0..2 {
                low[axis] = low[axis].min(body.at[axis]);
                high[axis] = high[axis].max(body.at[axis]);
            }
        }
        let side = (high[0] - low[0]).max(high[1] - low[1]);
        self.cells.clear();
        self.divide_cell((0, self.order.len()), low, side, 0);
        for (point, &node) in self.points.iter_mut().zip(&self.order) {
            *point = self.bodies[node].at;
        }
    }

    fn divide_cell(&mut self, (first, past): (usize, usize), low: [f64; 2], side: f64, depth: usize) {
        let number = self.cells.len();
        let nodes = &mut self.order[first..past];
        let mut sum = [0.0; 2];
        for &node in &*nodes {
            sum[0] += self.bodies[node].at[0];
            sum[1] += self.bodies[node].at[1];
        }
        let count = nodes.len() as f64;
        self.cells.push(Cell {
            middle: [sum[0] / count, sum[1] / count],
            side_squared: side * side,
            charge: CHARGE * count,
            first,
            past,
            next: number + 1,
        });
        if nodes.len() <= CELL || depth == DEPTH {
            return;
        }
        let half = side / 2.0;
        let middle = [low[0] + half, low[1] + half];
        let bodies = &self.bodies;
        let split = |nodes: &mut [usize], axis: usize| parted(nodes, |node| bodies[node].at[axis] < middle[axis]);
        let across = split(nodes, 1);
        let (below, above) = nodes.split_at_mut(across);
        let bounds = [0, split(below, 0), across, across + split(above, 0), past - first];
        for quarter in 0..4 {
            let (from, to) = (first + bounds[quarter], first + bounds[quarter + 1]);
            if from < to {
                let corner = [[low[0], middle[0]][quarter % 2], [low[1], middle[1]][quarter / 2]];
                self.divide_cell((from, to), corner, half, depth + 1);
            }
        }
        self.cells[number].next = self.cells.len();
    }

    /// Where the nodes are.
    pub(super) fn places(&self) -> impl Iterator<Item = [f64; 2]> {
        self.bodies.iter().map(|body| body.at)
    }
}

/// What is left of 1 after so much cooling: e^-x by its series, as `exp` and `powf` are not the same on every machine.
fn falling(cooling: f64) -> f64 {
    const TERMS: u32 = 40;
    (1..=TERMS).rev().fold(1.0, |sum, term| 1.0 - cooling / f64::from(term) * sum)
}

fn distance_squared(one: [f64; 2], other: [f64; 2]) -> f64 {
    let way = [other[0] - one[0], other[1] - one[1]];
    way[0] * way[0] + way[1] * way[1]
}

/// Moves what is wanted to the front; how many there are.
fn parted(nodes: &mut [usize], is_wanted: impl Fn(usize) -> bool) -> usize {
    let mut past = 0;
    for at in 0..nodes.len() {
        if is_wanted(nodes[at]) {
            nodes.swap(at, past);
            past += 1;
        }
    }
    past
}

/// The seeds of a sunflower, each community in a sector of its own: what belongs together starts together, and no two
/// nodes in one place.
fn sectors(communities: &[usize]) -> Vec<Body> {
    // Grows with the angle as the angle itself does, but needs no sine, which is not the same on every machine.
    let turn = |[x, y]: &[f64; 2]| {
        let share = y / (x.abs() + y.abs());
        if *x >= 0.0 { share } else { 2.0 - share }
    };
    let mut seeds = spiral(communities.len());
    seeds.sort_by(|one, other| turn(one).total_cmp(&turn(other)));
    let mut order: Vec<usize> = (0..communities.len()).collect();
    order.sort_by_key(|&node| communities[node]);
    let mut bodies = vec![Body { at: [0.0; 2], speed: [0.0; 2] }; communities.len()];
    for (node, at) in order.into_iter().zip(seeds) {
        bodies[node].at = at;
    }
    bodies
}

/// Each seed a golden angle after the one before, from the middle outwards.
fn spiral(count: usize) -> Vec<[f64; 2]> {
    /// Cosine and sine of the golden angle.
    const TURN: [f64; 2] = [-0.737_368_878_078_320_2, 0.675_490_294_261_523_8];
    let mut way = [1.0_f64, 0.0];
    let seed = |number: usize| {
        let radius = 10.0 * (0.5 + number as f64).sqrt();
        let at = [radius * way[0], radius * way[1]];
        way = [way[0] * TURN[0] - way[1] * TURN[1], way[0] * TURN[1] + way[1] * TURN[0]];
        at
    };
    (0..count).map(seed).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn after(count: usize, edges: &[(usize, usize)], rounds: usize) -> Vec<[f64; 2]> {
        let mut simulation = Simulation::new(&vec![0; count], edges, rounds);
        (0..rounds).for_each(|_| simulation.round());
        simulation.places().collect()
    }

    /// The push on each node, from every other one by one.
    fn naive_push(simulation: &Simulation) -> Vec<[f64; 2]> {
        let push = |node: usize| {
            let others = (0..simulation.bodies.len()).filter(|&other| other != node);
            others.fold([0.0; 2], |sum: [f64; 2], other| {
                let [at, from] = [node, other].map(|body| simulation.bodies[body].at);
                let squared = distance_squared(at, from);
                let force = CHARGE * simulation.alpha / if squared < 1.0 { squared.sqrt() } else { squared };
                [0, 1].map(|axis| sum[axis] + (from[axis] - at[axis]) * force)
            })
        };
        (0..simulation.bodies.len()).map(push).collect()
    }

    #[test]
    fn an_edge_draws_its_ends_to_one_distance_and_the_rest_is_pushed_away() {
        let places = after(3, &[(0, 1)], 300);
        let between = |one: usize, other: usize| distance_squared(places[one], places[other]).sqrt();
        assert!((25.0..40.0).contains(&between(0, 1)), "{places:?}");
        assert!(between(0, 2) > between(0, 1) && between(1, 2) > between(0, 1), "{places:?}");
    }

    #[test]
    fn a_picture_has_cooled_to_a_thousandth_after_its_last_round() {
        for rounds in [1, 2, 30, 90, 300] {
            let mut simulation = Simulation::new(&[0; 2], &[], rounds);
            (0..rounds).for_each(|_| simulation.round());
            assert!((simulation.alpha - 0.001).abs() < 1e-12, "{} after {rounds}", simulation.alpha);
        }
    }

    #[test]
    fn communities_start_side_by_side_and_nobody_in_anothers_place() {
        let communities: Vec<usize> = (0..60).map(|node| node % 3).collect();
        let bodies = sectors(&communities);
        let middle = |community: usize| {
            let own = bodies.iter().zip(&communities).filter(|(_, other)| **other == community);
            own.fold([0.0; 2], |sum: [f64; 2], (body, _)| [sum[0] + body.at[0] / 20.0, sum[1] + body.at[1] / 20.0])
        };
        for (one, other) in [(0, 1), (1, 2), (0, 2)] {
            assert!(distance_squared(middle(one), middle(other)) > 900.0, "{:?} {:?}", middle(one), middle(other));
        }
        let alone = |at: usize| (0..at).all(|other| distance_squared(bodies[at].at, bodies[other].at) > 1.0);
        assert!((0..60).all(alone));
    }

    #[test]
    fn nodes_in_one_place_part() {
        let mut simulation = Simulation::new(&[0; 20], &[], 10);
        simulation.bodies.iter_mut().for_each(|body| body.at = [1.0, 2.0]);
        (0..10).for_each(|_| simulation.round());
        let mut places: Vec<[f64; 2]> = simulation.places().collect();
        places.sort_by(|one, other| one[0].total_cmp(&other[0]));
        assert!(places.windows(2).all(|pair| pair[0] != pair[1] && pair[0][0].is_finite()), "{places:?}");
    }

    proptest! {
        #[test]
        fn the_tree_pushes_nearly_as_the_nodes_themselves_do(
            places in prop::collection::vec((-300.0..300.0, -300.0..300.0), 2..120),
        ) {
            let mut simulation = Simulation::new(&vec![0; places.len()], &[], 100);
            for (body, (x, y)) in simulation.bodies.iter_mut().zip(places) {
                body.at = [x, y];
            }
            let expected = naive_push(&simulation);
            simulation.push();
            let length = |way: [f64; 2]| distance_squared([0.0; 2], way).sqrt();
            // What cancels out is small though its parts are not: the error is held against the sum of the parts.
            let most: f64 = expected.iter().map(|way| length(*way)).fold(1.0, f64::max);
            for (body, expected) in simulation.bodies.iter().zip(expected) {
                let error = length([body.speed[0] - expected[0], body.speed[1] - expected[1]]);
                prop_assert!(error < 0.2 * most, "{error} of {most}");
            }
        }

        #[test]
        fn the_same_network_gives_the_same_places(
            edges in prop::collection::vec((0_usize..40, 0_usize..40), 0..80), rounds in 1_usize..40,
        ) {
            let edges: Vec<_> = edges.into_iter().filter(|(one, other)| one != other).collect();
            let places = after(40, &edges, rounds);
            prop_assert!(places.iter().flatten().all(|coordinate| coordinate.is_finite()));
            prop_assert_eq!(places, after(40, &edges, rounds));
        }
    }
}
