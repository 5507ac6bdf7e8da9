//! The measures as their definitions have them, over matrices, without regard to cost.

/// A matrix by rows.
pub(super) type Matrix = Vec<Vec<f64>>;

/// How many steps lie between each two; `None` where there is no way.
pub(super) fn distances(ties: &Matrix) -> Vec<Vec<Option<usize>>> {
    let count = ties.len();
    let mut distances: Vec<Vec<Option<usize>>> = (0..count)
        .map(|one| {
            (0..count).map(|other| if one == other { Some(0) } else { (ties[one][other] > 0.0).then_some(1) }).collect()
        })
        .collect();
    for between in 0..count {
        for one in 0..count {
            for other in 0..count {
                if let (Some(first), Some(second)) = (distances[one][between], distances[between][other]) {
                    let way = first + second;
                    if distances[one][other].is_none_or(|known| way < known) {
                        distances[one][other] = Some(way);
                    }
                }
            }
        }
    }
    distances
}

/// How many shortest paths lead from each to each.
fn path_counts(ties: &Matrix) -> Matrix {
    let (count, distances) = (ties.len(), distances(ties));
    let mut counts = vec![vec![0.0; count]; count];
    for (one, row) in counts.iter_mut().enumerate() {
        row[one] = 1.0;
        for steps in 1..count {
            for other in (0..count).filter(|&other| distances[one][other] == Some(steps)) {
                let before = |&last: &usize| ties[last][other] > 0.0 && distances[one][last] == Some(steps - 1);
                row[other] = (0..count).filter(before).map(|last| row[last]).sum();
            }
        }
    }
    counts
}

pub(super) fn harmonic(ties: &Matrix) -> Vec<f64> {
    let count = ties.len();
    let near = |row: Vec<Option<usize>>| {
        row.into_iter().flatten().filter(|&steps| steps > 0).map(|steps| 1.0 / steps as f64).sum::<f64>()
    };
    distances(ties).into_iter().map(|row| near(row) / (count.max(2) - 1) as f64).collect()
}

pub(super) fn betweenness(ties: &Matrix) -> Vec<f64> {
    let (count, distances, paths) = (ties.len(), distances(ties), path_counts(ties));
    let pairs = (count.max(3) - 1) * (count.max(3) - 2);
    let share =
        |node: usize, from: usize, to: usize| match (distances[from][node], distances[node][to], distances[from][to]) {
            (Some(first), Some(second), Some(whole)) if first + second == whole => {
                paths[from][node] * paths[node][to] / paths[from][to]
            }
            _ => 0.0,
        };
    let score = |node: usize| {
        let others = || (0..count).filter(move |&other| other != node);
        let shares = others().flat_map(|from| others().filter(move |&to| to != from).map(move |to| (from, to)));
        shares.map(|(from, to)| share(node, from, to)).sum::<f64>() / pairs as f64
    };
    (0..count).map(score).collect()
}

pub(super) fn page_rank(weights: &Matrix) -> Vec<f64> {
    let count = weights.len();
    let mut shares = vec![1.0 / count as f64; count];
    for _ in 0..300 {
        let mut next = vec![0.15 / count as f64; count];
        for (node, row) in weights.iter().enumerate() {
            let strength: f64 = row.iter().sum();
            for (other, weight) in row.iter().enumerate() {
                let chance = if strength > 0.0 { weight / strength } else { 1.0 / count as f64 };
                next[other] += 0.85 * shares[node] * chance;
            }
        }
        shares = next;
    }
    shares
}

/// By the power method on the matrix and the identity, from equal values.
pub(super) fn eigenvector(ties: &Matrix) -> Vec<f64> {
    let mut vector = vec![1.0; ties.len()];
    for _ in 0..4_000 {
        let product: Vec<f64> = ties
            .iter()
            .zip(&vector)
            .map(|(row, own)| own + row.iter().zip(&vector).map(|(a, b)| a * b).sum::<f64>())
            .collect();
        let length = product.iter().map(|value| value * value).sum::<f64>().sqrt();
        vector = product.into_iter().map(|value| value / length).collect();
    }
    vector
}

pub(super) fn core(ties: &Matrix) -> Vec<f64> {
    let count = ties.len();
    let mut cores = vec![0.0; count];
    for least in 1..count {
        let mut left: Vec<bool> = vec![true; count];
        loop {
            let degree = |node: usize| (0..count).filter(|&other| left[other] && ties[node][other] > 0.0).count();
            let falling: Vec<usize> = (0..count).filter(|&node| left[node] && degree(node) < least).collect();
            if falling.is_empty() {
                break;
            }
            falling.into_iter().for_each(|node| left[node] = false);
        }
        (0..count).filter(|&node| left[node]).for_each(|node| cores[node] = least as f64);
    }
    cores
}

fn around(ties: &Matrix, node: usize) -> Vec<usize> {
    (0..ties.len()).filter(|&other| ties[node][other] > 0.0).collect()
}

pub(super) fn clustering(ties: &Matrix) -> Vec<f64> {
    let score = |node| {
        let near = around(ties, node);
        let pairs: Vec<f64> =
            near.iter().flat_map(|&a| near.iter().filter(move |&&b| a < b).map(move |&b| ties[a][b])).collect();
        if pairs.is_empty() { 0.0 } else { pairs.iter().sum::<f64>() / pairs.len() as f64 }
    };
    (0..ties.len()).map(score).collect()
}

/// The part of a node's ties that leads to another.
fn invested(ties: &Matrix, node: usize, other: usize) -> f64 {
    ties[node][other] / ties[node].iter().sum::<f64>()
}

pub(super) fn constraint(ties: &Matrix) -> Vec<Option<f64>> {
    let of_one = |node: usize, other: usize| {
        let over: f64 = around(ties, node)
            .into_iter()
            .filter(|&q| q != other)
            .map(|q| invested(ties, node, q) * invested(ties, q, other))
            .sum();
        (invested(ties, node, other) + over).powi(2)
    };
    let score = |node| {
        let near = around(ties, node);
        (!near.is_empty()).then(|| near.into_iter().map(|other| of_one(node, other)).sum())
    };
    (0..ties.len()).map(score).collect()
}

/// Burt's own form: each neighbor counts 1 less what the others bring already.
pub(super) fn effective_size(ties: &Matrix) -> Vec<Option<f64>> {
    let score = |node| {
        let near = around(ties, node);
        let redundancy = |&other: &usize| {
            near.iter().filter(|&&q| q != other).map(|&q| invested(ties, node, q) * ties[other][q]).sum::<f64>()
        };
        (!near.is_empty()).then(|| near.iter().map(|other| 1.0 - redundancy(other)).sum())
    };
    (0..ties.len()).map(score).collect()
}

/// The parts that some nodes fall into, without some tie: the members of each, the largest first.
pub(super) fn parts(ties: &Matrix, among: &[usize], without: Option<(usize, usize)>) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = among.to_vec();
    let mut parts = Vec::new();
    while let Some(first) = left.first().copied() {
        let mut part = vec![first];
        let mut at = 0;
        while at < part.len() {
            let node = part[at];
            let is_cut = |other: usize| without == Some((node, other)) || without == Some((other, node));
            let near = left.iter().copied().filter(|&other| ties[node][other] > 0.0 && !is_cut(other));
            let new: Vec<usize> = near.filter(|other| !part.contains(other)).collect();
            part.extend(new);
            at += 1;
        }
        left.retain(|node| !part.contains(node));
        part.sort_unstable();
        parts.push(part);
    }
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}
