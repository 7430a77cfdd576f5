#!/usr/bin/env python3
"""Fits data/en/worth.toml (how likely a printed statement is right) on whole records, in one command:

  cargo xtask export-worth ARTICLES.jsonl > read.jsonl      for each GOLD, from `records.py GOLD --make-input`
  train/worth.py GOLD.jsonl READ.jsonl [GOLD READ …] > worth.toml

and then moves the file to data/en/ (the program embeds it when it is built). Needs numpy, and the evaluators' records.py on
PYTHONPATH. Repeat it whenever attributions or speakers change: the features depend on both.

A statement is right when records.py pairs it with one of the gold's and its speaker is right; a part of a quotation that is
told in pieces is left out. The judge's own odds keep the weight 1 and get no constant: the rules were made on these articles, which
are more often right than others. The other weights of a logistic regression, none above zero, maximise the probability of what
is right, with a pull towards zero. Goes to stderr: for each tenth of the
confidence how many are right, from a cross-validation over articles (five parts).
"""
import collections, re, sys
import numpy as np
import records as R

PULL, PARTS, STEPS = 2, 5, 100
NAMES = re.findall(r'^    \w+ "(\w+)",$', open('crates/statement/src/worth.rs', encoding='utf-8').read(), re.M)

def rows(gold, read):
    of = collections.defaultdict(list)
    for r in R.read_jsonl(read): of[r['article']['key']].append(r)
    for d in R.read_jsonl(gold):
        printed = of[d['doc']]; pairs, cs, wholes = R.pair(d['text'], d['statements'], printed); back = {j: i for i, j in pairs.items()}
        for j, p in enumerate(printed):
            speaker = p.get('speaker')
            part = j not in back and any(i in pairs and 5 * len(cs[j] & wholes[i]) >= 4 * len(cs[j]) and R.speaker_right(g, speaker) for i, g in enumerate(d['statements']))
            if not part: yield d['doc'], p['features'], j in back and R.speaker_right(d['statements'][back[j]], speaker)

def newton(x, y, free):
    """The weights that are free; `judged` is 1, the others are 0."""
    w = np.zeros(x.shape[1]); w[NAMES.index('judged')] = 1; at = [NAMES.index(name) for name in free]
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ w)); g = x[:, at].T @ (p - y) + PULL * w[at]; h = (x[:, at] * (p * (1 - p))[:, None]).T @ x[:, at] + PULL * np.eye(len(at))
        step = np.linalg.solve(h, g); w[at] -= step
        if np.abs(step).max() < 1e-9: break
    return w

def fit(x, y):
    """Only reasons for doubt: what would raise the judge's confidence is left out, one after the other, the strongest first."""
    free = [name for name in NAMES if name not in ('judged', 'constant')]
    while True:
        w = newton(x, y, free); most = max(free, key=lambda name: w[NAMES.index(name)])
        if w[NAMES.index(most)] <= 0: return w
        free.remove(most)

def main(paths):
    data = [r for gold, read in zip(paths[::2], paths[1::2]) for r in rows(gold, read)]
    docs = sorted({d for d, _, _ in data}); part = {d: i % PARTS for i, d in enumerate(docs)}
    x = np.array([f for _, f, _ in data], float); y = np.array([r for _, _, r in data], float); of = np.array([part[d] for d, _, _ in data]); p = np.zeros(len(y))
    for k in range(PARTS): w = fit(x[of != k], y[of != k]); p[of == k] = 1 / (1 + np.exp(-x[of == k] @ w))
    for low in range(10):
        at = (p >= low / 10) & (p < (low + 1) / 10 + (low == 9))
        if at.any(): print(f'{low / 10:.1f}: {int(at.sum()):4}, said {p[at].mean():.3f}, right {y[at].mean():.3f}', file=sys.stderr)
    raw = 1 / (1 + np.exp(-x[:, NAMES.index('judged')])); loss = lambda q: -np.mean(y * np.log(q) + (1 - y) * np.log(1 - q))
    print(f'log loss {loss(p):.3f}, of the judge alone {loss(raw):.3f}; {len(y)} statements, {y.mean():.3f} right; at .8: {int((p >= .8).sum())}, {y[p >= .8].mean():.3f} right', file=sys.stderr)
    print('# How likely a statement is right, as a logistic regression over its features (crates/statement/src/worth.rs).\n# Fitted by train/worth.py on whole records (the training gold).\n\n[weights]')
    for name, value in zip(NAMES, fit(x, y)): print(f'{name} = {value:.3f}')

if __name__ == '__main__': main(sys.argv[1:])
