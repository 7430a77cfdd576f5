"""The packed file of weights, and the fixture that holds Rust to Python.

Layout, little endian: magic "sayso\\0W\\1" (its last byte is the version) · u64 FNV-1a of all that follows · u32 number of parts · the parts, each
    u8 length of name · name · u8 kind · u32 rows · u32 columns · payload
kind 0: rows × columns f32.   kind 1: rows f32 scales, then rows × columns i8 (value = scale × i8).
kind 2: UTF-8 text of `columns` bytes, `rows` lines, each ended by a line feed.
A part's name is `<model>/<tensor>`, so that one file can hold several models over one encoder.

  python3 train/pack.py models/en/core.bin models/en/core.parity.json     # the fixture anew, from the weights that ship
"""
import contextlib, functools, json, pathlib, struct, sys
import numpy as np
import torch
import batches, corpora, decode, features, learn, student

MAGIC = b"sayso\0W\1"
FIXTURE = (
    "The harbour minister , Ilse Varnagy , said on Tuesday that the bridge at Oldmere would reopen within weeks .",
    "\u201c We will not leave the valley , \u201d Col. Tomas Brandvold told Radio Kestrel .",
    "NORVIK COUNCIL REJECTS FERRY PLAN",
    "Kestrel Airways shares fell 4.5 % after the Norvikian airline 's warning",
    "according to two officials , it is unlikely that she 'd been told about the \u2014 secret \u2014 talks !",
    "He does n\u2019t think they can take M\u00e5lby before winter , does he ?",
    "\" Maybe , \" he said ; \" maybe not . \"",
    "x",
    "See www.example.org ( p. 12 ) \u2026",
    "Dr. \u015eahin-\u00d8rsted visited St\u00e4dtchen and \u6771\u4eac in 1998 with the U.N. 's envoys and what they had brought .",
)
"""Invented sentences, tokens set apart by blanks."""


def rounded(w):
    """(scales, int8 rows)"""
    w = w.detach().float().numpy()
    scale = np.abs(w).max(1) / 127
    q = np.rint(w / np.where(scale == 0, 1, scale)[:, None]).clip(-127, 127).astype(np.int8)
    return scale.astype(np.float32), q


