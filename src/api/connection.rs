//! Lists in pages, as the Relay Cursor Connections Specification has them.
//!
//! A cursor names the item it points to and where that stood, so it stays good when items before it come or go; it is
//! checked, never trusted.

use async_graphql::{Error, SimpleObject};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::error::Code;

/// How many items a page has when neither `first` nor `last` says.
pub(crate) const DEFAULT_PAGE: usize = 50;

/// The longest key of an item, in bytes, that stands in its cursor as it is.
const LONGEST_KEY: usize = 128;

/// The arguments of a connection.
#[derive(Default)]
pub(crate) struct PageArguments {
    /// At most this many from the start.
    pub(crate) first: Option<i32>,
    /// Only what stands after this cursor.
    pub(crate) after: Option<String>,
    /// At most this many from the end.
    pub(crate) last: Option<i32>,
    /// Only what stands before this cursor.
    pub(crate) before: Option<String>,
    /// How many items `first` asks for where a client leaves it out.
    pub(crate) default: Option<i32>,
}

impl PageArguments {
    /// A list that is read from either end.
    pub(crate) fn either_way(
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Self {
        Self { first, after: given(after), last, before: given(before), default: None }
    }

    /// A list that is read onwards only, so many at a time unless `first` says otherwise; fewer where no page may have so
    /// many.
    pub(crate) fn onwards(first: Option<i32>, default: i32, after: Option<String>) -> Self {
        Self { first: first.or(Some(default)), after: given(after), default: Some(default), ..Self::default() }
    }

    /// How many items a page has at most, counted from the start and from the end.
    ///
    /// # Errors
    /// As [`Window::cut`], for the counts.
    pub(crate) fn sizes(&self, limit: usize) -> Result<(Option<usize>, Option<usize>), Error> {
        let too_many = format!("items are too many for one page; ask for at most {limit} and go on with the cursor");
        let size = |argument: &str, value: Option<i32>, default: i32| {
            value.map(|value| sized(argument, value, default, limit, &too_many)).transpose()
        };
        let default = self.default.unwrap_or_default();
        match (size("first", self.first, default)?, size("last", self.last, 0)?) {
            (None, None) => Ok((Some(DEFAULT_PAGE.min(limit)), None)),
            sizes => Ok(sizes),
        }
    }
}

/// A cursor that is given: an empty one is as good as none.
fn given(cursor: Option<String>) -> Option<String> {
    cursor.filter(|cursor| !cursor.is_empty())
}

/// The place of a page in its list.
#[derive(SimpleObject, Clone, Default)]
pub(crate) struct PageInfo {
    /// Whether more items stand after this page.
    has_next_page: bool,
    /// Whether more items stand before this page.
    has_previous_page: bool,
    /// The cursor of the first item of this page; null when it is empty.
    start_cursor: Option<String>,
    /// The cursor of the last item of this page; null when it is empty.
    end_cursor: Option<String>,
}

/// One page of a list, with the edges made for it alone.
pub(crate) struct Page<E> {
    /// The edges of the page, in the order of the list.
    pub(crate) edges: Vec<E>,
    /// Where the page stands.
    pub(crate) info: PageInfo,
    /// How many items the whole list has.
    pub(crate) total: usize,
}

impl<E> Page<Option<E>> {
    /// The page without the edges that could not be made.
    pub(crate) fn flatten(self) -> Page<E> {
        Page { edges: self.edges.into_iter().flatten().collect(), info: self.info, total: self.total }
    }
}

/// The items of a page, as positions in the list, with a cursor each.
pub(crate) struct Window {
    positions: std::ops::Range<usize>,
    cursors: Vec<String>,
    total: usize,
}

impl Window {
    /// Cuts a page out of a list of `total` items, `key` being the id of the item at a position.
    ///
    /// `first` counts from the start and then `last` from the end of what is left, as the Relay specification orders.
    /// Finding a cursor costs *O(1)*, or *O(n)* when the list has changed since.
    ///
    /// # Errors
    /// `INVALID_INPUT` for a negative count or a cursor that points to nothing in this list, `LIMIT_EXCEEDED` for a
    /// count above `limit`.
    pub(crate) fn cut(
        arguments: &PageArguments,
        limit: usize,
        total: usize,
        key: impl Fn(usize) -> String,
    ) -> Result<Self, Error> {
        let (first, last) = arguments.sizes(limit)?;
        let key = |position| shortened(key(position));
        let mut start = 0;
        let mut end = total;
        if let Some(cursor) = &arguments.after {
            start = locate("after", cursor, total, &key)? + 1;
        }
        if let Some(cursor) = &arguments.before {
            end = locate("before", cursor, total, &key)?.max(start);
        }
        if let Some(first) = first {
            end = end.min(start + first);
        }
        if let Some(last) = last {
            start = start.max(end.saturating_sub(last));
        }
        let cursors = (start..end).map(|position| encode(position, &key(position))).collect();
        Ok(Self { positions: start..end, cursors, total })
    }

