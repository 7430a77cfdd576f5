#!/usr/bin/env python3
"""Fits data/en/pronouns.toml on gold coreference, in one command:

  cargo build --release -p sayso-language --example annotate
  train/pronouns.py GOLD.conllu[.gz] target/release/examples/annotate [--share S] > pronouns.toml

and then moves the file to data/en/ (the program embeds it when it is built). Needs numpy, and the evaluators' mentions.py
on PYTHONPATH. Repeat it whenever weights or names change: the contests depend on both.

GOLD: a treebank whose MISC column holds coreference (`Entity=(…`). The program runs twice. The first run finds the persons
that it knows, so that the second can be told whom each pronoun means: in the contests to learn from, what went before is
right. A candidate with a name is right when that agrees with a name of the pronoun's chain: one holds the other, or their
last words are equal. Where none is, the nouns of the chain are right; where those do not stand for election, nobody is. The
weights maximise the probability of the right ones, with a pull towards zero. For several least shares the share of right
and of linked pronouns goes to stderr, also by cross-validation over documents (five parts).
"""
import json, subprocess, sys
import numpy as np
import mentions as M

PULL, PARTS = .02, 5

def noun(mention):
    """Start of a mention's head as far as tags tell: the last of its first nouns."""
    at = None
    for form, upos, span in mention['words']:
        if upos == 'NOUN': at = span[0]
        elif at is not None: break
    return at

def gold(path):
    """{document: {start: (names of the chain, the fullest, starts of its nouns)}} for every he or she."""
    out = {}
    for document, chains in M.chains(path).items():
        rows = out.setdefault(document, {})
        for mentions in chains.values():
            names = {' '.join(w[0] for w in m['words'] if w[1] == 'PROPN') for m in mentions} - {''}
            full = max(names, key=lambda s: (len(s.split()), len(s)), default=None)
            nouns = {noun(m) for m in mentions} - {None}
            people = not names or any(m['type'] in ('person', 'animal') for m in mentions)
            for m in mentions:
                if people and len(m['words']) == 1 and m['words'][0][0].casefold() in M.PRONOUNS:
                    rows[m['words'][0][2][0]] = (names, full, nouns)
    return out

def annotate(program, records):
    text = ''.join(json.dumps(r) + '\n' for r in records)
    out = subprocess.run([program], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]

def told(truth, layers, records):
    """The texts with whom each pronoun means: the name of an entity that the program has, and nouns."""
    for layer, record in zip(layers, records):
        names = list(dict.fromkeys(m['name'] for m in layer['mentions'] if m['kind'] != 'Pronoun')); answers = {}
        for start, (chain, full, nouns) in truth[record['id']].items():
            fit = [n for n in names if any(M.agree(n, c) for c in chain)]
            fit.sort(key=lambda n: (-(full is not None and M.agree(n, full)), -sum(M.agree(n, c) for c in chain), -len(n.split())))
            answers[str(start)] = {'name': fit[0] if fit else None, 'nouns': sorted(nouns)}
        yield dict(record, pronouns=answers)

def contests(truth, layers):
    """[(features of the candidates, which are right, which have a name, the chain has a name, document)]"""
    rows, names = [], None
    for record in layers:
        names = record['contests']['features']
        for contest in record['contests']['rows']:
            if contest['start'] not in truth[record['id']]: continue
            chain, full, nouns = truth[record['id']][contest['start']]; candidates = contest['candidates']
            right = np.array([c['name'] is not None and any(M.agree(c['name'], n) for n in chain) for c in candidates])
            if not right.any(): right = np.array([c['noun'] in nouns for c in candidates])
            if not right.any(): right[-1] = True
            named = np.array([c['name'] is not None for c in candidates])
            rows.append((np.array([c['f'] for c in candidates]), right, named, full is not None, record['id']))
    return rows, names

def fit(rows, n):
    w = np.zeros(n); m = np.zeros_like(w); v = np.zeros_like(w)
    for step in range(1, 401):
        g = PULL * len(rows) * w / 10
        for x, right, *_ in rows:
            s = x @ w; p = np.exp(s - s.max()); p /= p.sum()
            q = p * right; q /= q.sum()
            g += x.T @ (p - q)
        g /= len(rows)
        m = .9 * m + .1 * g; v = .99 * v + .01 * g * g
        w -= .05 * (m / (1 - .9 ** step)) / (np.sqrt(v / (1 - .99 ** step)) + 1e-8)
    return w

def report(what, pairs):
    """pairs: (row, weights that judge it)"""
    for least in (0, .3, .4, .5, .6, .7, .8):
        linked = good = named = nameless = quiet = 0
        for (x, right, has_name, chain_named, _), w in pairs:
            s = x @ w; p = np.exp(s - s.max()); p /= p.sum(); best = int(p.argmax())
            said = has_name[best] and p[best] >= least
            named += chain_named; nameless += not chain_named; quiet += not chain_named and not said
            if chain_named and said: linked += 1; good += bool(right[best])
        print(f'{what}, least share {least}: recall {good / max(1, named):.3f}, precision {good / max(1, linked):.3f} of {named}, '
              f'nameless left alone {quiet / max(1, nameless):.3f} of {nameless}', file=sys.stderr)

def main():
    truth = gold(sys.argv[1]); program = sys.argv[2]; records = list(M.inputs(sys.argv[1]))
    rows, names = contests(truth, annotate(program, told(truth, annotate(program, records), records)))
    documents = sorted({r[4] for r in rows}); parts = []
    for part in range(PARTS):
        held = set(documents[part::PARTS]); w = fit([r for r in rows if r[4] not in held], len(names))
        parts += [(r, w) for r in rows if r[4] in held]
    report('held out', parts)
    w = fit(rows, len(names)); report('fitted', [(r, w) for r in rows])
    share = sys.argv[sys.argv.index('--share') + 1] if '--share' in sys.argv else '0.5'
    print('# Which person a "he" or a "she" means: weights of a linear model over the people spoken of lately, with a name or without.')
    print('# Fitted by train/pronouns.py on the coreference of GUM (free genres, training part).')
    print(f'# A link is told where the best one\'s share of the probability is at least this.\nleast_share = {share}\n\n[weights]')
    for name, weight in zip(names, w): print(f'{name} = {weight:.2f}')

if __name__ == '__main__': main()
