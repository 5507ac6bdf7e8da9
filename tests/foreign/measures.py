"""Takes every measure that GraphQL gives with networkx and igraph too, and compares: measures.py PROGRAM STORE FOLDER.

FOLDER holds all.node-link, the export of the whole store. Above some thousand entities igraph alone takes the measures,
and those that are sampled are compared at some entities, within the error that the answer says.
"""

import json
import math
import os
import random
import subprocess
import sys

import igraph
import networkx

PROGRAM, STORE, FOLDER = sys.argv[1:]
CLOSE = 1e-9
LARGE = 5_000
GENEROUS = "--max-page 1000000 --max-answer-fields 100000000 --max-visits 1000000000 --max-seconds 600".split()

with open(os.path.join(FOLDER, "all.node-link"), encoding="utf-8") as opened:
    exported = json.load(opened)
ids = sorted(node["id"] for node in exported["nodes"])
place = {name: at for at, name in enumerate(ids)}
weights = {}
for edge in exported["edges"]:
    pair = tuple(sorted((place[edge["source"]], place[edge["target"]])))
    if pair[0] != pair[1]:
        weights[pair] = weights.get(pair, 0) + 1
simple = igraph.Graph(n=len(ids), edges=list(weights))
simple.es["weight"] = list(weights.values())
is_large = len(ids) > LARGE


def ask(query):
    command = [PROGRAM, "query", query, "--data-dir", STORE, *GENEROUS]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert "errors" not in answer, answer["errors"]
    return answer["data"]["graph"]


def rank(by):
    found = ask(f"{{ graph {{ ranking(by: {by}, first: {len(ids)}) {{ method error edges {{ score node {{ id }} }} }} }} }}")["ranking"]
    return found, {edge["node"]["id"]: edge["score"] for edge in found["edges"]}


def by_networkx():
    graph = networkx.Graph()
    graph.add_nodes_from(range(len(ids)))
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in weights.items())
    others = max(len(ids) - 1, 1)
    eigenvector = networkx.eigenvector_centrality(graph, max_iter=1_000_000, tol=1e-13)
    return {
        "DEGREE": dict(graph.degree()),
        "WEIGHTED_DEGREE": dict(graph.degree(weight="weight")),
        "HARMONIC": {node: value / others for node, value in networkx.harmonic_centrality(graph).items()},
        "BETWEENNESS": networkx.betweenness_centrality(graph),
        "PAGERANK": networkx.pagerank(graph, max_iter=10_000, tol=1e-15),
        "EIGENVECTOR": eigenvector,
        "CORE": networkx.core_number(graph),
        "CLUSTERING": networkx.clustering(graph),
        "CONSTRAINT": networkx.constraint(graph),
        "EFFECTIVE_SIZE": networkx.effective_size(graph),
    }


def by_igraph():
    # Betweenness of everybody would take igraph hours; harmonic closeness is taken at some.
    some = random.Random(1).sample(range(len(ids)), 40)
    options = igraph.ARPACKOptions()
    options.maxiter, options.tol = 100_000, 1e-14
    vector = simple.eigenvector_centrality(arpack_options=options)
    length = math.sqrt(sum(value * value for value in vector))
    all_of = lambda values: dict(enumerate(values))
    return {
        "DEGREE": all_of(simple.degree()),
        "WEIGHTED_DEGREE": all_of(simple.strength(weights="weight")),
        "HARMONIC": dict(zip(some, simple.harmonic_centrality(vertices=some))),
        "PAGERANK": all_of(simple.pagerank(weights="weight")),
        "EIGENVECTOR": all_of(abs(value) / length for value in vector),
        "CORE": all_of(simple.coreness()),
        "CLUSTERING": all_of(simple.transitivity_local_undirected(mode="zero")),
        "CONSTRAINT": all_of(simple.constraint()),
    }


for by, expected in (by_igraph() if is_large else by_networkx()).items():
    found, scores = rank(by)
    assert found["method"] == "SAMPLED" if is_large and by == "HARMONIC" else found["method"] == "EXACT", by
    close = found["error"] or CLOSE
    worst = 0
    for node, value in expected.items():
        if math.isnan(value):
            assert ids[node] not in scores, (by, ids[node])
        else:
            worst = max(worst, abs(value - scores[ids[node]]))
    assert worst <= close, f"{by} is {worst} off"
    print(f"{by.lower()}: {len(expected)} entities, at most {worst:.1e} off, of {close:.1e} allowed")

parts = ask("{ graph { components(first: 1) { totalCount nodes { size } } cutVertices(first: 0) { totalCount } bridges(first: 0) { totalCount } } }")
components = simple.connected_components()
assert parts["components"]["totalCount"] == len(components)
assert [part["size"] for part in parts["components"]["nodes"]] == [max(components.sizes())]
assert parts["cutVertices"]["totalCount"] == len(simple.articulation_points())
assert parts["bridges"]["totalCount"] == len(simple.bridges())
print(f"{len(components)} components, {parts['cutVertices']['totalCount']} cut vertices, {parts['bridges']['totalCount']} bridges, as igraph has them")

for resolution in (0.5, 1.0, 2.0):
    found = ask(f"{{ graph {{ communities(resolution: {resolution}, first: {len(ids)}) {{ quality nodes {{ members(first: {len(ids)}) {{ nodes {{ id }} }} }} }} }} }}")["communities"]
    membership = [0] * len(ids)
    for number, community in enumerate(found["nodes"]):
        members = [place[member["id"]] for member in community["members"]["nodes"]]
        for member in members:
            membership[member] = number
        assert len(members) < 2 or is_large or simple.induced_subgraph(members).is_connected(), community
    quality = simple.modularity(membership, weights="weight", resolution=resolution)
    assert abs(quality - found["quality"]) < CLOSE, (quality, found["quality"])
    tries = []
    for seed in range(3 if is_large else 20):
        random.seed(seed)
        leiden = simple.community_leiden("modularity", weights="weight", resolution=resolution, n_iterations=2)
        tries.append(simple.modularity(leiden, weights="weight", resolution=resolution))
    # As good as igraph's, which draws: no more than 0.005 below the best of its tries.
    assert quality >= max(tries) - 0.005, f"{quality} where igraph finds {max(tries)}"
    print(f"groups at resolution {resolution}: quality {quality:.4f}; igraph {min(tries):.4f} to {max(tries):.4f} in {len(tries)} tries")
