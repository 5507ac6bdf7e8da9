"""Reads every export in a folder with the tools it is for, and compares what they find with what GraphQL answers."""

import csv
import json
import os
import subprocess
import sys
import tomllib

import igraph
import networkx
import rdflib
from lxml import etree

PROGRAM, STORE, FOLDER = sys.argv[1:]
QUERY = """query Page($nodes: String, $edges: String) { graph {
  entities(first: 500, after: $nodes) { pageInfo { hasNextPage endCursor } nodes {
    id kind name since until citations { document { id } strength locator note } } }
  relationships(first: 500, after: $edges) { pageInfo { hasNextPage endCursor } nodes {
    id kind source { id } target { id } role onBehalfOf { id } since until
    citations { document { id } strength locator note } } } } }"""


def file(name):
    return os.path.join(FOLDER, name)


def load(name):
    with open(file(name), encoding="utf-8") as opened:
        return json.load(opened)


def citations(found):
    """Citations as a sorted tuple; a missing strength is STATED, as in data/."""
    return tuple(sorted((c["document"], c.get("strength", "STATED"), c.get("locator") or "", c.get("note") or "") for c in found))


def node(get):
    return (get("id"), get("kind"), get("name"), get("since") or "", get("until") or "", get("citations"))


def edge(get):
    names = ("id", "source", "kind", "target", "role", "on_behalf_of", "since", "until")
    return tuple(get(name) or "" for name in names) + (get("citations"),)


def flat(values, decode=lambda text: text):
    """Reads a record of texts in which the citations are JSON."""
    def get(name):
        value = decode(values.get(name) or "")
        return citations(json.loads(value)) if name == "citations" else value
    return get


def nested(values):
    """Reads a record in which the citations are a list."""
    return lambda name: citations(values[name]) if name == "citations" else values.get(name)


AGREEMENTS = "{ graph(view: { strength: STATED }) { entities(filter: { kinds: [AGREEMENT] }, first: 500) { nodes { id until } } } }"


def stated_ends():
    """When agreements end as their documents say: an end that only follows from a term is in no export."""
    command = [PROGRAM, "query", AGREEMENTS, "--data-dir", STORE]
    graph = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["data"]["graph"]
    return {one["id"]: one["until"] for one in graph["entities"]["nodes"]}


def pages():
    """All entities and relationships as GraphQL has them."""
    nodes, edges, cursors, ends_of = set(), set(), {"nodes": None, "edges": None}, stated_ends()
    while True:
        command = [PROGRAM, "query", QUERY, "--variables", json.dumps(cursors), "--data-dir", STORE]
        graph = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["data"]["graph"]
        cited = lambda one: [dict(c, document=c["document"]["id"]) for c in one["citations"]]
        for one in graph["entities"]["nodes"]:
            nodes.add(node(nested(dict(one, until=ends_of.get(one["id"], one["until"]), citations=cited(one)))))
        for one in graph["relationships"]["nodes"]:
            ends = {"source": one["source"]["id"], "target": one["target"]["id"]}
            other = (one["onBehalfOf"] or {}).get("id")
            edges.add(edge(nested(dict(one, **ends, on_behalf_of=other, citations=cited(one)))))
        infos = {"nodes": graph["entities"]["pageInfo"], "edges": graph["relationships"]["pageInfo"]}
        if not any(info["hasNextPage"] for info in infos.values()):
            return nodes, edges
        cursors = {name: info["endCursor"] or cursors[name] for name, info in infos.items()}


def from_networkx(graph, key):
    nodes = {node(flat(dict(values, id=name))) for name, values in graph.nodes(data=True)}
    edges = set()
    for source, target, name, values in graph.edges(keys=True, data=True):
        edges.add(edge(flat(dict(values, source=source, target=target, id=key(name, values)))))
    return nodes, edges


def graphml():
    return from_networkx(networkx.read_graphml(file("all.graphml"), force_multigraph=True), lambda name, _: name)


