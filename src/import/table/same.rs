//! A table that says which participant code is which organization of ROR.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use crate::import::source::{Limits, each_member};
use crate::model::identifier::{Identifier, IdentifierScheme};
use crate::model::violation::Violation;

/// The ROR identifiers of participant codes, from a table with the columns `pic` and `ror_id`; where it has a column
/// `confidence`, only the rows that have `high` in it.
///
/// # Errors
/// The file cannot be read, lacks a column, or holds an identifier that is none.
pub fn same_as(path: &Path) -> Result<HashMap<Box<str>, Identifier>, Violation> {
    let mut same = HashMap::new();
    each_member(path, &Limits::default(), &Arc::new(AtomicU64::new(0)), &mut |member| {
        let mut refused = Vec::new();
        super::csv::each_row(member, &mut refused, &mut |cells, origin| {
            if cells.is_blank() {
                return Ok(());
            }
            let column = |name: &'static str| {
                let missing =
                    || Violation::new(format!("the row has no {name}"), "it needs the columns pic and ror_id");
                cells.value(name).ok_or_else(|| missing().at(Some(&origin)))
            };
            let (pic, ror) = (column("pic")?, column("ror_id")?);
            if cells.has("confidence") && cells.value("confidence").as_deref() != Some("high") {
                return Ok(());
            }
            let key =
                |scheme, text: &str| Identifier::written(scheme, text).map_err(|violation| violation.at(Some(&origin)));
            same.insert(key(IdentifierScheme::Pic, &pic)?.value().into(), key(IdentifierScheme::Ror, &ror)?);
            Ok(())
        })?;
        refused.into_iter().next().map_or(Ok(()), Err)
    })?;
    Ok(same)
}
