//! Traversals against naive ones that were written from the contract's words, over random worlds, views and filters.

use std::collections::BTreeSet;
use std::sync::Arc;

use consortia::graph::{
    Budget, Direction, EntityIndex, EntityOrder, Graph, Layout, LinkQuestion, NetworkQuestion, Path, PathQuestion,
    PathSelection, PathWeights, Statistics, View, ViewSpec, degree, entities, link_paths, links, neighbors, network,
    path_strength, paths, relationships, relationships_of, statistics,
};
use consortia::model::change::Versioned;
use consortia::model::relationship::{Relationship, RelationshipRecord};
use consortia::model::state::State;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::reference::{self, Seen, Walk};
use super::seeds::{self, EntitySeed, RelationshipSeed, name};
use super::world::{id, relationship_ids};

fn found(graph: &Graph, positions: &[usize]) -> Vec<EntityIndex> {
    positions.iter().filter_map(|&position| graph.find_entity(&name(position))).collect()
}

fn present(state: &State, positions: &[usize]) -> Vec<usize> {
    positions.iter().copied().filter(|&position| position < state.entities.len()).collect()
}

fn as_walk(path: &Path) -> Walk {
    Walk {
        entities: path.entities.iter().map(|entity| entity.position()).collect(),
        relationships: path.steps.iter().map(|step| step.relationship.position()).collect(),
    }
}

fn check_steps(graph: &Graph, path: &Path) -> Result<(), TestCaseError> {
    for (position, step) in path.steps.iter().enumerate() {
        let ends = (path.entities[position], path.entities[position + 1]);
        let walked = if step.forward { ends } else { (ends.1, ends.0) };
        prop_assert_eq!(graph.ends(step.relationship), walked);
    }
    Ok(())
}

#[derive(Clone, Debug)]
struct LinkSeed {
    from: Vec<usize>,
    through: EntitySeed,
    to: EntitySeed,
    via: RelationshipSeed,
    reach: usize,
}

impl LinkSeed {
    fn question(&self, graph: &Graph) -> LinkQuestion {
        LinkQuestion {
            from: found(graph, &self.from),
            through: self.through.filter(graph),
            to: self.to.filter(graph),
            via: self.via.filter(graph),
            reach: self.reach,
        }
    }
}

fn link_seed() -> impl Strategy<Value = LinkSeed> {
    (seeds::positions(), seeds::entities(2), seeds::entities(1), seeds::relationships(1), 1_usize..=4)
        .prop_map(|(from, through, to, via, reach)| LinkSeed { from, through, to, via, reach })
}

#[derive(Clone, Debug)]
struct PathSeed {
    from: Vec<usize>,
    to: Vec<usize>,
    max_length: usize,
    avoid: Option<EntitySeed>,
    via: RelationshipSeed,
    k: usize,
    weights: PathWeights,
}

impl PathSeed {
    fn question(&self, graph: &Graph, select: PathSelection) -> PathQuestion {
        PathQuestion {
            from: found(graph, &self.from),
            to: found(graph, &self.to),
            select,
            max_length: self.max_length,
            avoid: self.avoid.as_ref().map(|seed| seed.filter(graph)),
            via: self.via.filter(graph),
            k: self.k,
            weights: self.weights.clone(),
        }
    }
}

fn path_seed() -> impl Strategy<Value = PathSeed> {
    let avoid = proptest::option::weighted(0.5, seeds::entities(1));
    let which = (seeds::positions(), seeds::positions(), 1_usize..=6, 1_usize..=5);
    (which, avoid, seeds::relationships(1), seeds::weights()).prop_map(
        |((from, to, max_length, k), avoid, via, weights)| PathSeed { from, to, max_length, avoid, via, k, weights },
    )
}

const SELECTIONS: [PathSelection; 5] = [
    PathSelection::AnyShortest,
    PathSelection::AllShortest,
    PathSelection::AllSimple,
    PathSelection::ShortestK,
    PathSelection::Strongest,
];

