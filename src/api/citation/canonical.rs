//! The one form of a document that all its spellings share: its tokens with spaces between, without comments and commas.

use crate::api::limits::tokens;

/// The canonical form of a document that was parsed before. Texts in it stay as they are.
///
/// **Complexity**: one pass over the bytes.
pub(super) fn canonical(document: &str) -> String {
    let mut text = String::with_capacity(document.len());
    for token in tokens(document) {
        // The parser wants these next to what they belong to, and a type without blanks.
        let is_joined = matches!(token, "!" | "]") || text.ends_with(['$', '@', '[']);
        if !text.is_empty() && !is_joined {
            text.push(' ');
        }
        text.push_str(token);
    }
    text
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use proptest::prelude::*;

    use super::canonical;

    #[test]
    fn blanks_commas_and_comments_do_not_matter_and_texts_do() {
        let one = "query A($a: Int = 1) { # why\n\ta(b: [1, -2.5], c: \"x , # y\")\r\n { ...F, d } }";
        let other = "\u{feff}query A( $a:Int=1 ){a(b:[1 -2.5]c:\"x , # y\"){...F d}}";
        let expected = r#"query A ( $a : Int = 1 ) { a ( b : [1 -2.5] c : "x , # y" ) { ... F d } }"#;
        assert_eq!((canonical(one).as_str(), canonical(other).as_str()), (expected, expected));
    }

    proptest! {
        #[test]
        fn the_canonical_form_is_its_own_and_means_what_the_document_means(
            words in prop::collection::vec(prop::sample::select(vec![
                "a", "b: c", "(x: 1)", "(y: \"é\\\"#,\")", "{ a }", "...F", "... on T { b }", "@skip(if: true)", ",", "# note\n",
                "(z: \"\"\"two\n lines\"\"\")", "(l: [1,2, {k: $v}])",
            ]), 0..12),
        ) {
            let document = format!("query ($v: [Int!]! = [1], $w: ID @a) {{ start {} }}", words.join(" "));
            let form = canonical(&document);
            prop_assert_eq!(canonical(&form), form.as_str());
            prop_assert_eq!(parse_query(&document).is_ok(), parse_query(&form).is_ok(), "{}", form);
        }
    }
}
