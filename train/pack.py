"""Packing weights: from trained parameters to the file that Rust and `whole.py` read.

Layout, little endian: magic "sayso\\0W\\1" (its last byte is the version) · u64 FNV-1a of all that follows · u32 number of parts · the parts, each
    u8 length of name · name · u8 kind · u32 rows · u32 columns · payload
kind 0: rows × columns f32.   kind 1: rows f32 scales, then rows × columns i8 (value = scale × i8).
kind 2: UTF-8 text of `columns` bytes, `rows` lines, each ended by a line feed.
A part's name is `<model>/<tensor>`, so that one file can hold several models over one encoder.
"""
import numpy as np
import torch
import features, whole


def rounded(w):
    """(scales, int8 rows)"""
    w = w.detach().float().numpy()
    scale = np.abs(w).max(1) / 127
    q = np.rint(w / np.where(scale == 0, 1, scale)[:, None]).clip(-127, 127).astype(np.int8)
    return scale.astype(np.float32), q


class Writer:
    def __init__(self):
        self.parts = {}

    def add(self, name, kind, rows, columns, payload):
        self.parts[name] = kind, rows, columns, payload

    def exact(self, name, x):
        x = x.detach().float().numpy()
        x = x[None, :] if x.ndim == 1 else x
        self.add(name, 0, *x.shape, x.astype("<f4").tobytes())

    def small(self, name, parameter, rounded=rounded):
        """Rounds the parameter itself, too."""
        scale, q = rounded(parameter)
        with torch.no_grad():
            parameter.copy_(torch.from_numpy(q.astype(np.float32) * scale[:, None]))
        self.add(name, 1, *q.shape, scale.astype("<f4").tobytes() + q.tobytes())

    def text(self, name, lines):
        assert all("\n" not in x for x in lines)
        b = "".join(x + "\n" for x in lines).encode()
        self.add(name, 2, len(lines), len(b), b)

    def save(self, path):
        whole.save(self.parts, path)


def write(core, labels, exceptions, pieces, path):
    """Packs the core; its weights are afterwards those of the file."""
    w = Writer()
    for k in ("upos", "xpos", "deprel", "lemma", "name"):
        w.text(f"core/{k}", getattr(labels, k))
    w.text("core/pieces", pieces)
    w.text("core/fold", [a + b for a, b in sorted(features.folding().items())])
    w.text("core/exceptions", sorted(f"{f}\t{u}\t{l}" for (f, u), l in exceptions.items()))
    e, h = core.encoder, core.heads
    for k, t in e.tables.items():
        w.small(f"core/table.{k}", t.weight)
    w.small("core/table.piece", e.pieces)
    w.small("core/table.quote", e.quote.weight)
    w.small("core/table.style", e.style.weight)

    linear(w, "core", "enter", e.enter)
    for i, b in enumerate(e.blocks):
        norm(w, "core", f"block{i}.norm", b.norm)
        w.exact(f"core/block{i}.near", b.near)
        linear(w, "core", f"block{i}.mix", b.mix)
        linear(w, "core", f"block{i}.out", b.out)
    norm(w, "core", "norm", e.norm)
    for k in ("upos", "xpos", "name", "lemma_in", "lemma", "arc_dep", "arc_head", "label_dep", "label_head", "label_pair", "label_own", "label_up"):
        linear(w, "core", k, getattr(h, k))
    w.small("core/arc", h.arc)
    for k in ("arc_bias", "root", "distance"):
        w.exact(f"core/{k}", getattr(h, k))
    w.save(path)


def linear(w, model, name, m):
    w.small(f"{model}/{name}.weight", m.weight, lambda p: whole.fit(p.detach().float().numpy()))
    if m.bias is not None:
        w.exact(f"{model}/{name}.bias", m.bias)


def norm(w, model, name, m):
    w.exact(f"{model}/{name}.scale", m.weight)
    w.exact(f"{model}/{name}.shift", m.bias)


def write_judge(judge, relations, worth, path):
    """Packs the judge of attributions; its weights are afterwards those of the file."""
    w = Writer()
    w.text("judge/relations", relations)
    w.exact("judge/worth", worth)
    for k, t in (("lemma", judge.lemma), *judge.tables.items(), *judge.wide.items()):
        w.small(f"judge/table.{k}", t.weight)
    for k in ("enter", "tags", "to_window", "to_cue", "from_tags", "out", "verdict_in", "verdict"):
        linear(w, "judge", k, getattr(judge, k))
    for k, blocks in (("block", judge.blocks), ("narrow_block", judge.narrow_blocks)):
        for i, b in enumerate(blocks):
            norm(w, "judge", f"{k}{i}.norm", b.norm)
            w.exact(f"judge/{k}{i}.near", b.near)
            linear(w, "judge", f"{k}{i}.mix", b.mix)
            linear(w, "judge", f"{k}{i}.out", b.out)
    norm(w, "judge", "norm", judge.norm)
    norm(w, "judge", "narrow_norm", judge.narrow_norm)
    w.save(path)
