//! Names for groups that nobody has named.

use super::listing::first_few;

pub(super) fn name(members: &[&str], topics: &[&str]) -> String {
    let mut name = first_few(members, |member| (*member).to_owned(), "others");
    if !topics.is_empty() {
        name.push_str(": ");
        name.push_str(&topics.join(", "));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_group_is_named_by_its_first_members_and_what_they_share() {
        assert_eq!(name(&["Oxford"], &[]), "Oxford");
        assert_eq!(name(&["Oxford", "Leeds"], &["Cancer"]), "Oxford and Leeds: Cancer");
        assert_eq!(name(&["A", "B", "C", "D"], &[]), "A, B, C and D");
        assert_eq!(name(&["A", "B", "C", "D", "E"], &["X", "Y"]), "A, B, C and 2 others: X, Y");
    }
}
