//! Random small graphs and random questions, and how a question is written.

use consortia::graph::Direction;
use consortia::model::entity::EntityKind;
use consortia::model::name::NameKind;
use consortia::model::relationship::RelationshipKind;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;

use super::naive::{Condition, Label, Mode, Part, Pattern, Question, Selector, Times};
use super::world::{Edge, Node, World};

const KINDS: [EntityKind; 3] = [EntityKind::University, EntityKind::Hospital, EntityKind::Consortium];
const RELATIONSHIPS: [RelationshipKind; 3] =
    [RelationshipKind::MemberOf, RelationshipKind::PartOf, RelationshipKind::CollaboratesWith];
const DATES: [&str; 6] = ["2020", "2021", "2021-05", "2021-05-10", "2020/2022", "2021/.."];
const NAMES: [&str; 3] = ["Alpha", "Beta", "e00"];

pub(super) fn world() -> impl Strategy<Value = World> {
    let other_name = (select(&NAMES), select(&[NameKind::Alias, NameKind::Former, NameKind::Misspelling]));
    let node = (
        select(&KINDS),
        weighted(0.7, select(&["GB", "CN"])),
        weighted(0.6, select(&DATES)),
        weighted(0.5, other_name),
    )
        .prop_map(|(kind, country, since, other_name)| Node { kind, country, since, other_name });
    let edge = (0..9_usize, select(&RELATIONSHIPS), 0..9_usize, 0..2_usize, any::<bool>())
        .prop_map(|(source, kind, target, key, stated)| Edge { source, kind, target, key, stated });
    (prop::collection::vec(node, 1..5), prop::collection::vec(edge, 0..7))
        .prop_map(|(nodes, edges)| World::new(nodes, edges))
}

fn label<K: Copy + std::fmt::Debug + 'static>(kinds: &'static [K; 3]) -> impl Strategy<Value = Label<K>> {
    prop_oneof![
        4 => Just(Label::Any),
        2 => select(kinds).prop_map(Label::One),
        1 => select(kinds).prop_map(Label::Not),
        1 => (select(kinds), select(kinds)).prop_map(|(one, other)| Label::Either(one, other)),
    ]
}

/// A condition on some of the names, by their positions.
#[derive(Clone, Debug)]
enum Asked {
    Country(usize, &'static str),
    SameCountry(usize, usize),
    Since(usize, &'static str, &'static str),
    Differ(usize, usize),
    IsNull(usize),
    Named(usize, &'static str),
    Alias(usize, &'static str),
    Not(Box<Asked>),
    Or(Box<Asked>, Box<Asked>),
}

fn asked() -> impl Strategy<Value = Asked> {
    let simple = prop_oneof![
        (0..9_usize, select(&["GB", "CN", "FR"])).prop_map(|(name, country)| Asked::Country(name, country)),
        (0..9_usize, 0..9_usize).prop_map(|(one, other)| Asked::SameCountry(one, other)),
        (0..9_usize, select(&["=", "<", "<=", ">", ">="]), select(&DATES))
            .prop_map(|(name, by, date)| Asked::Since(name, by, date)),
        (0..9_usize, 0..9_usize).prop_map(|(one, other)| Asked::Differ(one, other)),
        (0..9_usize).prop_map(Asked::IsNull),
        (0..9_usize, select(&NAMES)).prop_map(|(name, text)| Asked::Named(name, text)),
        (0..9_usize, select(&NAMES)).prop_map(|(name, text)| Asked::Alias(name, text)),
    ];
    simple.prop_recursive(2, 4, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|asked| Asked::Not(Box::new(asked))),
            (inner.clone(), inner).prop_map(|(one, other)| Asked::Or(Box::new(one), Box::new(other))),
        ]
    })
}

impl Asked {
    fn of(&self, names: &[String]) -> Condition {
        let name = |position: &usize| names[position % names.len()].clone();
        match self {
            Self::Country(one, country) => Condition::Country(name(one), country),
            Self::SameCountry(one, other) => Condition::SameCountry(name(one), name(other)),
            Self::Since(one, by, date) => Condition::Since(name(one), by, date),
            Self::Differ(one, other) => Condition::Differ(name(one), name(other)),
            Self::IsNull(one) => Condition::IsNull(name(one)),
            Self::Named(one, text) => Condition::Named(name(one), text),
            Self::Alias(one, text) => Condition::Alias(name(one), text),
            Self::Not(inner) => Condition::Not(Box::new(inner.of(names))),
            Self::Or(one, other) => Condition::Or(Box::new(one.of(names)), Box::new(other.of(names))),
        }
    }
}

