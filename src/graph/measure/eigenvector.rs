//! Eigenvector centrality: who is tied to those who count.

use crate::graph::ties::Ties;
use crate::graph::{Budget, Exhausted};

/// How many vectors are held at once.
const BASIS: usize = 24;
/// The length of what is missing to an eigenvector, as a part of the eigenvalue, at which the search ends.
const RESIDUAL: f64 = 2e-14;
/// Below what it may be all that rounding leaves.
const ROUNDING: f64 = 1e-12;
/// After how many rounds it ends in any case: where the two greatest eigenvalues are all but equal, no vector stands
/// out.
const ROUNDS: usize = 40;

/// The component of each node in the eigenvector of the greatest eigenvalue, whose length is 1; never negative.
///
/// Every tie counts alike. Where the view falls into parts, only the part with the greatest eigenvalue has scores above
/// 0; where several parts have the same, all of these do, as the power method from equal values would find. Where there
/// are no ties, all scores are equal. Where two parts have all but the same, the search ends before it has told them
/// apart, and both may have scores.
///
/// Found by Lanczos' method, restarted from its best vector.
///
/// **Complexity.** *O(V + E)* for each of at most 24 × 40 products, some tens in practice, and *O(24 V)* memory.
///
/// Source: P. Bonacich, Factoring and weighting approaches to status scores and clique identification, Journal of
/// Mathematical Sociology 2 (1972) 113; C. Lanczos, Journal of Research of the NBS 45 (1950) 255.
///
/// # Errors
/// [`Exhausted`] when the budget does not cover the products.
pub fn eigenvector(ties: &Ties, budget: &Budget) -> Result<Vec<f64>, Exhausted> {
    let count = ties.count();
    let mut vector = vec![1.0 / (count as f64).sqrt(); count];
    let mut missing = f64::INFINITY;
    for _ in 0..ROUNDS {
        let (next, left) = best_of_krylov(ties, vector, budget)?;
        vector = next;
        // What rounding leaves does not get less.
        if left <= RESIDUAL || (left < ROUNDING && left > missing / 2.0) {
            break;
        }
        missing = left;
    }
    Ok(vector.into_iter().map(f64::abs).collect())
}

/// The best vector that products with this one give, and what is missing to an eigenvector.
fn best_of_krylov(ties: &Ties, start: Vec<f64>, budget: &Budget) -> Result<(Vec<f64>, f64), Exhausted> {
    let count = ties.count();
    let mut basis = vec![start];
    let (mut diagonal, mut beside) = (Vec::new(), Vec::new());
    loop {
        budget.sweep(ties.pass() + basis.len() * count)?;
        let last = &basis[basis.len() - 1];
        let mut product = multiplied(ties, last);
        diagonal.push(dot(&product, last));
        // Twice, so that rounding does not bring back what has been taken out.
        for _ in 0..2 {
            for known in &basis {
                let shared = dot(&product, known);
                product.iter_mut().zip(known).for_each(|(value, part)| *value -= shared * part);
            }
        }
        let length = dot(&product, &product).sqrt();
        let (greatest, mix) = greatest_eigenvector(&diagonal, &beside);
        let missing = length * mix[mix.len() - 1].abs() / greatest.abs().max(1.0);
        if missing <= RESIDUAL || basis.len() == BASIS {
            let mut best = vec![0.0; count];
            for (known, part) in basis.iter().zip(mix) {
                best.iter_mut().zip(known).for_each(|(value, component)| *value += part * component);
            }
            let length = dot(&best, &best).sqrt();
            best.iter_mut().for_each(|value| *value /= length);
            return Ok((best, missing));
        }
        product.iter_mut().for_each(|value| *value /= length);
        beside.push(length);
        basis.push(product);
    }
}

fn multiplied(ties: &Ties, vector: &[f64]) -> Vec<f64> {
    let sum = |node| ties.others(node).iter().map(|&other| vector[other as usize]).sum();
    (0..ties.count()).map(sum).collect()
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// The greatest eigenvalue of a small symmetric tridiagonal matrix and its eigenvector, by Jacobi's rotations.
fn greatest_eigenvector(diagonal: &[f64], beside: &[f64]) -> (f64, Vec<f64>) {
    let size = diagonal.len();
    let mut matrix = vec![vec![0.0; size]; size];
    let mut vectors = vec![vec![0.0; size]; size];
    for at in 0..size {
        matrix[at][at] = diagonal[at];
        vectors[at][at] = 1.0;
        if at + 1 < size {
            (matrix[at][at + 1], matrix[at + 1][at]) = (beside[at], beside[at]);
        }
    }
    let scale: f64 = matrix.iter().flatten().map(|value| value * value).sum();
    let mut off = f64::INFINITY;
    while off > scale * 1e-32 && off > 0.0 {
        let before = off;
        off = 0.0;
        for one in 0..size {
            for other in one + 1..size {
                off += matrix[one][other] * matrix[one][other];
                rotate(&mut matrix, &mut vectors, one, other);
            }
        }
        if off >= before {
            break;
        }
    }
    let mut greatest = 0;
    for at in 1..size {
        if matrix[at][at] > matrix[greatest][greatest] {
            greatest = at;
        }
    }
    (matrix[greatest][greatest], vectors.iter().map(|row| row[greatest]).collect())
}

/// Turns two axes, the lesser first, so that the matrix has nothing between them.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], one: usize, other: usize) {
    let between = matrix[one][other];
    if between == 0.0 {
        return;
    }
    let theta = (matrix[other][other] - matrix[one][one]) / (2.0 * between);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for row in matrix.iter_mut() {
        (row[one], row[other]) = (cosine * row[one] - sine * row[other], sine * row[one] + cosine * row[other]);
    }
    let (before, from) = matrix.split_at_mut(other);
    for (a, b) in before[one].iter_mut().zip(&mut from[0]) {
        (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
    }
    for row in vectors {
        (row[one], row[other]) = (cosine * row[one] - sine * row[other], sine * row[one] + cosine * row[other]);
    }
}
