"""Sentences as padded integer arrays."""
import numpy as np
import torch
import augment, corpora, features, lemmas

NONE = -100
"""A token without this layer: no loss."""


class Labels:
    """The classes of each head."""

    def __init__(self, trees):
        seen = lambda xs: sorted({x for s in trees for x in xs(s)})
        self.upos, self.xpos, self.deprel = seen(lambda s: s.upos), seen(lambda s: s.xpos), seen(lambda s: s.deprels)
        self.lemma = lemmas.scripts(trees)
        self.name = list(corpora.NAME_TAGS)
        self.index = {k: {v: i for i, v in enumerate(getattr(self, k))} for k in ("upos", "xpos", "deprel", "lemma", "name")}
        self.sizes = {k: len(v) for k, v in self.index.items()}


class Forms:
    """Features of each distinct form, computed once."""

    def __init__(self, pieces):
        self.pieces, self.index = pieces, {}
        self.table = np.zeros((1 << 12, 5 + features.PIECES), np.int64)

    def ids(self, forms):
        out = []
        for f in forms:
            i = self.index.get(f)
            if i is None:
                i = self.index[f] = len(self.index)
                if i == len(self.table):
                    self.table = np.concatenate([self.table, np.zeros_like(self.table)])
                self.table[i] = features.token(f, self.pieces)
            out.append(i)
        return out

    def features(self, ids):
        return self.table[ids]


def describe(forms, store):
    """length × 11: token features, quotation state, style of the sentence"""
    t = store.features(store.ids(forms))
    q = np.array(features.quotes(forms), np.int64)[:, None]
    return np.concatenate([t, q, np.full_like(q, features.style(forms))], 1)


def target(s, labels):
    """Class numbers per layer, computed once and kept on the sentence."""
    if not hasattr(s, "y"):
        n = len(s.forms)
        y = {k: np.full(n, NONE, np.int64) for k in ("upos", "xpos", "lemma", "head", "deprel", "name")}
        if s.heads is not None:
            y["head"][:] = s.heads
            get = lambda k, xs: [labels.index[k].get(x, NONE) for x in xs]
            y["upos"][:], y["xpos"][:], y["deprel"][:] = get("upos", s.upos), get("xpos", s.xpos), get("deprel", s.deprels)
            y["lemma"][:] = [labels.index["lemma"].get(lemmas.script(f, l), NONE) for f, l in zip(s.forms, s.lemmas)]
        if s.names is not None:
            y["name"][:] = [NONE if t is None else labels.index["name"][t] for t in s.names]
        s.y = y
    return s.y


def batches(sentences, tokens, rng):
    """Lists of sentences of like length, `tokens` padded tokens each, in random order."""
    order = sorted(sentences, key=lambda s: (len(s.forms) + rng.random() * 3))
    out, now = [], []
    for s in order:
        if now and (len(now) + 1) * max(len(s.forms), len(now[0].forms)) > tokens:
            out.append(now)
            now = []
        now.append(s)
    if now:
        out.append(now)
    rng.shuffle(out)
    return out


def collate(sentences, store, labels, rng=None):
    """{"x", "mask", layers…, "soft": {…} or None} as tensors.  rng: augment the forms."""
    n, b = max(len(s.forms) for s in sentences), len(sentences)
    x = np.zeros((b, n, 5 + features.PIECES + 2), np.int64)
    mask = np.zeros((b, n), bool)
    y = {k: np.full((b, n), NONE, np.int64) for k in ("upos", "xpos", "lemma", "head", "deprel", "name")}
    forms = [augment.altered(s.forms, rng) if rng else s.forms for s in sentences]
    for i, (s, f) in enumerate(zip(sentences, forms)):
        k = len(f)
        x[i, :k] = describe(f, store)
        mask[i, :k] = True
        for layer, v in target(s, labels).items():
            y[layer][i, :k] = v
    out = {"x": torch.from_numpy(x), "mask": torch.from_numpy(mask), **{k: torch.from_numpy(v) for k, v in y.items()}, "soft": None}
    if any(s.soft for s in sentences):
        soft = {"weight": torch.zeros(b, n)}
        for k in ("upos", "xpos", "name", "deprel"):
            soft[k] = torch.zeros(b, n, labels.sizes[k])
        soft["arc"] = torch.zeros(b, n, n + 1)
        soft["head"] = torch.zeros(b, n, dtype=torch.int64)
        for i, s in enumerate(sentences):
            if s.soft:
                k = len(s.forms)
                soft["weight"][i, :k] = 1
                for layer in ("upos", "xpos", "name", "deprel"):
                    soft[layer][i, :k] = torch.from_numpy(s.soft[layer].astype(np.float32))
                soft["arc"][i, :k, :k + 1] = torch.from_numpy(s.soft["arc"].astype(np.float32))
                soft["head"][i, :k] = torch.from_numpy(s.soft["head"].astype(np.int64))
        out["soft"] = soft
    return out
