//! Notations of Cypher, SQL and the rest of GQL, and misspelt words, are answered with what is written here.

use super::errors::{graph, refusal};
use super::world::ask;

#[test]
fn a_notation_of_another_language_is_answered_with_that_of_patterns() {
    for (pattern, expected) in [
        ("(h) WHERE h.country == 'GB'", "1:21: write = once"),
        ("(h WHERE h.country == 'GB')", "1:20: write = once"),
        ("(h) WHERE h.country != 'GB'", "1:21: write <> instead of !="),
        ("(h) WHERE h.degree => 3", "1:20: write >= instead of =>"),
        ("(h) WHERE h.degree =< 3", "1:20: write <= instead of =<"),
        ("(h) WHERE !(h:Hospital)", "1:11: write NOT instead of !"),
        ("(h) WHERE h.country = 'GB' && h.degree > 3", "1:28: write AND instead of &&"),
        ("(h) WHERE h:Hospital || h:University", "1:22: write OR instead of ||"),
        ("(h:Hospital:University)", "1:12: write & between labels that all hold, | where one is enough"),
        ("(a)-[:MEMBER_OF|:PART_OF]->(b)", "1:17: write the colon once, before the first label"),
        ("(h) WHERE h.country IN ('GB', 'CN')", "1:24: a list stands in square brackets, as in ['GB', 'CN']"),
        ("(h) WHERE h.since > 2023-05-01", "1:21: put dates in quotation marks: '2023-05-01'"),
        ("(h) WHERE h.since > date('2023')", "1:21: write DATE '2023' without brackets, or the text alone"),
        ("(h) WHERE h.degree > 1 + 2", "1:24: there is no arithmetic here; write the result"),
        ("(h:Hospital);", "1:13: leave the semicolon out"),
        ("(h) WHERE h.name LIKE '%London%'", "1:18: LIKE is not here; write STARTS WITH, ENDS WITH or CONTAINS"),
        ("(h) WHERE h.name NOT LIKE '%London%'", "1:22: LIKE is not here; write STARTS WITH, ENDS WITH or CONTAINS"),
        ("(h) WHERE h.name =~ '.*London'", "1:18: =~ is not here; write STARTS WITH, ENDS WITH or CONTAINS"),
        (
            "(h) WHERE h.since BETWEEN '2020' AND '2022'",
            "1:19: BETWEEN is not here; write x.since >= '2020' AND x.since <= '2022'",
        ),
        ("(h) WHERE h:Hospital XOR h.country = 'GB'", "1:22: XOR is not here; write (… AND NOT …) OR (NOT … AND …)"),
    ] {
        assert_eq!(refusal(pattern).lines().next().unwrap(), expected, "{pattern}");
    }
}

#[test]
fn a_clause_that_is_not_here_is_answered_with_what_is() {
    let writes = "patterns only read; give new data to consortia load or consortia import";
    let first = "give `first` to match, and `after` for the next page";
    for (pattern, expected) in [
        (
            "optional match (h)",
            "1:1: OPTIONAL cannot stand here; write OPTIONAL MATCH behind what has to be there: (h:Hospital) OPTIONAL MATCH (h)-[:MEMBER_OF]->(c)".to_owned(),
        ),
        ("CREATE (h:Hospital)", format!("1:1: CREATE is not here; {writes}")),
        ("MERGE (h:Hospital)", format!("1:1: MERGE is not here; {writes}")),
        ("MATCH (h) DELETE h", format!("1:11: DELETE is not here; {writes}")),
        ("MATCH (h) DETACH DELETE h", format!("1:11: DETACH is not here; {writes}")),
        ("MATCH (h) SET h.name = 'x'", format!("1:11: SET is not here; {writes}")),
        ("FOREACH (x IN [1] | CREATE (h))", format!("1:1: FOREACH is not here; {writes}")),
        (
            "MATCH (h) WITH h RETURN h",
            "1:11: WITH is not here; write one question: patterns joined by commas, then one WHERE".to_owned(),
        ),
        ("UNWIND ['GB'] AS c MATCH (h)", "1:1: UNWIND is not here; write IN with a list, as in h.country IN ['GB', 'CN']".to_owned()),
        ("CALL db.labels()", "1:1: CALL is not here; ask another field of graph, such as paths or ranking".to_owned()),
        ("MATCH (h) UNION MATCH (u)", "1:11: UNION is not here; ask match for each, under two aliases".to_owned()),
        ("(h) RETURN h LIMIT 5", format!("1:14: LIMIT is not here; {first}")),
        ("(h) SKIP 5", format!("1:5: SKIP is not here; {first}")),
        ("(h) WHERE h.degree > 1 OFFSET 5", format!("1:24: OFFSET is not here; {first}")),
        (
            "(h) RETURN h ORDER BY h.name",
            "1:14: ORDER is not here; rows have an order of their own, those with the fewest steps first; sort the answer".to_owned(),
        ),
        (
            "(h) RETURN h GROUP BY h",
            "1:14: GROUP is not here; write RETURN DISTINCT, or a projection of graph".to_owned(),
        ),
        (
            "SELECT name FROM hospitals",
            "1:1: SELECT is not here; draw what to find, as in (h:Hospital)-[:AFFILIATED_WITH]->(u)".to_owned(),
        ),
        ("EXPLAIN MATCH (h)", "1:1: EXPLAIN is not here; give `explain: true` to match".to_owned()),
        (
            "MATCH DIFFERENT EDGES (h)-[r]->(u)",
            "1:7: DIFFERENT is not here; write TRAIL in front of a path, or all_different(r, s)".to_owned(),
        ),
        ("(h) FILTER h.degree > 1", "1:5: FILTER is not here; write WHERE".to_owned()),
        ("LET x = 1 MATCH (h)", "1:1: LET is not here; write the value where it is used, or as $name".to_owned()),
        (
            "MATCH (h)-[]->(u) MATCH (u)-[]->(c)",
            "1:19: MATCH stands once, in front, and what may be missing behind it as OPTIONAL MATCH; join patterns by commas, and write one WHERE behind the last".to_owned(),
        ),
        (
            "MATCH (h) WHERE h.degree > 1 MATCH (u)",
            "1:30: MATCH stands once, in front, and what may be missing behind it as OPTIONAL MATCH; join patterns by commas, and write one WHERE behind the last".to_owned(),
        ),
        ("(h) WHERE h.degree > 1 WHERE h.degree < 5", "1:24: WHERE stands once; join conditions by AND".to_owned()),
        ("(h) RETURN h WHERE h.degree < 5", "1:14: WHERE comes before RETURN".to_owned()),
    ] {
        assert_eq!(refusal(pattern).lines().next().unwrap(), expected, "{pattern}");
    }
}

