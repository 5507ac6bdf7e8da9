//! The node-link JSON of networkx: `networkx.node_link_graph(json.load(file), edges="edges")`.

use std::io::{self, Write};

use super::contents::Contents;
use super::json::{self, LinkData, NodeData, TieData};

/// Writes the contents; the documents are among the attributes of the graph.
pub(super) fn write(contents: &dyn Contents, out: &mut dyn Write) -> io::Result<()> {
    let ties = contents.ties();
    let directed = ties.is_none();
    write!(out, "{{\"directed\":{directed},\"multigraph\":{directed},")?;
    write!(out, "\"graph\":{{\"revision\":{},", contents.revision())?;
    out.write_all(b"\"documents\":")?;
    json::items(out, contents.documents(), |out, document| json::value(out, &**document))?;
    out.write_all(b"},\n\"nodes\":")?;
    json::items(out, contents.nodes(), |out, node| json::value(out, &NodeData::new(&node)))?;
    out.write_all(b",\n\"edges\":")?;
    match ties {
        Some(ties) => json::items(out, ties, |out, tie| json::value(out, &TieData::new(&tie)))?,
        None => json::items(out, contents.links(), |out, link| json::value(out, &LinkData::with_key(&link)))?,
    }
    out.write_all(b"}\n")
}
