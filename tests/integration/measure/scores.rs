//! Each measure against its definition.

use consortia::graph::measure::{Centrality, Method, ranking, scores};
use consortia::graph::{Budget, EntityFilter, EntityKinds, View, ViewSpec};
use consortia::model::entity::EntityKind;
use proptest::prelude::*;

use super::reference;
use super::world::{World, kind};

fn expected(world: &World, by: Centrality) -> Vec<Option<f64>> {
    let (ties, weights) = (world.ties(), world.weights());
    let some = |values: Vec<f64>| values.into_iter().map(Some).collect();
    match by {
        Centrality::Degree => some(ties.iter().map(|row| row.iter().sum()).collect()),
        Centrality::WeightedDegree => some(weights.iter().map(|row| row.iter().sum()).collect()),
        Centrality::Harmonic => some(reference::harmonic(&ties)),
        Centrality::Betweenness => some(reference::betweenness(&ties)),
        Centrality::PageRank => some(reference::page_rank(&weights)),
        Centrality::Eigenvector => some(reference::eigenvector(&ties)),
        Centrality::Core => some(reference::core(&ties)),
        Centrality::Clustering => some(reference::clustering(&ties)),
        Centrality::Constraint => reference::constraint(&ties),
        Centrality::EffectiveSize => reference::effective_size(&ties),
    }
}

proptest! {
    #[test]
    fn every_measure_is_what_its_definition_says(world in World::of_at_most(9)) {
        let graph = world.graph();
        for by in Centrality::ALL {
            // Where two parts are about as dense, the power method of the reference needs very long.
            let close = if by == Centrality::Eigenvector { 1e-4 } else { 1e-10 };
            let found = scores(&graph, &View::everything(), by, &Budget::unlimited()).unwrap();
            prop_assert_eq!(found.method, Method::Exact);
            for (at, (&found, expected)) in found.values.iter().zip(expected(&world, by)).enumerate() {
                match expected {
                    Some(expected) => prop_assert!((found - expected).abs() < close, "{:?} of {}: {} for {}", by, at, found, expected),
                    None => prop_assert!(found.is_nan(), "{:?} of {}: {} for nothing", by, at, found),
                }
            }
        }
    }

    #[test]
    fn an_eigenvector_is_one(world in World::of_at_most(12)) {
        let found = scores(&world.graph(), &View::everything(), Centrality::Eigenvector, &Budget::unlimited()).unwrap();
        let vector = found.values;
        let product: Vec<f64> = world.ties().iter().map(|row| row.iter().zip(&vector).map(|(a, b)| a * b).sum()).collect();
        let value: f64 = product.iter().zip(&vector).map(|(a, b)| a * b).sum();
        prop_assert!((vector.iter().map(|part| part * part).sum::<f64>() - 1.0).abs() < 1e-9);
        for (one, other) in product.iter().zip(&vector) {
            prop_assert!((one - value * other).abs() < 1e-7, "{} is not {} times {}", one, value, other);
        }
    }

    #[test]
    fn a_ranking_lists_the_best_first_and_equals_by_name(world in World::of_at_most(9)) {
        let graph = world.graph();
        let view = View::everything();
        for by in Centrality::ALL {
            let budget = Budget::unlimited();
            let scored = scores(&graph, &view, by, &budget).unwrap();
            let filter = EntityFilter::of_kinds([EntityKind::University]);
            let listed = ranking(&graph, &view, &scored, by, &filter, &budget).unwrap();
            let mut naive: Vec<(f64, usize)> = (0..world.count)
                .filter(|&at| kind(at) == EntityKind::University && !scored.values[at].is_nan())
                .map(|at| (if by == Centrality::Constraint { scored.values[at] } else { -scored.values[at] }, at))
                .collect();
            naive.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
            let rank = |score: f64| 1 + naive.iter().filter(|(better, _)| *better < score).count();
            let naive: Vec<(usize, usize)> = naive.iter().map(|&(score, at)| (at, rank(score))).collect();
            let listed: Vec<(usize, usize)> = listed.iter().map(|one| (one.entity.position(), one.rank)).collect();
            prop_assert_eq!(listed, naive, "{:?}", by);
        }
    }

    #[test]
    fn who_is_not_in_the_view_does_not_count(world in World::of_at_most(9)) {
        let graph = world.graph();
        let kinds: EntityKinds = [EntityKind::University, EntityKind::Consortium].into_iter().collect();
        let view = View::new(&graph, &ViewSpec { entity_kinds: Some(kinds), ..ViewSpec::default() });
        let inside: Vec<usize> = (0..world.count).filter(|&at| kinds.contains(kind(at))).collect();
        let pairs = world.pairs.iter().filter_map(|(one, other)| {
            Some((inside.iter().position(|at| at == one)?, inside.iter().position(|at| at == other)?))
        });
        let part = World { count: inside.len(), pairs: pairs.collect() };
        for by in Centrality::ALL {
            let close = if by == Centrality::Eigenvector { 1e-4 } else { 1e-10 };
            let found = scores(&graph, &view, by, &Budget::unlimited()).unwrap();
            prop_assert_eq!(found.entities.iter().map(|entity| entity.position()).collect::<Vec<_>>(), inside.clone());
            for (found, expected) in found.values.iter().zip(expected(&part, by)) {
                prop_assert!(expected.map_or(found.is_nan(), |expected| (found - expected).abs() < close), "{:?}", by);
            }
        }
    }

    #[test]
    fn a_budget_too_small_for_a_measure_is_an_error(world in World::of_at_most(9), part in 0.0_f64..1.0) {
        let graph = world.graph();
        for by in Centrality::ALL {
            let enough = Budget::unlimited();
            let whole = scores(&graph, &View::everything(), by, &enough).unwrap();
            let again = scores(&graph, &View::everything(), by, &Budget::of(enough.spent())).unwrap();
            // Debug, for that NaN equals NaN.
            prop_assert_eq!(format!("{whole:?}"), format!("{again:?}"));
            let less = (enough.spent() as f64 * part) as u64;
            prop_assert!(scores(&graph, &View::everything(), by, &Budget::of(less)).is_err(), "{:?}", by);
        }
    }
}
