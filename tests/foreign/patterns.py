"""Asks patterns of the program and the same questions of an embedded Cypher engine, and compares the rows."""

import json
import os
import subprocess
import sys
import tempfile

import real_ladybug

PROGRAM, STORE = sys.argv[1:]

# A pattern, the same in Cypher, and the variables whose elements make a row. In Cypher an entity is (:E {kind}), a
# relationship [:R {kind}]; recursive relationships there are written with their kind of path. "!p" leaves out the paths
# that come to an entity twice: what the other engine calls ACYCLIC may come back to where it starts.
QUESTIONS = [
    ("(h:Hospital)", "MATCH (h:E) WHERE h.kind = 'HOSPITAL'", ["h"]),
    ("(a)-[r]->(b)", "MATCH (a:E)-[r:R]->(b:E)", ["a", "r", "b"]),
    ("(a)-[r]-(b)", "MATCH (a:E)-[r:R]-(b:E)", ["a", "r", "b"]),
    ("(u:University WHERE u.country = 'GB')-[m:MEMBER_OF]->(c:Consortium)",
     "MATCH (u:E)-[m:R]->(c:E) WHERE u.kind = 'UNIVERSITY' AND u.country = 'GB' AND m.kind = 'MEMBER_OF' AND c.kind = 'CONSORTIUM'",
     ["u", "m", "c"]),
    ("(h:Hospital)-[x]->(u:University|MedicalSchool)<-[y]-(p:Person)",
     "MATCH (h:E)-[x:R]->(u:E)<-[y:R]-(p:E) WHERE h.kind = 'HOSPITAL' AND u.kind IN ['UNIVERSITY', 'MEDICAL_SCHOOL'] AND p.kind = 'PERSON'",
     ["h", "x", "u", "y", "p"]),
    ("(a)-[r:!CONCERNS]-(b)-[s:!CONCERNS]-(c)-[t:!CONCERNS]-(a)",
     "MATCH (a:E)-[r:R]-(b:E)-[s:R]-(c:E)-[t:R]-(a) WHERE r.kind <> 'CONCERNS' AND s.kind <> 'CONCERNS' AND t.kind <> 'CONCERNS'",
     ["a", "r", "b", "s", "c", "t"]),
    ("(p)-[r:HOLDS_POST_AT]->(a), (p)-[s:HOLDS_POST_AT]->(b) WHERE a.id <> b.id",
     "MATCH (p:E)-[r:R]->(a:E), (p)-[s:R]->(b:E) WHERE r.kind = 'HOLDS_POST_AT' AND s.kind = 'HOLDS_POST_AT' AND a.id <> b.id",
     ["p", "r", "a", "s", "b"]),
    ("(a)-[r]->(b) WHERE a.country = b.country AND NOT a.kind = b.kind",
     "MATCH (a:E)-[r:R]->(b:E) WHERE a.country = b.country AND NOT a.kind = b.kind", ["a", "r", "b"]),
    ("(a WHERE a.country IS NULL)-[r WHERE r.role STARTS WITH EXACTLY 'p' OR r.role CONTAINS EXACTLY 'President']->(b)",
     "MATCH (a:E)-[r:R]->(b:E) WHERE a.country IS NULL AND (r.role STARTS WITH 'p' OR r.role CONTAINS 'President')",
     ["a", "r", "b"]),
    ("(a:Office)-[r:PART_OF]->{1,3}(b)",
     "MATCH (a:E)-[r:R*1..3 (e, n | WHERE e.kind = 'PART_OF')]->(b:E) WHERE a.kind = 'OFFICE'", ["a", "b", "[r]"]),
    ("(a:Hospital)-[r:!CONCERNS]->{1,3}(b)",
     "MATCH (a:E)-[r:R*1..3 (e, n | WHERE e.kind <> 'CONCERNS')]->(b:E) WHERE a.kind = 'HOSPITAL'", ["a", "b", "[r]"]),
    ("(a:Hospital)-[r:!CONCERNS]-{2}(b:University)",
     "MATCH (a:E)-[r:R*2..2 (e, n | WHERE e.kind <> 'CONCERNS')]-(b:E) WHERE a.kind = 'HOSPITAL' AND b.kind = 'UNIVERSITY'",
     ["a", "b", "[r]"]),
    ("TRAIL (a:Hospital)-[r:!CONCERNS]-{1,3}(b:Hospital)",
     "MATCH (a:E)-[r:R* TRAIL 1..3 (e, n | WHERE e.kind <> 'CONCERNS')]-(b:E) WHERE a.kind = 'HOSPITAL' AND b.kind = 'HOSPITAL'",
     ["a", "b", "[r]"]),
    ("ACYCLIC (a:Hospital)-[r:!CONCERNS]-{1,3}(b:University)",
     "MATCH p = (a:E)-[r:R*1..3 (e, n | WHERE e.kind <> 'CONCERNS')]-(b:E) WHERE a.kind = 'HOSPITAL' AND b.kind = 'UNIVERSITY'",
     ["a", "b", "[r]", "!p"]),
    ("ALL SHORTEST (a:Hospital)-[r:!CONCERNS]-{1,6}(b:Person)",
     "MATCH (a:E)-[r:R* ALL SHORTEST 1..6 (e, n | WHERE e.kind <> 'CONCERNS')]-(b:E) WHERE a.kind = 'HOSPITAL' AND b.kind = 'PERSON'",
     ["a", "b", "[r]"]),
    ("ANY SHORTEST (a:Hospital)-[r:!CONCERNS]-{1,6}(b:Person)",
     "MATCH (a:E)-[r:R* SHORTEST 1..6 (e, n | WHERE e.kind <> 'CONCERNS')]-(b:E) WHERE a.kind = 'HOSPITAL' AND b.kind = 'PERSON'",
     ["a", "b", "#r"]),
]


