"""Compares a projection, as it is exported, with the one that networkx makes of the whole graph's export."""

import io
import json
import subprocess
import sys

import networkx

PROGRAM, STORE = sys.argv[1:]


def export(*more):
    command = [PROGRAM, "export", "graphml", "--data-dir", STORE, *more]
    found = subprocess.run(command, capture_output=True, check=True).stdout
    return networkx.read_graphml(io.BytesIO(found), force_multigraph=not more)


whole, compared = export(), 0
kinds = dict(whole.nodes(data="kind"))
for of, through in (("UNIVERSITY", "CONSORTIUM"), ("UNIVERSITY", "EVENT"), ("PERSON", "EVENT"), ("UNIVERSITY", "TOPIC")):
    two_modes = networkx.Graph()
    for source, target in whole.edges():
        ends = {kinds[source]: source, kinds[target]: target}
        if set(ends) == {of, through}:
            two_modes.add_edge(ends[of], ends[through])
    members = [name for name in two_modes if kinds[name] == of]
    expected = networkx.bipartite.weighted_projected_graph(two_modes, members)
    found = export("--projection", json.dumps({"of": {"kinds": [of]}, "through": {"kinds": [through]}}))
    pairs = lambda graph: {(frozenset(pair), weight) for *pair, weight in graph.edges(data="weight")}
    assert pairs(found) == pairs(expected), (of, through)
    compared += found.number_of_edges()
assert compared > 100, compared
print(f"projections by networkx: {compared} ties, as it finds them")
