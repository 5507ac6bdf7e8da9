"""Reads the bibliographies of a cited answer with bibtexparser and citeproc-py, and compares them with its documents."""

import json
import subprocess
import sys

import bibtexparser
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

PROGRAM, STORE = sys.argv[1:]
QUERY = """query All_of_it { graph { statistics { documents }
  citation { token url documents { id title url } bibtex: text(style: BIBTEX) csl: text(style: CSL_JSON) apa: text } } }"""

HERE = "https://consortia.example.org"

command = [PROGRAM, "query", QUERY, "--data-dir", STORE, "--public-url", HERE]
answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
citation = answer["data"]["graph"]["citation"]
documents = {document["id"]: document for document in citation["documents"]}
own = "consortia-" + citation["token"]
assert documents

library = bibtexparser.parse_string(citation["bibtex"])
assert not library.failed_blocks, library.failed_blocks
entries = {entry.key: entry for entry in library.entries}
assert set(entries) == {own, *documents}, set(entries) ^ {own, *documents}
assert entries[own]["url"] == citation["url"] == f"{HERE}/cite/{citation['token']}"
plain = lambda text: text.strip("{}").replace("\\", "")
for key, document in documents.items():
    assert plain(entries[key]["title"]) == document["title"].replace("\\", ""), (entries[key]["title"], document["title"])
    assert ("url" in entries[key]) == (document["url"] is not None)

items = json.loads(citation["csl"])
assert {item["id"] for item in items} == {own, *documents}
source = CiteProcJSON(items)
style = CitationStylesStyle("harvard-cite-them-right", validate=False)
bibliography = CitationStylesBibliography(style, source, formatter.plain)
for item in items:
    bibliography.register(Citation([CitationItem(item["id"])]))
written = "\n".join(str(line) for line in bibliography.bibliography())
for document in documents.values():
    assert document["title"][:30] in written, (document["title"], written)
assert citation["token"] in written
assert len(citation["apa"].splitlines()) == len(items)
print(f"{len(items)} entries of a bibliography in three forms, read by bibtexparser and citeproc-py")
