//! Labels, values and conditions, after ISO/IEC 39075:2024, 16.8, 19 and 20.

use chumsky::prelude::*;

use super::{Words, Wrong, keyword, name, optional, property};
use crate::graph::pattern::syntax::ast::{Comparison, Expression, Label, Span, Term};
use crate::graph::pattern::syntax::token::{Token, unescaped};

pub(super) fn label<'t, W: Wrong<'t>>() -> impl Parser<'t, Words<'t>, Label, extra::Err<W>> + Clone {
    recursive(|label| {
        let atom = choice((
            name("a label such as Hospital").map(Label::Name),
            just(Token::Percent).to(Label::Any),
            label.delimited_by(just(Token::OpenRound), just(Token::CloseRound)),
        ));
        let negated = just(Token::Exclamation).repeated().count().then(atom).map(|(count, label)| match count % 2 {
            0 => label,
            _ => Label::Not(Box::new(label)),
        });
        let all =
            negated.separated_by(just(Token::Ampersand)).at_least(1).collect().map(|labels| one_or(labels, Label::All));
        all.separated_by(just(Token::Bar)).at_least(1).collect().map(|labels| one_or(labels, Label::OneOf)).boxed()
    })
}

/// The only one as it is, several as what they make together.
fn one_or<T>(mut parts: Vec<T>, together: impl FnOnce(Vec<T>) -> T) -> T {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            together(parts)
        }
    }
}

fn placed<T>(terms: impl FnOnce(T) -> Term) -> impl FnOnce(T, SimpleSpan) -> Expression {
    move |term, span| Expression { term: terms(term), span: Span::from(span) }
}

pub(super) fn expression<'t, W: Wrong<'t>>() -> impl Parser<'t, Words<'t>, Expression, extra::Err<W>> + Clone {
    recursive(|expression| {
        let comparison = comparison(value(expression.clone()).boxed());
        let negated =
            keyword("NOT").repeated().count().then(comparison).map_with(|(count, expression), place| match count % 2 {
                0 => expression,
                _ => placed(|expression| Term::Not(Box::new(expression)))(expression, place.span()),
            });
        let several = |parts: Vec<Expression>, together: fn(Vec<Expression>) -> Term, span: SimpleSpan| {
            one_or(parts, |parts| placed(together)(parts, span))
        };
        let all = negated
            .separated_by(keyword("AND"))
            .at_least(1)
            .collect()
            .map_with(move |parts, place| several(parts, Term::All, place.span()));
        let any_of = all
            .separated_by(keyword("OR"))
            .at_least(1)
            .collect()
            .map_with(move |parts, place| several(parts, Term::OneOf, place.span()));
        if W::EXPLAINS {
            return any_of.boxed();
        }
        // Most values stand alone in a list or a map.
        let alone = text().map(Term::Text).map_with(|term, place| Expression { term, span: Span::from(place.span()) });
        let ends = any().filter(Token::ends_item).rewind();
        alone.then_ignore(ends).or(any_of).boxed()
    })
}

/// What may follow a value to make a condition of it.
enum Tail {
    Compare(Comparison, Expression),
    NotCompare(Comparison, Expression),
    IsNull(bool),
    IsLabeled(bool, Label),
}

