//! What entities have in common, who is like whom, and who is suggested.

use std::collections::BTreeMap;

use consortia::graph::{
    Budget, EntityFilter, EntityIndex, RelationshipFilter, Similarity, SuggestionMethod, View, shared, similar,
    suggestions,
};
use consortia::model::entity::{EntityKind, Family};
use proptest::prelude::*;

use super::reference::Matrix;
use super::world::{World, kind};

fn around(ties: &Matrix, node: usize) -> Vec<usize> {
    (0..ties.len()).filter(|&other| ties[node][other] > 0.0).collect()
}

fn may_be_suggested(at: usize) -> bool {
    kind(at).family() == Family::Organization && kind(at) != EntityKind::Consortium
}

/// Where a walker stands after a step to a partner.
fn step(ties: &Matrix, from: &[f64]) -> Vec<f64> {
    let mut next = vec![0.0; ties.len()];
    let is_joint = |&other: &usize| matches!(kind(other), EntityKind::Consortium | EntityKind::Event);
    for (node, share) in from.iter().enumerate().filter(|&(_, share)| *share > 0.0) {
        let ways: Vec<usize> =
            around(ties, node).into_iter().filter(|other| is_joint(other) || may_be_suggested(*other)).collect();
        for way in &ways {
            let part = share / ways.len() as f64;
            if is_joint(way) {
                let there: Vec<usize> =
                    around(ties, *way).into_iter().filter(|&other| may_be_suggested(other)).collect();
                // Whom nobody can be found at, a walker does not leave again.
                there.iter().for_each(|&other| next[other] += part / there.len() as f64);
            } else {
                next[*way] += part;
            }
        }
    }
    next
}

