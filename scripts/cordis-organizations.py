"""Reads the organizations of CORDIS project files out of a tar archive into a tab-separated table.

usage: zstd -dc --long=27 horizon-projects-xml.tar.zst | python3 scripts/cordis-organizations.py > organizations.tsv
"""

import html
import re
import sys
import tarfile

COLUMNS = ["pic", "name", "shortName", "country", "city", "street", "url", "activity"]
ORGANIZATION = re.compile(r"<organization [^>]*>(.*?)</organization>", re.S)
ACTIVITY = re.compile(r"organizationActivityType.*?<code>(.*?)</code>", re.S)


def field(text, tag):
    found = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.S)
    return " ".join(html.unescape(found.group(1)).split()) if found else ""


def organizations(archive):
    """The last record of each participant code."""
    known = {}
    for member in archive:
        if not member.name.endswith(".xml"):
            continue
        text = archive.extractfile(member).read().decode("utf-8")
        for record in ORGANIZATION.findall(text):
            head = record.split("<categories>")[0]
            activity = ACTIVITY.search(record)
            row = [field(head, tag) for tag in ["id", "legalName", "shortName", "country", "city", "street", "url"]]
            known[row[0]] = row + [activity.group(1) if activity else ""]
    return known


if __name__ == "__main__":
    with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as archive:
        rows = organizations(archive)
    print("\t".join(COLUMNS))
    for key in sorted(rows):
        print("\t".join(rows[key]))
