//! Each sort of mistake is answered with its place and what to write instead.

use consortia::graph::{Graph, MatchError, Parameter, Parameters, View};

use super::world::{Edge, Node, World, ask, ask_within};
use consortia::graph::Budget;
use consortia::model::entity::EntityKind;
use consortia::model::name::NameKind;
use consortia::model::relationship::RelationshipKind;

pub(super) fn graph() -> Graph {
    let node = |kind| Node { kind, country: Some("GB"), since: None, other_name: None };
    let edge = Edge { source: 0, kind: RelationshipKind::MemberOf, target: 1, key: 0, stated: true };
    World::new(vec![node(EntityKind::University), node(EntityKind::Consortium)], vec![edge]).graph()
}

pub(super) fn refusal(pattern: &str) -> String {
    match ask(&graph(), pattern) {
        Err(MatchError::Pattern(error)) => error.to_string(),
        Err(other) => panic!("{pattern}: {other}"),
        Ok(found) => panic!("{pattern}: {} rows", found.len()),
    }
}

#[test]
fn a_mistake_is_shown_with_line_column_and_caret() {
    let expected =
        "2:10: there is no label MEMBR_OF; did you mean MEMBER_OF?\n  (u)-[m:MEMBR_OF]->(c)\n         ^^^^^^^^";
    assert_eq!(refusal("MATCH\n  (u)-[m:MEMBR_OF]->(c)"), expected);
    let error = match ask(&graph(), "MATCH\n  (é)-[m:MEMBR_OF]->(c)") {
        Err(MatchError::Pattern(error)) => error,
        _ => panic!(),
    };
    assert_eq!((error.line(), error.column()), (2, 10));
}

