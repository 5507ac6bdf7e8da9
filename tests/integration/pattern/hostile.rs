//! Patterns made to hurt: each is refused or answered, and nothing panics or overflows.

use consortia::graph::{Budget, Graph, MatchError, Parameters, View};
use proptest::prelude::*;

use super::world::{Edge, Node, World, ask, ask_within};
use consortia::model::entity::EntityKind;
use consortia::model::relationship::RelationshipKind;

/// Everybody is a member of everybody.
fn dense(count: usize) -> Graph {
    let node = Node { kind: EntityKind::University, country: None, since: None, other_name: None };
    let pairs = (0..count).flat_map(|source| (0..count).map(move |target| (source, target)));
    let edge = |(source, target)| Edge { source, kind: RelationshipKind::MemberOf, target, key: 0, stated: true };
    World::new(vec![node; count], pairs.map(edge).collect()).graph()
}

/// On a thread with as small a stack as a server's worker has.
fn on_a_small_stack(ask: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(ask).unwrap().join().unwrap();
}

#[test]
fn texts_that_nest_or_never_end_are_refused() {
    on_a_small_stack(|| {
        let graph = dense(2);
        for pattern in [
            "(".repeat(1_000_000),
            "(".repeat(5_000),
            "[".repeat(5_000),
            "(a WHERE ".to_owned() + &"(".repeat(4_000),
            "(a:".to_owned() + &"(".repeat(4_000),
            "(a:".to_owned() + &"!".repeat(9_000),
            "(a WHERE ".to_owned() + &"NOT ".repeat(2_000),
            "x".repeat(9_999),
            "'".to_owned() + &"x".repeat(9_000),
            "(a)".to_owned() + &"-[]->()".repeat(1_000),
            "(a),".repeat(2_000),
            "(a)-[]->{1,99999999999999999999}(b)".to_owned(),
        ] {
            let refused = ask(&graph, &pattern);
            let shown: String = pattern.chars().take(20).collect();
            assert!(matches!(refused, Err(MatchError::Pattern(_))), "{shown}");
            let message = refused.unwrap_err().to_string();
            assert!(message.len() < 600, "{shown}: {message}");
        }
    });
}

#[test]
fn long_conditions_and_deep_brackets_within_the_limits_are_answered() {
    on_a_small_stack(|| {
        let graph = dense(3);
        let all = "(a) WHERE a.id = 'e00'".to_owned() + &" AND a.id = 'e00'".repeat(500);
        assert_eq!(ask(&graph, &all).unwrap().len(), 1);
        let any = "(a) WHERE a.id = 'x'".to_owned() + &" OR a.id = 'e01'".repeat(500);
        assert_eq!(ask(&graph, &any).unwrap().len(), 1);
        let negated = "(a) WHERE ".to_owned() + &"NOT ".repeat(1_000) + "a.id = 'e01'";
        assert_eq!(ask(&graph, &negated).unwrap().len(), 1);
        let nested = format!("(a) WHERE {}a.id = 'e01'{}", "(".repeat(16), ")".repeat(16));
        assert_eq!(ask(&graph, &nested).unwrap().len(), 1);
        let groups = format!("{}(a)-[]->(b){}", "(".repeat(14), ")".repeat(14));
        assert_eq!(ask(&graph, &groups).unwrap().len(), 6);
        let repeated = format!("ANY SHORTEST {}(a)-[]->(b){}", "(".repeat(14), "){1,2}".repeat(14));
        assert!(ask(&graph, &repeated).is_ok());
        for times in ["{96}", "{100}"] {
            let without_number = "(".repeat(15) + "-[]->" + &format!("){times}").repeat(15);
            let refused =
                ask_within(&graph, &View::everything(), &without_number, Parameters::new(), &Budget::of(20_000));
            assert!(matches!(refused, Err(MatchError::Exhausted(_))), "{times}");
        }
    });
}

