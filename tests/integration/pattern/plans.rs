//! The order in which a pattern is matched.

use consortia::graph::{Budget, Parameters, View};

use super::world::{Edge, Node, World, ask, ask_within};
use consortia::model::entity::EntityKind;
use consortia::model::relationship::RelationshipKind;

/// One consortium with many universities and one hospital.
fn world() -> World {
    let node = |kind, country| Node { kind, country, since: None, other_name: None };
    let mut nodes = vec![node(EntityKind::Consortium, None), node(EntityKind::Hospital, Some("CN"))];
    nodes.extend((0..60).map(|number| node(EntityKind::University, Some(if number == 7 { "FR" } else { "GB" }))));
    let edges =
        (1..62).map(|source| Edge { source, kind: RelationshipKind::MemberOf, target: 0, key: 0, stated: true });
    World::new(nodes, edges.collect())
}

fn actions(pattern: &str) -> Vec<String> {
    let graph = world().graph();
    ask(&graph, pattern).unwrap().plan().iter().map(|step| step.action.clone()).collect()
}

#[test]
fn a_plan_starts_at_the_most_selective_end() {
    for (pattern, first) in [
        ("(u:University)-[:MEMBER_OF]->(c)<-[:MEMBER_OF]-(h:Hospital)", "read all (h:Hospital)"),
        ("(h:Hospital)-[:MEMBER_OF]->(c)<-[:MEMBER_OF]-(u:University)", "read all (h:Hospital)"),
        ("(u {id: 'e05'})-[]->(c)<-[]-(v:University)", "look up (u): 1 by a key or a name"),
        ("(v:University)-[]->(c)<-[]-(u {id: 'e05'})", "look up (u): 1 by a key or a name"),
        ("(v:University)-[]->(c)<-[]-(u WHERE u.name = 'e05')", "look up (u): 1 by a key or a name"),
        ("(v:University)-[]->(c)<-[]-(u) WHERE u.id IN ['e05', 'e06']", "look up (u): 2 by a key or a name"),
        ("(v:University)-[]->(c:Consortium)<-[]-(u:University)", "read all (c:Consortium)"),
        ("(v:University)-[]->(c), (h:Hospital)-[]->(c)", "read all (h:Hospital)"),
    ] {
        assert_eq!(actions(pattern)[0], first, "{pattern}");
    }
}

#[test]
fn patterns_that_share_nothing_are_laid_side_by_side_and_others_are_joined() {
    let joined = actions("(a:Hospital)-[]->(b), (c:University)-[]->(b)");
    assert_eq!(joined.len(), 3);
    assert!(joined[2].starts_with("walk "), "{joined:?}");
    let apart = actions("(a:Hospital), (b:Consortium)");
    assert_eq!(apart, ["read all (a:Hospital)", "read all (b:Consortium)"]);
    let closed = actions("(a:Hospital)-[]->(b)<-[]-(c)-[]->(b)");
    assert!(closed.iter().any(|action| action.starts_with("join ")), "{closed:?}");
}

#[test]
fn a_plan_says_how_many_rows_each_step_made() {
    let graph = world().graph();
    let found =
        ask(&graph, "(h:Hospital)-[:MEMBER_OF]->(c)<-[:MEMBER_OF]-(u:University WHERE u.country = 'FR')").unwrap();
    let made: Vec<u64> = found.plan().iter().map(|step| step.actual).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(made.last(), Some(&1));
    assert!(found.plan().iter().all(|step| step.estimated.is_finite() && step.estimated >= 0.0));
}

fn visits(pattern: &str) -> u64 {
    let budget = Budget::unlimited();
    ask_within(&world().graph(), &View::everything(), pattern, Parameters::new(), &budget).unwrap();
    budget.spent()
}

#[test]
fn a_condition_costs_a_visit_for_each_property_and_for_16_items_of_a_list() {
    // 60 universities are read.
    assert_eq!(visits("(u:University) WHERE u.name STARTS WITH 'z'"), 60 + 60);
    assert_eq!(visits("(u:University) WHERE u.name STARTS WITH 'z' OR u.city STARTS WITH 'z'"), 60 + 2 * 60);
    let list = ["'z'"; 32].join(", ");
    assert_eq!(visits(&format!("(u:University) WHERE u.description IN [{list}]")), 60 + (1 + 2) * 60);
    assert_eq!(visits(&format!("(u:University) WHERE u.description IN [u.city, {list}]")), 60 + (2 + 33) * 60);
}

#[test]
fn a_selective_start_costs_little() {
    assert!(visits("(v:University)-[]->(c:Consortium)<-[]-(u {id: 'e05'}) WHERE v.id = 'e06'") < 40);
    // The consortium in between leads to 61 places, each of which costs two visits besides the way there.
    assert!(visits("ANY SHORTEST (v {id: 'e06'})-[]-*(u {id: 'e05'})") < 250);
}
