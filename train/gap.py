#!/usr/bin/env python3
"""Goes on fitting data/en/pronouns.toml on ambiguous pronouns (GAP), in one command:

  cargo build --release -p sayso-language --example annotate
  train/gap.py GAP.jsonl target/release/examples/annotate data/en/pronouns.toml [--pull P] [--share S] > pronouns.toml

and then moves the file to data/en/. Needs numpy. Run train/pronouns.py first: its weights are where this fit begins, and
what it is pulled back to.

GAP: {"id", "text", "pronoun": [start, end], "a": {"span", "coref"}, "b": {…}}. Of the candidates for the pronoun those that
overlap a name which it means are right, or, where it means neither, all that overlap none of the two. The share of right
links by cross-validation (five parts), for several least shares, goes to stderr.
"""
import argparse, json, re, subprocess, sys
import numpy as np

PARTS, STEPS, RATE = 5, 400, .02

def contests(path, program):
    """[(features of the candidates, which are right, which are wrong, how many names the pronoun means)]"""
    gold = [json.loads(line) for line in open(path, encoding='utf-8')]
    text = ''.join(json.dumps({'id': d['id'], 'text': d['text'], 'pronouns': {}}) + '\n' for d in gold)
    out = subprocess.run([program], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    for d, line in zip(gold, out.splitlines()):
        layers = json.loads(line); spans = {}
        for m in layers['mentions']: spans.setdefault(m['name'], []).append((m['start'], m['end']))
        row = next((r['candidates'] for r in layers['contests']['rows'] if r['start'] == d['pronoun'][0]), None)
        if not row: continue
        def means(candidate, key):
            start, end = d[key]['span']; last = d['text'][start:end].casefold().split()[-1].rstrip("'s"); name = candidate['name']
            return name is not None and (last in name.casefold().split() or any(s < end and start < e for s, e in spans.get(name, [])))
        true = [k for k in 'ab' if d[k]['coref']]; false = [k for k in 'ab' if not d[k]['coref']]
        right = np.array([any(means(c, k) for k in true) for c in row]); wrong = np.array([any(means(c, k) for k in false) for c in row])
        yield np.array([c['f'] for c in row], float), right, wrong, len(true)

def chances(x, w):
    s = x @ w; p = np.exp(s - s.max())
    return p / p.sum()

def fit(rows, start, pull):
    w = start.copy(); m = np.zeros_like(w); v = np.zeros_like(w)
    for step in range(1, STEPS):
        g = pull * (w - start)
        for x, right, wrong, _ in rows:
            p = chances(x, w); good = right if right.any() else ~wrong
            if good.any() and not good.all(): q = p * good; g += x.T @ (p - q / q.sum())
        m = .9 * m + .1 * g; v = .999 * v + .001 * g * g
        w -= RATE * (m / (1 - .9 ** step)) / (np.sqrt(v / (1 - .999 ** step)) + 1e-8)
    return w

def score(rows, w, least):
    good = said = means = 0
    for x, right, wrong, names in rows:
        p = chances(x, w); best = int(p.argmax()); means += names
        if p[best] >= least and best + 1 < len(p): said += right[best] + wrong[best]; good += right[best]
    return np.array([good / max(1, said), good / max(1, means), 2 * good / max(1, said + means)])

def main():
    a = argparse.ArgumentParser(); a.add_argument('gap'); a.add_argument('program'); a.add_argument('weights'); a.add_argument('--pull', type=float, default=2); a.add_argument('--share', default='0.3'); a = a.parse_args()
    toml = open(a.weights, encoding='utf-8').read(); found = re.findall(r'^(\w+) = (-?[\d.]+)$', toml.split('[weights]')[1], re.M)
    start = np.array([float(v) for _, v in found]); rows = list(contests(a.gap, a.program))
    parts = [rows[k::PARTS] for k in range(PARTS)]; fitted = [fit([r for j in range(PARTS) if j != k for r in parts[j]], start, a.pull) for k in range(PARTS)]
    for least in (.2, .3, .4, .5):
        old = score(rows, start, least); new = np.mean([score(parts[k], fitted[k], least) for k in range(PARTS)], axis=0)
        print(f'least share {least}: precision, recall, F1 {np.round(old, 3)} before, {np.round(new, 3)} held out', file=sys.stderr)
    print('# Which person a "he" or a "she" means: weights of a linear model over the people spoken of lately, with a name or without.')
    print('# Fitted by train/pronouns.py on the coreference of GUM (free genres, training part), then by train/gap.py on GAP (validation part).')
    print(f'# A link is told where the best one\'s share of the probability is at least this.\nleast_share = {a.share}\n\n[weights]')
    for (name, _), value in zip(found, fit(rows, start, a.pull)): print(f'{name} = {value:.2f}')

if __name__ == '__main__': main()
