"""The network that ships: an encoder of gated linear recurrences and its heads.

Cost is counted in multiply-adds a token (`cost`).  Every non-linearity is made of +, *, /, sqrt, so that Rust computes it
four lanes at a time without calling a mathematics library.
"""
import torch
from torch import nn
import features

WIDTHS = {"word": 48, "prefix": 16, "suffix3": 24, "suffix2": 12, "shape": 16}
PIECE_WIDTH = 64
QUOTE_WIDTH = 6
STYLE_WIDTH = 6


def squash(x):
    """An algebraic sigmoid: 1/2 + x / (2 sqrt(1 + x²))."""
    return 0.5 + 0.5 * x * torch.rsqrt(1 + x * x)


class Scan(torch.autograd.Function):
    """h[t] = h[t-1] + z[t] (c[t] - h[t-1]) along dimension 0, from h = 0."""

    @staticmethod
    def forward(ctx, z, c):
        z, c = z.contiguous(), c.contiguous()
        h = torch.empty_like(c)
        last = torch.zeros_like(c[0])
        for t in range(len(c)):
            last = torch.lerp(last, c[t], z[t], out=h[t])
        ctx.save_for_backward(z, c, h)
        return h

    @staticmethod
    def backward(ctx, d):
        z, c, h = ctx.saved_tensors
        keep = 1 - z
        g = torch.empty_like(c)
        d = d.contiguous()
        g[-1] = d[-1]
        for t in range(len(c) - 2, -1, -1):
            torch.addcmul(d[t], keep[t + 1], g[t + 1], out=g[t])
        before = torch.cat([torch.zeros_like(h[:1]), h[:-1]])
        return g * (c - before), g * z


