//! Notations of other languages, where a pattern cannot be read: what is written here instead. A word that is
//! only misspelt is left to [`misspelt`](super::misspelt).

use super::ast::Span;
use super::context::{Place, Within};
use super::token::Token;

/// Where something foreign stands, and what to write instead.
pub(super) type Told = Option<(Span, String)>;

const WRITES: &str = "patterns only read; give new data to consortia load or consortia import";
const PAGES: &str = "give `first` to match, and `after` for the next page";
const TEXTS: &str = "write STARTS WITH, ENDS WITH or CONTAINS";
const ALIASES: &str = "ask match for each, under two aliases";

/// Words of Cypher, SQL and the rest of GQL that begin something that is not here.
const WORDS: [(&[&str], &str); 23] = [
    (
        &["OPTIONAL"],
        "write OPTIONAL MATCH behind what has to be there: (h:Hospital) OPTIONAL MATCH (h)-[:MEMBER_OF]->(c)",
    ),
    (&["CREATE", "INSERT", "MERGE", "UPDATE", "DELETE", "DETACH", "NODETACH", "DROP"], WRITES),
    (&["SET", "REMOVE", "FOREACH", "LOAD"], WRITES),
    (&["WITH", "NEXT"], "write one question: patterns joined by commas, then one WHERE"),
    (&["UNWIND", "FOR"], "write IN with a list, as in h.country IN ['GB', 'CN']"),
    (&["LET"], "write the value where it is used, or as $name"),
    (&["CALL", "YIELD"], "ask another field of graph, such as paths or ranking"),
    (&["USE"], "give a view to graph"),
    (&["UNION", "EXCEPT", "INTERSECT", "OTHERWISE"], ALIASES),
    (&["LIMIT", "SKIP", "OFFSET", "FETCH"], PAGES),
    (&["ORDER"], "rows have an order of their own, those with the fewest steps first; sort the answer"),
    (&["GROUP", "HAVING"], "write RETURN DISTINCT, or a projection of graph"),
    (&["SELECT", "FROM"], "draw what to find, as in (h:Hospital)-[:AFFILIATED_WITH]->(u)"),
    (&["JOIN"], "join patterns by commas"),
    (&["EXPLAIN", "PROFILE"], "give `explain: true` to match"),
    (&["FILTER"], "write WHERE"),
    (&["KEEP"], "write the selector in front of the path"),
    (&["REPEATABLE"], "elements may be met again anyway; leave REPEATABLE ELEMENTS out"),
    (&["DIFFERENT"], "write TRAIL in front of a path, or all_different(r, s)"),
    (&["LIKE", "ILIKE", "RLIKE", "REGEXP", "SIMILAR", "MATCHES"], TEXTS),
    (&["BETWEEN"], "write x.since >= '2020' AND x.since <= '2022'"),
    (&["XOR"], "write (… AND NOT …) OR (NOT … AND …)"),
    (&["CASE"], "write each case as a condition, joined by OR"),
];

/// What is foreign at a place where a pattern cannot be read. *O(n)* for *n* words.
pub(super) fn foreign(place: &Place<'_, '_>) -> Told {
    let rules = [clause, sign, label, returned, list_or_date, subpattern, predicate, repetition, arithmetic];
    rules.into_iter().find_map(|rule| rule(place))
}

/// What to say of `=~`, which is read as words only up to its second sign.
pub(super) fn regular_expression() -> String {
    format!("=~ is not here; {TEXTS}")
}

/// Two `-` side by side, from the byte of the first on: an edge of Cypher, or a comment of SQL. In `]--[` each belongs to
/// the bracket beside it.
pub(super) fn two_minuses(text: &str, first: usize) -> Told {
    let (before, after) = (&text[..first], &text[first + 2..]);
    if before.ends_with(']') && after.starts_with('[') {
        return None;
    }
    let (left, right) = (before.ends_with('<'), after.starts_with('>'));
    let span = Span { start: first - usize::from(left), end: first + 2 + usize::from(right) };
    let begins_text = after.trim_start_matches([' ', '\t']).starts_with(char::is_alphanumeric);
    if !left && !right && begins_text {
        return Some((span, "a comment begins with //".to_owned()));
    }
    let one = match (left, right) {
        (true, false) => "<-",
        (false, true) => "->",
        (true, true) | (false, false) => "-",
    };
    let written = &text[span.start..span.end];
    let message = format!("{written} would be two relationships; write {one} for one, or put () between two");
    Some((span, message))
}

