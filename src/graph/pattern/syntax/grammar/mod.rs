//! The grammar of path patterns, after ISO/IEC 39075:2024, 16.3 to 16.13; conditions are left to [`expression()`].

mod expression;

use chumsky::Boxed;
use chumsky::cache::Cached;
use chumsky::error::{EmptyErr, Error, LabelError, Rich};
use chumsky::input::MappedInput;
use chumsky::prelude::*;
use chumsky::util::MaybeRef;

use self::expression::{expression, label};
use super::ast::{
    Block, Element, Expression, Factor, Mode, Name, PathPattern, Primary, Quantifier, Returned, Selector, Span,
    Statement,
};
use super::token::Token;
use crate::graph::Direction;

/// The most times that a quantifier may name.
pub(in crate::graph::pattern) const QUANTIFIER_LIMIT: usize = 100;

/// The most paths that a selector may ask for.
pub(super) const SELECTOR_LIMIT: usize = 1_000;

/// The input that the grammar reads: words with their places.
pub(super) type Words<'t> = MappedInput<'t, Token<'t>, SimpleSpan, &'t [(Token<'t>, SimpleSpan)]>;

/// What the grammar says of a text that it does not read: nothing, which is quick, or what could have stood where.
pub(super) trait Wrong<'t>:
    Error<'t, Words<'t>> + LabelError<'t, Words<'t>, &'static str> + LabelError<'t, Words<'t>, MaybeRef<'t, Token<'t>>> + 't
{
    /// Whether it says what could have stood where, for which all that could has to be tried.
    const EXPLAINS: bool;

    /// What reads well, but cannot be.
    fn custom(span: SimpleSpan, message: &str) -> Self;
}

/// Reads a part that may be left out, and looks first whether it begins here at all: of what does not begin nothing has
/// to be tried, unless somebody wants to know what could have stood here.
fn optional<'t, W: Wrong<'t>, T: 't>(
    begins: fn(&Token<'t>) -> bool,
    part: impl Parser<'t, Words<'t>, T, extra::Err<W>> + Clone + 't,
) -> Boxed<'t, 't, Words<'t>, Option<T>, extra::Err<W>> {
    if W::EXPLAINS {
        return part.or_not().boxed();
    }
    let begun = any().filter(begins).rewind().ignore_then(part.clone()).map(Some);
    begun.or(empty().map(|()| None)).boxed()
}

impl<'t> Wrong<'t> for EmptyErr {
    const EXPLAINS: bool = false;

    fn custom(_: SimpleSpan, _: &str) -> Self {
        Self::default()
    }
}

impl<'t> Wrong<'t> for Rich<'t, Token<'t>> {
    const EXPLAINS: bool = true;

    fn custom(span: SimpleSpan, message: &str) -> Self {
        Rich::custom(span, message)
    }
}

/// The grammar, built once in each thread; it says only whether it reads a text.
#[derive(Default)]
pub(super) struct Quick;

impl Cached for Quick {
    type Parser<'t> = Boxed<'t, 't, Words<'t>, Statement, extra::Err<EmptyErr>>;

    fn make_parser<'t>(self) -> Self::Parser<'t> {
        statement().boxed()
    }
}

/// Words that are no names unless they stand between grave accents.
const RESERVED: [&str; 28] = [
    "ACYCLIC", "ALL", "AND", "ANY", "AS", "CONTAINS", "DATE", "DISTINCT", "ENDS", "EXACTLY", "FALSE", "IN", "IS",
    "LABELED", "MATCH", "NOT", "NULL", "OR", "RETURN", "SHORTEST", "SIMPLE", "STARTS", "TRAIL", "TRUE", "UNKNOWN",
    "WALK", "WHERE", "WITH",
];

fn is_reserved(word: &str) -> bool {
    RESERVED.iter().any(|reserved| word.eq_ignore_ascii_case(reserved))
}

/// A word of the language, in any case.
fn keyword<'t, W: Wrong<'t>>(expected: &'static str) -> impl Parser<'t, Words<'t>, (), extra::Err<W>> + Clone {
    any()
        .filter(move |token: &Token<'_>| matches!(token, Token::Word(word) if word.eq_ignore_ascii_case(expected)))
        .ignored()
        .labelled(expected)
}

fn name<'t, W: Wrong<'t>>(expected: &'static str) -> impl Parser<'t, Words<'t>, Name, extra::Err<W>> + Clone {
    select! {
        Token::Word(word) if !is_reserved(word) => word.to_owned(),
        Token::Quoted(word) => word.to_owned(),
    }
    .map_with(|text, place| Name { text, span: Span::from(place.span()) })
    .labelled(expected)
}

/// After a dot or in a property map, reserved words are names too.
fn property<'t, W: Wrong<'t>>() -> impl Parser<'t, Words<'t>, Name, extra::Err<W>> + Clone {
    select! { Token::Word(word) => word.to_owned(), Token::Quoted(word) => word.to_owned() }
        .map_with(|text, place| Name { text, span: Span::from(place.span()) })
        .labelled("a property")
}

fn whole_number<'t, W: Wrong<'t>>(
    limit: usize,
    expected: &'static str,
) -> impl Parser<'t, Words<'t>, usize, extra::Err<W>> + Clone {
    select! { Token::Number(number) => number }.labelled(expected).validate(move |number, place, wrong| {
        let number = number.parse().ok().filter(|&number: &usize| number <= limit);
        number.unwrap_or_else(|| {
            let message = format!("this number has to be a whole one of at most {limit}");
            wrong.emit(W::custom(place.span(), &message));
            limit
        })
    })
}

pub(super) fn statement<'t, W: Wrong<'t>>() -> impl Parser<'t, Words<'t>, Statement, extra::Err<W>> {
    let expression = expression().boxed();
    let condition = keyword("WHERE").ignore_then(expression.clone()).boxed();
    let path = path_pattern(expression.clone(), condition.clone()).boxed();
    let returned = keyword("RETURN")
        .ignore_then(keyword("DISTINCT").or_not())
        .then(name("a variable").separated_by(just(Token::Comma)).at_least(1).collect())
        .map(|(distinct, names)| Returned { distinct: distinct.is_some(), names });
    let paths = path.separated_by(just(Token::Comma)).at_least(1).collect();
    let block = paths
        .then(condition.or_not())
        .map_with(|(patterns, condition), place| Block { patterns, condition, span: Span::from(place.span()) })
        .boxed();
    let optional = keyword("OPTIONAL").ignore_then(keyword("MATCH")).ignore_then(block.clone());
    keyword("MATCH")
        .or_not()
        .ignore_then(block)
        .then(optional.repeated().collect())
        .then(returned.or_not())
        .then_ignore(end())
        .map(|((required, optional), returned)| Statement { required, optional, returned })
}

fn path_pattern<'t, W: Wrong<'t>>(
    expression: impl Parser<'t, Words<'t>, Expression, extra::Err<W>> + Clone + 't,
    condition: impl Parser<'t, Words<'t>, Expression, extra::Err<W>> + Clone + 't,
) -> impl Parser<'t, Words<'t>, PathPattern, extra::Err<W>> + Clone {
    let mode = choice((
        keyword("WALK").to(Mode::Walk),
        keyword("TRAIL").to(Mode::Trail),
        keyword("ACYCLIC").to(Mode::Acyclic),
        keyword("SIMPLE").to(Mode::Simple),
    ));
    let count = || {
        whole_number(SELECTOR_LIMIT, "a number").validate(|count, place, wrong| {
            if count == 0 {
                wrong.emit(W::custom(place.span(), "0 paths are none; ask for at least 1"));
            }
            count
        })
    };
    let paths = || keyword("PATHS").or(keyword("PATH"));
    let groups = || keyword("GROUPS").or(keyword("GROUP"));
    let any_of = keyword("ANY").ignore_then(choice((
        keyword("SHORTEST").to(Selector::Shortest(1)),
        count().map(Selector::Shortest),
        empty().to(Selector::Shortest(1)),
    )));
    let all_of = keyword("ALL")
        .ignore_then(choice((keyword("SHORTEST").to(Selector::ShortestGroups(1)), empty().to(Selector::All))));
    let chosen = choice((any_of, all_of));
    let shortest = keyword("SHORTEST").ignore_then(count().or_not());
    let early = groups().or_not().map(|groups| groups.is_some());
    let shortest_paths = shortest
        .clone()
        .then(early)
        .then(mode.clone().or_not())
        .then(paths().or_not())
        .then(groups().or_not())
        .validate(|((((count, early), mode), paths), groups), place, wrong| {
            if early && (mode.is_some() || paths.is_some() || groups.is_some()) {
                let message = "GROUPS comes last; write SHORTEST 2 TRAIL GROUPS";
                wrong.emit(W::custom(place.span(), message));
            }
            match (count, early || groups.is_some()) {
                (count, true) => (Selector::ShortestGroups(count.unwrap_or(1)), mode),
                (Some(count), false) => (Selector::Shortest(count), mode),
                (None, false) => {
                    let message = "say how many: SHORTEST 3, or ANY SHORTEST, or ALL SHORTEST";
                    wrong.emit(W::custom(place.span(), message));
                    (Selector::Shortest(1), mode)
                }
            }
        });
    let late = choice((chosen.clone().ignored(), shortest.then(groups().or_not()).ignored()));
    let moded = mode.clone().then(late.or_not()).validate(|(mode, late), place, wrong| {
        if late.is_some() {
            let message = "what is selected comes first; write ANY SHORTEST TRAIL, or SHORTEST 3 TRAIL";
            wrong.emit(W::custom(place.span(), message));
        }
        (Selector::All, Some(mode))
    });
    let prefix = choice((
        chosen.then(mode.or_not()).then_ignore(paths().or_not()),
        shortest_paths,
        moded.then_ignore(paths().or_not()),
    ))
    .boxed();
    name("a variable")
        .then_ignore(just(Token::Equal))
        .or_not()
        .then(optional(Token::is_word, prefix))
        .then(factors(expression, condition))
        .map(|((name, prefix), factors)| {
            let (selector, mode) = prefix.unwrap_or_default();
            PathPattern { name, selector, mode: mode.unwrap_or_default(), factors }
        })
}

fn factors<'t, W: Wrong<'t>>(
    expression: impl Parser<'t, Words<'t>, Expression, extra::Err<W>> + Clone + 't,
    condition: impl Parser<'t, Words<'t>, Expression, extra::Err<W>> + Clone + 't,
) -> impl Parser<'t, Words<'t>, Vec<Factor>, extra::Err<W>> + Clone {
    let filler = name("a variable")
        .or_not()
        .then(just(Token::Colon).or(keyword("IS").to(Token::Colon)).ignore_then(label()).or_not())
        .then(optional(Token::opens, properties(expression)))
        .then(optional(Token::is_word, condition.clone()))
        .map_with(|(((name, label), properties), condition), place| Element {
            name,
            label,
            properties: properties.unwrap_or_default(),
            condition,
            span: Span::from(place.span()),
        })
        .boxed();
    let node = filler.clone().delimited_by(just(Token::OpenRound), just(Token::CloseRound)).map(Primary::Node);
    let edge = just(Token::Less)
        .or_not()
        .then_ignore(just(Token::Minus))
        .then(
            filler
                .delimited_by(just(Token::OpenSquare), just(Token::CloseSquare))
                .then_ignore(just(Token::Minus))
                .or_not(),
        )
        .then(just(Token::Greater).or_not())
        .map_with(|((left, filler), right), place| {
            let direction = match (left, right) {
                (None, Some(_)) => Direction::Out,
                (Some(_), None) => Direction::In,
                (None, None) | (Some(_), Some(_)) => Direction::Both,
            };
            let span = Span::from(place.span());
            let bare = Element { name: None, label: None, properties: Vec::new(), condition: None, span };
            Primary::Edge(direction, filler.unwrap_or(bare))
        })
        .labelled("an edge such as -[:MEMBER_OF]->")
        .boxed();
    recursive(|factors| {
        let group = factors
            .then(condition.or_not())
            .delimited_by(just(Token::OpenRound), just(Token::CloseRound))
            .map(|(factors, condition)| Primary::Group(factors, condition));
        choice((edge, node.labelled("a node such as (h:Hospital)"), group.labelled("a part in parentheses")))
            .then(optional(Token::repeats, quantifier()))
            .map(|(primary, quantifier)| Factor { primary, quantifier })
            .repeated()
            .at_least(1)
            .collect()
            .boxed()
    })
}

fn quantifier<'t, W: Wrong<'t>>() -> impl Parser<'t, Words<'t>, Quantifier, extra::Err<W>> + Clone {
    let number = || whole_number(QUANTIFIER_LIMIT, "a number");
    let range = choice((
        number().then(just(Token::Comma).ignore_then(number().or_not()).or_not()).map(|(least, rest)| match rest {
            None => (least, Some(least)),
            Some(most) => (least, most),
        }),
        just(Token::Comma).ignore_then(number()).map(|most| (0, Some(most))),
    ))
    .delimited_by(just(Token::OpenCurly), just(Token::CloseCurly))
    .validate(|(least, most), place, wrong| {
        if most == Some(0) {
            wrong.emit(W::custom(place.span(), "at most 0 times is never; leave the part out"));
        } else if most.is_some_and(|most| most < least) {
            wrong.emit(W::custom(place.span(), "the least is above the most; swap them"));
        }
        (least, most, false)
    });
    choice((
        just(Token::Star).to((0, None, false)),
        just(Token::Plus).to((1, None, false)),
        just(Token::Question).to((0, Some(1), true)),
        range,
    ))
    .map_with(|(least, most, optional), place| Quantifier { least, most, optional, span: Span::from(place.span()) })
    .labelled("a quantifier such as {1,3}, * or +")
    .boxed()
}

fn properties<'t, W: Wrong<'t>>(
    expression: impl Parser<'t, Words<'t>, Expression, extra::Err<W>> + Clone + 't,
) -> impl Parser<'t, Words<'t>, Vec<(Name, Expression)>, extra::Err<W>> + Clone {
    property()
        .then_ignore(just(Token::Colon))
        .then(expression)
        .separated_by(just(Token::Comma))
        .at_least(1)
        .collect()
        .delimited_by(just(Token::OpenCurly), just(Token::CloseCurly))
        .labelled("properties such as {country: 'GB'}")
        .boxed()
}