#[test]
fn each_mistake_says_what_to_write_instead() {
    for (pattern, expected) in [
        ("(h:Hospitl)", "1:4: there is no label Hospitl; did you mean Hospital?"),
        ("(h:hospital)", "1:4: there is no label hospital; did you mean Hospital?"),
        ("(h:MEMBER_OF)", "1:4: MEMBER_OF is a label of edges; write -[:MEMBER_OF]-"),
        ("()-[:Hospital]-()", "1:6: Hospital is a label of nodes; write (:Hospital)"),
        ("(u) WHERE u.contry = 'GB'", "1:13: an entity has no property contry; did you mean country?"),
        ("()-[m {rol: 'x'}]-()", "1:8: a relationship has no property rol; did you mean role?"),
        (
            "(u) WHERE v.name = 'x'",
            "1:11: there is no variable v; the only one is u; give the name to a node, as in (v:Hospital), or put a text in quotation marks",
        ),
        ("(uni) WHERE unj.name = 'x'", "1:13: there is no variable unj; did you mean uni?"),
        (
            "(uni) WHERE name = 'x'",
            "1:13: there is no variable name; the only one is uni; give the name to a node, as in (name:Hospital), or put a text in quotation marks",
        ),
        ("(u) WHERE u.name = 3", "1:20: a text is never equal to a number"),
        ("(u) WHERE u.name < 3", "1:20: a text cannot be ordered with a number; compare two of a type"),
        ("(u) WHERE u.country = 'UK'", "1:23: \"UK\" is no country code; use GB for the United Kingdom"),
        ("(u) WHERE u.kind = 'Hospitl'", "1:20: there is no kind 'Hospitl'; did you mean HOSPITAL?"),
        ("()-[m]-() WHERE m.strength = 'stated'", "1:30: there is no strength 'stated'; did you mean STATED?"),
        ("()-[m {strength: 'sure'}]-()", "1:18: there is no strength 'sure'; use one of STATED, INFERRED"),
        ("(u) WHERE u.names = 'x'", "1:21: a list of texts is never equal to a text; use CONTAINS"),
        ("(u) WHERE u.name IN 'x'", "1:21: IN asks for a list such as ['GB', 'CN'], not a text"),
        ("(u) WHERE u.since STARTS WITH '2'", "1:11: this asks for a text, not a date"),
        ("(u) WHERE u.name", "1:11: this is a text; compare it with something"),
        ("(u) WHERE siz(u.names) > 1", "1:11: there is no function siz; did you mean size?"),
        ("(u) WHERE u.name = $n", "1:20: $n has no value; give it one in `parameters`"),
        ("(u)-[]->(v) WHERE u = u.name", "1:23: an entity is never equal to a text"),
        ("(u {name: 'abc)", "1:11: this text has no end; close it with the same quotation mark"),
        ("(u) /* abc", "1:5: this comment has no end; close it with */"),
        ("(u)~[]~(v)", "1:4: all relationships have a direction; write - instead of ~ for either"),
        ("(u) # (v)", "1:5: \"#\" means nothing here; put texts in quotation marks"),
        ("(u)-[]->{1,900}(v)", "1:12: this number has to be a whole one of at most 100"),
        ("(u)-[]->{3,1}(v)", "1:9: the least is above the most; swap them"),
        ("(u)-[]->{0}(v)", "1:9: at most 0 times is never; leave the part out"),
        ("(u){2}", "1:4: a node cannot be repeated; repeat an edge, or a part in parentheses"),
        ("((u)){2}", "1:6: what is repeated needs an edge that is always there"),
        ("((u)-[]->?(v)){2}", "1:15: what is repeated needs an edge that is always there"),
        (
            "(u)-[e]-{1,2}(v) WHERE e.role = 'x'",
            "1:24: e stands for several elements here, one for each repetition; ask within the repeated part, or for size(e)",
        ),
        (
            "(u)-[e]-{1,2}(e)",
            "1:15: e is used inside and outside of a repeated part, where it means different things; use two names",
        ),
        ("(u)-[u]->(v)", "1:6: u is a node already, here it is an edge; use two names"),
        ("p = (u)-[]->(p)", "1:1: p is an element already; name the path otherwise"),
        ("p = (u) WHERE p.name = 'x'", "1:15: p is a path; ask for path_length(p)"),
        ("(u) WHERE path_length(u) = 1", "1:23: u is no path; name one: u = (a)-[]->(b)"),
        ("SHORTEST (u)-[]->(v)", "1:1: say how many: SHORTEST 3, or ANY SHORTEST, or ALL SHORTEST"),
        ("SHORTEST 0 (u)-[]->(v)", "1:10: 0 paths are none; ask for at least 1"),
        (
            "p = (u)-[r]->(v) RETURN w",
            "1:25: there is no variable w; there are u, r, v, p; give the name to a node, as in (w:Hospital), or put a text in quotation marks",
        ),
        ("SHORTEST 2 GROUPS TRAIL (u)-[]->*(v)", "1:1: GROUPS comes last; write SHORTEST 2 TRAIL GROUPS"),
        ("SHORTEST 2 GROUP PATHS (u)-[]->*(v)", "1:1: GROUPS comes last; write SHORTEST 2 TRAIL GROUPS"),
        (
            "TRAIL SHORTEST 2 (u)-[]->*(v)",
            "1:1: what is selected comes first; write ANY SHORTEST TRAIL, or SHORTEST 3 TRAIL",
        ),
        (
            "p = ACYCLIC ALL SHORTEST (u)-[]->*(v)",
            "1:5: what is selected comes first; write ANY SHORTEST TRAIL, or SHORTEST 3 TRAIL",
        ),
        (
            "(u {ror: '007mrxy14'})",
            "1:10: \"007mrxy14\" is not a valid ROR identifier: its form or its check digits are wrong; compare it with the registry; one looks like 011ashp19",
        ),
        (
            "(u) WHERE u.ror IN ['https://ror.org/007mrxy14']",
            "1:21: \"https://ror.org/007mrxy14\" is not a valid ROR identifier: its form or its check digits are wrong; compare it with the registry; one looks like 011ashp19",
        ),
        (
            "(u) WHERE u.grid = 'https://ror.org/007mrxy13'",
            "1:20: 'https://ror.org/007mrxy13' is a key of ror, not of grid; compare it with .ror",
        ),
        (
            "(u) WHERE u.identifiers CONTAINS '999984059'",
            "1:34: \"999984059\" does not say of which registry it is a key; write CROSSREF_FUNDER:999984059 or PIC:999984059",
        ),
        (
            "ANY SHORTEST (a)-[]->(x)-[]->(b), (x)-[]->(c)",
            "1:36: x stands within a path that is selected by its ends, so it cannot be used in another pattern; use the ends, or leave the selector out",
        ),
        ("(u) WHERE u.degree = EXACTLY 3", "1:22: EXACTLY is for texts and dates, and this is a number; leave it out"),
        (
            "(u) WHERE u.name IN ['y', EXACTLY 'x']",
            "1:27: EXACTLY stands before the whole list, as in IN EXACTLY ['WHO']",
        ),
        ("(u) WHERE (u.name = 'x') = TRUE", "1:12: a condition cannot be compared; join conditions by AND, OR and NOT"),
    ] {
        let found = refusal(pattern);
        let first = found.lines().next().unwrap();
        assert_eq!(first, expected, "{pattern}");
    }
}

