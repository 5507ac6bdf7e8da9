//! A part of the graph in the formats of other tools: one file per format, and the list of them.
//!
//! A format is given what it shall write as plain [`Contents`] and writes record by record; it never holds the whole
//! text. What shall be written is worked out above, where graphs and views are known; TOML is the form of `data/`, which
//! `dataset` writes. Output is sorted by id: equal contents give equal bytes.

mod contents;
mod csv;
mod cytoscape;
mod dot;
mod fields;
mod files;
mod gexf;
mod graphml;
mod json;
mod node_link;
mod rdf;
mod xml;

use std::io::{self, Write};
use std::str::FromStr;

pub use contents::{Contents, Link, Node, Place, Tie};
pub use files::{Files, Folder, Zip};
pub use rdf::Base;

use crate::model::violation::Violation;

/// A form in which the graph can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// GraphML.
    GraphMl,
    /// GEXF 1.3.
    Gexf,
    /// The JSON of Cytoscape and Cytoscape.js.
    Cytoscape,
    /// The node-link JSON of networkx.
    NodeLink,
    /// Tables.
    Csv,
    /// JSON-LD.
    JsonLd,
    /// Turtle.
    Turtle,
    /// N-Quads.
    NQuads,
    /// DOT of Graphviz.
    Dot,
    /// The form of `data/`.
    Toml,
}

/// What a format is called, and what it cannot hold.
pub struct FormatSpec {
    /// Its name on the command line and in addresses.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// The media type of one file; a format of several files travels as `application/zip`.
    pub media_type: &'static str,
    /// The ending of a file's name, without the dot.
    pub ending: &'static str,
    /// Whether it is several files: a folder, or a zip.
    pub is_several_files: bool,
    /// What of the graph it does not hold; empty where it holds everything.
    pub lost: &'static str,
}

/// All formats, in the order of the documentation.
pub const FORMATS: [Format; 10] = [
    Format::GraphMl,
    Format::Gexf,
    Format::Cytoscape,
    Format::NodeLink,
    Format::Csv,
    Format::JsonLd,
    Format::Turtle,
    Format::NQuads,
    Format::Dot,
    Format::Toml,
];

impl Format {
    /// What it is called, and what it cannot hold.
    pub fn spec(self) -> &'static FormatSpec {
        macro_rules! spec {
            ($name:literal, $title:literal, $media_type:literal, $ending:literal, $is_several_files:literal, $lost:literal) => {
                &FormatSpec {
                    name: $name,
                    title: $title,
                    media_type: $media_type,
                    ending: $ending,
                    is_several_files: $is_several_files,
                    lost: $lost,
                }
            };
        }
        match self {
            Self::GraphMl => spec!(
                "graphml",
                "GraphML, for Gephi, yEd, igraph, networkx",
                "application/graphml+xml",
                "graphml",
                false,
                "nothing; lists are JSON in one field"
            ),
            Self::Gexf => spec!(
                "gexf",
                "GEXF 1.3 with time, for Gephi",
                "application/gexf+xml",
                "gexf",
                false,
                "the documents' own records; lists are JSON in one field"
            ),
            Self::Cytoscape => {
                spec!("cytoscape", "JSON of Cytoscape.js and Cytoscape", "application/json", "cyjs", false, "nothing")
            }
            Self::NodeLink => {
                spec!("node-link", "node-link JSON of networkx and d3", "application/json", "json", false, "nothing")
            }
            Self::Csv => spec!(
                "csv",
                "tables of nodes, edges and documents",
                "text/csv",
                "csv",
                true,
                "nothing; lists are JSON in one cell"
            ),
            Self::JsonLd => {
                spec!("jsonld", "JSON-LD: schema.org, W3C ORG, PROV", "application/ld+json", "jsonld", false, "nothing")
            }
            Self::Turtle => spec!("turtle", "RDF as Turtle", "text/turtle", "ttl", false, "nothing"),
            Self::NQuads => spec!("nquads", "RDF as N-Quads", "application/n-quads", "nq", false, "nothing"),
            Self::Dot => spec!(
                "dot",
                "DOT of Graphviz",
                "text/vnd.graphviz",
                "dot",
                false,
                "the documents' own records; lists are JSON in one attribute"
            ),
            Self::Toml => spec!(
                "toml",
                "the form of data/, read back by load",
                "application/toml",
                "toml",
                true,
                "the places of nodes"
            ),
        }
    }

    /// Whether it holds the ties of a projection.
    pub fn holds_ties(self) -> bool {
        match self {
            Self::GraphMl | Self::NodeLink | Self::Csv => true,
            Self::Gexf | Self::Cytoscape | Self::JsonLd | Self::Turtle | Self::NQuads | Self::Dot | Self::Toml => false,
        }
    }

    /// Its name on the command line and in addresses.
    pub fn name(self) -> &'static str {
        self.spec().name
    }
}

impl FromStr for Format {
    type Err = Violation;

    fn from_str(text: &str) -> Result<Self, Violation> {
        FORMATS.into_iter().find(|format| format.name() == text).ok_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            let names: Vec<&str> = FORMATS.iter().map(|format| format.name()).collect();
            Violation::new(format!("\"{shown}\" is no format of export"), format!("use one of {}", names.join(", ")))
        })
    }
}

/// How something can be written, by its format.
pub enum Exporter {
    /// As one text.
    One(fn(&dyn Contents, &Base, &mut dyn Write) -> io::Result<()>),
    /// As several files.
    Several(fn(&dyn Contents, &mut dyn Files) -> io::Result<()>),
    /// As the files of `data/`, which `dataset` writes from a state.
    Data,
}

impl Format {
    /// How it is written.
    pub fn exporter(self) -> Exporter {
        match self {
            Self::GraphMl => Exporter::One(|contents, _, out| graphml::write(contents, out)),
            Self::Gexf => Exporter::One(|contents, _, out| gexf::write(contents, out)),
            Self::Cytoscape => Exporter::One(|contents, _, out| cytoscape::write(contents, out)),
            Self::NodeLink => Exporter::One(|contents, _, out| node_link::write(contents, out)),
            Self::Csv => Exporter::Several(csv::write),
            Self::JsonLd => Exporter::One(rdf::write_json_ld),
            Self::Turtle => Exporter::One(rdf::write_turtle),
            Self::NQuads => Exporter::One(rdf::write_n_quads),
            Self::Dot => Exporter::One(|contents, _, out| dot::write(contents, out)),
            Self::Toml => Exporter::Data,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_follows_the_declaration_and_names_are_read_back() {
        for (position, format) in FORMATS.into_iter().enumerate() {
            assert_eq!(format as usize, position);
            assert_eq!(format.name().parse::<Format>().unwrap(), format);
        }
        assert!("xlsx".parse::<Format>().unwrap_err().remedy.contains("graphml, gexf"));
    }
}
