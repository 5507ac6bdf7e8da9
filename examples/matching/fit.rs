//! The weights of the pieces of evidence, fitted.

use std::collections::HashSet;

use consortia::matching::{FEATURES, Matcher, Question};

use crate::random;

/// A question and what is meant.
pub(crate) struct Lesson<'m> {
    pub(crate) matcher: &'m Matcher,
    pub(crate) question: Question,
    pub(crate) truth: usize,
    /// What the same lesson has in every run.
    pub(crate) key: String,
}

/// Of one in so many questions the right answer is taken away.
const WITHOUT: u64 = 4;

/// Candidates of one question: the features of each, and which is right, if one is.
struct Choice {
    case: usize,
    candidates: Vec<[f64; FEATURES]>,
    right: Option<usize>,
}

/// Whether another candidate than the map's is four times as likely as all others together.
fn is_denied(choice: &Choice, weights: &[f64; FEATURES]) -> bool {
    let odds: Vec<f64> = choice
        .candidates
        .iter()
        .map(|features| features.iter().zip(weights).map(|(a, b)| a * b).sum::<f64>().exp())
        .collect();
    let sum = 1.0 + odds.iter().sum::<f64>();
    choice.right.is_some_and(|right| odds.iter().enumerate().any(|(at, odds)| at != right && odds / sum > 0.8))
}

/// Multinomial logistic regression with "none" as one of the answers, by Adam.
pub(crate) fn fit(cases: &[Lesson<'_>]) {
    let mut choices = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let full = case.question.clone();
        let bare = Question { other_names: Vec::new(), city: None, homepage: None, ..full.clone() };
        let named = Question { homepage: None, ..full.clone() };
        for (nth, question) in [full, named, bare].into_iter().enumerate() {
            let mut found = case.matcher.features(&question);
            // Of some the right answer is taken away, so that "none" is learned.
            if (random(&case.key) / 7 + nth as u64).is_multiple_of(WITHOUT) {
                found.retain(|(position, _)| *position != case.truth);
            }
            let right = found.iter().position(|(position, _)| *position == case.truth);
            choices.push(Choice {
                case: number,
                candidates: found.into_iter().map(|(_, features)| features).collect(),
                right,
            });
        }
    }
    let mut weights = [0.0; FEATURES];
    let (mut first, mut second) = ([0.0; FEATURES], [0.0; FEATURES]);
    for step in 1..=800 {
        if step == 400 {
            // The map is made by a machine: what the fit so far is sure of and the map denies is left out.
            let denied: HashSet<usize> =
                choices.iter().filter(|choice| is_denied(choice, &weights)).map(|choice| choice.case).collect();
            println!("{} of {} cases left out", denied.len(), cases.len());
            choices.retain(|choice| !denied.contains(&choice.case));
        }
        let mut gradient = [0.0; FEATURES];
        let mut loss = 0.0;
        for choice in &choices {
            let logits: Vec<f64> = choice
                .candidates
                .iter()
                .map(|features| features.iter().zip(weights).map(|(a, b)| a * b).sum())
                .collect();
            let highest = logits.iter().copied().fold(0.0, f64::max);
            let sum = (-highest).exp() + logits.iter().map(|logit| (logit - highest).exp()).sum::<f64>();
            loss -= choice.right.map_or(0.0, |right| logits[right]) - highest - sum.ln();
            for (at, features) in choice.candidates.iter().enumerate() {
                let error = (logits[at] - highest).exp() / sum - f64::from(u8::from(choice.right == Some(at)));
                if error.abs() > 1e-9 {
                    for (slope, feature) in gradient.iter_mut().zip(features) {
                        *slope += error * feature;
                    }
                }
            }
        }
        for at in 0..FEATURES {
            let slope = gradient[at] / choices.len() as f64 + 1e-4 * weights[at];
            first[at] = 0.9 * first[at] + 0.1 * slope;
            second[at] = 0.999 * second[at] + 0.001 * slope * slope;
            let corrected = (first[at] / (1.0 - 0.9_f64.powi(step)), second[at] / (1.0 - 0.999_f64.powi(step)));
            weights[at] -= 0.05 * corrected.0 / (corrected.1.sqrt() + 1e-9);
        }
        if step % 100 == 0 {
            println!("step {step}: loss {:.4}", loss / choices.len() as f64);
        }
    }
    println!("{}", weights.map(|weight| format!("{weight:.2}")).join(", "));
}