#[test]
fn what_return_does_not_take_is_answered_with_where_it_is() {
    for (pattern, expected) in [
        ("(h) RETURN h.name", "1:12: RETURN takes variables; write RETURN h, and ask for the name in `bindings`"),
        (
            "(h), (u) RETURN DISTINCT h, u.since",
            "1:29: RETURN takes variables; write RETURN u, and ask for the since in `bindings`",
        ),
        (
            "(h) RETURN count(h)",
            "1:12: RETURN takes variables; ask match for `totalCount`, with RETURN DISTINCT if each is to count once",
        ),
        (
            "(h) RETURN COUNT(DISTINCT h)",
            "1:12: RETURN takes variables; ask match for `totalCount`, with RETURN DISTINCT if each is to count once",
        ),
        ("(h) RETURN collect(h)", "1:12: RETURN takes variables; leave collect() out and work with the rows"),
        ("(h) RETURN *", "1:12: leave RETURN out; without it all variables come back"),
        (
            "(h) RETURN h AS hospital",
            "1:14: RETURN gives no new names; leave AS out, or name the variable so in the pattern",
        ),
    ] {
        assert_eq!(refusal(pattern).lines().next().unwrap(), expected, "{pattern}");
    }
}

#[test]
fn a_quantifier_of_cypher_is_answered_with_the_edge_as_it_is_written_here() {
    for (pattern, expected) in [
        ("(a)-[:MEMBER_OF*1..3]->(b)", "1:16: write the quantifier behind the edge: -[:MEMBER_OF]->{1,3}"),
        ("(a)<-[m:MEMBER_OF*2]-(b)", "1:18: write the quantifier behind the edge: <-[m:MEMBER_OF]-{2}"),
        ("(a)-[:MEMBER_OF*2..]-(b)", "1:16: write the quantifier behind the edge: -[:MEMBER_OF]-{2,}"),
        ("(a)-[:MEMBER_OF*..3]->(b)", "1:16: write the quantifier behind the edge: -[:MEMBER_OF]->{1,3}"),
        ("(a)-[:MEMBER_OF*0..]->(b)", "1:16: write the quantifier behind the edge: -[:MEMBER_OF]->*"),
        ("(a)-[*]->(b)", "1:6: write the quantifier behind the edge: -[]->+"),
        ("(a)-[r * 1 .. 3 {role: 'x'}]->(b)", "1:8: write the quantifier behind the edge: -[r {role: 'x'}]->{1,3}"),
        ("(a)-[*1..3", "1:6: write the quantifier behind the edge: -[]-{1,3}"),
        ("(a)-[:MEMBER_OF]{1,3}->(b)", "1:17: write the quantifier behind the arrow, as in -[]->{1,3}"),
        ("(a)--(b)", "1:4: -- would be two relationships; write - for one, or put () between two"),
        ("(a)-->(b)", "1:4: --> would be two relationships; write -> for one, or put () between two"),
        ("(a) <-- (b)", "1:5: <-- would be two relationships; write <- for one, or put () between two"),
        ("(a) -- all of them", "1:5: a comment begins with //"),
        ("(a)-[]->(b) | (c)", "1:13: paths have no alternatives here; ask match for each, under two aliases"),
    ] {
        assert_eq!(refusal(pattern).lines().next().unwrap(), expected, "{pattern}");
    }
    assert!(ask(&graph(), "(a)-[]--[]-(b)").is_ok());
    assert!(ask(&graph(), "(a)- -(b)").is_ok());
}

