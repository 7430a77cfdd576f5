#!/usr/bin/env python3
"""Fits data/en/pronouns.toml on gold coreference.

  annotate () { cargo run --release -p sayso-language --example annotate; }
  annotate < input.jsonl > layers.jsonl
  pronouns.py GOLD.conllu layers.jsonl --truth input.jsonl > told.jsonl && annotate < told.jsonl > contests.jsonl
  pronouns.py GOLD.conllu contests.jsonl [--share S] > data/en/pronouns.toml

GOLD: a treebank whose MISC column holds coreference (`Entity=(…`); input.jsonl: its texts, one JSON object a
document. The first run finds the persons that the program knows, so that the second can be told whom each pronoun
means: in the contests to learn from, what went before is right. A candidate is right when its name agrees with a name of the pronoun's chain: one holds the other, or
their last words are equal. Where no candidate is right, nobody is. The weights maximise the probability of the
right ones, with a pull towards zero. Prints shares of right and of linked pronouns for several least shares to
stderr. Needs numpy and the evaluators' mentions.py on PYTHONPATH.
"""
import json, sys
import numpy as np
import mentions as M

PULL = 0.02

def gold(path):
    """{document: {start: (names of the chain)}} for every he or she."""
    out = {}
    for document, chains in M.chains(path).items():
        rows = out.setdefault(document, {})
        for mentions in chains.values():
            names = {' '.join(w[0] for w in m['words'] if w[1] == 'PROPN') for m in mentions} - {''}
            full = max(names, key=lambda s: (len(s.split()), len(s)), default=None)
            people = not names or any(m['type'] in ('person', 'animal') for m in mentions)
            for m in mentions:
                if people and len(m['words']) == 1 and m['words'][0][0].casefold() in M.PRONOUNS:
                    rows[m['words'][0][2][0]] = (names, full)
    return out

def told(truth, layers, texts):
    """Prints the texts with the name of the entity that each pronoun means, where the program has one."""
    names = {}
    for line in open(layers):
        record = json.loads(line)
        names[record['id']] = list(dict.fromkeys(m['name'] for m in record['mentions'] if m['kind'] != 'Pronoun'))
    for line in open(texts):
        record = json.loads(line); answers = {}
        for start, (chain, full) in truth[record['id']].items():
            fit = [n for n in names[record['id']] if any(M.agree(n, c) for c in chain)]
            fit.sort(key=lambda n: (-(full is not None and M.agree(n, full)), -sum(M.agree(n, c) for c in chain), -len(n.split())))
            if fit: answers[str(start)] = fit[0]
        print(json.dumps(dict(record, pronouns=answers)))

def main():
    truth = gold(sys.argv[1])
    if '--truth' in sys.argv: return told(truth, sys.argv[2], sys.argv[sys.argv.index('--truth') + 1])
    rows, names = [], None
    for line in open(sys.argv[2]):
        record = json.loads(line)
        names = record['contests']['features']
        for contest in record['contests']['rows']:
            if contest['start'] not in truth[record['id']]: continue
            chain, full = truth[record['id']][contest['start']]
            x = np.array([c['f'] for c in contest['candidates']])
            right = [c['name'] is not None and any(M.agree(c['name'], n) for n in chain) for c in contest['candidates']]
            if not any(right): right[-1] = True
            rows.append((x, np.array(right), full))
    w = np.zeros(len(names)); m = np.zeros_like(w); v = np.zeros_like(w)
    for step in range(1, 401):
        g = PULL * len(rows) * w / 10
        for x, right, _ in rows:
            s = x @ w; p = np.exp(s - s.max()); p /= p.sum()
            q = p * right; q /= q.sum()
            g += x.T @ (p - q)
        g /= len(rows)
        m = .9 * m + .1 * g; v = .99 * v + .01 * g * g
        w -= .05 * (m / (1 - .9 ** step)) / (np.sqrt(v / (1 - .99 ** step)) + 1e-8)
    for least in (0, .3, .4, .45, .5, .55, .6, .65, .7, .8):
        linked = good = named = 0
        for x, right, full in rows:
            s = x @ w; p = np.exp(s - s.max()); p /= p.sum(); best = int(p.argmax())
            said = best < len(p) - 1 and p[best] >= least
            named += full is not None
            if full is not None and said: linked += 1; good += bool(right[best])
        print(f'least share {least}: recall {good / named:.3f}, precision {good / max(1, linked):.3f} of {named}', file=sys.stderr)
    share = sys.argv[sys.argv.index('--share') + 1] if '--share' in sys.argv else '0.5'
    print('# Which person a "he" or a "she" means: weights of a linear model over the persons mentioned lately.')
    print('# Fitted by train/pronouns.py on the coreference of GUM (free genres, training part).')
    print(f'least_share = {share}\n\n[weights]')
    for name, weight in zip(names, w): print(f'{name} = {weight:.2f}')

if __name__ == '__main__': main()
