//! Questions of analysts over worlds small enough to answer by hand.

use consortia::graph::{
    Budget, EntityFilter, Exhausted, Graph, Layout, Link, LinkQuestion, NetworkQuestion, Path, PathQuestion,
    PathSelection, PathWeights, RelationshipFilter, TraversalError, View, link_paths, links, network, paths,
};
use consortia::model::entity::EntityKind::{Agreement, Consortium, Event, Hospital, Person, Topic, University};
use consortia::model::relationship::RelationshipKind::{
    self, AffiliatedWith, CollaboratesWith, Concerns, Founded, HoldsPostAt, MemberOf, ParticipatedIn, PartyTo, Signed,
};

use super::world::{World, all, find, id, ids, relationship_ids};

/// Three British universities founded a consortium with Sichuan University, whose hospital is West China Hospital.
fn china_uk() -> World {
    World::new()
        .entity("consortium", Consortium)
        .entity("oxford", University)
        .entity("birmingham", University)
        .entity("glasgow", University)
        .entity("sichuan-university", University)
        .entity("west-china-hospital", Hospital)
        .entity("forum", Event)
        .entity("elsewhere-hospital", Hospital)
        .related("oxford", Founded, "consortium")
        .related("birmingham", Founded, "consortium")
        .related("glasgow", MemberOf, "consortium")
        .related("sichuan-university", Founded, "consortium")
        .related("west-china-hospital", AffiliatedWith, "sichuan-university")
        .related("oxford", ParticipatedIn, "forum")
        .related("elsewhere-hospital", ParticipatedIn, "forum")
}

fn question(graph: &Graph, from: &[&str], reach: usize) -> LinkQuestion {
    LinkQuestion {
        from: all(graph, from),
        through: EntityFilter::of_kinds([Consortium]),
        to: EntityFilter::of_kinds([Hospital]),
        via: RelationshipFilter::default(),
        reach,
    }
}

fn ask(graph: &Graph, question: &LinkQuestion) -> Vec<Link> {
    links(graph, &View::everything(), question, &Budget::unlimited()).unwrap()
}

fn linked(graph: &Graph, question: &LinkQuestion) -> Vec<String> {
    ask(graph, question).iter().map(|link| id(graph, link.entity)).collect()
}

fn steps(graph: &Graph, path: &Path) -> Vec<String> {
    relationship_ids(graph, &path.steps.iter().map(|step| step.relationship).collect::<Vec<_>>())
}

