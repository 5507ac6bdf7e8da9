//! The rows of random patterns over random graphs are those of the naive evaluator.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use consortia::graph::{Budget, Graph, Match, MatchError, Parameters, View, ViewSpec};
use consortia::model::citation::Strength;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::generated::{question, world, written};
use super::naive::{Bound, LONGEST, Question, Row, Selector, Walk, answer};
use super::world::{World, ask, ask_within, rows};
use consortia::graph::BoundValue;

/// A row of the program in the words of the naive evaluator.
fn as_naive(row: &Match) -> Row {
    let walks = row.paths.iter().map(|path| Walk {
        nodes: path.iter().flat_map(|path| &path.entities).map(|entity| entity.position()).collect(),
        edges: path.iter().flat_map(|path| &path.steps).map(|step| step.relationship.position()).collect(),
    });
    let names = row.bindings.iter().filter_map(|binding| {
        let bound = match &binding.value {
            BoundValue::Nothing => Bound::Nothing,
            BoundValue::Entity(entity) => Bound::Node(entity.position()),
            BoundValue::Relationship(relationship) => Bound::Edge(relationship.position()),
            BoundValue::Entities(all) => Bound::Group(all.iter().map(|each| each.position()).collect()),
            BoundValue::Relationships(all) => Bound::Group(all.iter().map(|each| each.position()).collect()),
            BoundValue::Path(_) => return None,
        };
        // The naive evaluator gives no names to paths.
        if binding.name.starts_with('p') {
            return None;
        }
        Some((binding.name.clone(), bound))
    });
    (walks.collect(), names.collect())
}

fn is_short(row: &Row) -> bool {
    row.0.iter().all(|walk| walk.edges.len() <= LONGEST)
}

/// Where paths are alike in their walk but not in their names, a selector of a number of them may take any.
fn may_choose(question: &Question) -> bool {
    let optional = question.optional.iter().flat_map(|(patterns, _)| patterns);
    question.patterns.iter().chain(optional).any(|pattern| matches!(pattern.selector, Selector::Shortest(_)))
}

/// For each choice of walks how many rows there are.
fn by_walks(rows: &BTreeSet<Row>) -> BTreeMap<Vec<Walk>, usize> {
    let mut counts = BTreeMap::new();
    for (walks, _) in rows {
        *counts.entry(walks.clone()).or_insert(0) += 1;
    }
    counts
}

fn check(world: &World, question: &Question) -> Result<bool, TestCaseError> {
    let (graph, text) = (world.graph(), written(question));
    let found = match ask(&graph, &text) {
        Ok(found) => found,
        // Names that cannot be joined, repetitions without an end: not what is tested here.
        Err(MatchError::Pattern(_)) => return Ok(false),
        Err(other) => return Err(TestCaseError::fail(format!("{text}: {other}"))),
    };
    let listed = rows(&graph, &found);
    let all: Vec<Row> = listed.iter().map(as_naive).collect();
    let unique: BTreeSet<Row> = all.iter().filter(|row| is_short(row)).cloned().collect();
    prop_assert_eq!(unique.len(), all.iter().filter(|row| is_short(row)).count(), "a row twice: {}", text);
    check_order(&listed, &text)?;
    let Some(expected) = answer(world, question) else { return Ok(false) };
    if may_choose(question) && expected != unique {
        // Which of several names of one walk are taken is free when a condition behind does not look at them.
        if question.condition.is_none() && question.patterns.len() == 1 && question.optional.is_empty() {
            prop_assert_eq!(by_walks(&unique), by_walks(&expected), "{}", text);
            return Ok(true);
        }
        return Ok(false);
    }
    prop_assert_eq!(&unique, &expected, "{}\n{:?}", text, world);
    Ok(true)
}

/// The order that is documented.
fn check_order(rows: &[Match], text: &str) -> Result<(), TestCaseError> {
    let key = |row: &Match| {
        // What is not there comes after what is.
        let paths = row.paths.iter().map(|path| {
            let Some(path) = path else { return (usize::MAX, Vec::new(), Vec::new()) };
            let relationships: Vec<_> = path.steps.iter().map(|step| step.relationship).collect();
            (path.length(), path.entities.clone(), relationships)
        });
        (row.paths.iter().flatten().map(|path| path.length()).sum::<usize>(), paths.collect::<Vec<_>>())
    };
    let keys: Vec<_> = rows.iter().map(key).collect();
    prop_assert!(keys.is_sorted(), "out of order: {}", text);
    Ok(())
}

