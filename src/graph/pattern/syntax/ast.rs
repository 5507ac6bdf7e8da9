//! The syntax tree of a pattern: what was written, each part with its place, nothing looked up.

use crate::graph::Direction;

/// A place in the text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::graph::pattern) struct Span {
    pub(in crate::graph::pattern) start: usize,
    pub(in crate::graph::pattern) end: usize,
}

impl From<chumsky::span::SimpleSpan> for Span {
    fn from(span: chumsky::span::SimpleSpan) -> Self {
        Self { start: span.start, end: span.end }
    }
}

/// A name as it was written.
#[derive(Clone, Debug)]
pub(in crate::graph::pattern) struct Name {
    pub(in crate::graph::pattern) text: String,
    pub(in crate::graph::pattern) span: Span,
}

/// A whole question.
#[derive(Debug)]
pub(in crate::graph::pattern) struct Statement {
    /// What has to be there.
    pub(in crate::graph::pattern) required: Block,
    /// What may be there besides, one `OPTIONAL MATCH` after the other.
    pub(in crate::graph::pattern) optional: Vec<Block>,
    pub(in crate::graph::pattern) returned: Option<Returned>,
}

/// The patterns behind one `MATCH`, and its condition.
#[derive(Clone, Debug)]
pub(in crate::graph::pattern) struct Block {
    pub(in crate::graph::pattern) patterns: Vec<PathPattern>,
    pub(in crate::graph::pattern) condition: Option<Expression>,
    pub(in crate::graph::pattern) span: Span,
}

/// What is given back of each row.
#[derive(Clone, Debug)]
pub(in crate::graph::pattern) struct Returned {
    pub(in crate::graph::pattern) distinct: bool,
    pub(in crate::graph::pattern) names: Vec<Name>,
}

/// One of the patterns between commas.
#[derive(Clone, Debug)]
pub(in crate::graph::pattern) struct PathPattern {
    pub(in crate::graph::pattern) name: Option<Name>,
    pub(in crate::graph::pattern) selector: Selector,
    pub(in crate::graph::pattern) mode: Mode,
    pub(in crate::graph::pattern) factors: Vec<Factor>,
}

/// What a path may meet more than once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::graph::pattern) enum Mode {
    /// Anything.
    #[default]
    Walk,
    /// No relationship.
    Trail,
    /// No entity.
    Acyclic,
    /// No entity, but it may end where it starts.
    Simple,
}

/// Which of the paths between the same two ends are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::graph::pattern) enum Selector {
    /// Each.
    #[default]
    All,
    /// So many, the shortest first.
    Shortest(usize),
    /// Those with one of the so many least lengths.
    ShortestGroups(usize),
}

/// A part of a path pattern, perhaps repeated.
#[derive(Clone, Debug)]
pub(in crate::graph::pattern) struct Factor {
    pub(in crate::graph::pattern) primary: Primary,
    pub(in crate::graph::pattern) quantifier: Option<Quantifier>,
}

#[derive(Clone, Debug)]
pub(in crate::graph::pattern) enum Primary {
    Node(Element),
    Edge(Direction, Element),
    Group(Vec<Factor>, Option<Expression>),
}

/// How often.
#[derive(Clone, Copy, Debug)]
pub(in crate::graph::pattern) struct Quantifier {
    pub(in crate::graph::pattern) least: usize,
    /// `None` is without bound.
    pub(in crate::graph::pattern) most: Option<usize>,
    /// Whether it was written `?`, which leaves variables single.
    pub(in crate::graph::pattern) optional: bool,
    pub(in crate::graph::pattern) span: Span,
}

/// What stands between the brackets of a node or an edge.
#[derive(Clone, Debug)]
pub(in crate::graph::pattern) struct Element {
    pub(in crate::graph::pattern) name: Option<Name>,
    pub(in crate::graph::pattern) label: Option<Label>,
    pub(in crate::graph::pattern) properties: Vec<(Name, Expression)>,
    pub(in crate::graph::pattern) condition: Option<Expression>,
    pub(in crate::graph::pattern) span: Span,
}

#[derive(Clone, Debug)]
pub(in crate::graph::pattern) enum Label {
    Name(Name),
    /// `%`: any label.
    Any,
    Not(Box<Label>),
    All(Vec<Label>),
    OneOf(Vec<Label>),
}

#[derive(Clone, Debug)]
pub(in crate::graph::pattern) struct Expression {
    pub(in crate::graph::pattern) term: Term,
    pub(in crate::graph::pattern) span: Span,
}

#[derive(Clone, Debug)]
pub(in crate::graph::pattern) enum Term {
    Null,
    Truth(bool),
    Number(f64),
    Text(String),
    /// `DATE '2022-11'`.
    Date(String),
    Parameter(String),
    List(Vec<Expression>),
    Variable(Name),
    Property(Name, Name),
    Call(Name, Vec<Expression>),
    /// `EXACTLY 'WHO'`: compared as it is written.
    Exactly(Box<Expression>),
    Not(Box<Expression>),
    All(Vec<Expression>),
    OneOf(Vec<Expression>),
    Compare(Comparison, Box<Expression>, Box<Expression>),
    IsNull(Box<Expression>),
    IsLabeled(Name, Label),
    /// Whether a condition is true, false or, with `None`, unknown.
    Is(Box<Expression>, Option<bool>),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::graph::pattern) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    StartsWith,
    EndsWith,
    Contains,
}