def gexf():
    # As read by networkx, one edge between two nodes has the id as an attribute.
    graph = networkx.MultiDiGraph(networkx.read_gexf(file("all.gexf")))
    return from_networkx(graph, lambda _, values: values["id"])


def gexf_times():
    """The spells agree with the dates, where these are plain days."""
    namespace = {"g": "http://gexf.net/1.3"}
    spells = 0
    for element in etree.parse(file("all.gexf")).iterfind(".//g:edge", namespace):
        values = {v.get("for"): v.get("value") for v in element.iterfind("g:attvalues/g:attvalue", namespace)}
        spell = element.find("g:spells/g:spell", namespace)
        for field, bound in (("3", "start"), ("4", "end")):
            if len(values.get(field, "")) == 10 and values[field].count("-") == 2 and "X" not in values[field]:
                assert spell.get(bound) == values[field], values
                spells += 1
            elif field not in values:
                assert spell is None or spell.get(bound) is None, values
    return spells


def node_link():
    graph = networkx.node_link_graph(load("all.node-link"), edges="edges")
    nodes = {node(nested(dict(values, id=name))) for name, values in graph.nodes(data=True)}
    edges = {edge(nested(dict(values, source=s, target=t, id=name))) for s, t, name, values in graph.edges(keys=True, data=True)}
    return nodes, edges


def cytoscape():
    found = load("all.cytoscape")["elements"]
    return {node(nested(n["data"])) for n in found["nodes"]}, {edge(nested(e["data"])) for e in found["edges"]}


def tables():
    def rows(name):
        with open(file("all.csv/" + name), encoding="utf-8", newline="") as opened:
            return list(csv.DictReader(opened))
    bare = lambda cell: cell[1:] if cell.startswith("'") else cell
    return {node(flat(row, bare)) for row in rows("nodes.csv")}, {edge(flat(row, bare)) for row in rows("edges.csv")}


def by_igraph():
    graph = igraph.Graph.Read_GraphML(file("all.graphml"))
    nodes = {node(flat(v.attributes())) for v in graph.vs}
    ids = graph.vs["id"]
    return nodes, {edge(flat(dict(e.attributes(), id="", source=ids[e.source], target=ids[e.target]))) for e in graph.es}


def rdf(graph):
    base = "https://consortia.example/"
    own, prov = rdflib.Namespace(base + "terms/"), rdflib.Namespace("http://www.w3.org/ns/prov#")
    schema = rdflib.Namespace("https://schema.org/")
    one = lambda subject, predicate: str(graph.value(subject, predicate) or "")
    key = lambda name: name.rsplit("/", 1)[1] if name else ""

    def cited(subject):
        found = graph.objects(subject, prov.qualifiedDerivation)
        return tuple(sorted((key(one(c, prov.entity)), one(c, own.strength), one(c, own.locator), one(c, rdflib.RDFS.comment)) for c in found))

    nodes, edges = set(), set()
    for subject, kind in graph.subject_objects(own.kind):
        times = one(subject, own.since), one(subject, own.until)
        if (subject, rdflib.RDF.type, rdflib.RDF.Statement) in graph:
            source, target = one(subject, rdflib.RDF.subject), one(subject, rdflib.RDF.object)
            predicate = graph.value(subject, rdflib.RDF.predicate)
            assert (rdflib.URIRef(source), predicate, rdflib.URIRef(target)) in graph, subject
            ends = key(source), str(kind), key(target)
            edges.add((one(subject, own.id), *ends, one(subject, own.role), key(one(subject, own.onBehalfOf)), *times, cited(subject)))
        else:
            nodes.add((one(subject, own.id), str(kind), one(subject, schema.name), *times, cited(subject)))
    return nodes, edges


def quads():
    dataset = rdflib.Dataset()
    dataset.parse(file("all.nquads"), format="nquads")
    graphs = [graph for graph in dataset.graphs() if len(graph)]
    assert len(graphs) == 1 and "/revision/" in str(graphs[0].identifier), graphs
    return rdf(graphs[0])