    /// Makes the page's edges, each from its position in the list and its cursor.
    pub(crate) fn into_page<E>(self, mut edge: impl FnMut(usize, String) -> E) -> Page<E> {
        let info = PageInfo {
            has_next_page: self.positions.end < self.total,
            has_previous_page: self.positions.start > 0,
            start_cursor: self.cursors.first().cloned(),
            end_cursor: self.cursors.last().cloned(),
        };
        let edges = self.positions.zip(self.cursors).map(|(position, cursor)| edge(position, cursor)).collect();
        Page { edges, info, total: self.total }
    }
}

/// How many things an argument asks for in a list that has no pages; `default` where it does not say, or fewer where no
/// list may have so many.
///
/// # Errors
/// `INVALID_INPUT` when it is negative, `LIMIT_EXCEEDED` when it is above the limit.
pub(super) fn count(argument: &str, value: Option<i32>, default: i32, limit: usize) -> Result<usize, Error> {
    let too_many = format!("are too many at once; ask for at most {limit}");
    sized(argument, value.unwrap_or(default), default, limit, &too_many)
}

/// A number of items; the default is no more than the limit.
fn sized(argument: &str, value: i32, default: i32, limit: usize, too_many: &str) -> Result<usize, Error> {
    if value == default {
        return Ok(limit.min(default.unsigned_abs() as usize));
    }
    let Ok(count) = usize::try_from(value) else {
        return Err(Code::InvalidInput.error(format!("{argument}: {value} is negative; ask for 0 to {limit} items")));
    };
    if count > limit {
        return Err(Code::LimitExceeded
            .error(format!("{argument}: {value} {too_many}, or start the server with a larger --max-page")));
    }
    Ok(count)
}

/// A key as it stands in a cursor: one that is longer than a hash gives way to its hash.
fn shortened(key: String) -> String {
    if key.len() <= LONGEST_KEY {
        return key;
    }
    BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(key.as_bytes())[..16])
}

fn encode(position: usize, key: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{position}/{key}"))
}

fn decode(cursor: &str) -> Option<(usize, String)> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (position, key) = text.split_once('/')?;
    // Nothing in a list is without a key.
    (!key.is_empty()).then_some((position.parse().ok()?, key.to_owned()))
}

/// Where a cursor's item stood in its list when the cursor was made; `None` for what is no cursor.
pub(super) fn position_of(cursor: &str) -> Option<usize> {
    decode(cursor).map(|(position, _)| position)
}

fn locate(argument: &str, cursor: &str, total: usize, key: &impl Fn(usize) -> String) -> Result<usize, Error> {
    let refuse = |why: &str| {
        let shown: String = cursor.chars().take(80).collect();
        Code::InvalidInput.error(format!(
            "{argument}: the cursor \"{shown}\" {why}; take cursors from pageInfo or edges of the same list, or leave it out"
        ))
    };
    let Some((position, wanted)) = decode(cursor) else {
        return Err(refuse("is none of ours"));
    };
    if position < total && key(position) == wanted {
        return Ok(position);
    }
    (0..total).find(|&position| key(position) == wanted).ok_or_else(|| refuse("points to nothing in this list"))
}

