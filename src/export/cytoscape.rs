//! The JSON of Cytoscape.js and Cytoscape: `cytoscape({ elements: file.elements })`.

use std::io::{self, Write};

use serde::Serialize;

use super::contents::Contents;
use super::json::{self, LinkData, NodeData};

/// How many of its units a drawing reaches from its middle.
const REACH: f64 = 500.0;

#[derive(Serialize)]
struct NodeElement<'a> {
    data: NodeData<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Position>,
}

/// Rightwards and, other than everywhere else here, downwards.
#[derive(Serialize)]
struct Position {
    x: f64,
    y: f64,
}

#[derive(Serialize)]
struct EdgeElement<'a> {
    data: LinkData<'a>,
}

/// Writes the contents; the documents are among the data of the graph.
pub(super) fn write(contents: &dyn Contents, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(
        b"{\"format_version\":\"1.0\",\"generated_by\":\"consortia\",\"target_cytoscapejs_version\":\"~3\",\n",
    )?;
    write!(out, "\"data\":{{\"name\":\"Consortia\",\"revision\":{},\"documents\":", contents.revision())?;
    json::items(out, contents.documents(), |out, document| json::value(out, &**document))?;
    out.write_all(b"},\n\"elements\":{\"nodes\":")?;
    json::items(out, contents.nodes(), |out, node| {
        let position = node.place.map(|place| Position { x: place.x * REACH, y: place.y * -REACH + 0.0 });
        json::value(out, &NodeElement { data: NodeData::unplaced(&node), position })
    })?;
    out.write_all(b",\n\"edges\":")?;
    json::items(out, contents.links(), |out, link| json::value(out, &EdgeElement { data: LinkData::with_id(&link) }))?;
    out.write_all(b"}}\n")
}
