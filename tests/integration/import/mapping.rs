//! Tables of others, by a mapping of their columns.

use std::path::PathBuf;

use consortia::dataset;
use consortia::import::source::Limits;
use consortia::import::{Contribution, Options};
use consortia::model::violation::Violation;

use super::{World, read_with};

const WIKIDATA: &str = include_str!("../../../docs/mappings/wikidata.toml");
const FOLLOW_THE_MONEY: &str = include_str!("../../../docs/mappings/followthemoney.toml");

fn mapped(format: &str, text: &str, mapping: &str) -> Result<Contribution, Violation> {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join(format!("table.{format}"));
    std::fs::write(&path, text).unwrap();
    let mapping = dataset::value(mapping)?;
    read_with(format, &[path], &Options { mapping: Some(mapping), ..Options::default() }, &Limits::default())
}

fn rules(rules: &str) -> String {
    format!("document = {{ id = \"d\", title = \"D\" }}\n{rules}")
}

fn told(violations: &[Violation]) -> Vec<String> {
    violations.iter().map(ToString::to_string).collect()
}

#[test]
fn results_of_a_query_to_wikidata_come_in_as_a_table_and_as_json() {
    let csv = "item,itemLabel,inception,country,ror\n\
        http://www.wikidata.org/entity/Q1111111,Exampleville Medical University,1920-01-01T00:00:00Z,AT,00000zb96\n\
        http://www.wikidata.org/entity/Q2222222,Other School,,,\n";
    let json = r#"{"head": {"vars": ["item", "itemLabel", "results"]}, "x": {"bindings": [{"item": "no"}]}, "results": {"distinct": false, "bindings": [
        {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q1111111"},
         "itemLabel": {"xml:lang": "en", "type": "literal", "value": "Exampleville Medical University"},
         "inception": {"datatype": "http://www.w3.org/2001/XMLSchema#dateTime", "type": "literal", "value": "1920-01-01T00:00:00Z"},
         "country": {"type": "literal", "value": "AT"}, "ror": {"type": "literal", "value": "00000zb96"}},
        {"item": {"type": "uri", "value": "http://www.wikidata.org/entity/Q2222222"},
         "itemLabel": {"xml:lang": "en", "type": "literal", "value": "Other School"}}
    ]}, "rest": [1, {"bindings": []}]}"#;
    for (format, text) in [("csv", csv), ("jsonl", json)] {
        let mut world = World::default();
        let proposal = world.land(mapped(format, text, WIKIDATA).unwrap());
        assert_eq!((told(&proposal.refused), told(&proposal.notes)), (vec![], vec![]), "{format}");
        let school = world.entity("wd-q1111111");
        assert_eq!(school.name, "Exampleville Medical University");
        assert_eq!(school.since.as_ref().unwrap().as_str(), "1920");
        let identifiers: Vec<String> = school.identifiers.iter().map(ToString::to_string).collect();
        assert_eq!(identifiers, ["ROR:00000zb96", "WIKIDATA:Q1111111"]);
        assert_eq!(school.citations[0].locator.as_deref(), Some("http://www.wikidata.org/entity/Q1111111"));
        assert_eq!(world.0.entities.len(), 2);
    }
    let error = mapped("jsonl", r#"{"results": {"bindings": {}}}"#, WIKIDATA).unwrap_err();
    assert!(error.to_string().contains("there is no list at results.bindings"), "{error}");
    let cut = &json[..json.len() - 60];
    assert!(mapped("jsonl", cut, WIKIDATA).is_err(), "it breaks off inside the list");
}

