//! Groups, parts, and what holds them together.

use std::collections::BTreeSet;

use consortia::graph::community::communities;
use consortia::graph::{Budget, Graph, View, bridges, components, cut_vertices};
use proptest::prelude::*;

use super::reference;
use super::world::World;

fn groups(graph: &Graph, resolution: f64) -> (Vec<Vec<usize>>, f64) {
    let found = communities(graph, &View::everything(), resolution, &Budget::unlimited()).unwrap();
    let positions =
        |members: &[consortia::graph::EntityIndex]| members.iter().map(|entity| entity.position()).collect();
    (found.list.iter().map(|community| positions(&community.members)).collect(), found.quality)
}

/// The modularity as its definition sums it over all pairs.
fn modularity(weights: &reference::Matrix, groups: &[Vec<usize>], resolution: f64) -> f64 {
    let strengths: Vec<f64> = weights.iter().map(|row| row.iter().sum()).collect();
    let total: f64 = strengths.iter().sum();
    if total == 0.0 {
        return 0.0;
    }
    let pair = |one: usize, other: usize| weights[one][other] - resolution * strengths[one] * strengths[other] / total;
    let of_group = |group: &Vec<usize>| {
        group
            .iter()
            .flat_map(|&one| group.iter().map(move |&other| (one, other)))
            .map(|(one, other)| pair(one, other))
            .sum::<f64>()
    };
    groups.iter().map(of_group).sum::<f64>() / total
}

/// The greatest modularity of all partitions.
fn best_of_all(weights: &reference::Matrix, resolution: f64) -> f64 {
    fn extend(groups: &mut Vec<Vec<usize>>, at: usize, weights: &reference::Matrix, resolution: f64, best: &mut f64) {
        if at == weights.len() {
            *best = best.max(modularity(weights, groups, resolution));
            return;
        }
        for group in 0..groups.len() {
            groups[group].push(at);
            extend(groups, at + 1, weights, resolution, best);
            groups[group].pop();
        }
        groups.push(vec![at]);
        extend(groups, at + 1, weights, resolution, best);
        groups.pop();
    }
    let mut best = f64::NEG_INFINITY;
    extend(&mut Vec::new(), 0, weights, resolution, &mut best);
    best
}

