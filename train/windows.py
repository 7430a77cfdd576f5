"""Batches for the judge: whole articles, and the windows of their cues."""
import numpy as np
import torch
import articles


def batches(which, size, rng):
    """Lists of articles of like length, `size` padded tokens each, in random order"""
    order = sorted(which, key=lambda a: len(a) + rng.random() * 60)
    out, now = [], []
    for a in order:
        if now and (len(now) + 1) * len(a) > size:
            out.append(now)
            now = []
        now.append(a)
    if now:
        out.append(now)
    rng.shuffle(out)
    return out


def collate(part):
    """({feature: batch × length}, states, mask)"""
    n, b = max(map(len, part)), len(part)
    x = {k: np.zeros((b, n), np.int64) for k in part[0].x}
    states, mask = np.zeros((b, n, part[0].states.shape[1]), np.float32), np.zeros((b, n), bool)
    for i, a in enumerate(part):
        for k, v in a.x.items():
            x[k][i, :len(a)] = v
        states[i, :len(a)] = a.states
        mask[i, :len(a)] = True
    return {k: torch.from_numpy(v) for k, v in x.items()}, torch.from_numpy(states), torch.from_numpy(mask)


def windows(part, cues, length, kinds):
    """cues: (number of the article, tokens).  length: padded length of the articles in the batch.
    Gives (bounds of each window, indices into the flat tokens, features) for `Judge.second`."""
    bounds = [articles.window(part[b], cue) for b, cue in cues]
    n, m = len(cues), max(hi - lo for lo, hi in bounds)
    at = np.zeros((n, m), np.int64)
    w = {k: np.zeros((n, m), np.int64) for k in ("offset", "sentence", "paragraph", "in_cue", "relation", "by_rule", "has_rule", "ok")}
    for i, ((b, cue), (lo, hi)) in enumerate(zip(cues, bounds)):
        a, c, k = part[b], cue[0], hi - lo
        at[i, :k] = b * length + np.arange(lo, hi)
        w["ok"][i, :k] = 1
        w["offset"][i, :k] = OFFSET[np.arange(lo, hi) - c + articles.LEFT]
        w["sentence"][i, :k] = np.clip(a.sentence[lo:hi] - a.sentence[c], -4, 4) + 4
        w["paragraph"][i, :k] = np.clip(a.paragraph[lo:hi] - a.paragraph[c], -2, 2) + 2
        w["relation"][i, :k] = relation(a, cue, lo, hi, kinds)
        for t in cue:
            if lo <= t < hi:
                w["in_cue"][i, t - lo] = 1
        rule = articles.rule_of(a, cue)
        if rule:
            w["has_rule"][i, :k] = 1
            for bit, role in ((1, "cue"), (2, "source"), (4, "content")):
                for t in rule[role]:
                    if lo <= t < hi:
                        w["by_rule"][i, t - lo] |= bit
    return bounds, torch.from_numpy(at), {k: torch.from_numpy(v) for k, v in w.items()}


OFFSET = np.array([articles.offset(d) for d in range(-articles.LEFT, articles.RIGHT + 1)])


def relation(a, cue, lo, hi, kinds):
    """`articles.relations`, remembered for the cues of the annotators, which come back in every epoch"""
    kept = a.__dict__.setdefault("kept", {})
    key = tuple(cue)
    if key not in kept:
        kept[key] = articles.relations(a, cue, lo, hi, kinds)
    return kept[key]


def runs(p, threshold=None):
    """Cues from probabilities of outside, begins, inside: token lists.  Without a threshold the likeliest class decides where one begins."""
    out, now = [], None
    for i, (o, b, inside) in enumerate(p):
        begins = b > threshold if threshold is not None else b >= o and b >= inside
        if begins and not (now is not None and inside > b):
            if now:
                out.append(now)
            now = [i]
        elif now is not None and inside > o and inside > 0.35:
            now.append(i)
        else:
            if now:
                out.append(now)
            now = None
    if now:
        out.append(now)
    return out


def candidates(a, p, threshold):
    """The cues to judge: the net's own, and the rules' where the net has none at that place."""
    out = runs(p, threshold)
    taken = {i for run in out for i in run}
    for r in a.rules:
        if r["cue"] and not taken & set(r["cue"]):
            out.append(list(r["cue"]))
            taken |= set(r["cue"])
    return sorted(out)