#[test]
fn lines_of_follow_the_money_become_entities_and_what_relates_them() {
    let text = r#"{"id":"mem-1","schema":"Membership","properties":{"member":["NK-bb22"],"organization":["NK-aa11"],"role":["Trustee"],"startDate":["2019-05"]}}
{"id":"NK-aa11","schema":"Organization","properties":{"name":["Nowhere Medical Foundation","Fundacion Medica"],"country":["es"],"wikidataId":["Q77"]}}
{"id":"NK-bb22","schema":"Person","properties":{"name":["Ana B"],"alias":["A. B."]}}
{"id":"own-1","schema":"Ownership","properties":{"owner":["NK-bb22"],"asset":["NK-aa11"]}}
{"id":"dir-1","schema":"Directorship","properties":{"director":["NK-bb22"],"organization":["NK-aa11"],"role":["Chair","Treasurer"]}}
{"id":"mem-2","schema":"Membership","properties":{"member":["NK-cc33"],"organization":["NK-aa11"]}}
"#;
    let mut world = World::default();
    let contribution = mapped("jsonl", text, FOLLOW_THE_MONEY).unwrap();
    let passed: Vec<_> = contribution.passed_over.iter().map(|(what, count)| (what.as_str(), *count)).collect();
    assert_eq!(passed, [("rows that no rule is for: schema = \"Ownership\"", 1)]);
    let proposal = world.land(contribution);
    assert_eq!(
        told(&proposal.refused),
        [
            "table.jsonl:6:1: nk-cc33:member-of:nk-aa11: source: no entity has the id \"nk-cc33\"; add the entity to the files, or correct the id"
        ]
    );
    let foundation = world.entity("nk-aa11");
    assert_eq!(
        (foundation.name.as_str(), foundation.names[0].text.as_str()),
        ("Nowhere Medical Foundation", "Fundacion Medica")
    );
    assert_eq!(foundation.country.unwrap().as_str(), "ES");
    let member = world.relationship("nk-bb22:member-of:nk-aa11:trustee");
    assert_eq!(member.since.as_ref().unwrap().as_str(), "2019-05");
    assert_eq!(member.citations[0].locator.as_deref(), Some("mem-1"));
    for role in ["chair", "treasurer"] {
        world.relationship(&format!("nk-bb22:holds-post-at:nk-aa11:{role}"));
    }
}

#[test]
fn a_rule_takes_only_its_rows_and_each_of_a_list() {
    let mapping = rules(
        r#"
        [[entity]]
        only = { kind = ["H", "U"] }
        except = { closed = "yes" }
        id = "{id|id}"
        kind = "HOSPITAL"
        name = "{name}"
        [[entity]]
        only = { kind = "U", unit = "" }
        id = "{id|id}-2"
        kind = "UNIVERSITY"
        name = "{name}"
        "#,
    );
    let text = "id,kind,name,closed,unit\na,H,A,,x\nb,U,B,,\nc,H,C,yes,\nd,Z,D,,\ne,Z,E,,\n,,,,\n";
    let contribution = mapped("csv", text, &mapping).unwrap();
    let ids: Vec<&str> = contribution.entities.iter().map(|said| said.value.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "b-2"]);
    let passed: Vec<String> = contribution.passed_over.iter().map(|(what, count)| format!("{count} {what}")).collect();
    assert_eq!(
        passed,
        [
            "1 blank rows",
            "2 rows that no rule is for: closed = \"\", kind = \"Z\", unit = \"\"",
            "1 rows that no rule is for: closed = \"yes\", kind = \"H\", unit = \"\"",
        ]
    );
    let mapping = rules(
        r#"
        [[entity]]
        id = "{id|id}"
        kind = "CONSORTIUM"
        name = "{title}"
        [[entity]]
        each = "members"
        id = "{members.id|id}"
        kind = "UNIVERSITY"
        name = "{members.name}"
        [[relationship]]
        each = "members"
        source = "{members.id|id}"
        kind = "MEMBER_OF"
        target = "{id|id}"
        role = "{members.role}"
        "#,
    );
    let text = r#"{"id": "N 1", "title": "Net", "members": [{"id": "U/1", "name": "One", "role": "chair"}, {"id": "U/2", "name": "Two"}]}"#;
    let mut world = World::default();
    let proposal = world.land(mapped("jsonl", text, &mapping).unwrap());
    assert_eq!((told(&proposal.refused), told(&proposal.notes)), (vec![], vec![]));
    assert_eq!(world.relationships(), ["u-1:member-of:n-1:chair", "u-2:member-of:n-1"]);
    // Without each nothing says which role is whose.
    let contribution = mapped("jsonl", text, &mapping.replace("each = \"members\"\n        source", "source")).unwrap();
    assert!(
        told(&contribution.refused)[0].contains("write each = \"members\" in the rule"),
        "{:?}",
        contribution.refused
    );
}