#[test]
fn what_explodes_meets_the_budget() {
    let graph = dense(40);
    for pattern in [
        "(a)-[]->(b)-[]->(c)-[]->(d)-[]->(e)-[]->(f)",
        "(a), (b), (c), (d), (e)",
        "(a)-[]->{1,100}(b)",
        "TRAIL (a)-[]->*(b)",
        "ACYCLIC (a)-[]->*(b)",
        "SIMPLE (a)-[]->*(b)",
        "ALL SHORTEST ACYCLIC (a)-[]->{5,}(b)",
        "ALL SHORTEST (a)-[]->{30}(b)",
        "SHORTEST 1000 GROUPS (a)-[]->*(b)",
        "((a)-[]->(b) WHERE a.id < b.id){1,40}",
        "(a)((x)-[]->(y)){1,3}((z)-[]->(w)){1,3}(b)",
    ] {
        let refused = ask_within(&graph, &View::everything(), pattern, Parameters::new(), &Budget::of(200_000));
        assert!(matches!(refused, Err(MatchError::Exhausted(_))), "{pattern}: {:?}", refused.map(|found| found.len()));
    }
}

#[test]
fn paths_between_known_ends_are_listed_no_longer_than_the_selector_needs() {
    let graph = dense(40);
    // One relationship leads there, and two by way of each of the 38 others.
    for (prefix, expected) in [
        ("ANY SHORTEST TRAIL", 1),
        ("ALL SHORTEST SIMPLE", 1),
        ("SHORTEST 3 ACYCLIC", 3),
        ("SHORTEST 2 TRAIL GROUPS", 1 + 38),
        ("SHORTEST 39 SIMPLE", 1 + 38),
    ] {
        let pattern = format!("{prefix} (a {{id: 'e00'}})-[]->*(b {{id: 'e39'}})");
        let found = ask_within(&graph, &View::everything(), &pattern, Parameters::new(), &Budget::of(20_000));
        assert_eq!(found.unwrap().len(), expected, "{prefix}");
    }
}

#[test]
fn a_deadline_ends_a_pattern() {
    let budget = Budget::unlimited().until(std::time::Instant::now());
    let refused = ask_within(&dense(10), &View::everything(), "(a)-[]->{1,100}(b)", Parameters::new(), &budget);
    assert!(matches!(refused, Err(MatchError::Exhausted(_))));
}

#[test]
fn a_long_path_needs_no_deep_stack() {
    on_a_small_stack(|| {
        let count = 3_000;
        let node = Node { kind: EntityKind::University, country: None, since: None, other_name: None };
        let edges = (0..count - 1).map(|source| Edge {
            source,
            kind: RelationshipKind::MemberOf,
            target: source + 1,
            key: 0,
            stated: true,
        });
        let graph = World::new(vec![node; count], edges.collect()).graph();
        for prefix in ["ACYCLIC", "TRAIL", "SIMPLE", "ANY SHORTEST", "ALL SHORTEST", "ALL SHORTEST TRAIL"] {
            let found = ask(&graph, &format!("p = {prefix} (a {{id: 'e0000'}})-[]->*(b {{id: 'e2999'}})")).unwrap();
            assert_eq!(
                (found.len(), found.get(&graph, 0).paths[0].as_ref().unwrap().length()),
                (1, count - 1),
                "{prefix}"
            );
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_refused_or_answered(text in "\\PC{0,60}") {
        let _ = ask_within(&dense(3), &View::everything(), &text, Parameters::new(), &Budget::of(20_000));
    }

    #[test]
    fn any_words_of_the_language_are_refused_or_answered(
        words in prop::collection::vec(prop::sample::select(&[
            "(", ")", "[", "]", "{", "}", "-", "->", "<-", "*", "+", "?", "{1,2}", ":", "|", "&", "!", "%", "a", "b", "p", "=",
            "<>", "<", ",", ".", "'x'", "1", "$v", "WHERE", "AND", "OR", "NOT", "IN", "IS", "NULL", "TRAIL", "ANY", "ALL",
            "SHORTEST", "Hospital", "MEMBER_OF", "name", "since", "DATE", "size", "path_length", "RETURN", "DISTINCT",
            "(a)", "(b)", "-[e]->", "-[]-", "(a)-[]->(b)", "((a)-[]->(b))", "'é", "/*", "//", "`a`",
            "==", "!=", "--", "=~", ";", "MATCH", "LIMIT", "EXISTS", "OPTIONAL", "WITH", "TRIAL", "[*1..3]", "h.x", "count",
        ]), 0..14)
    ) {
        let graph = dense(3);
        for text in [words.join(" "), words.concat()] {
            let _ = ask_within(&graph, &View::everything(), &text, Parameters::new(), &Budget::of(20_000));
        }
    }
}
