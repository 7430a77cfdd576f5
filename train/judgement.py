"""Fits the weights by which an assessment is told from a report.

    python3 eval/records.py GOLD --make-input > in.jsonl          (in ../shared)
    cargo xtask export-judgement in.jsonl statements.jsonl
    python3 train/judgement.py GOLD statements.jsonl --scripts ../shared/eval --out models/en/judgement.csv

GOLD: whole annotated articles, one a line. A printed statement is paired with the gold one that `records.py`
pairs it with; only gold that is clearly one of the two kinds counts. Logistic regression by full-batch AdaGrad,
deterministic. The features that state a judgement by themselves (`FREE`) are shrunk little, all others
strongly: some two hundred examples bear no more. `PRIOR` shifts the threshold towards a report, since the hands that
annotated the articles for fitting call more things assessments than others do.
"""

import argparse
import json
import math
import sys
from pathlib import Path

FREE = {"judged_in_words", "cue_assessment", "appearance", "able"}
FREE_SHRINKAGE, SHRINKAGE, STEPS, RATE, PRIOR = 0.5, 8.0, 250, 0.3, -0.3
KINDS = {"assessment": 1, "report": 0}


def examples(gold: Path, statements: Path, records) -> list[tuple[str, list[str], int]]:
    """(article, features, is it an assessment) of each paired statement that is printed as one of the two."""
    printed: dict[str, list[dict]] = {}
    for line in statements.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        printed.setdefault(record["article"]["key"], []).append(record)
    out = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        own = printed.get(article["doc"], [])
        pairs, _, _ = records.pair(article["text"], article["statements"], own)
        for i, wanted in enumerate(article["statements"]):
            kinds = {KINDS[k] for k in wanted["kind"] if k in KINDS}
            if i in pairs and len(kinds) == 1 and own[pairs[i]]["kind"] in KINDS:
                out.append((article["doc"], own[pairs[i]]["features"], kinds.pop()))
    return out


def fit(data: list[tuple[str, list[str], int]]) -> tuple[float, dict[str, float]]:
    """Bias and weights."""
    names = sorted({f for _, features, _ in data for f in features})
    weights, bias = dict.fromkeys(names, 0.0), 0.0
    seen, bias_seen = dict.fromkeys(names, 1e-6), 1e-6
    for _ in range(STEPS):
        slope = {n: (FREE_SHRINKAGE if n in FREE else SHRINKAGE) * weights[n] for n in names}
        bias_slope = 0.0
        for _, features, label in data:
            odds = bias + sum(weights[f] for f in features)
            error = 1 / (1 + math.exp(-odds)) - label
            bias_slope += error
            for f in features:
                slope[f] += error
        bias_seen += bias_slope**2
        bias -= RATE * bias_slope / math.sqrt(bias_seen)
        for n in names:
            seen[n] += slope[n] ** 2
            weights[n] -= RATE * slope[n] / math.sqrt(seen[n])
    return bias, weights


def right(data, bias: float, weights: dict[str, float]) -> float:
    """Share of examples read as they are annotated."""
    hits = [(bias + sum(weights.get(f, 0.0) for f in fs) > 0) == bool(y) for _, fs, y in data]
    return sum(hits) / max(1, len(hits))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("statements", type=Path)
    parser.add_argument("--scripts", type=Path, required=True, help="the folder with records.py")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=6)
    args = parser.parse_args()
    sys.path.insert(0, str(args.scripts))
    import records

    data = examples(args.gold, args.statements, records)
    articles = sorted({a for a, _, _ in data})
    crossed = 0.0
    for fold in range(args.folds):
        held = [e for e in data if articles.index(e[0]) % args.folds == fold]
        rest = [e for e in data if articles.index(e[0]) % args.folds != fold]
        crossed += right(held, *fit(rest)) * len(held)
    bias, weights = fit(data)
    print(f"{len(data)} examples; right in the same data {right(data, bias, weights):.3f}, crossed {crossed / len(data):.3f}")
    with args.out.open("w", encoding="utf-8") as out:
        out.write("feature,weight\n")
        out.write(f"bias,{bias + PRIOR:.3f}\n")
        for name in sorted(weights):
            out.write(f"{name},{weights[name]:.3f}\n")


if __name__ == "__main__":
    main()