#[test]
fn a_mapping_that_does_not_fit_its_table_or_itself_is_refused_before_a_row_is_read() {
    let entity = "[[entity]]\nid = \"{uni}\"\nkind = \"UNIVERSITY\"\nname = \"{uni}\"\n";
    for (rule, expected) in [
        (
            format!("{entity}country = \"{{contry}}\""),
            "table.csv:1:1: mapping: the mapping names {contry}, and the table has no such column; did you mean {country}?",
        ),
        (
            format!("{entity}only = {{ sort = \"x\" }}"),
            "the mapping names {sort}, and the table has no such column; name one of uni, country",
        ),
        (format!("{entity}\n[values.contry]\nUK = \"GB\""), "the mapping names {contry}"),
        (
            format!("{entity}contry = \"{{country}}\""),
            "mapping, [[entity]] number 1: there is no field contry; did you mean country?",
        ),
        (format!("{entity}only_if = {{ a = \"b\" }}"), "only_if"),
        (
            format!("{entity}country = \"{{country|upper}}\""),
            "asks for \"upper\" of a column; write {column|id} or {column|year}",
        ),
        (format!("{entity}country = \"{{country\""), "has a { that is not closed; write {column}"),
        ("[[entity]]\nid = \"{uni}\"\nname = \"x\"".to_owned(), "mapping, [[entity]] number 1: it has no kind; add it"),
        (
            format!("{entity}[[relationship]]\nsource = \"a\"\nkind = \"PART_OF\""),
            "mapping, [[relationship]] number 1: it has no target",
        ),
        (format!("[[entitty]]\n{entity}"), "unknown field `entitty`"),
        (String::new(), "the mapping makes nothing"),
    ] {
        let error = mapped("csv", "uni,country\nu 1,AT\n", &rules(&rule)).unwrap_err().to_string();
        assert!(error.contains(expected), "{expected} is not in {error}");
    }
    let lines = "{\"uni\": \"u-1\", \"place\": {\"country\": \"AT\"}}\n";
    let contribution = mapped("jsonl", lines, &rules(&format!("{entity}country = \"{{place.contry}}\""))).unwrap();
    assert_eq!(
        told(&contribution.notes),
        ["mapping: the mapping names {place.contry}, and no object has such a field; did you mean {place.country}?"]
    );
    let contribution =
        mapped("jsonl", lines, &rules(&entity.replace("name = \"{uni}\"", "name = \"{props.name}\""))).unwrap();
    assert!(
        told(&contribution.refused)[0].contains("name: it has no name, for there is no {props.name} here"),
        "{:?}",
        contribution.refused
    );
}

#[test]
fn two_texts_never_get_one_id_unseen_and_rows_of_one_thing_add_up() {
    let mapping = rules(
        "[[entity]]\nid = \"{name|id}\"\nkind = \"UNIVERSITY\"\nname = \"{name}\"\nsince = \"{since}\"\nidentifiers = \"{ror}\"\n",
    );
    let text = "name,since,ror\nUni Graz,1585,\n上海,,\n尚海,,\nUNI GRAZ,1586,01faaaf77\n!!!,,\n";
    let contribution = mapped("csv", text, &mapping).unwrap();
    let refused = told(&contribution.refused);
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert!(
        refused
            .iter()
            .any(|line| line.contains("table.csv:4:1: ") && line.contains("\"尚海\" and \"上海\" (table.csv:3:1)")),
        "{refused:?}"
    );
    assert!(
        refused.iter().any(|line| line.contains("table.csv:6:1: ") && line.contains("no id can be made of \"!!!\"")),
        "{refused:?}"
    );
    let graz = &contribution.entities[0].value;
    assert_eq!((graz.since.as_ref().unwrap().as_str(), graz.identifiers.len(), graz.citations.len()), ("1585", 1, 2));
    let notes = told(&contribution.notes);
    assert!(
        notes
            .iter()
            .any(|line| line.contains("uni-graz: since: the row says otherwise than the first of it (table.csv:2:1)")),
        "{notes:?}"
    );
    assert!(
        notes.iter().any(|line| line.contains("\"UNI GRAZ\" and \"Uni Graz\" (table.csv:2:1) are taken for one")),
        "{notes:?}"
    );
}