#[test]
fn random_patterns_match_what_they_mean() {
    let compared = Cell::new(0);
    let all = Cell::new(0);
    let config = Config { cases: 1_000, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let result = runner.run(&(world(), question()), |(world, question)| {
        all.set(all.get() + 1);
        compared.set(compared.get() + usize::from(check(&world, &question)?));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    assert!(compared.get() * 2 > all.get(), "only {} of {} patterns were compared", compared.get(), all.get());
}

/// A graph of nothing but what a view admits, and the view: both must give the same rows.
fn narrowed(world: &World, spec: &ViewSpec) -> World {
    let nodes = world.nodes.clone();
    let is_seen = |position: usize| spec.entity_kinds.is_none_or(|kinds| kinds.contains(nodes[position].kind));
    let edges = world.edges.iter().filter(|edge| {
        let strength = if edge.stated { Strength::Stated } else { Strength::Inferred };
        spec.relationship_kinds.is_none_or(|kinds| kinds.contains(edge.kind))
            && strength >= spec.strength
            && is_seen(edge.source)
            && is_seen(edge.target)
    });
    World { edges: edges.cloned().collect(), nodes: nodes.clone() }
}

fn in_words(graph: &Graph, row: &Match) -> String {
    let path = |path: &consortia::graph::Path| {
        let nodes: Vec<_> = path.entities.iter().map(|&each| graph.entity(each).id.to_string()).collect();
        let edges: Vec<_> =
            path.steps.iter().map(|step| graph.relationship(step.relationship).id().to_string()).collect();
        format!("{nodes:?} {edges:?}")
    };
    row.paths.iter().map(|own| own.as_ref().map_or("-".to_owned(), path)).collect::<Vec<_>>().join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_view_narrows_what_a_pattern_sees(world in world(), question in question(), strong in any::<bool>(), few in any::<bool>()) {
        use consortia::graph::{EntityKinds, RelationshipKinds};
        use consortia::model::{entity::EntityKind, relationship::RelationshipKind};
        let spec = ViewSpec {
            strength: if strong { Strength::Stated } else { Strength::Inferred },
            relationship_kinds: few.then(|| RelationshipKinds::ALL.without(RelationshipKind::PartOf)),
            entity_kinds: few.then(|| EntityKinds::ALL.without(EntityKind::Hospital)),
            ..ViewSpec::default()
        };
        let (graph, only) = (world.graph(), narrowed(&world, &spec).graph());
        let text = written(&question);
        let view = View::new(&graph, &spec);
        let Ok(found) = ask_within(&graph, &view, &text, Parameters::new(), &Budget::unlimited()) else { return Ok(()) };
        // Nodes that no relationship keeps are in the other graph still, so only kinds are asked of it again.
        let kinds = ViewSpec { entity_kinds: spec.entity_kinds, ..ViewSpec::default() };
        let expected = ask_within(&only, &View::new(&only, &kinds), &text, Parameters::new(), &Budget::unlimited()).unwrap();
        let words = |graph: &Graph, found| rows(graph, found).iter().map(|row| in_words(graph, row)).collect::<Vec<_>>();
        prop_assert_eq!(words(&graph, &found), words(&only, &expected), "{}", text);
    }

    #[test]
    fn a_budget_gives_the_whole_answer_or_none(world in world(), question in question(), visits in 0_u64..400) {
        let (graph, text) = (world.graph(), written(&question));
        let Ok(whole) = ask(&graph, &text) else { return Ok(()) };
        match ask_within(&graph, &View::everything(), &text, Parameters::new(), &Budget::of(visits)) {
            Ok(found) => prop_assert_eq!(rows(&graph, &found), rows(&graph, &whole)),
            Err(MatchError::Exhausted(_)) => {}
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}