#[test]
fn a_hospital_links_to_universities_through_the_consortium_of_the_university_it_belongs_to() {
    let graph = china_uk().graph();
    let question = question(&graph, &["oxford", "birmingham", "glasgow"], 2);
    let found = ask(&graph, &question);
    assert_eq!(found.len(), 1);
    let link = &found[0];
    assert_eq!(id(&graph, link.entity), "west-china-hospital");
    assert_eq!(ids(&graph, &link.from), ["birmingham", "glasgow", "oxford"]);
    assert_eq!(ids(&graph, &link.through), ["consortium"]);
    assert_eq!(link.distance, 3);
    let walks = link_paths(&graph, &View::everything(), &question, link, 10, &Budget::unlimited()).unwrap();
    assert_eq!(walks.len(), 3);
    assert_eq!(
        steps(&graph, &walks[0]),
        [
            "birmingham:founded:consortium",
            "sichuan-university:founded:consortium",
            "west-china-hospital:affiliated-with:sichuan-university"
        ]
    );
    assert_eq!(walks[0].steps.iter().map(|step| step.forward).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(linked(&graph, &LinkQuestion { reach: 1, ..question }), [] as [&str; 0]);
}

#[test]
fn links_come_by_how_many_they_reach_then_by_how_many_bear_witness_then_by_distance_then_by_name() {
    let named = |id: &str, name: &'static str| (id.to_owned(), name);
    let mut world = World::new().entity("u1", University).entity("u2", University);
    for consortium in ["c1", "c2"] {
        world = world.entity(consortium, Consortium).related("u1", MemberOf, consortium);
    }
    world = world.related("u2", MemberOf, "c1");
    for (id, name) in [named("h1", "Zulu"), named("h2", "Élan"), named("h3", "Echo"), named("h4", "Alpha")] {
        world = world.entity_with(&id, Hospital, |record| record.name = name.into());
    }
    let world = world
        // Both universities, one consortium.
        .related("h1", MemberOf, "c1")
        // One university through two consortia would need c1, which reaches both: c2 alone reaches one.
        .related("h2", MemberOf, "c2")
        .related("h3", MemberOf, "c2")
        // At the end of three steps.
        .related("h4", AffiliatedWith, "h2");
    let graph = world.graph();
    assert_eq!(linked(&graph, &question(&graph, &["u1", "u2"], 1)), ["h1", "h3", "h2"]);
    assert_eq!(linked(&graph, &question(&graph, &["u1"], 2)), ["h3", "h2", "h1", "h4"]);
}

#[test]
fn steps_run_onto_persons_only_where_the_question_names_them() {
    let graph = World::new()
        .entity("university", University)
        .entity("professor", Person)
        .entity("hospital", Hospital)
        .entity("consortium", Consortium)
        .entity("agreement", Agreement)
        .related("professor", HoldsPostAt, "university")
        .related("professor", MemberOf, "consortium")
        .related("hospital", MemberOf, "consortium")
        .related("professor", Signed, "agreement")
        .related("hospital", PartyTo, "agreement")
        .graph();
    let plain = question(&graph, &["university"], 2);
    assert_eq!(linked(&graph, &plain), [] as [&str; 0]);
    let by = |kinds: &[RelationshipKind]| LinkQuestion {
        via: RelationshipFilter::of_kinds(kinds.iter().copied()),
        ..plain.clone()
    };
    assert_eq!(linked(&graph, &by(&[HoldsPostAt, MemberOf])), ["hospital"]);
    assert_eq!(linked(&graph, &by(&[MemberOf])), [] as [&str; 0]);
    let over = RelationshipFilter {
        other: Some(EntityFilter::of_kinds([Person, Consortium, Hospital])),
        ..RelationshipFilter::default()
    };
    assert_eq!(linked(&graph, &LinkQuestion { via: over, ..plain.clone() }), ["hospital"]);
    let signed = LinkQuestion {
        from: all(&graph, &["professor"]),
        through: EntityFilter::of_kinds([Agreement]),
        ..by(&[Signed, PartyTo])
    };
    assert_eq!(linked(&graph, &signed), ["hospital"]);
    // A person half-way, where `through` says so, and only there.
    let half_way = LinkQuestion { through: EntityFilter::of_kinds([Person]), ..plain.clone() };
    assert_eq!(linked(&graph, &half_way), ["hospital"]);
    let by_id =
        EntityFilter { ids: Some(all(&graph, &["professor"]).into_iter().collect()), ..EntityFilter::default() };
    assert_eq!(linked(&graph, &LinkQuestion { through: by_id, ..plain.clone() }), ["hospital"]);
    let not_named = LinkQuestion { through: EntityFilter::default(), ..plain };
    assert_eq!(linked(&graph, &not_named), [] as [&str; 0]);
}

#[test]
fn a_person_who_may_stand_half_way_stands_nowhere_else() {
    let mut world = World::new().entity("f", University).entity("h", Hospital).entity("c", Consortium);
    world = world.related("f", MemberOf, "c").related("h", MemberOf, "c");
    for person in ["p1", "p2"] {
        world = world.entity(person, Person).related(person, MemberOf, "c");
        world = world.related(person, HoldsPostAt, "f").related(person, HoldsPostAt, "h");
    }
    let graph = world.graph();
    let question =
        LinkQuestion { through: EntityFilter::of_kinds([Person, Consortium]), ..question(&graph, &["f"], 2) };
    let link = &ask(&graph, &question)[0];
    assert_eq!(ids(&graph, &link.through), ["c", "p1", "p2"]);
    let walks = link_paths(&graph, &View::everything(), &question, link, 10, &Budget::unlimited()).unwrap();
    let walks: Vec<_> = walks.iter().map(|path| ids(&graph, &path.entities).join(" ")).collect();
    // Not f p1 c p2 h: its only middle is c, and persons stand on both sides of it.
    assert_eq!(walks, ["f c h", "f p1 h", "f p2 h", "f c p1 h", "f c p2 h", "f p1 c h", "f p2 c h"]);
}

#[test]
fn steps_never_run_onto_a_topic_but_may_start_at_one() {
    let graph = World::new()
        .entity("university", University)
        .entity("hospital", Hospital)
        .entity("consortium", Consortium)
        .entity("cancer", Topic)
        .related("university", Concerns, "cancer")
        .related("consortium", Concerns, "cancer")
        .related("hospital", MemberOf, "consortium")
        .graph();
    assert_eq!(linked(&graph, &question(&graph, &["university"], 2)), [] as [&str; 0]);
    assert_eq!(linked(&graph, &question(&graph, &["cancer"], 2)), ["hospital"]);
    let through_a_topic =
        LinkQuestion { through: EntityFilter::of_kinds([Topic]), ..question(&graph, &["university"], 2) };
    assert_eq!(linked(&graph, &through_a_topic), [] as [&str; 0]);
}

#[test]
fn a_walk_comes_to_no_entity_twice() {
    // The only way to the consortium and the only way on lead over the same university.
    let only_way = World::new()
        .entity("from", University)
        .entity("between", University)
        .entity("consortium", Consortium)
        .entity("hospital", Hospital)
        .related("from", CollaboratesWith, "between")
        .related("between", MemberOf, "consortium")
        .related("hospital", AffiliatedWith, "between");
    let graph = only_way.graph();
    assert_eq!(linked(&graph, &question(&graph, &["from"], 2)), [] as [&str; 0]);
    // The hospital itself is no way to the consortium it is reached from.
    let graph = World::new()
        .entity("from", University)
        .entity("consortium", Consortium)
        .entity("hospital", Hospital)
        .related("hospital", AffiliatedWith, "from")
        .related("hospital", MemberOf, "consortium")
        .graph();
    assert_eq!(linked(&graph, &question(&graph, &["from"], 2)), [] as [&str; 0]);
}

#[test]
fn the_third_way_to_the_middle_is_not_forgotten() {
    // Along the arrows three ways lead from f to the consortium. The first is the hospital itself, the second is the
    // only way on to the hospital; only the third makes a link.
    let graph = World::new()
        .entity("f", University)
        .entity("consortium", Consortium)
        .entity("h1", Hospital)
        .entity("h2", Hospital)
        .entity("h3", Hospital)
        .related("f", CollaboratesWith, "h1")
        .related("f", CollaboratesWith, "h2")
        .related("f", CollaboratesWith, "h3")
        .related("h1", MemberOf, "consortium")
        .related("h2", MemberOf, "consortium")
        .related("h3", MemberOf, "consortium")
        .related("consortium", CollaboratesWith, "h2")
        .related("h2", CollaboratesWith, "h1")
        .graph();
    let via = RelationshipFilter { direction: consortia::graph::Direction::Out, ..RelationshipFilter::default() };
    let question = LinkQuestion { via, ..question(&graph, &["f"], 2) };
    let found = ask(&graph, &question);
    assert_eq!(
        found.iter().map(|link| (id(&graph, link.entity), link.distance)).collect::<Vec<_>>(),
        [("h2".to_owned(), 3), ("h1".to_owned(), 4)]
    );
    let walks = link_paths(&graph, &View::everything(), &question, &found[1], 10, &Budget::unlimited()).unwrap();
    assert_eq!(walks.len(), 1);
    assert_eq!(ids(&graph, &walks[0].entities), ["f", "h3", "consortium", "h2", "h1"]);
}

#[test]
fn more_than_sixty_four_entities_may_be_asked_about_at_once() {
    let names: Vec<String> = (0..130).map(|number| format!("u{number:03}")).collect();
    let mut world = World::new().entity("c", Consortium).entity("h1", Hospital).entity("h2", Hospital);
    world = world.related("h1", MemberOf, "c").entity("d", Consortium).related("h2", MemberOf, "d");
    for (number, name) in names.iter().enumerate() {
        world = world.entity(name, University).related(name, MemberOf, "c");
        if number % 2 == 1 {
            world = world.related(name, MemberOf, "d");
        }
    }
    let graph = world.graph();
    let every: Vec<&str> = names.iter().map(String::as_str).collect();
    let found = ask(&graph, &question(&graph, &every, 1));
    assert_eq!(ids(&graph, &found[0].from), names);
    let odd: Vec<&str> = every.iter().skip(1).step_by(2).copied().collect();
    assert_eq!(id(&graph, found[1].entity), "h2");
    assert_eq!(ids(&graph, &found[1].from), odd);
}

#[test]
fn parallel_relationships_make_different_walks_of_one_link() {
    let graph = china_uk().related("oxford", MemberOf, "consortium").graph();
    let question = question(&graph, &["oxford"], 2);
    let found = ask(&graph, &question);
    let walks = |first| {
        let answer = link_paths(&graph, &View::everything(), &question, &found[0], first, &Budget::unlimited());
        answer.unwrap().iter().map(|path| steps(&graph, path)[0].clone()).collect::<Vec<_>>()
    };
    assert_eq!(walks(10), ["oxford:founded:consortium", "oxford:member-of:consortium"]);
    assert_eq!(walks(1), ["oxford:founded:consortium"]);
    assert_eq!(walks(0), [] as [&str; 0]);
}

#[test]
fn walks_that_start_with_one_relationship_from_both_of_its_ends_come_by_what_follows() {
    let graph = World::new()
        .entity("u1", University)
        .entity("u2", University)
        .entity("a-consortium", Consortium)
        .entity("b-consortium", Consortium)
        .entity("hospital", Hospital)
        .related("u1", CollaboratesWith, "u2")
        .related("a-consortium", CollaboratesWith, "u1")
        .related("b-consortium", CollaboratesWith, "u2")
        .related("hospital", MemberOf, "a-consortium")
        .related("hospital", MemberOf, "b-consortium")
        .graph();
    let question = question(&graph, &["u1", "u2"], 2);
    let link = &ask(&graph, &question)[0];
    let walks = link_paths(&graph, &View::everything(), &question, link, 10, &Budget::unlimited()).unwrap();
    let walks: Vec<_> = walks.iter().map(|path| ids(&graph, &path.entities)).collect();
    let expected: [&[&str]; 4] = [
        &["u1", "a-consortium", "hospital"],
        &["u2", "b-consortium", "hospital"],
        &["u2", "u1", "a-consortium", "hospital"],
        &["u1", "u2", "b-consortium", "hospital"],
    ];
    assert_eq!(walks, expected);
}

#[test]
fn numbers_out_of_range_and_spent_budgets_are_refused() {
    let graph = china_uk().graph();
    let (view, budget) = (View::everything(), Budget::unlimited());
    for reach in [0, 5] {
        let refused = links(&graph, &view, &question(&graph, &["oxford"], reach), &budget).unwrap_err();
        assert_eq!(refused, TraversalError::OutOfRange { argument: "reach", given: reach, least: 1, most: 4 });
    }
    let spent = links(&graph, &view, &question(&graph, &["oxford"], 2), &Budget::of(3)).unwrap_err();
    assert_eq!(spent, TraversalError::Exhausted(Exhausted::Visits { limit: 3 }));
    let route = PathQuestion { max_length: 13, ..route(&graph, "oxford", "glasgow", PathSelection::AnyShortest) };
    assert!(paths(&graph, &view, &route, &budget).is_err());
    let picture = NetworkQuestion { depth: 6, ..picture(&graph, &["oxford"], 1, 10) };
    assert!(network(&graph, &view, &picture, &budget).is_err());
}

fn route(graph: &Graph, from: &str, to: &str, select: PathSelection) -> PathQuestion {
    PathQuestion {
        from: all(graph, &[from]),
        to: all(graph, &[to]),
        select,
        max_length: 6,
        avoid: None,
        via: RelationshipFilter::default(),
        k: 3,
        weights: PathWeights::default(),
    }
}

#[test]
fn paths_run_over_persons_and_topics_and_round_what_they_shall_avoid() {
    let graph = World::new()
        .entity("a", University)
        .entity("b", University)
        .entity("professor", Person)
        .entity("topic", Topic)
        .entity("d1", University)
        .entity("d2", University)
        .related("professor", HoldsPostAt, "a")
        .related("professor", HoldsPostAt, "b")
        .related("a", Concerns, "topic")
        .related("b", Concerns, "topic")
        .related("a", CollaboratesWith, "d1")
        .related("d1", CollaboratesWith, "d2")
        .related("d2", CollaboratesWith, "b")
        .graph();
    let found = |question: &PathQuestion| -> Vec<Vec<String>> {
        let answer = paths(&graph, &View::everything(), question, &Budget::unlimited()).unwrap();
        answer.iter().map(|path| ids(&graph, &path.entities)).collect()
    };
    let shortest = route(&graph, "a", "b", PathSelection::AllShortest);
    assert_eq!(found(&shortest), [["a", "professor", "b"], ["a", "topic", "b"]]);
    assert_eq!(found(&route(&graph, "a", "b", PathSelection::AnyShortest)), [["a", "professor", "b"]]);
    let avoid = Some(EntityFilter::of_kinds([Person, Topic]));
    assert_eq!(found(&PathQuestion { avoid, ..shortest.clone() }), [["a", "d1", "d2", "b"]]);
    // The ends may be what is avoided.
    let avoid = Some(EntityFilter::of_kinds([University]));
    assert_eq!(found(&PathQuestion { avoid, ..shortest.clone() }).len(), 2);
    assert_eq!(found(&PathQuestion { max_length: 1, ..shortest }), [[""; 0]; 0]);
    let simple = route(&graph, "a", "b", PathSelection::AllSimple);
    assert_eq!(found(&simple).len(), 3);
    assert_eq!(found(&route(&graph, "a", "a", PathSelection::AllSimple)), [[""; 0]; 0]);
}

#[test]
fn pairs_that_nothing_joins_cost_a_visit_each() {
    let names: Vec<String> = (0..20).map(|at| format!("e{at:02}")).collect();
    let world = names.iter().fold(World::new(), |world, name| world.entity(name, University));
    let graph = world.graph();
    let everyone: Vec<_> = graph.entities().collect();
    for select in [
        PathSelection::AnyShortest,
        PathSelection::AllShortest,
        PathSelection::AllSimple,
        PathSelection::ShortestK,
        PathSelection::Strongest,
    ] {
        let question =
            PathQuestion { from: everyone.clone(), to: everyone.clone(), ..route(&graph, "e00", "e01", select) };
        let budget = Budget::unlimited();
        assert_eq!(paths(&graph, &View::everything(), &question, &budget).unwrap(), []);
        assert!(budget.spent() >= 20 * 19, "{} by {select:?}", budget.spent());
    }
}

fn picture(graph: &Graph, around: &[&str], depth: usize, max_nodes: usize) -> NetworkQuestion {
    NetworkQuestion {
        around: Some(all(graph, around)),
        depth,
        filter: EntityFilter::default(),
        show: None,
        max_nodes,
        layout: Layout::Circular,
    }
}

#[test]
fn a_network_keeps_the_nearest_and_says_what_was_cut() {
    let graph = china_uk().graph();
    let ask =
        |question: &NetworkQuestion| network(&graph, &View::everything(), question, &Budget::unlimited()).unwrap();
    let names =
        |question: &NetworkQuestion| ask(question).nodes.iter().map(|node| id(&graph, node.entity)).collect::<Vec<_>>();
    assert_eq!(names(&picture(&graph, &["oxford"], 0, 10)), ["oxford"]);
    assert_eq!(names(&picture(&graph, &["oxford"], 1, 10)), ["oxford", "consortium", "forum"]);
    // Two steps away: Sichuan University has a relationship with the consortium only, its hospital is out of reach.
    let two = picture(&graph, &["oxford"], 2, 4);
    assert_eq!(names(&two), ["oxford", "consortium", "forum", "birmingham"]);
    let cut = ask(&two);
    assert_eq!((cut.truncated, cut.node_count, cut.edge_count), (true, 7, 6));
    assert_eq!(
        relationship_ids(&graph, &cut.edges),
        ["birmingham:founded:consortium", "oxford:founded:consortium", "oxford:participated-in:forum"]
    );
    assert_eq!(cut.nodes.iter().map(|node| node.degree).collect::<Vec<_>>(), [2, 2, 1, 1]);
    // What is given is drawn whether it passes or not; the rest only if it passes.
    let hospitals = NetworkQuestion {
        filter: EntityFilter::of_kinds([Hospital]),
        ..picture(&graph, &["sichuan-university"], 3, 10)
    };
    assert_eq!(names(&hospitals), ["sichuan-university", "west-china-hospital"]);
    let whole = NetworkQuestion { around: None, ..picture(&graph, &[], 0, 100) };
    assert_eq!(names(&whole).len(), 8);
    assert_eq!(ask(&whole).edge_count, 7);
}

#[test]
fn what_is_walked_and_what_is_drawn_are_two_filters() {
    let graph = china_uk().graph();
    let drawn = |question: &NetworkQuestion| -> (Vec<String>, usize, bool, usize, usize) {
        let network = network(&graph, &View::everything(), question, &Budget::unlimited()).unwrap();
        let names = network.nodes.iter().map(|node| id(&graph, node.entity)).collect();
        (names, network.hidden, network.truncated, network.node_count, network.edge_count)
    };
    let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let hospitals = EntityFilter::of_kinds([Hospital]);
    // Within three steps of Oxford is everything; the hospitals among it stand alone, two and three steps away.
    let shown = NetworkQuestion { show: Some(hospitals.clone()), ..picture(&graph, &["oxford"], 3, 10) };
    let three = named(&["oxford", "elsewhere-hospital", "west-china-hospital"]);
    assert_eq!(drawn(&shown), (three, 5, false, 3, 0));
    // What is hidden is not cut off, and what is cut off is not hidden.
    let cut = NetworkQuestion { max_nodes: 2, ..shown.clone() };
    assert_eq!(drawn(&cut), (named(&["oxford", "elsewhere-hospital"]), 5, true, 3, 0));
    // Walked over universities and consortia alone, Oxford's partners and their consortium are found, and no event.
    let walked = NetworkQuestion {
        filter: EntityFilter::of_kinds([University, Consortium]),
        show: Some(EntityFilter::of_kinds([University])),
        ..picture(&graph, &["oxford"], 3, 10)
    };
    let universities = named(&["oxford", "birmingham", "glasgow", "sichuan-university"]);
    assert_eq!(drawn(&walked), (universities, 1, false, 4, 0));
    // Nothing in the middle: the filter says what there is, and all that is drawn has to pass.
    let whole = NetworkQuestion { around: None, ..walked };
    assert_eq!(drawn(&whole).1, 1);
    let tied = EntityFilter::of_kinds([Hospital, University]);
    let tied = NetworkQuestion { around: None, show: Some(tied), ..picture(&graph, &[], 0, 10) };
    let (nodes, hidden, _, node_count, edge_count) = drawn(&tied);
    assert_eq!((hidden, node_count, edge_count), (2, 6, 1));
    assert_eq!(nodes[..2], named(&["sichuan-university", "west-china-hospital"]), "by ties to what is drawn");
}

#[test]
fn who_is_linked_by_fewer_steps_stands_first() {
    let graph = World::new()
        .entity("a", University)
        .entity("b", University)
        .entity("c1", Consortium)
        .entity("c2", Consortium)
        .entity("c3", Consortium)
        .entity("partner", University)
        .entity("a-far", Hospital)
        .entity("m-near", Hospital)
        .entity("n-near", Hospital)
        .entity("x-twice", Hospital)
        .entity("z-both", Hospital)
        .related("a", MemberOf, "c1")
        .related("a", MemberOf, "c2")
        .related("a", MemberOf, "c3")
        .related("b", MemberOf, "c2")
        .related("m-near", MemberOf, "c1")
        .related("n-near", MemberOf, "c1")
        .related("x-twice", MemberOf, "c1")
        .related("x-twice", MemberOf, "c3")
        .related("z-both", MemberOf, "c2")
        .related("partner", MemberOf, "c2")
        .related("a-far", AffiliatedWith, "partner")
        .graph();
    let found = ask(&graph, &question(&graph, &["a", "b"], 2));
    let told: Vec<_> = found
        .iter()
        .map(|link| (id(&graph, link.entity), link.distance, link.from.len(), link.through.len()))
        .collect();
    // The far one is linked to both, and comes after those that share a consortium with one.
    let expected =
        [("z-both", 2, 2, 1), ("x-twice", 2, 1, 2), ("m-near", 2, 1, 1), ("n-near", 2, 1, 1), ("a-far", 3, 2, 1)];
    assert_eq!(told, expected.map(|(id, distance, from, through)| (id.to_owned(), distance, from, through)));
}

#[test]
fn a_circle_has_communities_side_by_side() {
    let graph = World::new()
        .entity("a", University)
        .entity("b", University)
        .entity("x", University)
        .entity("y", University)
        .related("a", CollaboratesWith, "x")
        .related("b", CollaboratesWith, "y")
        .graph();
    let picture = network(
        &graph,
        &View::everything(),
        &NetworkQuestion { around: None, ..picture(&graph, &[], 0, 10) },
        &Budget::unlimited(),
    );
    let nodes = picture.unwrap().nodes;
    let places: Vec<_> = nodes.iter().map(|node| (id(&graph, node.entity), node.community, node.x, node.y)).collect();
    let expected = [("a", 0, 1.0, 0.0), ("b", 1, -1.0, 0.0), ("x", 0, 0.0, 1.0), ("y", 1, 0.0, -1.0)];
    assert_eq!(places, expected.map(|(id, community, x, y)| (id.to_owned(), community, x, y)));
}

#[test]
fn an_index_stands_for_its_id_and_incidence_is_in_the_documented_order() {
    let graph = china_uk().related("oxford", MemberOf, "consortium").graph();
    let oxford = find(&graph, "oxford");
    let around: Vec<_> = graph
        .incident(oxford, consortia::graph::Direction::Both)
        .map(|(relationship, other, forward)| {
            (graph.relationship(relationship).id().to_string(), id(&graph, other), forward)
        })
        .collect();
    let expected = [
        ("oxford:founded:consortium", "consortium", true),
        ("oxford:member-of:consortium", "consortium", true),
        ("oxford:participated-in:forum", "forum", true),
    ];
    assert_eq!(around, expected.map(|(by, other, forward)| (by.to_owned(), other.to_owned(), forward)));
    assert_eq!(graph.incident(oxford, consortia::graph::Direction::In).count(), 0);
    let by = graph.find_relationship("oxford:founded:consortium").unwrap();
    assert_eq!(graph.ends(by), (oxford, find(&graph, "consortium")));
    assert!(graph.find_entity("nobody").is_none());
    assert!(graph.find_relationship("oxford:founded:forum").is_none());
    assert_eq!((graph.entity_count(), graph.relationship_count()), (8, 8));
}