fn comparison<'t, W: Wrong<'t>>(
    value: impl Parser<'t, Words<'t>, Expression, extra::Err<W>> + Clone + 't,
) -> impl Parser<'t, Words<'t>, Expression, extra::Err<W>> + Clone {
    let sign = select! {
        Token::Equal => Comparison::Equal,
        Token::NotEqual => Comparison::NotEqual,
        Token::Less => Comparison::Less,
        Token::LessOrEqual => Comparison::LessOrEqual,
        Token::Greater => Comparison::Greater,
        Token::GreaterOrEqual => Comparison::GreaterOrEqual,
    }
    .labelled("a comparison such as =");
    let words = choice((
        keyword("IN").to(Comparison::In),
        keyword("STARTS").ignore_then(keyword("WITH")).to(Comparison::StartsWith),
        keyword("ENDS").ignore_then(keyword("WITH")).to(Comparison::EndsWith),
        keyword("CONTAINS").to(Comparison::Contains),
    ));
    let not = || keyword("NOT").or_not().map(|not| not.is_some());
    let is_labeled = keyword("LABELED").ignore_then(label());
    let tail = choice((
        sign.then(value.clone()).map(|(sign, right)| Tail::Compare(sign, right)),
        words.clone().then(value.clone()).map(|(word, right)| Tail::Compare(word, right)),
        keyword("NOT").ignore_then(words).then(value.clone()).map(|(word, right)| Tail::NotCompare(word, right)),
        keyword("IS").ignore_then(not()).then_ignore(keyword("NULL")).map(Tail::IsNull),
        keyword("IS").ignore_then(not()).then(is_labeled).map(|(not, label)| Tail::IsLabeled(not, label)),
        just(Token::Colon).ignore_then(label()).map(|label| Tail::IsLabeled(false, label)),
    ))
    .boxed();
    let truth = choice((keyword("TRUE").to(Some(true)), keyword("FALSE").to(Some(false)), keyword("UNKNOWN").to(None)));
    let test = keyword("IS").ignore_then(not()).then(truth);
    let compared = value.then(optional(Token::compares, tail)).validate(|(left, tail), place, wrong| {
        let span = place.span();
        let negated = |not: bool, term| match not {
            false => Expression { term, span: Span::from(span) },
            true => {
                let inner = Expression { term, span: Span::from(span) };
                Expression { term: Term::Not(Box::new(inner)), span: Span::from(span) }
            }
        };
        match tail {
            None => left,
            Some(Tail::Compare(by, right)) => negated(false, Term::Compare(by, Box::new(left), Box::new(right))),
            Some(Tail::NotCompare(by, right)) => negated(true, Term::Compare(by, Box::new(left), Box::new(right))),
            Some(Tail::IsNull(not)) => negated(not, Term::IsNull(Box::new(left))),
            Some(Tail::IsLabeled(not, label)) => match left.term {
                Term::Variable(name) => negated(not, Term::IsLabeled(name, label)),
                _ => {
                    wrong.emit(W::custom(span, "only a variable has labels; write h:Hospital"));
                    left
                }
            },
        }
    });
    compared.then(optional(Token::is_word, test)).map_with(|(condition, test), place| match test {
        None => condition,
        Some((not, truth)) => {
            let span = Span::from(place.span());
            let is = Expression { term: Term::Is(Box::new(condition), truth), span };
            if not { Expression { term: Term::Not(Box::new(is)), span } } else { is }
        }
    })
}

fn text<'t, W: Wrong<'t>>() -> impl Parser<'t, Words<'t>, String, extra::Err<W>> + Clone {
    select! { Token::Text(text) => unescaped(text) }
}

fn value<'t, W: Wrong<'t>>(
    expression: impl Parser<'t, Words<'t>, Expression, extra::Err<W>> + Clone + 't,
) -> impl Parser<'t, Words<'t>, Expression, extra::Err<W>> + Clone {
    let number = just(Token::Minus).or_not().then(select! { Token::Number(number) => number }).map(
        |(minus, number): (_, &str)| {
            // The lexer has let through nothing but digits and a point.
            let read = number.parse().unwrap_or(f64::INFINITY);
            Term::Number(if minus.is_some() { -read } else { read })
        },
    );
    let list = expression
        .clone()
        .separated_by(just(Token::Comma))
        .collect()
        .delimited_by(just(Token::OpenSquare), just(Token::CloseSquare))
        .map(Term::List);
    let arguments = expression
        .clone()
        .separated_by(just(Token::Comma))
        .collect()
        .delimited_by(just(Token::OpenRound), just(Token::CloseRound));
    let named = name("a variable")
        .then(choice((
            just(Token::Dot).ignore_then(property()).map(|property| (Some(property), None)),
            arguments.map(|arguments: Vec<Expression>| (None, Some(arguments))),
            empty().to((None, None)),
        )))
        .map(|(name, (property, arguments))| match (property, arguments) {
            (Some(property), _) => Term::Property(name, property),
            (None, Some(arguments)) => Term::Call(name, arguments),
            (None, None) => Term::Variable(name),
        })
        .boxed();
    let term = choice((
        text().map(Term::Text),
        number,
        select! { Token::Parameter(name) => Term::Parameter(name.to_owned()) },
        list,
        keyword("NULL").or(keyword("UNKNOWN")).to(Term::Null),
        keyword("TRUE").to(Term::Truth(true)),
        keyword("FALSE").to(Term::Truth(false)),
        keyword("DATE").ignore_then(text()).map(Term::Date),
        named,
    ))
    .map_with(|term, place| Expression { term, span: Span::from(place.span()) });
    let plain = choice((term, expression.delimited_by(just(Token::OpenRound), just(Token::CloseRound)))).boxed();
    let exact = keyword("EXACTLY")
        .ignore_then(plain.clone())
        .map_with(|inner, place| Expression { term: Term::Exactly(Box::new(inner)), span: Span::from(place.span()) });
    choice((plain, exact)).labelled("a value such as 'GB' or h.country")
}