proptest! {
    #[test]
    fn what_is_shared_is_what_several_have_as_a_neighbor(world in World::of_at_most(8), at_least in 2_usize..4) {
        let (graph, ties, weights) = (world.graph(), world.ties(), world.weights());
        let of: Vec<EntityIndex> = graph.entities().take(4).collect();
        let (anyone, anyhow) = (EntityFilter::default(), RelationshipFilter::default());
        let found = shared(&graph, &View::everything(), &of, at_least, &anyone, &anyhow, &Budget::unlimited()).unwrap();
        let mut naive: Vec<(usize, Vec<usize>)> = (0..world.count)
            .map(|at| (at, (0..of.len()).filter(|&one| ties[one][at] > 0.0).collect::<Vec<_>>()))
            .filter(|(_, by)| by.len() >= at_least)
            .collect();
        naive.sort_by_key(|(at, by)| (std::cmp::Reverse(by.len()), *at));
        let positions = |list: &[EntityIndex]| list.iter().map(|entity| entity.position()).collect::<Vec<_>>();
        let listed: Vec<(usize, Vec<usize>)> = found.iter().map(|one| (one.entity.position(), positions(&one.by))).collect();
        prop_assert_eq!(listed, naive);
        for one in found {
            let said: f64 = one.by.iter().map(|by| weights[by.position()][one.entity.position()]).sum();
            prop_assert_eq!(one.relationships.len() as f64, said);
        }
    }

    #[test]
    fn who_is_similar_is_who_has_the_same_neighbors(world in World::of_at_most(9), to in 0_usize..9) {
        let (graph, ties) = (world.graph(), world.ties());
        let to = to % world.count;
        for by in [Similarity::Jaccard, Similarity::Cosine] {
            let entity = graph.entity_at(to).unwrap();
            let found = similar(&graph, &View::everything(), entity, by, &EntityFilter::default(), &Budget::unlimited()).unwrap();
            let own = around(&ties, to);
            let mut naive = BTreeMap::new();
            for other in (0..world.count).filter(|&other| other != to) {
                let theirs = around(&ties, other);
                let both = own.iter().filter(|node| theirs.contains(node)).count();
                if both > 0 {
                    let either = own.len() + theirs.len() - both;
                    let score = match by {
                        Similarity::Jaccard => both as f64 / either as f64,
                        Similarity::Cosine => both as f64 / ((own.len() * theirs.len()) as f64).sqrt(),
                    };
                    naive.insert(other, (score, both));
                }
            }
            prop_assert_eq!(found.len(), naive.len());
            prop_assert!(found.is_sorted_by(|one, next| one.score >= next.score));
            for one in found {
                let (score, both) = naive[&one.entity.position()];
                prop_assert!((one.score - score).abs() < 1e-10);
                prop_assert_eq!(one.shared, both);
            }
        }
    }

    #[test]
    fn suggestions_score_what_common_neighbors_say(world in World::of_at_most(10), to in 0_usize..10) {
        let (graph, ties) = (world.graph(), world.ties());
        let to = to % world.count;
        for by in [SuggestionMethod::AdamicAdar, SuggestionMethod::ResourceAllocation, SuggestionMethod::SharedConsortia] {
            let entity = graph.entity_at(to).unwrap();
            let found = suggestions(&graph, &View::everything(), entity, by, &EntityFilter::default(), 100, &Budget::unlimited()).unwrap();
            let weight = |witness: usize| {
                let degree = around(&ties, witness).len() as f64;
                match by {
                    SuggestionMethod::AdamicAdar => 1.0 / degree.ln(),
                    SuggestionMethod::ResourceAllocation => 1.0 / degree,
                    SuggestionMethod::SharedConsortia | SuggestionMethod::NewPartners => if kind(witness) == EntityKind::Consortium { 1.0 } else { 0.0 },
                }
            };
            let mut naive = BTreeMap::new();
            for other in (0..world.count).filter(|&other| other != to && ties[to][other] == 0.0 && may_be_suggested(other)) {
                let both: Vec<usize> = around(&ties, to).into_iter().filter(|&node| ties[other][node] > 0.0 && weight(node) > 0.0).collect();
                if !both.is_empty() {
                    naive.insert(other, both);
                }
            }
            prop_assert_eq!(found.len(), naive.len());
            prop_assert!(found.is_sorted_by(|one, next| one.score >= next.score));
            for one in found {
                let both = &naive[&one.entity.position()];
                prop_assert!((one.score - both.iter().map(|&node| weight(node)).sum::<f64>()).abs() < 1e-9);
                let mut witnesses: Vec<usize> = one.witnesses.iter().map(|witness| witness.entity.position()).collect();
                witnesses.sort_unstable();
                prop_assert_eq!(&witnesses, both);
                for witness in one.witnesses {
                    for &relationship in &witness.relationships {
                        let (source, target) = graph.ends(relationship);
                        let ends = [source.position(), target.position()];
                        prop_assert!(ends.contains(&witness.entity.position()) && (ends.contains(&to) || ends.contains(&one.entity.position())));
                    }
                }
            }
        }
    }

    #[test]
    fn new_partners_are_where_two_steps_to_partners_lead(world in World::of_at_most(10), to in 0_usize..10) {
        let (graph, ties) = (world.graph(), world.ties());
        let to = to % world.count;
        let mut start = vec![0.0; world.count];
        start[to] = 1.0;
        let mut partners = step(&ties, &start);
        partners[to] = 0.0;
        let expected = step(&ties, &partners);
        let entity = graph.entity_at(to).unwrap();
        let by = SuggestionMethod::NewPartners;
        let found = suggestions(&graph, &View::everything(), entity, by, &EntityFilter::default(), 100, &Budget::unlimited()).unwrap();
        let naive: Vec<usize> = (0..world.count).filter(|&at| at != to && partners[at] == 0.0 && expected[at] > 0.0).collect();
        let mut listed: Vec<usize> = found.iter().map(|one| one.entity.position()).collect();
        listed.sort_unstable();
        prop_assert_eq!(listed, naive);
        for one in found {
            prop_assert!((one.score - expected[one.entity.position()]).abs() < 1e-9);
            let by_witnesses: f64 = one.witnesses.iter().map(|witness| witness.weight).sum();
            prop_assert!(by_witnesses <= one.score + 1e-9);
            prop_assert!(one.witnesses.len() == 5 || (by_witnesses - one.score).abs() < 1e-9);
            prop_assert!(one.witnesses.iter().all(|witness| !witness.relationships.is_empty()));
        }
    }
}