/// A word that begins a clause or an operator of another language, or one of ours where it cannot stand.
fn clause(place: &Place<'_, '_>) -> Told {
    let at = place.at;
    let earlier = at.checked_sub(1).filter(|&before| place.begins_path(before));
    let found = earlier.into_iter().chain([at]).find_map(|at| {
        let word = place.word(at)?;
        let known = |words: &[&'static str]| words.iter().copied().find(|known| word.eq_ignore_ascii_case(known));
        let (word, remedy) = WORDS.iter().find_map(|&(words, remedy)| Some((known(words)?, remedy)))?;
        Some((at, word, remedy))
    });
    if let Some((at, word, remedy)) = found {
        let is_text = matches!(place.token(at + 1), Some(Token::Text(_) | Token::Parameter(_)));
        let remedy = if word == "WITH" && is_text { TEXTS } else { remedy };
        let wrong = if word == "OPTIONAL" { "cannot stand here" } else { "is not here" };
        return place.told(at, at, format!("{word} {wrong}; {remedy}"));
    }
    if place.is_word(at, "MATCH") {
        let message = "MATCH stands once, in front, and what may be missing behind it as OPTIONAL MATCH; join patterns by \
                       commas, and write one WHERE behind the last";
        return place.told(at, at, message);
    }
    if place.is_word(at, "WHERE") && place.open.is_none() {
        return match place.within {
            Within::Condition => place.told(at, at, "WHERE stands once; join conditions by AND"),
            Within::Returned => place.told(at, at, "WHERE comes before RETURN"),
            Within::Pattern => None,
        };
    }
    None
}

/// Signs that are written otherwise.
fn sign(place: &Place<'_, '_>) -> Told {
    let at = place.at;
    let is_condition = place.within == Within::Condition;
    match (place.before(1), place.token(at)?, place.token(at + 1)) {
        (Some(Token::Equal), second, _) if place.is_adjacent(at) => match second {
            Token::Equal => place.told(at - 1, at, "write = once"),
            Token::Greater => place.told(at - 1, at, "write >= instead of =>"),
            Token::Less => place.told(at - 1, at, "write <= instead of =<"),
            _ => None,
        },
        (_, Token::Exclamation, Some(Token::Equal)) => place.told(at, at + 1, "write <> instead of !="),
        (_, Token::Exclamation, _) if is_condition => place.told(at, at, "write NOT instead of !"),
        (_, Token::Ampersand, Some(Token::Ampersand)) if is_condition => {
            place.told(at, at + 1, "write AND instead of &&")
        }
        (Some(Token::Ampersand), Token::Ampersand, _) if is_condition => {
            place.told(at - 1, at, "write AND instead of &&")
        }
        (_, Token::Bar, Some(Token::Bar)) if is_condition => place.told(at, at + 1, "write OR instead of ||"),
        (Some(Token::Bar), Token::Bar, _) if is_condition => place.told(at - 1, at, "write OR instead of ||"),
        (Some(Token::CloseRound), Token::Bar, _) if place.within == Within::Pattern => {
            place.told(at, at, format!("paths have no alternatives here; {ALIASES}"))
        }
        _ => None,
    }
}

/// A second colon before labels.
fn label(place: &Place<'_, '_>) -> Told {
    let at = place.at;
    let joins = |token| matches!(token, Token::Colon | Token::Bar | Token::Ampersand | Token::Exclamation);
    match (place.before(2), place.before(1), place.token(at)?) {
        (_, Some(Token::Bar), Token::Colon) => place.told(at, at, "write the colon once, before the first label"),
        (Some(joined), Some(Token::Word(_) | Token::Quoted(_)), Token::Colon) if joins(joined) => {
            place.told(at, at, "write & between labels that all hold, | where one is enough")
        }
        _ => None,
    }
}

/// What `RETURN` does not take.
fn returned(place: &Place<'_, '_>) -> Told {
    if place.within != Within::Returned {
        return None;
    }
    let at = place.at;
    let name = at.checked_sub(1).and_then(|before| place.word(before));
    match (name, place.token(at)?) {
        (Some(name), Token::Dot) => {
            let property = place.word(at + 1);
            let (last, asked) = property.map_or((at, "properties"), |property| (at + 1, property));
            let message = format!("RETURN takes variables; write RETURN {name}, and ask for the {asked} in `bindings`");
            place.told(at - 1, last, message)
        }
        (Some(name), Token::OpenRound) if name.eq_ignore_ascii_case("count") => {
            let message = "RETURN takes variables; ask match for `totalCount`, with RETURN DISTINCT if each is to \
                           count once";
            place.told(at - 1, at - 1, message)
        }
        (Some(name), Token::OpenRound) => {
            place.told(at - 1, at - 1, format!("RETURN takes variables; leave {name}() out and work with the rows"))
        }
        (_, Token::Star) => place.told(at, at, "leave RETURN out; without it all variables come back"),
        (_, Token::Word(word)) if word.eq_ignore_ascii_case("AS") => {
            let message = "RETURN gives no new names; leave AS out, or name the variable so in the pattern";
            place.told(at, at, message)
        }
        _ => None,
    }
}

/// Lists in round brackets, and dates without quotation marks.
fn list_or_date(place: &Place<'_, '_>) -> Told {
    let at = place.at;
    match (place.before(1), place.token(at)?) {
        (_, Token::Comma | Token::CloseRound) => {
            let open = place.open.filter(|&open| open > 0 && place.is_word(open - 1, "IN"))?;
            place.told(open, at, "a list stands in square brackets, as in ['GB', 'CN']")
        }
        (Some(Token::Word(word)), Token::OpenRound) if word.eq_ignore_ascii_case("DATE") => {
            let text = match place.token(at + 1) {
                Some(Token::Text(text)) => text,
                _ => "'2023-05'",
            };
            place.told(at - 1, at, format!("write DATE {text} without brackets, or the text alone"))
        }
        (Some(Token::Number(_)), Token::Minus) => {
            let mut last = at;
            while let (Some(Token::Minus), Some(Token::Number(_))) = (place.token(last), place.token(last + 1)) {
                last += 2;
            }
            let span = place.span(at - 1, last - 1);
            let written = &place.text[span.start..span.end];
            let is_date = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            (last > at && is_date).then(|| (span, format!("put dates in quotation marks: '{written}'")))
        }
        _ => None,
    }
}

/// A pattern where a condition is asked for.
fn subpattern(place: &Place<'_, '_>) -> Told {
    if place.within != Within::Condition {
        return None;
    }
    let at = place.at;
    let message = "a pattern is no condition here, nor is that there is none; join what has to be there by a comma";
    let begins_arrow = |token| matches!(token, Token::OpenSquare | Token::OpenRound | Token::Minus | Token::Greater);
    match (place.before(3), place.before(2), place.before(1), place.token(at)?) {
        (_, _, Some(Token::CloseRound), Token::Minus)
        | (_, _, Some(Token::OpenRound), Token::Colon | Token::CloseRound) => place.told(at, at, message),
        (Some(Token::CloseRound), Some(Token::Less), Some(Token::Minus), token) if begins_arrow(token) => {
            place.told(at - 2, at - 1, message)
        }
        (_, _, Some(Token::Word(_)), Token::OpenCurly) => place.told(at - 1, at - 1, message),
        _ => None,
    }
}

/// `all(x IN …)` and the like.
fn predicate(place: &Place<'_, '_>) -> Told {
    let is_predicate =
        |at: usize| ["ALL", "ANY", "NONE", "SINGLE", "REDUCE"].iter().any(|name| place.is_word(at, name));
    let own = Some(place.at).filter(|_| place.within == Within::Condition);
    let outer = place.open.and_then(|open| open.checked_sub(1));
    let at = own.into_iter().chain(outer).find(|&at| is_predicate(at))?;
    let message = "ask it of each repetition, in the repeated part, as in ((x)-[]->(y) WHERE y.country = 'GB'){1,3}";
    place.told(at, at, message)
}

/// A quantifier within the brackets of an edge, as in Cypher, or between them and the arrow.
fn repetition(place: &Place<'_, '_>) -> Told {
    let at = place.at;
    let token = place.token(at)?;
    if place.before(1) == Some(Token::CloseSquare) && token.repeats() && place.within == Within::Pattern {
        return place.told(at, at, "write the quantifier behind the arrow, as in -[]->{1,3}");
    }
    let open = place.open.filter(|&open| place.token(open) == Some(Token::OpenSquare))?;
    if token != Token::Star || place.within != Within::Pattern {
        return None;
    }
    let number = |at: usize| match place.token(at) {
        Some(Token::Number(number)) => Some(number),
        _ => None,
    };
    let least = number(at + 1);
    let past = at + 1 + usize::from(least.is_some());
    let is_range = place.token(past) == Some(Token::Dot) && place.token(past + 1) == Some(Token::Dot);
    let most = number(past + 2).filter(|_| is_range);
    let past = if is_range { past + 2 + usize::from(most.is_some()) } else { past };
    let quantifier = match (least, is_range, most) {
        (Some(times), false, _) => format!("{{{times}}}"),
        (least, _, Some(most)) => format!("{{{},{most}}}", least.unwrap_or("1")),
        (Some("0"), true, None) => "*".to_owned(),
        (None | Some("1"), _, None) => "+".to_owned(),
        (Some(least), true, None) => format!("{{{least},}}"),
    };
    let close = (past..place.words.len()).find(|&at| place.token(at) == Some(Token::CloseSquare));
    let left = if open >= 2 && place.token(open - 2) == Some(Token::Less) { "<-" } else { "-" };
    let right = match close {
        Some(close) if place.token(close + 2) == Some(Token::Greater) => "->",
        Some(_) | None => "-",
    };
    let before = place.between(open + 1, at);
    let after = close.map_or("", |close| place.between(past, close));
    let inside = if after.is_empty() { before.to_owned() } else { format!("{before} {after}") };
    let is_short = inside.chars().count() <= 60 && !inside.contains(char::is_control);
    let inside = if is_short { inside.as_str() } else { "…" };
    place.told(at, past - 1, format!("write the quantifier behind the edge: {left}[{inside}]{right}{quantifier}"))
}

fn arithmetic(place: &Place<'_, '_>) -> Told {
    let is_sign = matches!(place.token(place.at)?, Token::Plus | Token::Minus | Token::Star | Token::Percent);
    if !is_sign || place.within != Within::Condition {
        return None;
    }
    place.told(place.at, place.at, "there is no arithmetic here; write the result")
}
