"""Compares the shortest and the strongest paths that GraphQL answers with those that networkx finds.

networkx has no shortest_simple_paths for parallel edges, so every relationship is a node between its two ends: its
paths are then those of the graph with parallel relationships, and a step is two edges.
"""

import itertools
import json
import math
import subprocess
import sys

import networkx

PROGRAM, STORE = sys.argv[1:]
PAGE = """query Page($after: String) { graph { relationships(first: 500, after: $after) {
  pageInfo { hasNextPage endCursor } nodes { id kind strength since until source { id kind } target { id kind } } } } }"""
PATHS = """query Paths($from: ID!, $to: ID!, $k: Int!) { graph {
  shortest: paths(from: [$from], to: [$to], select: SHORTEST_K, k: $k, maxLength: 12, first: 100, avoid: { kinds: [TOPIC] }) {
    nodes { length steps { relationship { id } } } }
  strongest: paths(from: [$from], to: [$to], select: STRONGEST, k: $k, maxLength: 12, first: 100, avoid: { kinds: [TOPIC] }
      weights: { step: 0.75, inferred: 0.4, halfLife: null, kinds: [{ kind: PARTICIPATED_IN, weight: 0.5 }] }) {
    nodes { score } } } }"""


def ask(query, **variables):
    command = [PROGRAM, "query", query, "--variables", json.dumps(variables), "--data-dir", STORE]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert "errors" not in answer, answer
    return answer["data"]["graph"]


def relationships():
    after = None
    while True:
        page = ask(PAGE, after=after)["relationships"]
        yield from page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def share(one):
    return 0.75 * (0.4 if one["strength"] == "INFERRED" else 1) * (0.5 if one["kind"] == "PARTICIPATED_IN" else 1)


graph, topics, kinds = networkx.Graph(), set(), {}
for one in relationships():
    for end in (one["source"], one["target"]):
        kinds[end["id"]] = end["kind"]
    if "TOPIC" in (one["source"]["kind"], one["target"]["kind"]):
        continue
    step = "step " + one["id"]
    for end in (one["source"], one["target"]):
        graph.add_edge(end["id"], step, weight=-math.log(share(one)) / 2)



def prefix(paths, k, limit):
    """The lengths of the first k of the paths that have at most so many steps."""
    return list(itertools.islice(itertools.takewhile(lambda length: length <= limit, paths), k))



compared, K = 0, 12
organizations = sorted(name for name, kind in kinds.items() if kind in ("UNIVERSITY", "HOSPITAL") and name in graph)
for source, target in itertools.combinations(organizations[::2], 2):
    if not networkx.has_path(graph, source, target):
        continue
    answer = ask(PATHS, **{"from": source, "to": target, "k": K})
    found = answer["shortest"]["nodes"]
    lengths = ((len(path) - 1) // 2 for path in networkx.shortest_simple_paths(graph, source, target))
    assert [path["length"] for path in found] == prefix(lengths, K, 12), (source, target)
    assert len({tuple(s["relationship"]["id"] for s in path["steps"]) for path in found}) == len(found)

    best = networkx.shortest_simple_paths(graph, source, target, weight="weight")
    short = (path for path in itertools.islice(best, 200) if len(path) <= 25)
    scores = [math.exp(-networkx.path_weight(graph, path, "weight")) for path in itertools.islice(short, K)]
    assert len(answer["strongest"]["nodes"]) == len(scores), (source, target)
    for path, score in zip(answer["strongest"]["nodes"], scores):
        assert abs(path["score"] - score) < 1e-6, (source, target, path, score)
    compared += len(found) + len(scores)
assert compared > 300, compared
print(f"paths by networkx: {compared} paths have the lengths and strengths that GraphQL gives")
