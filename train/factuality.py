#!/usr/bin/env python3
"""Fits models/en/factuality.tsv, the weights of factuality.  Python 3.11 with numpy; one core, a minute.

  cargo xtask export-factuality CORPORA FOLDER     # what the product sees around each annotated predicate
  python3 train/factuality.py FOLDER models/en/factuality.tsv

Two linear readings of a predicate's features. WEB, for verbs and other predicates: ridge regression on UDS-IH2 train, all features that
occur often enough. NEWS, for nouns that are no predicates: the same verdict by halves and the closed classes of grammar (tags, relations,
helpers, marks, negation, classes of embedding words), fitted on MEANTIME train (CC BY 4.0); a noun stands in the middle of both. WEB's sums are
turned into readings by a CURVE of thirteen knots, fitted on held-out fifths of UDS-IH2 train. What is plainly denied stands at DENIED at most,
what is possible at POSSIBLE at least. UW, whose licence lets no number ship, is measured and never learnt from. The dev parts are only printed.
"""
import collections, math, re, sys
from pathlib import Path
import numpy as np

RARE_WEB, RARE_NEWS, RIDGE_WEB, RIDGE_NEWS, DENIED, POSSIBLE, KNOTS = 4, 12, 20.0, 10.0, -1.25, -1.0, 13
CLOSED = re.compile(r"(upos=|rel=|form=\S+$|form=\S+ rel=|not$|under-|has-if|question$|top$|person=\w+( |$)|aux=[a-z']+$|aux=[a-z']+ not=|mark=\w+( |$)|subj=\S+$|in\d? )")

def load(folder, name):
    """Labels and features of each predicate."""
    labels, features = [], []
    for line in open(folder / f'{name}.tsv'):
        cells = line.rstrip('\n').split('\t'); labels.append(float(cells[0])); features.append(cells[1:])
    return np.array(labels), features

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

STEPS = ['web=-6', 'web=-5', 'web=-4', 'web=-3', 'web=-2', 'web=-1', 'web=0', 'web=1', 'web=2', 'web=3', 'web=4', 'web=5', 'web=6']
def half(v): return STEPS[min(max(math.floor(max(-3.0, min(3.0, v)) * 2) + 6, 0), 12)]
def closed(row): return [f for f in row if CLOSED.match(f)]
def noun(row): return any(f in ('upos=NOUN', 'upos=PROPN') for f in row) and not any(f.startswith('aux=be') for f in row) and any(f.startswith('subj=- ') for f in row)
def helpers(row): return [f[4:] for f in row if f.startswith('aux=') and ' ' not in f]
def told(row): return 'not' in row and 'question' not in row and helpers(row) and all(h.startswith(('do/', 'have/', 'be/')) and h != 'do/VB' for h in helpers(row))
def denied(row): return bool(told(row)) or any(f.startswith('in xcomp negative ') for f in row)
def possible(row): return any('aux=' + m in row for m in ('may', 'might', 'could')) and 'not' not in row and 'question' not in row

def curve(x, y, vocab, folds=5):
    """What readers make of a verdict: knots (verdict, half way from the labels' mean to their median) over equal shares of
    verdicts on predicates that were held out."""
    order = np.random.RandomState(0).permutation(len(y)); out = np.zeros(len(y))
    for k in range(folds):
        held = order[k::folds]; rest = np.setdiff1d(order, held)
        w, bias = ridge(sparse([x[i] for i in rest], vocab), y[rest], len(vocab), RIDGE_WEB, 40)
        out[held] = predict(w, bias, sparse([x[i] for i in held], vocab))
    ends = np.quantile(out, np.linspace(0, 1, KNOTS + 1)); knots = []
    for a, b in zip(ends, ends[1:]):
        here = (out >= a) & (out <= b); knots.append((out[here].mean(), (y[here].mean() + np.median(y[here])) / 2))
    return np.array(knots)

def measure(y, p): return f'r {np.corrcoef(y, p)[0, 1]:.3f} MAE {np.mean(np.abs(y - p)):.3f}'

def main(folder, out):
    sets = {n: load(folder, n) for n in ('uds_ih2-train', 'uds_ih2-dev', 'meantime-train', 'meantime-dev', 'uw-dev')}
    y, x = sets['uds_ih2-train']; vocab = vocabulary(x, RARE_WEB)
    web, web_bias = ridge(sparse(x, vocab), y, len(vocab), RIDGE_WEB)
    verdict = {n: np.clip(predict(web, web_bias, sparse(s[1], vocab)), -3, 3) for n, s in sets.items()}
    rows = {n: [closed(r) + [half(v)] for r, v in zip(sets[n][1], verdict[n])] for n in sets}
    small = vocabulary(rows['meantime-train'], RARE_NEWS)
    news, news_bias = ridge(sparse(rows['meantime-train'], small), sets['meantime-train'][0], len(small), RIDGE_NEWS)
    edited = {n: np.clip(predict(news, news_bias, sparse(r, small)), -3, 3) for n, r in rows.items()}
    knots = curve(x, y, vocab); read = {n: np.interp(v, knots[:, 0], knots[:, 1]) for n, v in verdict.items()}
    for n, (labels, features) in sets.items():
        both = np.where([noun(r) for r in features], (edited[n] + read[n]) / 2, read[n])
        both = np.where([denied(r) for r in features], np.minimum(both, DENIED), both)
        both = np.where([possible(r) for r in features], np.maximum(both, POSSIBLE), both)
        print(f'{n:15} web {measure(labels, verdict[n])}  read {measure(labels, read[n])}  news {measure(labels, edited[n])}  both {measure(labels, both)}')
    table = {f: [web[i], 0.0] for f, i in vocab.items() if abs(web[i]) >= 5e-4}
    for f, i in small.items(): table.setdefault(f, [0.0, 0.0])[1] = news[i]
    table['bias'] = [web_bias, news_bias]
    for i, (a, b) in enumerate(knots): table[f'curve={i:02}'] = [a, b]
    with open(out, 'w') as file:
        file.write('# feature\tweb\tnews: see factuality.md; written by train/factuality.py\n')
        for f in sorted(table): file.write(f'{f}\t{table[f][0]:.3f}\t{table[f][1]:.3f}\n')
    print(f'{len(vocab)} web, {len(small)} news weights')

if __name__ == '__main__': main(Path(sys.argv[1]), Path(sys.argv[2]))
