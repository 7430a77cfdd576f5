"""The judge of attributions: cues, and for each cue its content and source, over the states of the language core.

A first pass over the whole article tags cues (and, for what it teaches, sources and contents); a second pass over the window of
each cue decides whether it attributes, what it attributes (a chain of two states with scores for beginning and end) and to whom
(a first and a last token, or nobody)."""
import torch
from torch import nn
import articles, student

LEMMA = 32
MANY = {"upos": 17, "name": 8, "mark": 4, "style": 6, "place": 8, "head_upos": 17, "distance": 11, "rule": 8}
"""Classes of each feature; relations are counted in the core's file."""


class Judge(nn.Module):
    def __init__(self, kinds, d=96, layers=2, narrow=64, narrow_layers=2, dropout=0.3, states=articles.STATES):
        super().__init__()
        self.kinds, self.d = kinds, d
        many = MANY | {"deprel": kinds, "head_deprel": kinds}
        self.lemma = nn.Embedding(articles.LEMMAS, LEMMA, padding_idx=0)
        self.tables = nn.ModuleDict({k: nn.Embedding(n, d) for k, n in sorted(many.items())})
        self.enter = nn.Linear(states + LEMMA, d)
        self.blocks = nn.ModuleList([student.Block(d, dropout) for _ in range(layers)])
        self.norm = nn.LayerNorm(d)
        self.tags = nn.Linear(d, 9)
        # the second pass
        self.to_window, self.to_cue = nn.Linear(d, narrow), nn.Linear(d, narrow)
        wide = {"offset": articles.OFFSETS, "sentence": 9, "paragraph": 5, "in_cue": 2, "relation": 3 + 2 * kinds, "by_rule": 8, "has_rule": 2}
        self.wide = nn.ModuleDict({k: nn.Embedding(n, narrow) for k, n in sorted(wide.items())})
        self.from_tags = nn.Linear(9, narrow)
        self.narrow_blocks = nn.ModuleList([student.Block(narrow, dropout * 0.7) for _ in range(narrow_layers)])
        self.narrow_norm = nn.LayerNorm(narrow)
        self.out = nn.Linear(narrow, 6)  # content: inside, begins, ends; source: first, last, inside
        self.verdict_in, self.verdict = nn.Linear(3 * narrow, narrow), nn.Linear(narrow, 2)  # nobody, attributes
        self.drop = student.SharedDropout(dropout)
        for e in (self.lemma, *self.tables.values(), *self.wide.values()):
            nn.init.normal_(e.weight, std=0.1)
        self.lemma.weight.data[0] = 0

    def encode(self, x, states, mask, lemma_dropout=0.0):
        """x: {feature: batch × length}; gives states batch × length × d and the tags' scores, three to a role"""
        lemma = x["lemma"]
        if self.training:
            lemma = lemma * (torch.rand(lemma.shape) >= lemma_dropout)
        h = self.enter(self.drop(torch.cat([states, self.lemma(lemma)], -1)))
        for k, t in self.tables.items():
            h = h + t(x[k])
        m = mask.unsqueeze(-1).float()
        for b in self.blocks:
            h = b(h, m)
        h = self.drop(self.norm(h))
        return h, self.tags(h)

    def second(self, h, tags, at, w):
        """h, tags: flat, tokens × …; at: windows × length, indices into them; w: {feature: windows × length}, with "ok".
        Gives windows × length × 6 and windows × 2."""
        p = torch.softmax(tags.view(-1, 3, 3), -1).flatten(1).detach()
        z = (self.to_window(h) + self.from_tags(p))[at]
        ok, cue = w["ok"].unsqueeze(-1).float(), w["in_cue"].unsqueeze(-1).float()
        mean = lambda y: (y * cue).sum(1) / cue.sum(1).clamp(min=1)
        c = self.to_cue(mean(h[at]))
        z = z + c.unsqueeze(1)
        for k, t in self.wide.items():
            z = z + t(w[k])
        for b in self.narrow_blocks:
            z = b(z, ok)
        z = self.narrow_norm(z) * ok
        most = (z - 1e4 * (1 - ok)).max(1).values
        g = self.verdict(torch.relu(self.verdict_in(torch.cat([most, c, mean(z)], -1))))
        return self.out(z), g


def partition(inside, begins, ends):
    """The logarithm of the sum over all ways to lay segments.  windows × length each; what is no token has inside = -1e4."""
    n, length = inside.shape
    out, into = torch.zeros(n), torch.full((n,), -1e4)
    i, b, e = inside.unbind(1), begins.unbind(1), ends.unbind(1)
    for t in range(length):
        now = i[t] + torch.logaddexp(out + b[t], into)
        out = torch.logaddexp(into + e[t - 1], out) if t else out
        into = now
    return torch.logaddexp(out, into + e[length - 1])
