#!/usr/bin/env python3
"""Fits models/en/factuality.tsv, the weights of factuality.  Python 3.11 with numpy; one core, half a minute.

  cargo xtask export-factuality CORPORA FOLDER     # what the product sees around each annotated predicate
  python3 train/factuality.py FOLDER models/en/factuality.tsv

Two linear readings of a predicate's features. WEB: ridge regression on UDS-IH2 train, all features that occur often enough. NEWS: the
same verdict by halves and the closed classes of grammar (tags, relations, helpers, marks, negation, classes of embedding words), fitted
on MEANTIME train (CC BY 4.0). UW, whose licence lets no number ship, is measured and never learnt from. A sentence's register, a logistic regression on some twenty
cues, blends them. The dev parts are only printed.
"""
import collections, math, re, sys
from pathlib import Path
import numpy as np

RARE_WEB, RARE_NEWS, RIDGE_WEB, RIDGE_NEWS, NOUN_SHARE = 4, 12, 20.0, 10.0, 0.95
# How far the blend leans to news, in the exponent of the register: so little that only nouns are read by it. MEANTIME is small and has few denials.
LEAN = -20.0
CLOSED = re.compile(r"(upos=|rel=|form=\S+$|form=\S+ rel=|not$|under-|has-if|question$|top$|person=\w+( |$)|aux=[a-z']+$|aux=[a-z']+ not=|mark=\w+( |$)|subj=\S+$|in\d? )")

def load(folder, name):
    """Labels, features and sentence of each predicate; register cues of each sentence."""
    labels, features, sentence, cues = [], [], [], {}
    for line in open(folder / f'{name}.tsv'):
        cells = line.rstrip('\n').split('\t')
        if cells[0] == 'register': cues[int(cells[1])] = {k: float(v) for k, v in (c.rsplit('=', 1) for c in cells[2:])}
        else: labels.append(float(cells[0])); sentence.append(int(cells[1])); features.append(cells[2:])
    return np.array(labels), features, np.array(sentence), cues

def vocabulary(rows, rare):
    counts = collections.Counter(f for row in rows for f in set(row))
    return {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= rare))}

def sparse(rows, vocab):
    rows = [np.array([vocab[f] for f in row if f in vocab], dtype=np.int64) for row in rows]
    return np.concatenate(rows), np.cumsum([0] + [len(r) for r in rows])

def predict(weights, bias, matrix):
    index, ends = matrix; sums = np.concatenate([[0], np.cumsum(weights[index])])
    return bias + sums[ends[1:]] - sums[ends[:-1]]

def ridge(matrix, y, n, penalty, steps=80):
    """Ridge regression by conjugate gradients; the bias is the mean."""
    index, ends = matrix; rows = np.repeat(np.arange(len(y)), np.diff(ends)); bias = y.mean()
    back = lambda r: np.bincount(index, weights=r[rows], minlength=n)
    apply = lambda w: back(predict(w, 0, matrix)) + penalty * w
    w = np.zeros(n); left = back(y - bias); step = left.copy(); size = left @ left
    for _ in range(steps):
        moved = apply(step); a = size / (step @ moved); w += a * step; left -= a * moved; new = left @ left
        if new < 1e-4: break
        step = left + new / size * step; size = new
    return w, bias

def logistic(x, y):
    """Both classes weigh the same."""
    scale = np.where(y == 1, len(y) / 2 / y.sum(), len(y) / 2 / (len(y) - y.sum())); w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x * (scale * p * (1 - p))[:, None]).T @ x + np.eye(len(w)), x.T @ (scale * (y - p)) - w)
    return w

STEPS = ['web=-6', 'web=-5', 'web=-4', 'web=-3', 'web=-2', 'web=-1', 'web=0', 'web=1', 'web=2', 'web=3', 'web=4', 'web=5', 'web=6']
def half(v): return STEPS[min(max(math.floor(max(-3.0, min(3.0, v)) * 2) + 6, 0), 12)]
def closed(row): return [f for f in row if CLOSED.match(f)]
def noun(row): return any(f in ('upos=NOUN', 'upos=PROPN') for f in row) and not any(f.startswith('aux=be') for f in row) and any(f.startswith('subj=- ') for f in row)
def measure(y, p): return f'r {np.corrcoef(y, p)[0, 1]:.3f} MAE {np.mean(np.abs(y - p)):.3f}'

def main(folder, out):
    sets = {n: load(folder, n) for n in ('uds_ih2-train', 'uds_ih2-dev', 'meantime-train', 'meantime-dev', 'uw-dev')}
    y, x, sentence, _ = sets['uds_ih2-train']; vocab = vocabulary(x, RARE_WEB)
    web, web_bias = ridge(sparse(x, vocab), y, len(vocab), RIDGE_WEB)
    verdict = {n: np.clip(predict(web, web_bias, sparse(s[1], vocab)), -3, 3) for n, s in sets.items()}
    rows = {n: [closed(r) + [half(v)] for r, v in zip(sets[n][1], verdict[n])] for n in sets}
    small = vocabulary(rows['meantime-train'], RARE_NEWS)
    news, news_bias = ridge(sparse(rows['meantime-train'], small), sets['meantime-train'][0], len(small), RIDGE_NEWS)
    edited = {n: np.clip(predict(news, news_bias, sparse(r, small)), -3, 3) for n, r in rows.items()}
    names = sorted(next(iter(sets['meantime-train'][3].values())))
    matrix = {n: {i: np.array([c[k] for k in names]) for i, c in s[3].items()} for n, s in sets.items()}
    a, b = (np.array(list(matrix[n].values())) for n in ('uds_ih2-train', 'meantime-train'))
    register = logistic(np.concatenate([a, b]), np.concatenate([np.zeros(len(a)), np.ones(len(b))]))
    register[names.index('register bias')] += LEAN
    for n, (labels, features, at, _) in sets.items():
        share = np.array([1 / (1 + math.exp(-matrix[n][i] @ register)) for i in at])
        share = np.where([noun(r) for r in features], np.maximum(share, NOUN_SHARE), share)
        print(f'{n:15} web {measure(labels, verdict[n])}  news {measure(labels, edited[n])}  both {measure(labels, verdict[n] * (1 - share) + edited[n] * share)}')
    table = {f: [web[i], 0.0] for f, i in vocab.items() if abs(web[i]) >= 5e-4}
    for f, i in small.items(): table.setdefault(f, [0.0, 0.0])[1] = news[i]
    table['bias'] = [web_bias, news_bias]
    for name, weight in zip(names, register): table[name] = [0.0, weight]
    with open(out, 'w') as file:
        file.write('# feature\tweb\tnews: see factuality.md; written by train/factuality.py\n')
        for f in sorted(table): file.write(f'{f}\t{table[f][0]:.3f}\t{table[f][1]:.3f}\n')
    print(f'{len(vocab)} web, {len(small)} news, {len(names)} register weights')

if __name__ == '__main__': main(Path(sys.argv[1]), Path(sys.argv[2]))