#[test]
fn a_pattern_as_a_condition_is_answered_with_a_comma() {
    let message = "a pattern is no condition here, nor is that there is none; join what has to be there by a comma";
    for (pattern, place) in [
        ("(a), (b) WHERE NOT (a)-[]-(b)", "1:23"),
        ("(a), (b) WHERE (a)<-[:MEMBER_OF]-(b)", "1:19"),
        ("(a) WHERE NOT (a)-[:MEMBER_OF]->(:Consortium)", "1:18"),
        ("(a) WHERE (:Hospital)-[]-(a)", "1:12"),
        ("(a) WHERE ()-[]-(a)", "1:12"),
        ("(a) WHERE EXISTS { (a)-[]-() }", "1:11"),
        ("(a) WHERE NOT EXISTS { MATCH (a)-[]-() }", "1:15"),
        ("(a) WHERE EXISTS((a)-[]-())", "1:21"),
        ("(a) WHERE size((a)-[]-()) > 3", "1:19"),
        ("(a WHERE NOT (a)-[]-())", "1:17"),
    ] {
        assert_eq!(refusal(pattern).lines().next().unwrap(), format!("{place}: {message}"), "{pattern}");
    }
    let each = "ask it of each repetition, in the repeated part, as in ((x)-[]->(y) WHERE y.country = 'GB'){1,3}";
    for (pattern, place) in [
        ("p = (a)-[]->{1,2}(b) WHERE all(x IN p WHERE x.country = 'GB')", "1:28"),
        ("p = (a)-[]->{1,2}(b) WHERE none(x IN p WHERE x.country = 'GB')", "1:28"),
    ] {
        assert_eq!(refusal(pattern).lines().next().unwrap(), format!("{place}: {each}"), "{pattern}");
    }
}

#[test]
fn a_misspelt_word_of_the_language_is_recognized() {
    for (pattern, expected) in [
        ("ANY SHORTST (a)-[]->(b)", "1:5: found \"SHORTST\"; did you mean SHORTEST?"),
        ("SHORTES 3 (a)-[]->(b)", "1:1: found \"SHORTES\"; did you mean SHORTEST?"),
        ("TRIAL (a)-[]->(b)", "1:1: found \"TRIAL\"; did you mean TRAIL?"),
        ("p = TRIAL (a)-[]->(b)", "1:5: found \"TRIAL\"; did you mean TRAIL?"),
        ("MTACH (a)-[]->(b)", "1:1: found \"MTACH\"; did you mean MATCH?"),
        ("(a) WHER a.degree > 3", "1:5: found \"WHER\"; did you mean WHERE?"),
        ("(a WHER a.degree > 3)", "1:4: found \"WHER\"; did you mean WHERE?"),
        ("(a) WHERE a.name CONTAIN 'x'", "1:18: found \"CONTAIN\"; did you mean CONTAINS?"),
        ("(a) WHERE a.name START WITH 'x'", "1:18: found \"START\"; did you mean STARTS?"),
        ("(a) WHERE a.name IS NOT NUL", "1:25: found \"NUL\"; did you mean NULL?"),
        ("(a) WHERE NTO a.degree > 3", "1:11: found \"NTO\"; did you mean NOT?"),
        ("(a) WHERE a.since > DAET '2023'", "1:21: found \"DAET\"; did you mean DATE?"),
        ("(a) RETRUN a", "1:5: found \"RETRUN\"; did you mean RETURN?"),
        ("(a) RETURN DISTICT a", "1:12: found \"DISTICT\"; did you mean DISTINCT?"),
    ] {
        assert_eq!(refusal(pattern).lines().next().unwrap(), expected, "{pattern}");
    }
}

#[test]
fn a_function_of_another_language_is_answered_with_what_is_here() {
    for (pattern, expected) in [
        ("(h) WHERE exists(h.country)", "1:11: there is no function exists; write h.country IS NOT NULL"),
        ("(h) WHERE id(h) = 'x'", "1:11: there is no function id; write h.id"),
        ("(h)-[r]-() WHERE type(r) = 'SIGNED'", "1:18: there is no function type; write r.kind"),
        ("(h) WHERE labels(h) = 'Hospital'", "1:11: there is no function labels; write h.kind"),
        (
            "p = (h)-[]-() WHERE length(p) = 1",
            "1:21: there is no function length; write path_length(p), or size of a list",
        ),
        (
            "(h) WHERE toLower(h.name) = 'x'",
            "1:11: there is no function toLower; texts are compared without regard to case and accents; leave it out",
        ),
    ] {
        assert_eq!(refusal(pattern).lines().next().unwrap(), expected, "{pattern}");
    }
}