class SharedDropout(nn.Module):
    """One mask for all tokens of a sentence."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        return x * torch.bernoulli(x.new_full((x.shape[0], 1, x.shape[2]), 1 - self.p)) / (1 - self.p)


class Block(nn.Module):
    """x + out(gate ⊙ (forward scan ‖ backward scan)), over a normalised x blurred with its two neighbours."""

    def __init__(self, d, dropout):
        super().__init__()
        self.norm = nn.LayerNorm(d)
        self.near = nn.Parameter(torch.tensor([[0.1], [0.8], [0.1]]).repeat(1, d))
        self.mix = nn.Linear(d, 3 * d)
        self.out = nn.Linear(d, d)
        self.drop = SharedDropout(dropout)
        with torch.no_grad():  # half of the memories start long, half short
            self.mix.bias[:d] = torch.linspace(1.0, -2.0, d // 2).repeat(2)
        nn.init.normal_(self.out.weight, std=0.5 * d ** -0.5)

    def forward(self, x, mask):
        """x: batch × length × d, mask: batch × length × 1"""
        d = x.shape[2]
        u = self.norm(x) * mask
        v = u * self.near[1]
        v[:, 1:] += u[:, :-1] * self.near[0]
        v[:, :-1] += u[:, 1:] * self.near[2]
        z, c, g = self.mix(v).float().split(d, 2)
        z = squash(z) * mask
        both = lambda y: torch.cat([y[..., :d // 2], y[..., d // 2:].flip(1)], 2).transpose(0, 1)
        h = Scan.apply(both(z), both(c)).transpose(0, 1)
        h = torch.cat([h[..., :d // 2], h[..., d // 2:].flip(1)], 2)
        return x + self.drop(self.out(h * (g * squash(g))))


class Encoder(nn.Module):
    def __init__(self, pieces, d=144, layers=3, dropout=0.25):
        """pieces: the reduced word-piece table, rows × PIECE_WIDTH"""
        super().__init__()
        self.tables = nn.ModuleDict({k: nn.Embedding(features.HASHED[k], w, padding_idx=0) for k, w in WIDTHS.items()})
        for k, t in self.tables.items():
            nn.init.normal_(t.weight, std=0.1) if k != "word" else nn.init.zeros_(t.weight)
            t.weight.data[0] = 0
        self.pieces = nn.Parameter(torch.as_tensor(pieces))
        self.quote = nn.Embedding(features.QUOTE_STATES, QUOTE_WIDTH)
        self.style = nn.Embedding(features.STYLES, STYLE_WIDTH)
        width = sum(WIDTHS.values()) + PIECE_WIDTH + QUOTE_WIDTH + STYLE_WIDTH
        self.enter = nn.Linear(width, d)
        self.blocks = nn.ModuleList([Block(d, dropout) for _ in range(layers)])
        self.norm = nn.LayerNorm(d)
        self.drop = SharedDropout(dropout)
        self.d, self.width = d, width

    def forward(self, x, mask, word_dropout=0.0):
        """x: batch × length × 11 integers (features.token, quote state, style); mask: batch × length"""
        parts = []
        for i, k in enumerate(WIDTHS):
            v = x[..., i]
            if self.training and k == "word":
                v = v * (torch.rand(v.shape) >= word_dropout)
            parts.append(self.tables[k](v))
        n = len(WIDTHS)
        wp = x[..., n:n + features.PIECES]
        some = (wp > 0).unsqueeze(-1).float()
        parts.append((nn.functional.embedding(wp, self.pieces) * some).sum(2) / some.sum(2).clamp(min=1))
        parts += [self.quote(x[..., n + features.PIECES]), self.style(x[..., n + features.PIECES + 1])]
        m = mask.unsqueeze(-1).float()
        h = self.enter(self.drop(torch.cat(parts, -1)))
        for b in self.blocks:
            h = b(h, m)
        return self.drop(self.norm(h))


class Heads(nn.Module):
    """Tags, lemma scripts, arcs, relations and names from the states of an encoder (the student's or the teacher's)."""

    def __init__(self, d, sizes, arc=96, label=96, lemma=64, dropout=0.25):
        """sizes: {"upos", "xpos", "lemma", "deprel", "name": number of classes}"""
        super().__init__()
        self.upos, self.xpos, self.name = nn.Linear(d, sizes["upos"]), nn.Linear(d, sizes["xpos"]), nn.Linear(d, sizes["name"])
        self.lemma_in, self.lemma = nn.Linear(d, lemma), nn.Linear(lemma, sizes["lemma"])
        self.arc_dep, self.arc_head = nn.Linear(d, arc), nn.Linear(d, arc)
        self.arc = nn.Parameter(torch.randn(arc, arc) * arc ** -0.5 * 0.3)
        self.arc_bias = nn.Parameter(torch.zeros(arc))
        self.root = nn.Parameter(torch.randn(d) * 0.1)
        self.distance = nn.Parameter(torch.zeros(2 * DISTANCES + 1))
        self.label_dep, self.label_head = nn.Linear(d, label), nn.Linear(d, label)
        self.label_pair = nn.Linear(label, sizes["deprel"])
        self.label_own = nn.Linear(label, sizes["deprel"], bias=False)
        self.label_up = nn.Linear(label, sizes["deprel"], bias=False)
        self.drop = SharedDropout(dropout)

    def tags(self, h):
        """{"upos", "xpos", "lemma", "name": logits}"""
        return {"upos": self.upos(h), "xpos": self.xpos(h), "name": self.name(h), "lemma": self.lemma(torch.relu(self.lemma_in(h)))}

    def with_root(self, h):
        return torch.cat([self.root.expand(len(h), 1, -1).to(h.dtype), h], 1)

    def arcs(self, h, mask):
        """batch × length × (1 + length): a score for each head, column 0 is the root"""
        a = self.drop(torch.relu(self.arc_dep(h)))
        b = self.drop(torch.relu(self.arc_head(self.with_root(h))))
        s = ((a @ self.arc + self.arc_bias) @ b.transpose(1, 2)).float()
        n = h.shape[1]
        gap = (torch.arange(1, n + 1).unsqueeze(0) - torch.arange(1, n + 1).unsqueeze(1)).clamp(-DISTANCES, DISTANCES) + DISTANCES
        s = s + torch.cat([s.new_zeros(n, 1), self.distance[gap]], 1)
        off = torch.cat([mask.new_ones(len(h), 1), mask], 1).unsqueeze(1)
        own = torch.cat([torch.zeros(n, 1, dtype=torch.bool), torch.eye(n, dtype=torch.bool)], 1)
        return s.masked_fill(~off | own, -1e4)

    def labels(self, h, heads):
        """batch × length × relations, for the given heads (0 is the root)"""
        a = self.drop(torch.relu(self.label_dep(h)))
        b = self.drop(torch.relu(self.label_head(self.with_root(h))))
        b = b.gather(1, heads.unsqueeze(-1).expand(-1, -1, b.shape[-1]))
        return self.label_pair(a * b) + self.label_own(a) + self.label_up(b)


DISTANCES = 12
"""An arc's score has a term for the head's distance, cut at so many tokens on each side."""


class Core(nn.Module):
    def __init__(self, pieces, sizes, d=144, layers=3, dropout=0.25):
        super().__init__()
        self.encoder = Encoder(pieces, d, layers, dropout)
        self.heads = Heads(d, sizes, dropout=dropout)

    def cost(self):
        """Multiply-adds of a token in a sentence of 25, products of matrices alone."""
        n = self.encoder.enter.weight.numel() + 25 * self.heads.arc.shape[0] + self.heads.arc.numel()
        return n + sum(m.weight.numel() for x in (*self.encoder.blocks, self.heads) for m in x.modules() if isinstance(m, nn.Linear))