def answer(document, variables):
    command = [PROGRAM, "query", "--data-dir", STORE, "--variables", json.dumps(variables), document]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert "errors" not in found, found["errors"]
    return found["data"]["graph"]


def pages(field, selection, arguments="", variables=()):
    """All nodes of a connection."""
    after, nodes = None, []
    while True:
        declared = "($after: String, $pattern: String)" if arguments else "($after: String)"
        document = f"query Q{declared} {{ graph {{ {field}({arguments}first: 500, after: $after) " \
                   f"{{ pageInfo {{ hasNextPage endCursor }} nodes {{ {selection} }} }} }} }}"
        page = answer(document, dict(variables, after=after))[field]
        nodes += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return nodes
        after = page["pageInfo"]["endCursor"]


def engine(folder):
    """The entities and relationships as tables of the other engine."""
    connection = real_ladybug.Connection(real_ladybug.Database(os.path.join(folder, "graph")))
    connection.execute("CREATE NODE TABLE E(id STRING PRIMARY KEY, kind STRING, country STRING)")
    connection.execute("CREATE REL TABLE R(FROM E TO E, id STRING, kind STRING, role STRING)")
    for each in pages("entities", "id kind country"):
        connection.execute("CREATE (:E {id: $id, kind: $kind, country: $country})", each)
    for each in pages("relationships", "id kind role source { id } target { id }"):
        values = dict(each, source=each["source"]["id"], target=each["target"]["id"])
        connection.execute("MATCH (a:E), (b:E) WHERE a.id = $source AND b.id = $target "
                           "CREATE (a)-[:R {id: $id, kind: $kind, role: $role}]->(b)", values)
    return connection


def ours(pattern, columns):
    selection = "bindings { name entity { id } relationship { id } relationships { id } }"
    rows = []
    columns = [column for column in columns if column[0] != "!"]
    for node in pages("match", selection, "pattern: $pattern, ", {"pattern": pattern}):
        bound = {binding["name"]: binding for binding in node["bindings"]}
        row = []
        for column in columns:
            found = bound[column.strip("[]#")]
            many = [each["id"] for each in found["relationships"] or []]
            one = found["entity"] or found["relationship"]
            row.append(tuple(many) if column[0] == "[" else len(many) if column[0] == "#" else one["id"])
        rows.append(tuple(row))
    return sorted(rows, key=repr)


def theirs(connection, query, columns):
    written = {"[": lambda c: f"rels({c[1:-1]})", "#": lambda c: f"length({c[1:]})", "!": lambda c: f"nodes({c[1:]})"}
    asked = ", ".join(written.get(column[0], lambda c: f"{c}.id")(column) for column in columns)
    result = connection.execute(f"{query} RETURN {asked}")
    rows = []
    while result.has_next():
        cells = result.get_next()
        if columns[-1][0] == "!":
            met = [each["id"] for each in cells.pop()]
            if len(set(met)) < len(met):
                continue
        rows.append(tuple(tuple(each["id"] for each in cell) if isinstance(cell, list) else cell for cell in cells))
    return sorted(rows, key=repr)


with tempfile.TemporaryDirectory() as scratch:
    other = engine(scratch)
    for pattern, query, columns in QUESTIONS:
        one, two = ours(pattern, columns), theirs(other, query, columns)
        assert one == two, f"{pattern}: {len(one)} rows, elsewhere {len(two)}: {sorted(set(one) ^ set(two), key=repr)[:3]}"
        print(f"{len(one):>6} rows alike: {pattern}")
