#!/usr/bin/env python3
"""What the binary is made of: licences that may be passed on, and no version with a known hole.

    cargo metadata --locked --format-version 1 | python3 tests/supply/check.py tests/supply/advisories.csv

Offline: advisories are a list in the tree (`crate,fixed_in,id,what`), to which each one that concerns a crate
of ours is added. A crate that is in the tree in two versions is told as well, but for those named below.
"""

import csv
import json
import re
import sys

LICENCES = {
    "MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Zlib", "0BSD",
    "Unlicense", "Unicode-3.0", "CC0-1.0", "CDLA-Permissive-2.0", "BSL-1.0", "MIT-0",
}
# Two versions are in the tree, and who brings the older one.
TWICE = {
    "base64": "mailparse, by charset",
    "cpufeatures": "sha2 0.10",
    "getrandom": "ring",
    "phf": "chrono-tz, with Arrow; the newer one html5ever, for tests alone",
    "phf_shared": "as phf",
    "r-efi": "ring's getrandom, on UEFI alone",
    "syn": "divan, for benchmarks alone",
    "windows-sys": "ring's and ureq's, on Windows alone",
}


def allowed(expression):
    """True where an SPDX expression offers a way through the allowed licences."""
    words = re.findall(r"\(|\)|\bOR\b|\bAND\b|[^\s()/]+(?: WITH [^\s()]+)?|/", expression)
    at = 0

    def either():
        nonlocal at
        found = both()
        while at < len(words) and words[at] in ("OR", "/"):
            at += 1
            found = both() or found
        return found

    def both():
        nonlocal at
        found = one()
        while at < len(words) and words[at] == "AND":
            at += 1
            found = one() and found
        return found

    def one():
        nonlocal at
        word = words[at]
        at += 1
        if word == "(":
            found = either()
            at += 1
            return found
        return word in LICENCES

    return either()


def number(version):
    return tuple(int(part) for part in re.match(r"\d+(?:\.\d+)*", version).group().split("."))


def main():
    tree = json.load(sys.stdin)
    wrong = []
    packages = [package for package in tree["packages"] if package["source"]]
    for package in packages:
        name = f"{package['name']} {package['version']}"
        licence = package["license"]
        if not licence or not allowed(licence):
            wrong.append(f"{name}: its licence is not one that may be passed on: {licence}")
    with open(sys.argv[1], encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            for package in packages:
                if package["name"] == row["crate"] and number(package["version"]) < number(row["fixed_in"]):
                    wrong.append(f"{package['name']} {package['version']}: {row['id']}: {row['what']}; "
                                 f"fixed in {row['fixed_in']}")
    versions = {}
    for package in packages:
        versions.setdefault(package["name"], set()).add(package["version"])
    for name, found in sorted(versions.items()):
        if len(found) > 1 and name not in TWICE:
            wrong.append(f"{name}: in the tree more than once: {', '.join(sorted(found))}")
    for name in TWICE:
        if len(versions.get(name, ())) < 2:
            wrong.append(f"{name}: in the tree once, and listed as there twice")
    # The check can fail: what it must refuse is refused.
    assert not allowed("GPL-3.0-only") and not allowed("MIT AND GPL-2.0") and allowed("GPL-2.0 OR MIT")
    assert allowed("(MIT OR Apache-2.0) AND Unicode-3.0") and allowed("MIT/Apache-2.0")
    for line in wrong:
        print(line)
    print(f"{len(packages)} crates: {len(wrong)} to look at")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
