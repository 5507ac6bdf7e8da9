//! What each piece of evidence is worth, and what a score is worth. The weights were fitted by `examples/matching`; how,
//! and to what, stands in docs/matching.md.

/// How many pieces of evidence there are.
pub const FEATURES: usize = 41;

/// A piece of evidence: its place in the list of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Feature {
    /// Always 1.
    Bias,
    /// The share of the asked name's weight that the entity's name has.
    CoversAsked,
    /// The share of the entity's name's weight that the asked name has.
    CoversName,
    /// The product of the two.
    CoversBoth,
    /// Both have the same words, in any order and language.
    SameWords,
    /// Both have the same letters.
    SameLetters,
    /// The weight of the words they share, of 20.
    Telling,
    /// The share of that which is only alike.
    Similar,
    /// The entity's name is one short word.
    Short,
    /// An acronym or another name agrees besides.
    Acronym,
    /// Both are in one country.
    CountryAgrees,
    /// They are in two.
    CountryDiffers,
    /// Both are in one city.
    CityAgrees,
    /// They are in two.
    CityDiffers,
    /// Both names say the same sort of body.
    KindsShared,
    /// Each says another.
    KindsDiffer,
    /// A hospital is asked for, and the entity is none.
    HospitalOnlyAsked,
    /// The entity's name is that of a hospital, and none is asked for.
    HospitalOnlyThere,
    /// The weight of the asked words that nothing explains, of 10.
    LacksAsked,
    /// The weight of the name's words that nothing explains, of 10.
    LacksName,
    /// The name is a former or misspelled one.
    Former,
    /// Both have the same host name.
    HomepageAgrees,
    /// They have two.
    HomepageDiffers,
    /// One is the first, the other the second, or one is numbered and the other not.
    OrdinalsDiffer,
    /// It is not the asked name that fits best, but another one of the question.
    OtherName,
    /// Both have the same words and are in one country.
    SameHere,
    /// The lesser of the two shares.
    CoversLess,
    /// The names share most of their weight and both are in one city.
    NearHere,
    /// Both are one short word, the same, and in one country.
    ShortHere,
    /// The name that fits best is a short other name of the question.
    ShortOther,
    /// The entity's name is that of a university, and none is asked for.
    UniversityOnlyThere,
    /// Only a short name fits: how little their full names share.
    ShortAlone,
    /// A hospital is asked for, and both are in one city.
    HospitalHere,
    /// A hospital is asked for, and they are in two cities.
    HospitalElsewhere,
    /// Each has words that nothing explains: the lesser weight, of 10.
    Conflict,
    /// How many asked words nothing explains, of 4.
    ExtraAsked,
    /// How many of the name's words nothing explains, of 4.
    ExtraName,
    /// The asked name without what registries of trials add to it fits best.
    Stripped,
    /// Only the hospital of an asked name that has several bodies fits best.
    PartOfAsked,
    /// The name that fits best is the preferred one.
    Preferred,
    /// The best name says what sort of body it is, and the asked one says none, or the other way round.
    KindUnsaid,
}

/// The weight of each feature, in their order.
pub(super) const WEIGHTS: [f64; FEATURES] = [
    -5.09, -0.36, -1.20, 1.57, 0.42, 1.09, 7.00, -0.35, 2.06, 1.91, 1.82, -4.95, -0.10, -2.53, -1.20, -2.47, -2.74,
    0.34, -0.21, -1.86, -0.50, 2.30, -1.52, -1.27, -0.21, 1.60, 0.44, 0.24, -1.19, -2.27, -0.80, -3.00, 1.52, -1.17,
    -1.22, -1.59, -2.50, -1.25, -1.26, 0.38, -0.92,
];

/// What a common identifier is worth.
pub(super) const IDENTIFIER_AGREES: f64 = 14.0;
/// What another identifier of the same scheme is worth.
pub(super) const IDENTIFIER_DIFFERS: f64 = -4.0;
/// What the kind that is asked for is worth.
pub(super) const KIND_AGREES: f64 = 0.5;
/// What another kind is worth.
pub(super) const KIND_DIFFERS: f64 = -2.0;

/// The least score of a candidate that may be taken without a look.
pub const HIGH: f64 = 0.6;
/// The least score of a candidate that is likelier right than wrong.
pub const MEDIUM: f64 = 0.3;
/// The least score of a candidate that is worth a look.
pub const LOW: f64 = 0.1;

/// What a score is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Hardly meant.
    None,
    /// Worth a look.
    Low,
    /// Likelier right than wrong; to be confirmed by somebody.
    Medium,
    /// May be taken without a look: the first candidate, far before the others.
    High,
}

impl Confidence {
    /// The class of a score; only the first candidate can be `High`.
    pub fn of(score: f64, is_first: bool) -> Self {
        if score >= HIGH && is_first {
            Self::High
        } else if score >= MEDIUM {
            Self::Medium
        } else if score >= LOW {
            Self::Low
        } else {
            Self::None
        }
    }

    /// Its name in the API and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::Low => "LOW",
            Self::Medium => "MEDIUM",
            Self::High => "HIGH",
        }
    }
}

/// The probabilities of candidates that exclude each other and of which none may be right, from the logarithm of the
/// odds of each against none.
pub(super) fn scores(logits: &[f64]) -> Vec<f64> {
    let highest = logits.iter().copied().fold(0.0, f64::max);
    let odds: Vec<f64> = logits.iter().map(|logit| (logit - highest).exp()).collect();
    let sum = (-highest).exp() + odds.iter().sum::<f64>();
    odds.into_iter().map(|odds| odds / sum).collect()
}