/// Declares a connection over edges that have `node` and `cursor`.
macro_rules! connection {
    ($(#[$doc:meta])* $name:ident, $edge:ty, $node:ty) => {
        $(#[$doc])*
        pub(crate) struct $name(pub(super) crate::api::connection::Page<$edge>);

        $(#[$doc])*
        #[async_graphql::Object]
        impl $name {
            /// The items of this page, each with its cursor and what belongs to its place in this list.
            async fn edges(&self) -> &[$edge] {
                &self.0.edges
            }

            /// The items of this page, without their cursors.
            async fn nodes(&self) -> Vec<$node> {
                self.0.edges.iter().map(|edge| edge.node.clone()).collect()
            }

            /// Where this page stands in the list.
            async fn page_info(&self) -> crate::api::connection::PageInfo {
                self.0.info.clone()
            }

            /// How many items the whole list has, on all pages.
            async fn total_count(&self) -> i32 {
                crate::api::scope::int(self.0.total)
            }
        }
    };
}
pub(super) use connection;

#[cfg(test)]
mod tests {
    use super::*;

    fn page(arguments: PageArguments, items: &[&str]) -> Result<(Vec<String>, bool, bool), String> {
        let window = Window::cut(&arguments, 10, items.len(), |position| items[position].to_owned());
        let page = window.map_err(|error| error.message)?.into_page(|position, _| items[position].to_owned());
        Ok((page.edges, page.info.has_previous_page, page.info.has_next_page))
    }

    fn cursor(position: usize, key: &str) -> Option<String> {
        Some(encode(position, key))
    }

    #[test]
    fn pages_are_cut_as_relay_orders() {
        let items = ["a", "b", "c", "d", "e"];
        let all = page(PageArguments::default(), &items).unwrap();
        assert_eq!(all, (items.map(str::to_owned).to_vec(), false, false));
        let middle = PageArguments { first: Some(2), after: cursor(0, "a"), ..Default::default() };
        assert_eq!(page(middle, &items).unwrap(), (vec!["b".into(), "c".into()], true, true));
        let end = PageArguments { last: Some(2), before: cursor(4, "e"), ..Default::default() };
        assert_eq!(page(end, &items).unwrap(), (vec!["c".into(), "d".into()], true, true));
        let both = PageArguments { first: Some(4), last: Some(1), ..Default::default() };
        assert_eq!(page(both, &items).unwrap(), (vec!["d".into()], true, true));
        let none = PageArguments { first: Some(0), ..Default::default() };
        assert_eq!(page(none, &items).unwrap(), (vec![], false, true));
    }

    #[test]
    fn a_cursor_finds_its_item_after_the_list_has_changed() {
        let arguments = PageArguments { first: Some(1), after: cursor(1, "b"), ..Default::default() };
        assert_eq!(page(arguments, &["x", "a", "b", "c"]).unwrap().0, ["c"]);
    }

    #[test]
    fn a_default_is_no_more_than_a_page_may_have() {
        let items = ["a"; 12];
        assert_eq!(page(PageArguments::onwards(None, 11, None), &items).unwrap().0.len(), 10);
        assert_eq!(page(PageArguments::onwards(Some(11), 11, None), &items).unwrap().0.len(), 10);
        assert!(page(PageArguments::onwards(Some(12), 11, None), &items).is_err());
    }

    #[test]
    fn the_cursor_of_a_long_item_is_short_and_finds_it() {
        let [one, other] = ["1", "2"].map(|end| "a".repeat(10_000) + end);
        let items = [one.as_str(), other.as_str(), "b"];
        let window = Window::cut(&PageArguments::default(), 10, 3, |position| items[position].to_owned()).unwrap();
        let cursors = window.cursors;
        assert!(cursors.iter().all(|cursor| cursor.len() < 200), "{cursors:?}");
        let after = PageArguments { after: Some(cursors[1].clone()), ..Default::default() };
        assert_eq!(page(after, &["x", &one, &other, "y"]).unwrap().0, ["y"]);
    }

    #[test]
    fn what_is_no_cursor_or_no_count_is_refused() {
        for after in ["", "b", "!!!", "MS94eHg", &encode(99, "zzz"), &encode(0, ""), &encode(usize::MAX, "a1")] {
            let arguments = PageArguments { after: Some(after.into()), ..Default::default() };
            assert!(page(arguments, &["a"]).is_err(), "{after}");
        }
        assert!(
            page(PageArguments { first: Some(-1), ..Default::default() }, &["a"]).unwrap_err().contains("negative")
        );
        assert!(
            page(PageArguments { last: Some(11), ..Default::default() }, &["a"]).unwrap_err().contains("--max-page")
        );
    }
}