#[test]
fn names_are_all_that_are_known_misspellings_included() {
    let node = |other_name| Node { kind: EntityKind::University, country: None, since: None, other_name };
    let misspelt = node(Some(("Univercity", NameKind::Misspelling)));
    let graph = World::new(vec![misspelt, node(Some(("Uni", NameKind::Acronym)))], vec![]).graph();
    let count = |pattern: &str| ask(&graph, pattern).unwrap().len();
    assert_eq!(count("(u) WHERE u.names CONTAINS 'Univercity'"), 1);
    assert_eq!(count("(u) WHERE u.aliases = ['Univercity']"), 1);
    assert_eq!(count("(u) WHERE u.names = ['e01', 'Uni']"), 1);
    assert_eq!(count("(u) WHERE u.aliases CONTAINS 'e00'"), 0);
}

#[test]
fn a_walk_without_an_end_is_refused() {
    for pattern in ["(u)-[]->*(v)", "(u)((a)-[]->(b)-[]-+(c)){1,2}(v)", "WALK (u)-[]->{2,}(v)"] {
        assert!(refusal(pattern).contains("without an upper bound this would match walks without end"), "{pattern}");
    }
    for prefix in
        ["TRAIL", "ACYCLIC", "SIMPLE", "ANY", "ANY SHORTEST", "ALL SHORTEST", "SHORTEST 2", "SHORTEST 2 GROUPS"]
    {
        assert!(ask(&graph(), &format!("{prefix} (u)-[]->*(v)")).is_ok(), "{prefix}");
    }
}

#[test]
fn what_cannot_be_read_says_what_could_stand_there() {
    let found = refusal("(h:Hospital");
    assert!(found.starts_with("1:12: found the end; write "), "{found}");
    assert!(found.contains("\")\""), "{found}");
    let found = refusal("(h WHERE h.name = = 'x')");
    assert!(found.starts_with("1:19: found \"=\"; write "), "{found}");
}

#[test]
fn a_parameter_is_typed_as_what_it_holds() {
    let ask = |pattern: &str, value: Parameter| {
        let parameters = Parameters::from([("value".to_owned(), value)]);
        ask_within(&graph(), &View::everything(), pattern, parameters, &Budget::unlimited()).map(|found| found.len())
    };
    assert_eq!(ask("(u {id: $value})", Parameter::Text("e00".into())).unwrap(), 1);
    assert_eq!(ask("(u WHERE u.id IN $value)", Parameter::List(vec![Parameter::Text("e01".into())])).unwrap(), 1);
    assert_eq!(ask("(u WHERE u.country = $value)", Parameter::Text("GB".into())).unwrap(), 2);
    assert_eq!(ask("(u WHERE u.country = $value)", Parameter::Null).unwrap(), 0);
    assert_eq!(ask("(u WHERE u.country IN ['GB', $value])", Parameter::Null).unwrap(), 2);
    assert!(ask("(u WHERE u.country IN [[$value]])", Parameter::Text("GB".into())).is_err());
    assert!(ask("(u WHERE u.country IN $value)", Parameter::List(vec![Parameter::Number(1.0)])).is_err());
    assert_eq!(ask("()-[m WHERE m.strength = $value]->()", Parameter::Text("STATED".into())).unwrap(), 1);
    assert_eq!(ask("()-[m WHERE m.strength = $value]->()", Parameter::Text("Stated".into())).unwrap(), 1);
    assert_eq!(ask("(u WHERE u.degree > $value)", Parameter::Number(0.0)).unwrap(), 2);
    assert!(ask("(u WHERE u.id = $value)", Parameter::Number(1.0)).is_err());
    assert!(ask("(u WHERE u.since > $value)", Parameter::Text("soon".into())).is_err());
    assert!(
        ask("(u WHERE u.country = $valu)", Parameter::Null).unwrap_err().to_string().contains("did you mean $value?")
    );
}