def dot():
    found = load("all.dot.json")
    # Graphviz leaves doubled backslashes as they are written.
    plain = lambda text: text.replace("\\\\", "\\")
    objects = found["objects"]
    named = lambda o: plain(o["label"]).replace("&amp;", "&")
    nodes = {node(lambda f, o=o: {"id": o["name"], "name": named(o)}.get(f) or flat(o, plain)(f)) for o in objects}
    ids = {o["_gvid"]: o["name"] for o in objects}
    ends = lambda e: {"source": ids[e["tail"]], "target": ids[e["head"]]}
    return nodes, {edge(lambda f, e=e: ends(e).get(f) or flat(e, plain)(f)) for e in found["edges"]}


def toml():
    nodes, edges, cited = {}, {}, {}
    for area, _, names in os.walk(file("all.toml")):
        for name in names:
            with open(os.path.join(area, name), "rb") as opened:
                content = tomllib.load(opened)
            document = content.pop("document", {}).get("id")
            for mention in content.pop("mention", []):
                cited.setdefault(mention["entity"], []).append(dict(mention, document=document, strength=mention.get("strength", "STATED").upper()))
            for r in content.pop("relationship", []):
                identity = tuple(r.get(f, "") for f in ("source", "kind", "target", "role", "key"))
                known = edges.setdefault(identity, dict(r, citations=[]))
                known["citations"].append(dict(r, document=document, strength=r.get("strength", "STATED").upper()))
            content.pop("figure", None)
            for kind, entities in content.items():
                nodes.update({e["id"]: dict(e, kind=kind.upper()) for e in entities})
    return ({node(nested(dict(e, citations=cited.get(i, [])))) for i, e in nodes.items()},
            # The id follows from the rest and is not written.
            {edge(nested(dict(r, id="")))  for r in edges.values()})


def compare(name, found, expected):
    for sort, one, other in zip(("entities", "relationships"), found, expected):
        if one != other:
            sample = lambda items: "\n    ".join(map(repr, sorted(items)[:3]))
            sys.exit(f"{name}: {sort} differ\n  only there:\n    {sample(one - other)}\n  only in GraphQL:\n    {sample(other - one)}")
    print(f"{name}: {len(found[0])} entities, {len(found[1])} relationships, as GraphQL has them")


expected = pages()
assert expected[0] and expected[1]
readers = {
    "node-link by networkx": node_link,
    "graphml by networkx": graphml,
    "gexf by networkx": gexf, "cytoscape by Python": cytoscape, "csv by Python": tables, "dot by Graphviz": dot,
    "turtle by rdflib": lambda: rdf(rdflib.Graph().parse(file("all.turtle"), format="turtle")),
    "jsonld by rdflib": lambda: rdf(rdflib.Graph().parse(file("all.jsonld"), format="json-ld")),
    "nquads by rdflib": quads,
}
for name, reader in readers.items():
    compare(name, reader(), expected)
without_ids = (expected[0], {("",) + e[1:] for e in expected[1]})
compare("toml by Python", toml(), without_ids)
# igraph gives edges the ids of nodes.
compare("graphml by igraph", by_igraph(), without_ids)
print(f"gexf by lxml: {gexf_times()} ends of spells agree with their dates")

network = networkx.read_graphml(file("network.graphml"))
places = {n["id"]: (n["x"], n["y"]) for n in load("network.node-link")["nodes"]}
assert {name: (values["x"], values["y"]) for name, values in network.nodes(data=True)} == places
positions = {name: (v["viz"]["position"]["x"] / 500, v["viz"]["position"]["y"] / 500) for name, v in networkx.read_gexf(file("network.gexf")).nodes(data=True)}
assert all(abs(positions[name][axis] - places[name][axis]) < 1e-9 for name in places for axis in (0, 1))
print(f"the places of {len(places)} nodes are the same in graphml, gexf and node-link")