class Writer:
    def __init__(self):
        self.parts = []

    def add(self, name, kind, rows, columns, payload):
        n = name.encode()
        self.parts.append(struct.pack("<B", len(n)) + n + struct.pack("<BII", kind, rows, columns) + payload)

    def exact(self, name, x):
        x = x.detach().float().numpy()
        x = x[None, :] if x.ndim == 1 else x
        self.add(name, 0, *x.shape, x.astype("<f4").tobytes())

    def small(self, name, parameter):
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
        body = struct.pack("<I", len(self.parts)) + b"".join(self.parts)
        h = 0xCBF29CE484222325
        for b in body:
            h = ((h ^ b) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
        pathlib.Path(path).write_bytes(MAGIC + struct.pack("<Q", h) + body)


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
    w.small(f"{model}/{name}.weight", m.weight)
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


def rounded_linear(m, x):
    """A linear layer as Rust computes it: what goes in is rounded to 127 steps from a row's greatest number, the product is one of whole numbers."""
    most = x.abs().amax(-1, keepdim=True).clamp(min=1e-20)
    scale = m.weight.abs().amax(1) / 127
    whole = torch.round(m.weight / torch.where(scale == 0, 1, scale)[:, None])
    sums = torch.round(x * (127 / most)).double() @ whole.double().T
    out = sums.float() * (most / 127 * scale)
    return out if m.bias is None else out + m.bias


@contextlib.contextmanager
def rounded_layers(model):
    layers = [m for m in model.modules() if isinstance(m, torch.nn.Linear)]
    for m in layers:
        m.forward = functools.partial(rounded_linear, m)
    try:
        yield
    finally:
        for m in layers:
            del m.forward


def parity(core, labels, exceptions, store, path):
    """What Python reads in the fixture: features, some states, tags, lemmas, heads, names."""
    core.eval()
    with torch.no_grad(), rounded_layers(core):
        out = fixture(core, labels, exceptions, store)
    pathlib.Path(path).write_text("[\n" + ",\n".join(json.dumps(x) for x in out) + "\n]\n")


def fixture(core, labels, exceptions, store):
    out = []
    for text in FIXTURE:
        s = corpora.Sentence(text.split(" "))
        b = batches.collate([s], store, labels)
        states = core.encoder(b["x"], b["mask"])[0]
        (_, p), = learn.predict(core, [s], store, labels)
        upos = [labels.upos[i] for i in p["upos"]]
        out.append({
            "text": text,
            "features": b["x"][0].tolist(),
            "states": [[round(v, 5) for v in row[:4].tolist()] for row in states],
            "upos": upos,
            "xpos": [labels.xpos[i] for i in p["xpos"]],
            "lemma": [learn.lemma(f, u, labels.lemma[l], exceptions) for f, u, l in zip(s.forms, upos, p["lemma"])],
            "head": [int(h) for h in p["heads"]],
            "deprel": [labels.deprel[i] for i in p["deprel"]],
            "name": [labels.name[i] for i in p["name"]],
        })
    return out


def parts(path):
    """{name: (kind, rows, columns, payload)} of a packed file"""
    b, at, out = pathlib.Path(path).read_bytes(), 20, {}
    for _ in range(struct.unpack_from("<I", b, 16)[0]):
        n = b[at]
        name = b[at + 1:at + 1 + n].decode()
        kind, rows, columns = struct.unpack_from("<BII", b, at + 1 + n)
        at += 10 + n
        size = {0: 4 * rows * columns, 1: 4 * rows + rows * columns, 2: columns}[kind]
        out[name] = kind, rows, columns, b[at:at + size]
        at += size
    return out


def text(path, name):
    """The lines of a part of text"""
    return parts(path)[name][3].decode().split("\n")[:-1]


def tensors(path):
    """{name: f32 array} of the parts that hold numbers"""
    out = {}
    for name, (kind, rows, columns, b) in parts(path).items():
        if kind == 0:
            out[name] = np.frombuffer(b, "<f4").reshape(rows, columns)
        if kind == 1:
            q = np.frombuffer(b, np.int8, offset=4 * rows).reshape(rows, columns)
            out[name] = q.astype(np.float32) * np.frombuffer(b, "<f4", rows)[:, None]
    return out


def read(path):
    """(core, labels, lemma exceptions, features of forms) of a packed core"""
    labels = batches.Labels([])
    for k in ("upos", "xpos", "deprel", "lemma", "name"):
        setattr(labels, k, text(path, f"core/{k}"))
    labels.index = {k: {v: i for i, v in enumerate(getattr(labels, k))} for k in labels.index}
    labels.sizes = {k: len(v) for k, v in labels.index.items()}
    exceptions = {(f, u): l for f, u, l in (x.split("\t") for x in text(path, "core/exceptions"))}
    t = tensors(path)
    layers = sum(k.endswith(".near") for k in t)
    core = student.Core(t["core/table.piece"], labels.sizes, len(t["core/enter.weight"]), layers)
    names = {"encoder.pieces": "table.piece", "encoder.quote.weight": "table.quote", "encoder.style.weight": "table.style"}
    state = core.state_dict()
    for k, v in state.items():
        name = names.get(k) or k.removeprefix("encoder.").removeprefix("heads.")
        if name.startswith("tables."):
            name = "table." + name.removeprefix("tables.").removesuffix(".weight")
        if name.startswith("blocks."):
            name = "block" + name.removeprefix("blocks.")
        if name.endswith("norm.weight"):
            name = name.removesuffix("weight") + "scale"
        if name.endswith("norm.bias"):
            name = name.removesuffix("bias") + "shift"
        v.copy_(torch.tensor(t["core/" + name]).reshape(v.shape))
    core.load_state_dict(state)
    return core, labels, exceptions, batches.Forms(features.WordPieces(text(path, "core/pieces")))


if __name__ == "__main__":
    parity(*read(sys.argv[1]), sys.argv[2])