#[test]
fn what_can_never_be_equal_is_refused_at_its_place() {
    for (pattern, expected) in [
        (
            "(h) WHERE h.since > 2023",
            "1:21: a date cannot be ordered with a number; put the date in quotation marks: '2023'",
        ),
        (
            "(h) WHERE 2023 >= h.since",
            "1:11: a number cannot be ordered with a date; put the date in quotation marks: '2023'",
        ),
        ("(h {since: 2023})", "1:12: a date is never equal to a number; put the date in quotation marks: '2023'"),
        (
            "(h) WHERE h.since <> -1",
            "1:22: a date is never equal to a number; put the date in quotation marks, as in '2023-05'",
        ),
        ("(h) WHERE h.country IN ['GB', 5]", "1:31: a text is never equal to a number"),
        ("(h) WHERE h.degree IN [1, '2']", "1:27: a number is never equal to a text"),
        (
            "(h) WHERE h.since IN ['2023', 2024]",
            "1:31: a date is never equal to a number; put the date in quotation marks: '2024'",
        ),
        ("(h) WHERE h.country IN [['GB']]", "1:25: a text is never equal to a list of texts"),
        ("(h) WHERE h.country IN ['GB', h]", "1:31: a text is never equal to an entity"),
        ("(h) WHERE h.names CONTAINS 5", "1:28: a list of texts never holds a number"),
        ("(h) WHERE 5 IN h.names", "1:11: a list of texts never holds a number"),
        ("(h) WHERE ['GB', 5] CONTAINS h.country", "1:18: a text is never equal to a number"),
        ("(h) WHERE h.country IN ['GB', 'UK']", "1:31: \"UK\" is no country code; use GB for the United Kingdom"),
    ] {
        assert_eq!(refusal(pattern).lines().next().unwrap(), expected, "{pattern}");
    }
    for pattern in [
        "(h) WHERE h.country IN ['GB', NULL]",
        "(h) WHERE h.names IN [['e00'], h.aliases]",
        "(h) WHERE h.since IN ['2023', DATE '2024']",
        "(h) WHERE NULL IN h.names OR NULL IN [1, 'x']",
        "(h) WHERE [h.country, 'x'] CONTAINS 'GB'",
        "(h) WHERE h IN [h]",
    ] {
        assert!(ask(&graph(), pattern).is_ok(), "{pattern}");
    }
}

#[test]
fn nodes_side_by_side_that_cannot_be_one_are_refused() {
    let message = "a and b stand for one node here, which their labels exclude; put an edge or a comma between them";
    for (pattern, place) in [
        ("(a:University) (b:Consortium)", "1:17"),
        ("(x)-[]->(a:University)(b:Consortium)", "1:24"),
        ("((a:University)-[]->(x)), (y)-[]->(a) (b:Consortium)", "1:40"),
        ("(x)((y)-[]->(a:University)(b:Consortium)){1,2}", "1:28"),
    ] {
        assert_eq!(refusal(pattern).lines().next().unwrap(), format!("{place}: {message}"), "{pattern}");
    }
    for pattern in [
        "(a:University) (b:University)",
        "(a:University) (b)",
        "(a:Organization) (b:University)",
        "(a:University) (:Consortium)",
    ] {
        assert!(ask(&graph(), pattern).is_ok(), "{pattern}");
    }
}

#[test]
fn a_line_that_is_cut_says_so_and_the_caret_stays_below_the_place() {
    let before = "a".repeat(40);
    let after = "b".repeat(50);
    let found = refusal(&format!("({before}:Hospitl), ({after})"));
    let expected = format!("…{}:Hospitl), ({}…\n{}^^^^^^^", "a".repeat(29), "b".repeat(19), " ".repeat(31));
    assert_eq!(found.split_once('\n').unwrap().1, expected);
    let found = refusal(&format!("(h:Hospitl), ({after})"));
    assert_eq!(found.split_once('\n').unwrap().1, format!("(h:Hospitl), ({}…\n   ^^^^^^^", "b".repeat(46)));
    let found = refusal(&format!("({before}:Hospitl)"));
    assert_eq!(found.split_once('\n').unwrap().1, format!("…{}:Hospitl)\n{}^^^^^^^", "a".repeat(29), " ".repeat(31)));
    let whole = format!("(h:Hospitl), ({})", "b".repeat(45));
    assert_eq!(refusal(&whole).split_once('\n').unwrap().1, format!("{whole}\n   ^^^^^^^"));
}
