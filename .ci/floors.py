"""Compares the scores of `records.py` with the floors: floors.py FLOORS.toml SCORES.json."""

import json
import sys
import tomllib

with open(sys.argv[1], "rb") as f:
    floors = tomllib.load(f)
with open(sys.argv[2], encoding="utf-8") as f:
    scores = json.load(f)["scores"]
below = []
for section, sign in (("gold", 1), ("gold_at_most", -1)):
    for name, bound in floors[section].items():
        got = 100 * scores[name]["share"]
        mark = "" if sign * (got - bound) >= 0 else "  <-- past its bound"
        print(f"{name:16} {got:6.2f}  ({'at least' if sign > 0 else 'at most'} {bound}){mark}")
        below += [name] if mark else []
if below:
    sys.exit(f"past their bounds: {', '.join(below)}")