fn node(names: &'static [&'static str]) -> impl Strategy<Value = Part> {
    (weighted(0.6, select(names)), label(&KINDS), weighted(0.15, asked())).prop_map(|(name, label, asked)| {
        let own: Vec<String> = name.iter().map(|name| (*name).to_owned()).collect();
        let condition = asked.filter(|_| !own.is_empty()).map(|asked| asked.of(&own));
        Part::Node { name: own.into_iter().next(), label, condition }
    })
}

fn edge(names: &'static [&'static str]) -> impl Strategy<Value = Part> {
    let direction = select(&[Direction::Out, Direction::In, Direction::Both]);
    (weighted(0.4, select(names)), label(&RELATIONSHIPS), direction).prop_map(|(name, label, direction)| Part::Edge {
        name: name.map(str::to_owned),
        label,
        direction,
    })
}

fn times() -> impl Strategy<Value = Times> {
    prop_oneof![
        Just(Times::Optional),
        Just(Times::Between(0, Some(2))),
        Just(Times::Between(1, Some(2))),
        Just(Times::Between(2, Some(2))),
        Just(Times::Between(0, None)),
        Just(Times::Between(1, None)),
    ]
}

/// A node, then edges and repetitions with nodes between.
fn parts() -> impl Strategy<Value = Vec<Part>> {
    let one = |part: Part, times| Part::Group { parts: vec![part], condition: None, times };
    let repeated_edge = (edge(&["r", "s"]), times()).prop_map(move |(edge, times)| one(edge, times));
    let body = (
        weighted(0.7, node(&["x", "y"])),
        edge(&["t"]),
        weighted(0.3, (node(&["z"]), edge(&["t", "v"])).boxed()),
        weighted(0.7, node(&["x", "y"])),
    );
    let nested = (edge(&["q"]), times()).prop_map(move |(edge, times)| one(edge, times));
    let group =
        (body, weighted(0.2, nested), weighted(0.4, asked()), prop_oneof![4 => times(), 1 => Just(Times::Once)])
            .prop_map(|((first, edge, more, last), nested, asked, times)| {
                let mut parts: Vec<Part> = first.into_iter().collect();
                parts.push(edge);
                parts.extend(nested);
                parts.extend(more.into_iter().flat_map(|(node, edge)| [node, edge]));
                parts.extend(last);
                let names = node_names(&parts);
                let condition = asked.filter(|_| !names.is_empty()).map(|asked| asked.of(&names));
                Part::Group { parts, condition, times }
            });
    let segment = prop_oneof![
        4 => edge(&["e", "f"]).prop_map(|edge| vec![edge]),
        2 => repeated_edge.prop_map(|part| vec![part]),
        2 => group.prop_map(|part| vec![part]),
    ];
    let end = || weighted(0.85, node(&["a", "b", "c"]));
    (end(), prop::collection::vec((segment, end()), 0..4)).prop_map(|(first, rest)| {
        let mut parts: Vec<Part> = first.into_iter().collect();
        for (segment, node) in rest {
            parts.extend(segment);
            parts.extend(node);
        }
        parts
    })
}

/// The names of nodes outside and inside of optional parts, but not of groups.
fn node_names(parts: &[Part]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for part in parts {
        match part {
            Part::Node { name, .. } => all.extend(name.clone()),
            Part::Group { parts, times: Times::Once | Times::Optional, .. } => all.extend(node_names(parts)),
            Part::Edge { .. } | Part::Group { .. } => {}
        }
    }
    all
}

fn pattern() -> impl Strategy<Value = Pattern> {
    let prefix = prop_oneof![
        4 => Just((Selector::All, Mode::Walk)),
        1 => Just((Selector::All, Mode::Trail)),
        1 => Just((Selector::All, Mode::Acyclic)),
        1 => Just((Selector::All, Mode::Simple)),
        4 => (
            select(&[Selector::Shortest(1), Selector::Shortest(2), Selector::Groups(1), Selector::Groups(2)]),
            prop_oneof![3 => Just(Mode::Walk), 1 => Just(Mode::Trail), 1 => Just(Mode::Acyclic), 1 => Just(Mode::Simple)],
        ),
    ];
    (prefix, parts()).prop_map(|((selector, mode), parts)| Pattern { selector, mode, parts })
}

