//! What a pattern means, done the slow way: every walk of a graph is laid beside the pattern in every way.
//!
//! It follows the definitions of N. Francis et al., GPC: A Pattern Calculus for Property Graphs, PODS 2023, and shares
//! nothing with the program but the text of the pattern.

use std::collections::{BTreeMap, BTreeSet};

use consortia::graph::Direction;
use consortia::model::edtf::EdtfDate;
use consortia::model::entity::EntityKind;
use consortia::model::relationship::RelationshipKind;

use super::world::World;

/// The longest walks that are looked at.
pub(super) const LONGEST: usize = 6;

#[derive(Clone, Debug)]
pub(super) enum Label<K> {
    Any,
    One(K),
    Not(K),
    Either(K, K),
}

impl<K: PartialEq + Copy> Label<K> {
    fn admits(&self, kind: K) -> bool {
        match *self {
            Self::Any => true,
            Self::One(own) => kind == own,
            Self::Not(other) => kind != other,
            Self::Either(one, other) => kind == one || kind == other,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Condition {
    Country(String, &'static str),
    SameCountry(String, String),
    Since(String, &'static str, &'static str),
    Differ(String, String),
    IsNull(String),
    Named(String, &'static str),
    Alias(String, &'static str),
    Not(Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

#[derive(Clone, Debug)]
pub(super) enum Part {
    Node { name: Option<String>, label: Label<EntityKind>, condition: Option<Condition> },
    Edge { name: Option<String>, label: Label<RelationshipKind>, direction: Direction },
    Group { parts: Vec<Part>, condition: Option<Condition>, times: Times },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Times {
    Once,
    Optional,
    Between(usize, Option<usize>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Walk,
    Trail,
    Acyclic,
    Simple,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Selector {
    All,
    Shortest(usize),
    Groups(usize),
}

#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) selector: Selector,
    pub(super) mode: Mode,
    pub(super) parts: Vec<Part>,
}

#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) patterns: Vec<Pattern>,
    pub(super) condition: Option<Condition>,
    /// What may be there besides: patterns and a condition, one after the other.
    pub(super) optional: Vec<(Vec<Pattern>, Option<Condition>)>,
}

/// Without nodes where it is not there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Walk {
    pub(super) nodes: Vec<usize>,
    pub(super) edges: Vec<usize>,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bound {
    Nothing,
    Node(usize),
    Edge(usize),
    Group(Vec<usize>),
}

pub(super) type Names = BTreeMap<String, Bound>;

/// One walk for each pattern, and what the names stand for.
pub(super) type Row = (Vec<Walk>, Names);

pub(super) fn all_walks(world: &World) -> Vec<Walk> {
    let mut walks: Vec<Walk> = (0..world.nodes.len()).map(|node| Walk { nodes: vec![node], edges: vec![] }).collect();
    let mut first = 0;
    for _ in 0..LONGEST {
        let past = walks.len();
        for position in first..past {
            let last = walks[position].nodes[walks[position].edges.len()];
            for (number, edge) in world.edges.iter().enumerate() {
                let next = match (edge.source == last, edge.target == last) {
                    (true, _) => edge.target,
                    (_, true) => edge.source,
                    (false, false) => continue,
                };
                let mut longer = walks[position].clone();
                longer.nodes.push(next);
                longer.edges.push(number);
                walks.push(longer);
            }
        }
        first = past;
    }
    walks
}

struct Laid<'a> {
    world: &'a World,
    walk: &'a Walk,
}

impl Laid<'_> {
    /// All ways to lay parts on the walk from a position on: where they end, and what they name.
    fn parts(&self, parts: &[Part], at: usize, names: &Names) -> Vec<(usize, Names)> {
        let Some((part, rest)) = parts.split_first() else { return vec![(at, names.clone())] };
        let ways = self.part(part, at, names);
        ways.into_iter().flat_map(|(at, names)| self.parts(rest, at, &names)).collect()
    }

    fn part(&self, part: &Part, at: usize, names: &Names) -> Vec<(usize, Names)> {
        match part {
            Part::Node { name, label, condition } => {
                let node = self.walk.nodes[at];
                if !label.admits(self.world.nodes[node].kind) {
                    return Vec::new();
                }
                let named = named(names, name.as_ref(), Bound::Node(node));
                let holds =
                    |names: &Names| condition.as_ref().is_none_or(|c| truth(self.world, c, names) == Some(true));
                named.filter(holds).map(|names| (at, names)).into_iter().collect()
            }
            Part::Edge { name, label, direction } => {
                let Some(&number) = self.walk.edges.get(at) else { return Vec::new() };
                let edge = &self.world.edges[number];
                let along = edge.source == self.walk.nodes[at];
                let fits = match direction {
                    Direction::Out => along,
                    Direction::In => !along,
                    Direction::Both => true,
                };
                if !fits || !label.admits(edge.kind) {
                    return Vec::new();
                }
                named(names, name.as_ref(), Bound::Edge(number)).map(|names| (at + 1, names)).into_iter().collect()
            }
            Part::Group { parts, condition, times } => {
                let holds =
                    |names: &Names| condition.as_ref().is_none_or(|c| truth(self.world, c, names) == Some(true));
                if *times == Times::Once {
                    return self.parts(parts, at, names).into_iter().filter(|(_, names)| holds(names)).collect();
                }
                let (least, most) = match times {
                    Times::Once | Times::Optional => (0, Some(1)),
                    Times::Between(least, most) => (*least, *most),
                };
                let inner_names = declared(parts);
                let mut found = Vec::new();
                let mut open = vec![(at, Vec::<Names>::new())];
                while let Some((at, iterations)) = open.pop() {
                    if iterations.len() >= least {
                        let outer = joined(names, &iterations, &inner_names, *times == Times::Optional);
                        found.push((at, outer));
                    }
                    if most.is_none_or(|most| iterations.len() < most) {
                        for (next, own) in self.parts(parts, at, &Names::new()) {
                            // A condition in a repetition may ask for names outside it.
                            let mut visible = names.clone();
                            visible.extend(own.clone());
                            if next > at && holds(&visible) {
                                let mut iterations = iterations.clone();
                                iterations.push(own);
                                open.push((next, iterations));
                            }
                        }
                    }
                }
                found
            }
        }
    }
}

fn named(names: &Names, name: Option<&String>, bound: Bound) -> Option<Names> {
    let Some(name) = name else { return Some(names.clone()) };
    match names.get(name) {
        Some(known) => (*known == bound).then(|| names.clone()),
        None => {
            let mut names = names.clone();
            names.insert(name.clone(), bound);
            Some(names)
        }
    }
}

/// The names of parts, each with whether it is a group already.
fn declared(parts: &[Part]) -> Vec<(String, bool)> {
    let mut all = Vec::new();
    for part in parts {
        match part {
            Part::Node { name, .. } | Part::Edge { name, .. } => all.extend(name.clone().map(|name| (name, false))),
            Part::Group { parts, times, .. } => {
                let repeats = !matches!(times, Times::Once | Times::Optional);
                all.extend(declared(parts).into_iter().map(|(name, group)| (name, group || repeats)));
            }
        }
    }
    all
}

fn joined(outer: &Names, iterations: &[Names], inner: &[(String, bool)], optional: bool) -> Names {
    let mut names = outer.clone();
    for (name, is_group) in inner {
        if optional {
            let missing = if *is_group { Bound::Group(Vec::new()) } else { Bound::Nothing };
            let bound = iterations.first().map_or(missing, |own| own[name].clone());
            names.insert(name.clone(), bound);
        } else {
            let each = iterations.iter().flat_map(|own| match &own[name] {
                Bound::Nothing => Vec::new(),
                Bound::Node(one) | Bound::Edge(one) => vec![*one],
                Bound::Group(all) => all.clone(),
            });
            names.insert(name.clone(), Bound::Group(each.collect()));
        }
    }
    names
}

fn truth(world: &World, condition: &Condition, names: &Names) -> Option<bool> {
    let node = |name: &String| match names.get(name) {
        Some(Bound::Node(node)) => Some(*node),
        _ => None,
    };
    let country = |name: &String| node(name).and_then(|node| world.nodes[node].country);
    match condition {
        Condition::Country(name, wanted) => country(name).map(|country| country == *wanted),
        Condition::SameCountry(one, other) => Some(country(one)? == country(other)?),
        Condition::Since(name, by, date) => {
            let own: EdtfDate = world.nodes[node(name)?].since?.parse().unwrap();
            compared(&own, by, &date.parse().unwrap())
        }
        Condition::Differ(one, other) => Some(node(one)? != node(other)?),
        Condition::IsNull(name) => Some(country(name).is_none()),
        Condition::Named(name, text) => {
            let node = node(name)?;
            Some(
                format!("e{node:02}") == *text || world.nodes[node].other_name.is_some_and(|(other, _)| other == *text),
            )
        }
        Condition::Alias(name, text) => {
            Some(world.nodes[node(name)?].other_name.is_some_and(|(other, _)| other == *text))
        }
        Condition::Not(inner) => truth(world, inner, names).map(|truth| !truth),
        Condition::Or(one, other) => match (truth(world, one, names), truth(world, other, names)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
    }
}

/// Whether each day that a date may mean is so beside the days that are named, or none; else it is not known. Only days at
/// an edge of the one or the other decide.
fn compared(one: &EdtfDate, by: &str, named: &EdtfDate) -> Option<bool> {
    let (first, last) = (named.first_day(), named.last_day());
    let is_so = |day: i32| match by {
        "=" => first <= day && day <= last,
        "<" => day < first,
        "<=" => day <= last,
        ">" => day > last,
        ">=" => day >= first,
        other => panic!("{other}"),
    };
    let edges = [first.saturating_sub(1), first, last, last.saturating_add(1), one.first_day(), one.last_day()];
    let own = edges.into_iter().filter(|&day| one.first_day() <= day && day <= one.last_day());
    let found: BTreeSet<bool> = own.map(is_so).collect();
    if found.len() == 1 { found.first().copied() } else { None }
}

fn admits(mode: Mode, walk: &Walk) -> bool {
    let distinct = |all: &[usize]| all.iter().collect::<BTreeSet<_>>().len() == all.len();
    match mode {
        Mode::Walk => true,
        Mode::Trail => distinct(&walk.edges),
        Mode::Acyclic => distinct(&walk.nodes),
        Mode::Simple => {
            let ends_where_it_starts = walk.nodes.len() > 1 && walk.nodes.first() == walk.nodes.last();
            distinct(&walk.nodes) || ends_where_it_starts && distinct(&walk.nodes[1..])
        }
    }
}

/// All rows of one pattern.
fn of_pattern(world: &World, walks: &[Walk], pattern: &Pattern) -> BTreeSet<(Walk, Names)> {
    let mut all = BTreeSet::new();
    for walk in walks.iter().filter(|walk| admits(pattern.mode, walk)) {
        for (end, names) in (Laid { world, walk }).parts(&pattern.parts, 0, &Names::new()) {
            if end == walk.edges.len() {
                all.insert((walk.clone(), names));
            }
        }
    }
    let mut ends: BTreeMap<(usize, usize), Vec<(Walk, Names)>> = BTreeMap::new();
    for (walk, names) in all {
        let pair = (walk.nodes[0], walk.nodes[walk.edges.len()]);
        ends.entry(pair).or_default().push((walk, names));
    }
    let mut kept = BTreeSet::new();
    for mut paths in ends.into_values() {
        paths.sort_by_key(|(walk, names)| (walk.edges.len(), walk.clone(), names.clone()));
        let lengths: BTreeSet<usize> = paths.iter().map(|(walk, _)| walk.edges.len()).collect();
        match pattern.selector {
            Selector::All => kept.extend(paths),
            Selector::Shortest(count) => kept.extend(paths.into_iter().take(count)),
            Selector::Groups(count) => {
                let lengths: Vec<usize> = lengths.into_iter().take(count).collect();
                kept.extend(paths.into_iter().filter(|(walk, _)| lengths.contains(&walk.edges.len())));
            }
        }
    }
    kept
}

/// All rows of a question; `None` where there are too many to lay side by side.
pub(super) fn answer(world: &World, question: &Question) -> Option<BTreeSet<Row>> {
    let walks = all_walks(world);
    let start = vec![(Vec::new(), Names::new())];
    let mut rows = block(world, &walks, start, &question.patterns, question.condition.as_ref())?;
    for (patterns, condition) in &question.optional {
        let mut longer = Vec::new();
        for row in rows {
            let found = block(world, &walks, vec![row.clone()], patterns, condition.as_ref())?;
            if found.is_empty() {
                let (mut walks, mut names) = row;
                for pattern in patterns {
                    walks.push(Walk { nodes: vec![], edges: vec![] });
                    for (name, _) in declared(&pattern.parts) {
                        names.entry(name).or_insert(Bound::Nothing);
                    }
                }
                longer.push((walks, names));
            } else {
                longer.extend(found);
            }
        }
        rows = longer;
    }
    Some(rows.into_iter().collect())
}

/// What becomes of rows by patterns and a condition more.
fn block(
    world: &World,
    walks: &[Walk],
    mut rows: Vec<Row>,
    patterns: &[Pattern],
    condition: Option<&Condition>,
) -> Option<Vec<Row>> {
    for pattern in patterns {
        let found = of_pattern(world, walks, pattern);
        if rows.len() * found.len() > 200_000 {
            return None;
        }
        rows = rows
            .into_iter()
            .flat_map(|(walks, names)| {
                let joined = found.iter().filter_map(move |(walk, own)| {
                    let agrees = own.iter().all(|(name, bound)| names.get(name).is_none_or(|known| known == bound));
                    agrees.then(|| {
                        let (mut walks, mut names) = (walks.clone(), names.clone());
                        walks.push(walk.clone());
                        names.extend(own.clone());
                        (walks, names)
                    })
                });
                joined.collect::<Vec<_>>()
            })
            .collect();
    }
    let holds = |names: &Names| condition.is_none_or(|condition| truth(world, condition, names) == Some(true));
    Some(rows.into_iter().filter(|(_, names)| holds(names)).collect())
}
