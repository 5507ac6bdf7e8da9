// Reads exports in a folder with graphology and Cytoscape.js, and compares what they find with the node-link JSON, which
// read.py has compared with what GraphQL answers.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import cytoscape from "cytoscape";
import graphology from "graphology";
import gexf from "graphology-gexf";
import * as graphml from "graphology-graphml";

const folder = process.argv[2];
const read = (name) => readFileSync(join(folder, name), "utf8");
const expected = JSON.parse(read("all.node-link"));

const nodeRow = (id, data) => [id, data.kind, data.name, data.since || "", data.until || "", data.citations];
const edgeRow = (id, source, target, data) =>
  [id, source, data.kind, target, data.role || "", data.on_behalf_of || "", data.since || "", data.until || "", data.citations];
const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();
const wanted = {
  nodes: sorted(expected.nodes.map((node) => nodeRow(node.id, node))),
  edges: sorted(expected.edges.map((edge) => edgeRow(edge.key, edge.source, edge.target, edge))),
};

function compare(name, nodes, edges) {
  assert.deepEqual(sorted(nodes), wanted.nodes, `${name}: entities differ`);
  assert.deepEqual(sorted(edges), wanted.edges, `${name}: relationships differ`);
  console.log(`${name}: ${nodes.length} entities, ${edges.length} relationships`);
}

function compareGraph(name, graph) {
  const plain = (data) => ({ ...data, citations: JSON.parse(data.citations) });
  compare(
    name,
    graph.mapNodes((id, data) => nodeRow(id, plain(data))),
    graph.mapEdges((id, data, source, target) => edgeRow(id, source, target, plain(data))),
  );
}

const options = { addMissingNodes: false };
compareGraph("gexf by graphology", gexf.parse(graphology.MultiDirectedGraph, read("all.gexf"), options));
const parseGraphml = graphml.parse ?? graphml.default.parse;
compareGraph("graphml by graphology", parseGraphml(graphology.MultiDirectedGraph, read("all.graphml"), options));

const drawn = cytoscape({ headless: true, elements: JSON.parse(read("all.cytoscape")).elements });
compare(
  "cytoscape by Cytoscape.js",
  drawn.nodes().map((node) => nodeRow(node.id(), node.data())),
  drawn.edges().map((edge) => edgeRow(edge.id(), edge.data("source"), edge.data("target"), edge.data())),
);