pub(super) fn question() -> impl Strategy<Value = Question> {
    let patterns =
        prop_oneof![3 => prop::collection::vec(pattern(), 1..2), 1 => prop::collection::vec(pattern(), 2..3)];
    let block = || (prop::collection::vec(pattern(), 1..2), weighted(0.3, asked()));
    let optional = prop_oneof![3 => Just(Vec::new()), 2 => prop::collection::vec(block(), 1..4)];
    (patterns, weighted(0.4, asked()), optional).prop_map(|(patterns, asked, optional)| {
        let mut names: Vec<String> = Vec::new();
        let mut read = |patterns: Vec<Pattern>, asked: Option<Asked>| {
            names.extend(patterns.iter().flat_map(|pattern| node_names(&pattern.parts)));
            let condition = asked.filter(|_| !names.is_empty()).map(|asked| asked.of(&names));
            (patterns, condition)
        };
        let (patterns, condition) = read(patterns, asked);
        let optional = optional.into_iter().map(|(patterns, asked)| read(patterns, asked)).collect();
        Question { patterns, condition, optional }
    })
}

fn written_label<K: Copy>(label: &Label<K>, name: impl Fn(K) -> &'static str) -> String {
    match *label {
        Label::Any => String::new(),
        Label::One(kind) => format!(":{}", name(kind)),
        Label::Not(kind) => format!(":!{}", name(kind)),
        Label::Either(one, other) => format!(":{}|{}", name(one), name(other)),
    }
}

fn written_condition(condition: &Condition) -> String {
    match condition {
        Condition::Country(name, country) => format!("{name}.country = '{country}'"),
        Condition::SameCountry(one, other) => format!("{one}.country = {other}.country"),
        Condition::Since(name, by, date) => format!("{name}.since {by} '{date}'"),
        Condition::Differ(one, other) => format!("{one} <> {other}"),
        Condition::IsNull(name) => format!("{name}.country IS NULL"),
        Condition::Named(name, text) => format!("{name}.names CONTAINS '{text}'"),
        Condition::Alias(name, text) => format!("'{text}' IN {name}.aliases"),
        Condition::Not(inner) => format!("NOT ({})", written_condition(inner)),
        Condition::Or(one, other) => format!("({} OR {})", written_condition(one), written_condition(other)),
    }
}

fn written_where(condition: &Option<Condition>) -> String {
    condition.as_ref().map_or(String::new(), |condition| format!(" WHERE {}", written_condition(condition)))
}

fn written_parts(parts: &[Part]) -> String {
    parts.iter().map(written_part).collect()
}

fn written_part(part: &Part) -> String {
    match part {
        Part::Node { name, label, condition } => {
            let name = name.clone().unwrap_or_default();
            format!("({name}{}{})", written_label(label, EntityKind::name), written_where(condition))
        }
        Part::Edge { name, label, direction } => {
            let name = name.clone().unwrap_or_default();
            let (left, right) = match direction {
                Direction::Out => ("-", "->"),
                Direction::In => ("<-", "-"),
                Direction::Both => ("-", "-"),
            };
            format!("{left}[{name}{}]{right}", written_label(label, RelationshipKind::name))
        }
        Part::Group { parts, condition, times } => {
            let inner = written_parts(parts);
            let is_edge = matches!(parts.as_slice(), [Part::Edge { .. }]) && condition.is_none();
            let whole = if is_edge { inner } else { format!("({inner}{})", written_where(condition)) };
            match times {
                Times::Once => whole,
                Times::Optional => format!("{whole}?"),
                Times::Between(0, None) => format!("{whole}*"),
                Times::Between(1, None) => format!("{whole}+"),
                Times::Between(least, Some(most)) if least == most => format!("{whole}{{{least}}}"),
                Times::Between(least, most) => {
                    format!("{whole}{{{least},{}}}", most.map_or(String::new(), |most| most.to_string()))
                }
            }
        }
    }
}

pub(super) fn written(question: &Question) -> String {
    let mut text = written_block(0, &question.patterns, &question.condition);
    for (number, (patterns, condition)) in (1..).zip(&question.optional) {
        text += " OPTIONAL MATCH ";
        text += &written_block(10 * number, patterns, condition);
    }
    text
}

fn written_block(first: usize, patterns: &[Pattern], condition: &Option<Condition>) -> String {
    let patterns = (first..).zip(patterns).map(|(number, pattern)| {
        let selector = match pattern.selector {
            Selector::All => String::new(),
            Selector::Shortest(count) => format!("SHORTEST {count} "),
            Selector::Groups(1) => "ALL SHORTEST ".to_owned(),
            Selector::Groups(count) => format!("SHORTEST {count} "),
        };
        let groups = if matches!(pattern.selector, Selector::Groups(2)) { "GROUPS " } else { "" };
        let mode = match pattern.mode {
            Mode::Walk => "WALK ",
            Mode::Trail => "TRAIL ",
            Mode::Acyclic => "ACYCLIC ",
            Mode::Simple => "SIMPLE ",
        };
        format!("p{number} = {selector}{mode}{groups}{}", written_parts(&pattern.parts))
    });
    patterns.collect::<Vec<_>>().join(", ") + &written_where(condition)
}
