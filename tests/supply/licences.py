#!/usr/bin/env python3
"""The list of crates that a sayso may hold, with their licences: what `sayso --licences` prints.

    cargo metadata --locked --format-version 1 | python3 tests/supply/licences.py > docs/licences.tsv
    cargo metadata --locked --format-version 1 | python3 tests/supply/licences.py --check docs/licences.tsv
"""

import json
import sys

tree = json.load(sys.stdin)
rows = sorted({(p["name"], p["version"], p["license"] or "none stated") for p in tree["packages"] if p["source"]})
text = "".join("\t".join(row) + "\n" for row in rows)
if sys.argv[1:2] == ["--check"]:
    with open(sys.argv[2], encoding="utf-8") as file:
        if file.read() != text:
            sys.exit(f"{sys.argv[2]} is not that of Cargo.lock: make it again by the first command in tests/supply/licences.py")
    print(f"{len(rows)} crates are listed with their licences")
else:
    sys.stdout.write(text)