proptest! {
    #[test]
    fn groups_are_connected_and_their_quality_is_what_it_says(world in World::of_at_most(14), resolution in 0.2_f64..3.0) {
        let (found, quality) = groups(&world.graph(), resolution);
        let all: BTreeSet<usize> = found.iter().flatten().copied().collect();
        prop_assert_eq!(all.len(), world.count);
        prop_assert_eq!(found.iter().map(Vec::len).sum::<usize>(), world.count);
        prop_assert!(found.is_sorted_by(|one, next| one.len() >= next.len()));
        for group in &found {
            prop_assert_eq!(reference::parts(&world.ties(), group, None).len(), 1);
        }
        prop_assert!((quality - modularity(&world.weights(), &found, resolution)).abs() < 1e-9);
    }

    #[test]
    fn groups_tell_how_many_relationships_they_hold_and_let_out(world in World::of_at_most(12)) {
        let graph = world.graph();
        let weights = world.weights();
        for group in communities(&graph, &View::everything(), 1.0, &Budget::unlimited()).unwrap().list {
            let members: Vec<usize> = group.members.iter().map(|entity| entity.position()).collect();
            let inside = |one: usize| members.iter().map(|&other| weights[one][other]).sum::<f64>();
            let within: f64 = members.iter().map(|&one| inside(one)).sum::<f64>() / 2.0;
            let all: f64 = members.iter().map(|&one| weights[one].iter().sum::<f64>()).sum();
            prop_assert_eq!((group.within as f64, group.outward as f64), (within, all - 2.0 * within));
            prop_assert!(members.is_sorted_by(|&one, &next| (inside(next), one) <= (inside(one), next)));
        }
    }

    #[test]
    fn groups_come_close_to_the_best_there_are(world in World::of_at_most(6)) {
        let (_, quality) = groups(&world.graph(), 1.0);
        let best = best_of_all(&world.weights(), 1.0);
        prop_assert!(quality >= best - 0.06, "{} where {} can be had", quality, best);
    }

    #[test]
    fn parts_are_those_that_a_walk_finds(world in World::of_at_most(12)) {
        let graph = world.graph();
        let found = components(&graph, &View::everything(), &Budget::unlimited()).unwrap();
        let everybody: Vec<usize> = (0..world.count).collect();
        let naive = reference::parts(&world.ties(), &everybody, None);
        let members: Vec<Vec<usize>> = found.iter().map(|part| part.members.iter().map(|entity| entity.position()).collect()).collect();
        prop_assert_eq!(&members, &naive);
        let sum = |matrix: &reference::Matrix, part: &[usize]| part.iter().map(|&one| matrix[one].iter().sum::<f64>()).sum::<f64>() / 2.0;
        for (component, part) in found.iter().zip(&naive) {
            prop_assert_eq!(component.ties as f64, sum(&world.ties(), part));
            prop_assert_eq!(component.relationships as f64, sum(&world.weights(), part));
        }
    }

    #[test]
    fn who_holds_a_part_together_is_found_by_taking_each_away(world in World::of_at_most(10)) {
        let graph = world.graph();
        let ties = world.ties();
        let everybody: Vec<usize> = (0..world.count).collect();
        let mut naive = Vec::new();
        for part in reference::parts(&ties, &everybody, None) {
            for &node in &part {
                let rest: Vec<usize> = part.iter().copied().filter(|&other| other != node).collect();
                let sizes: Vec<u32> = reference::parts(&ties, &rest, None).iter().map(|part| part.len() as u32).collect();
                if sizes.len() > 1 {
                    naive.push((node, sizes));
                }
            }
        }
        naive.sort_by_key(|(node, sizes)| (std::cmp::Reverse(sizes[1..].iter().sum::<u32>()), *node));
        let found = cut_vertices(&graph, &View::everything(), &Budget::unlimited()).unwrap();
        let found: Vec<(usize, Vec<u32>)> = found.into_iter().map(|cut| (cut.entity.position(), cut.parts)).collect();
        prop_assert_eq!(found, naive);
    }

    #[test]
    fn bridges_are_found_by_taking_each_tie_away(world in World::of_at_most(10)) {
        let graph = world.graph();
        let ties = world.ties();
        let mut naive = BTreeSet::new();
        for part in reference::parts(&ties, &(0..world.count).collect::<Vec<_>>(), None) {
            for (at, &one) in part.iter().enumerate() {
                for &other in &part[at + 1..] {
                    let sides = reference::parts(&ties, &part, Some((one, other)));
                    if ties[one][other] > 0.0 && sides.len() > 1 {
                        naive.insert((one, other, sides[0].len() as u32, sides[1].len() as u32));
                    }
                }
            }
        }
        let found = bridges(&graph, &View::everything(), &Budget::unlimited()).unwrap();
        prop_assert!(found.is_sorted_by(|one, next| one.sides[1] >= next.sides[1]));
        let weights = world.weights();
        for bridge in &found {
            let (near, far) = (bridge.near.position(), bridge.far.position());
            prop_assert_eq!(bridge.relationships.len() as f64, weights[near][far]);
        }
        let ends = |bridge: &consortia::graph::Bridge| {
            let (near, far) = (bridge.near.position(), bridge.far.position());
            (near.min(far), near.max(far), bridge.sides[0], bridge.sides[1])
        };
        prop_assert_eq!(found.iter().map(ends).collect::<BTreeSet<_>>(), naive);
    }
}

#[test]
fn planted_groups_are_found_again() {
    // Four groups of 16; inside each everybody knows the next five, and one of eight knows somebody of the next group.
    let mut pairs = Vec::new();
    for node in 0..64 {
        let first = node / 16 * 16;
        pairs.extend((1..=5).map(|step| (node, first + (node - first + step) % 16)));
        if node % 8 == 0 {
            pairs.push((node, (node + 16) % 64));
        }
    }
    let (found, quality) = groups(&World { count: 64, pairs }.graph(), 1.0);
    let found: BTreeSet<BTreeSet<usize>> = found.into_iter().map(|group| group.into_iter().collect()).collect();
    let planted: BTreeSet<BTreeSet<usize>> = (0..4).map(|group| (group * 16..(group + 1) * 16).collect()).collect();
    assert_eq!(found, planted);
    assert!(quality > 0.7, "{quality}");
}