/// The state that is left when only what a view admits is kept, citations included.
fn only_what_is_seen(state: &State, spec: &ViewSpec) -> State {
    let seen = Seen::new(state, spec);
    let shown = |relationship: &Relationship| {
        let mut record = RelationshipRecord::from(relationship.clone());
        record.citations.retain(|citation| seen.is_shown(citation));
        Arc::new(Versioned { revision: 1, value: Relationship::new(record).unwrap() })
    };
    let entities = state.entities.iter().enumerate().filter(|&(position, _)| seen.entities[position]);
    let relationships = state.relationships.iter().enumerate().filter(|&(position, _)| seen.relationships[position]);
    State {
        documents: state.documents.clone(),
        entities: entities.map(|(_, entity)| entity.clone()).collect(),
        relationships: relationships.map(|(_, relationship)| shown(relationship)).collect(),
        ..State::default()
    }
}

/// Answers to one question of each sort, in words that belong to no graph.
fn answers(graph: &Graph, view: &View, link: &LinkSeed, path: &PathSeed, filter: &EntitySeed) -> Vec<String> {
    let budget = Budget::unlimited();
    let said =
        |entities: &[EntityIndex]| entities.iter().map(|&entity| id(graph, entity)).collect::<Vec<_>>().join(" ");
    let walked = |path: &Path| {
        let steps: Vec<_> = path.steps.iter().map(|step| step.relationship).collect();
        format!("{} by {:?}", said(&path.entities), relationship_ids(graph, &steps))
    };
    let mut answers = Vec::new();
    let question = link.question(graph);
    for link in links(graph, view, &question, &budget).unwrap() {
        let (entity, from, through) = (id(graph, link.entity), said(&link.from), said(&link.through));
        answers.push(format!("link {entity} from {from} through {through} in {}", link.distance));
        answers.extend(link_paths(graph, view, &question, &link, 5, &budget).unwrap().iter().map(walked));
    }
    for select in SELECTIONS {
        answers.extend(paths(graph, view, &path.question(graph, select), &budget).unwrap().iter().map(walked));
    }
    for layout in [Layout::Force, Layout::Circular] {
        let around = Some(found(graph, &link.from));
        let show = Some(link.to.filter(graph));
        let question = NetworkQuestion { around, depth: 2, filter: filter.filter(graph), show, max_nodes: 4, layout };
        let network = network(graph, view, &question, &budget).unwrap();
        for node in &network.nodes {
            let numbers = (node.x, node.y, node.degree, node.community);
            answers.push(format!("node {} {numbers:?}", id(graph, node.entity)));
        }
        answers.push(format!("edges {:?}", relationship_ids(graph, &network.edges)));
        let (nodes, edges) = (network.node_count, network.edge_count);
        answers.push(format!("{} {} {nodes} {edges}", network.truncated, network.hidden));
    }
    for entity in found(graph, &path.from) {
        for neighbor in neighbors(graph, view, entity, &filter.filter(graph), &link.via.filter(graph), &budget).unwrap()
        {
            let by = relationship_ids(graph, &neighbor.relationships);
            answers.push(format!("neighbor {} by {by:?}", id(graph, neighbor.entity)));
        }
    }
    let listed = entities(graph, view, &filter.filter(graph), &EntityOrder::default(), &budget).unwrap();
    answers.push(format!("entities {}", said(&listed)));
    let listed = relationships(graph, view, &link.via.filter(graph), &budget).unwrap();
    answers.push(format!("relationships {:?}", relationship_ids(graph, &listed)));
    // What is not admitted cannot be undecided in a graph without it.
    answers.push(format!("{:?}", Statistics { undecided: 0, ..statistics(graph, view, &budget).unwrap() }));
    answers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn a_view_admits_what_the_contract_says(state in seeds::state(), spec in seeds::view()) {
        let (graph, seen, budget) = (Graph::build(&state), Seen::new(&state, &spec), Budget::unlimited());
        let view = View::new(&graph, &spec);
        for entity in graph.entities() {
            let admitted = view.admits_entity(&graph, entity, &budget).unwrap();
            prop_assert_eq!(admitted, seen.entities[entity.position()], "{}", id(&graph, entity));
        }
        for relationship in graph.relationships() {
            let admitted = view.admits_relationship(&graph, relationship);
            prop_assert_eq!(admitted, seen.relationships[relationship.position()]);
            let (source, target) = graph.ends(relationship);
            prop_assert!(!admitted || seen.entities[source.position()] && seen.entities[target.position()]);
        }
    }

    #[test]
    fn filters_pass_what_the_contract_says(
        state in seeds::state(), spec in seeds::view(), filter in seeds::entities(3), via in seeds::relationships(3),
    ) {
        let (graph, seen, budget) = (Graph::build(&state), Seen::new(&state, &spec), Budget::unlimited());
        let view = View::new(&graph, &spec);
        let (entity_filter, relationship_filter) = (filter.filter(&graph), via.filter(&graph));
        for entity in graph.entities() {
            let passes = entity_filter.matches(&graph, &view, entity, &budget).unwrap();
            prop_assert_eq!(passes, seen.passes(&filter, entity.position()));
            let mut naive: Vec<usize> = seen.around(entity.position()).into_iter()
                .filter(|&(r, _)| seen.relationship_passes(&via, r, entity.position()))
                .map(|(r, _)| r)
                .collect();
            naive.sort_by_key(|&r| (state.relationships[r].kind, r));
            let listed = relationships_of(&graph, &view, entity, &relationship_filter, &budget).unwrap();
            prop_assert_eq!(listed.iter().map(|r| r.position()).collect::<Vec<_>>(), naive.clone());
            prop_assert_eq!(degree(&graph, &view, entity, &relationship_filter, &budget).unwrap(), naive.len());
        }
        let mut naive: Vec<usize> = (0..seen.entities.len())
            .filter(|&entity| seen.entities[entity] && seen.passes(&filter, entity))
            .collect();
        naive.sort_by_key(|&entity| (seen.sort_name(entity), entity));
        let listed = entities(&graph, &view, &entity_filter, &EntityOrder::default(), &budget).unwrap();
        prop_assert_eq!(listed.iter().map(|entity| entity.position()).collect::<Vec<_>>(), naive);
        let mut naive: Vec<usize> = (0..seen.ends.len())
            .filter(|&r| seen.relationships[r])
            .filter(|&r| {
                seen.relationship_passes(&via, r, seen.ends[r].0) || seen.relationship_passes(&via, r, seen.ends[r].1)
            })
            .collect();
        naive.sort_by_key(|&r| (state.relationships[r].kind, r));
        let listed = relationships(&graph, &view, &relationship_filter, &budget).unwrap();
        prop_assert_eq!(listed.iter().map(|r| r.position()).collect::<Vec<_>>(), naive);
    }

    #[test]
    fn links_are_those_of_an_exhaustive_search(
        state in seeds::state(), spec in seeds::view(), seed in link_seed(), first in 0_usize..40,
    ) {
        let (graph, seen, budget) = (Graph::build(&state), Seen::new(&state, &spec), Budget::unlimited());
        let view = View::new(&graph, &spec);
        let from = present(&state, &seed.from);
        let naive = reference::links(&seen, &from, &seed.through, &seed.to, &seed.via, seed.reach);
        let question = seed.question(&graph);
        let answer = links(&graph, &view, &question, &budget).unwrap();
        prop_assert_eq!(answer.len(), naive.len());
        for (link, naive) in answer.iter().zip(&naive) {
            prop_assert_eq!(link.entity.position(), naive.entity);
            let positions = |entities: &[EntityIndex]| entities.iter().map(|e| e.position()).collect::<Vec<_>>();
            prop_assert_eq!(positions(&link.from), naive.from.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(positions(&link.through), naive.through.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(link.distance, naive.walks[0].relationships.len());
            for first in [first, usize::MAX] {
                let walks = link_paths(&graph, &view, &question, link, first, &budget).unwrap();
                walks.iter().try_for_each(|path| check_steps(&graph, path))?;
                let expected: Vec<_> = naive.walks.iter().take(first).cloned().collect();
                prop_assert_eq!(walks.iter().map(as_walk).collect::<Vec<_>>(), expected);
            }
        }
    }

    #[test]
    fn links_lose_nothing_where_there_are_more_ways_than_are_kept(
        state in seeds::dense_state(), seed in link_seed(), reach in 1_usize..=2, against_arrows in any::<bool>(),
    ) {
        let (graph, everything) = (Graph::build(&state), ViewSpec::default());
        let seen = Seen::new(&state, &everything);
        let direction = if against_arrows { Direction::Both } else { Direction::Out };
        let via = RelationshipSeed { direction, ..RelationshipSeed::default() };
        let naive = reference::links(&seen, &seed.from, &seed.through, &seed.to, &via, reach);
        let question = LinkQuestion { reach, ..LinkSeed { via, ..seed }.question(&graph) };
        let answer = links(&graph, &View::everything(), &question, &Budget::unlimited()).unwrap();
        let found: Vec<_> = answer.iter()
            .map(|link| {
                let positions = |entities: &[EntityIndex]| entities.iter().map(|e| e.position()).collect();
                (link.entity.position(), positions(&link.from), positions(&link.through), link.distance)
            })
            .collect();
        let expected: Vec<_> = naive.into_iter()
            .map(|link| (link.entity, link.from, link.through, link.walks[0].relationships.len()))
            .collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn paths_are_those_of_an_exhaustive_search(state in seeds::state(), spec in seeds::view(), seed in path_seed()) {
        let (graph, seen, budget) = (Graph::build(&state), Seen::new(&state, &spec), Budget::unlimited());
        let view = View::new(&graph, &spec);
        let [from, to] = [&seed.from, &seed.to].map(|ends| present(&state, ends));
        let simple = reference::simple_paths(&seen, &from, &to, seed.max_length, seed.avoid.as_ref(), &seed.via);
        for select in SELECTIONS {
            let expected = match select {
                PathSelection::AnyShortest => reference::shortest(&simple, true),
                PathSelection::AllShortest => reference::shortest(&simple, false),
                PathSelection::AllSimple => simple.clone(),
                PathSelection::ShortestK => reference::best(&simple, seed.k, |_| 0),
                PathSelection::Strongest => {
                    reference::best(&simple, seed.k, |walk| reference::cost(&seen, &seed.weights, walk))
                }
            };
            let answer = paths(&graph, &view, &seed.question(&graph, select), &budget).unwrap();
            answer.iter().try_for_each(|path| check_steps(&graph, path))?;
            prop_assert_eq!(answer.iter().map(as_walk).collect::<Vec<_>>(), expected, "{:?}", select);
        }
    }

    #[test]
    fn many_paths_of_a_dense_world_come_in_the_order_of_an_exhaustive_search(
        state in seeds::dense_state(), seed in path_seed(), k in 1_usize..=40, max_length in 2_usize..=4,
    ) {
        let (graph, everything) = (Graph::build(&state), ViewSpec::default());
        let seen = Seen::new(&state, &everything);
        let seed = PathSeed { k, max_length, from: vec![0], to: vec![1, 2], ..seed };
        let simple = reference::simple_paths(&seen, &[0], &[1, 2], max_length, seed.avoid.as_ref(), &seed.via);
        for select in [PathSelection::ShortestK, PathSelection::Strongest] {
            let strongest = select == PathSelection::Strongest;
            let cost = |walk: &Walk| if strongest { reference::cost(&seen, &seed.weights, walk) } else { 0 };
            let answer = paths(&graph, &View::everything(), &seed.question(&graph, select), &Budget::unlimited()).unwrap();
            prop_assert_eq!(answer.iter().map(as_walk).collect::<Vec<_>>(), reference::best(&simple, k, cost));
            for path in &answer {
                let strength = path_strength(&graph, &View::everything(), &seed.weights, path);
                let expected = (-(reference::cost(&seen, &seed.weights, &as_walk(path)) as f64) / 1e9).exp();
                prop_assert!((strength - expected).abs() < 1e-6, "{strength} {expected}");
            }
        }
    }

    #[test]
    fn neighbors_are_those_of_an_exhaustive_search(
        state in seeds::state(), spec in seeds::view(), filter in seeds::entities(1), via in seeds::relationships(1),
    ) {
        let (graph, seen, budget) = (Graph::build(&state), Seen::new(&state, &spec), Budget::unlimited());
        let view = View::new(&graph, &spec);
        for entity in graph.entities() {
            let mut naive: Vec<(usize, Vec<usize>)> = Vec::new();
            for other in 0..seen.entities.len() {
                let mut by: Vec<usize> = seen.around(entity.position()).into_iter()
                    .filter(|&(r, end)| end == other && seen.relationship_passes(&via, r, entity.position()))
                    .map(|(r, _)| r)
                    .collect();
                by.sort_by_key(|&r| (state.relationships[r].kind, r));
                if !by.is_empty() && seen.passes(&filter, other) {
                    naive.push((other, by));
                }
            }
            naive.sort_by_key(|&(other, _)| (seen.sort_name(other), other));
            let answer = neighbors(&graph, &view, entity, &filter.filter(&graph), &via.filter(&graph), &budget).unwrap();
            let answer: Vec<(usize, Vec<usize>)> = answer.into_iter()
                .map(|one| (one.entity.position(), one.relationships.iter().map(|r| r.position()).collect()))
                .collect();
            prop_assert_eq!(answer, naive);
        }
    }

    #[test]
    fn a_network_is_that_of_a_naive_search(
        state in seeds::state(), spec in seeds::view(), filter in seeds::entities(1),
        show in proptest::option::of(seeds::entities(1)), around in proptest::option::of(seeds::positions()),
        depth in 0_usize..=5, max_nodes in 0_usize..8,
        circular in any::<bool>(),
    ) {
        let (graph, seen, budget) = (Graph::build(&state), Seen::new(&state, &spec), Budget::unlimited());
        let view = View::new(&graph, &spec);
        // Distances by rounds: who has a neighbor in, and passes, comes in.
        let mut distances: Vec<Option<usize>> = (0..seen.entities.len())
            .map(|e| match &around {
                Some(around) => (seen.entities[e] && around.contains(&e)).then_some(0),
                None => (seen.entities[e] && seen.passes(&filter, e)).then_some(0),
            })
            .collect();
        for round in 1..=(if around.is_some() { depth } else { 0 }) {
            let before = distances.clone();
            for entity in 0..before.len() {
                let touched = seen.around(entity).iter().any(|&(_, other)| before[other].is_some());
                if before[entity].is_none() && touched && seen.passes(&filter, entity) {
                    distances[entity] = Some(round);
                }
            }
        }
        let among = |inside: &BTreeSet<usize>| -> Vec<usize> {
            (0..seen.ends.len())
                .filter(|&r| seen.relationships[r] && inside.contains(&seen.ends[r].0) && inside.contains(&seen.ends[r].1))
                .collect()
        };
        let degree = |edges: &[usize], e: usize| {
            edges.iter().filter(|&&r| seen.ends[r].0 == e || seen.ends[r].1 == e).count()
        };
        let walked: Vec<usize> = (0..distances.len()).filter(|&e| distances[e].is_some()).collect();
        let is_drawn = |e: usize| {
            around.as_ref().is_some_and(|around| around.contains(&e))
                || show.as_ref().is_none_or(|show| seen.passes(show, e))
        };
        let whole: BTreeSet<usize> = walked.iter().copied().filter(|&e| is_drawn(e)).collect();
        let whole_edges = among(&whole);
        let mut order: Vec<usize> = whole.iter().copied().collect();
        order.sort_by_key(|&e| (distances[e], std::cmp::Reverse(degree(&whole_edges, e)), e));
        order.truncate(max_nodes);
        let kept_edges = among(&order.iter().copied().collect());

        let layout = if circular { Layout::Circular } else { Layout::Force };
        let question = NetworkQuestion {
            around: around.as_ref().map(|around| found(&graph, around)),
            depth,
            filter: filter.filter(&graph),
            show: show.as_ref().map(|show| show.filter(&graph)),
            max_nodes,
            layout,
        };
        let network = network(&graph, &view, &question, &budget).unwrap();
        prop_assert_eq!(network.nodes.iter().map(|node| node.entity.position()).collect::<Vec<_>>(), order.clone());
        prop_assert_eq!(network.edges.iter().map(|edge| edge.position()).collect::<Vec<_>>(), kept_edges.clone());
        prop_assert_eq!((network.node_count, network.edge_count), (whole.len(), whole_edges.len()));
        prop_assert_eq!((network.truncated, network.hidden), (whole.len() > max_nodes, walked.len() - whole.len()));
        let mut sizes = vec![0_usize; order.len()];
        for node in &network.nodes {
            prop_assert_eq!(node.degree, degree(&kept_edges, node.entity.position()));
            prop_assert!((-1.0..=1.0).contains(&node.x) && (-1.0..=1.0).contains(&node.y), "{:?}", node);
            sizes[node.community] += 1;
        }
        prop_assert!(sizes.is_sorted_by(|one, next| one >= next), "{:?}", sizes);
        let places: BTreeSet<String> = network.nodes.iter().map(|node| format!("{} {}", node.x, node.y)).collect();
        prop_assert_eq!(places.len(), network.nodes.len(), "no two nodes share a place");
    }

    #[test]
    fn answers_in_a_view_are_those_of_the_graph_built_from_what_it_admits(
        state in seeds::state(), spec in seeds::view(), link in link_seed(), path in path_seed(),
        filter in seeds::entities(2),
    ) {
        let (whole, part) = (Graph::build(&state), Graph::build(&only_what_is_seen(&state, &spec)));
        let in_view = answers(&whole, &View::new(&whole, &spec), &link, &path, &filter);
        let by_itself = answers(&part, &View::everything(), &link, &path, &filter);
        prop_assert_eq!(in_view, by_itself);
    }

    #[test]
    fn a_question_asked_twice_of_a_graph_built_twice_has_one_answer(
        state in seeds::state(), spec in seeds::view(), link in link_seed(), path in path_seed(),
        filter in seeds::entities(2),
    ) {
        let [first, second] = [(); 2].map(|()| {
            let graph = Graph::build(&state);
            let view = View::new(&graph, &spec);
            answers(&graph, &view, &link, &path, &filter)
        });
        prop_assert_eq!(first, second);
    }

    #[test]
    fn a_budget_too_small_is_an_error_and_never_a_shorter_answer(
        state in seeds::state(), link in link_seed(), path in path_seed(), part in 0.0_f64..1.0,
    ) {
        let graph = Graph::build(&state);
        let view = View::everything();
        let question = link.question(&graph);
        let enough = Budget::unlimited();
        let whole = links(&graph, &view, &question, &enough).unwrap();
        prop_assert_eq!(&links(&graph, &view, &question, &Budget::of(enough.spent())).unwrap(), &whole);
        let less = (enough.spent() as f64 * part) as u64;
        if less < enough.spent() {
            prop_assert!(links(&graph, &view, &question, &Budget::of(less)).is_err());
        }
        for select in SELECTIONS {
            let question = path.question(&graph, select);
            let enough = Budget::unlimited();
            let whole = paths(&graph, &view, &question, &enough).unwrap();
            prop_assert_eq!(&paths(&graph, &view, &question, &Budget::of(enough.spent())).unwrap(), &whole);
            let less = (enough.spent() as f64 * part) as u64;
            if less < enough.spent() {
                prop_assert!(paths(&graph, &view, &question, &Budget::of(less)).is_err());
            }
        }
    }
}
