//! The parameters of a GraphQL-over-HTTP request, out of a query string or a JSON body.

use serde::Deserialize;
use serde_json::{Map, Value};

/// What a client asked.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Parameters {
    /// The GraphQL document; absent where a client relies on its hash.
    pub(super) query: Option<String>,
    pub(super) operation_name: Option<String>,
    pub(super) variables: Map<String, Value>,
    pub(super) extensions: Map<String, Value>,
}

impl Parameters {
    /// Whether the client names a document by its hash and did not send it.
    pub(super) fn are_only_a_hash(&self) -> bool {
        self.query.is_none() && self.extensions.contains_key("persistedQuery")
    }

    /// Out of the pairs of a query string; an empty value is as good as none, what is not known is ignored.
    pub(super) fn from_pairs(pairs: Vec<(String, String)>) -> Result<Self, String> {
        let [mut query, mut operation_name, mut variables, mut extensions] = [const { None::<String> }; 4];
        for (name, value) in pairs {
            let parameter = match name.as_str() {
                "query" => &mut query,
                "operationName" => &mut operation_name,
                "variables" => &mut variables,
                "extensions" => &mut extensions,
                _ => continue,
            };
            if parameter.replace(value).is_some() {
                return Err(format!("{name} is given twice; give it once"));
            }
        }
        let given = |parameter: Option<String>| parameter.filter(|value| !value.is_empty());
        Ok(Self {
            query: given(query),
            operation_name: given(operation_name),
            variables: decoded("variables", given(variables))?,
            extensions: decoded("extensions", given(extensions))?,
        })
    }

    /// Out of a JSON body; null and "" are as good as none, what is not known is ignored.
    pub(super) fn from_json(body: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Body {
            query: Option<Value>,
            operation_name: Option<Value>,
            variables: Option<Value>,
            extensions: Option<Value>,
        }

        let text = std::str::from_utf8(body)
            .map_err(|error| format!("the body is not UTF-8 from byte {} on", error.valid_up_to()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
        match text.bytes().next() {
            None => return Err("the body is empty; send a JSON object with the document as \"query\"".to_owned()),
            Some(b'{') => {}
            Some(b'[') => return Err("several operations in one request are not answered; send each alone".to_owned()),
            Some(_) => return Err("the body is not a JSON object; send one with the document as \"query\"".to_owned()),
        }
        let body: Body = serde_json::from_str(text).map_err(|error| format!("the body is not valid: {error}"))?;
        Ok(Self {
            query: string("query", body.query)?,
            operation_name: string("operationName", body.operation_name)?,
            variables: map("variables", body.variables)?,
            extensions: map("extensions", body.extensions)?,
        })
    }
}

fn decoded(name: &str, value: Option<String>) -> Result<Map<String, Value>, String> {
    let value = value.map(|text| serde_json::from_str(&text)).transpose();
    map(name, value.map_err(|error| format!("{name} is not valid JSON: {error}"))?)
}

fn string(name: &str, value: Option<Value>) -> Result<Option<String>, String> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
        Some(other) => Err(format!("{name} is {}; it has to be a string", kind(&other))),
    }
}

fn map(name: &str, value: Option<Value>) -> Result<Map<String, Value>, String> {
    match value {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::String(text)) if text.is_empty() => Ok(Map::new()),
        Some(Value::Object(map)) => Ok(map),
        Some(other) => Err(format!("{name} is {}; it has to be an object", kind(&other))),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pairs(pairs: &[(&str, &str)]) -> Result<Parameters, String> {
        Parameters::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_body_and_a_query_string_say_the_same() {
        let body = br#"{"query": "{a}", "operationName": "A", "variables": {"x": [1]}, "extensions": {}, "id": 7}"#;
        let from_body = Parameters::from_json(body).unwrap();
        let from_pairs =
            pairs(&[("query", "{a}"), ("operationName", "A"), ("variables", r#"{"x": [1]}"#), ("id", "7")]).unwrap();
        assert_eq!(from_body, from_pairs);
    }

    #[test]
    fn null_and_the_empty_string_are_as_good_as_nothing() {
        let body = br#"{"query": "{a}", "operationName": null, "variables": null, "extensions": null}"#;
        let nothing = Parameters { query: Some("{a}".to_owned()), ..Parameters::default() };
        assert_eq!(Parameters::from_json(body).unwrap(), nothing);
        let empty = pairs(&[("query", "{a}"), ("operationName", ""), ("variables", ""), ("extensions", "")]);
        assert_eq!(empty.unwrap(), nothing);
        let empty = br#"{"query": "{a}", "operationName": "", "variables": "", "extensions": ""}"#;
        assert_eq!(Parameters::from_json(empty).unwrap(), nothing);
        assert_eq!(Parameters::from_json(br#"{"query": ""}"#).unwrap(), pairs(&[("query", "")]).unwrap());
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (body, expected) in [
            ("", "empty"),
            ("NONSENSE", "not a JSON object"),
            ("\"{a}\"", "not a JSON object"),
            ("[]", "several operations"),
            (" [{\"query\": \"{a}\"}]", "several operations"),
            ("{\"query\": ", "not valid: EOF"),
            ("{\"query\": 7}", "query is a number"),
            ("{\"query\": \"{a}\", \"variables\": []}", "variables is a list"),
            ("{\"query\": \"{a}\", \"operationName\": {}}", "operationName is an object"),
            ("{\"query\": \"{a}\", \"extensions\": \"x\"}", "extensions is a string"),
            ("{\"query\": \"{a}\", \"query\": \"{b}\"}", "duplicate field `query`"),
            ("{\"query\": \"{a}\"} {}", "trailing characters"),
        ] {
            let error = Parameters::from_json(body.as_bytes()).unwrap_err();
            assert!(error.contains(expected), "{body}: {error}");
        }
        assert!(Parameters::from_json(b"{\"query\": \"\xff\"}").unwrap_err().contains("UTF-8"));
        assert!(pairs(&[("query", "a"), ("query", "b")]).unwrap_err().contains("twice"));
        assert!(pairs(&[("query", "a"), ("variables", "[")]).unwrap_err().contains("not valid JSON"));
    }

    #[test]
    fn deep_json_is_refused_and_a_byte_order_mark_is_not() {
        let deep = format!("{{\"query\": \"a\", \"variables\": {{\"x\": {}", "[".repeat(100_000));
        assert!(Parameters::from_json(deep.as_bytes()).unwrap_err().contains("recursion limit"));
        assert!(Parameters::from_json("\u{feff}{\"query\": \"a\"}".as_bytes()).is_ok());
    }

    proptest! {
        #[test]
        fn no_body_breaks_it(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Parameters::from_json(&body);
        }
    }
}
