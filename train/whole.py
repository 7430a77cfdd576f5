"""The core as Rust computes it, in numpy: weights that fit sixteen bits pair by pair, products of whole numbers, and the fixture that holds Rust to both.

  python3 train/whole.py fit models/en/core.bin                                # rounds the weights of a packed file anew, so that they fit
  python3 train/whole.py parity models/en/core.bin models/en/core.parity.json  # the fixture anew, from the weights that ship
"""
import json, pathlib, struct, sys
import numpy as np
import decode, features, lemmas

MAGIC = b"sayso\0W\1"
STEPS = 127
"""What goes into a product is rounded to so many steps from a row's greatest number; as a byte it is 1 to 255."""
PAIR = 128
"""Neighbouring weights of one sign come to this at most: vector units without VNNI add two products of bytes in sixteen bits, 255 · 128 < 2^15."""
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


# --- weights ---

def excess(q):
    """(weights of even inputs, weights of odd inputs, by how much each pair is too great)"""
    q = np.pad(q.astype(np.int32), ((0, 0), (0, q.shape[1] % 2)))
    a, b = q[:, 0::2], q[:, 1::2]
    return a, b, np.where(a * b > 0, np.maximum(np.abs(a) + np.abs(b) - PAIR, 0), 0)


def rounded(w, scale):
    """Rows in whole steps of their scale; a pair that is too great loses what it has too much, half on each side."""
    a, b, e = excess(np.rint(w / scale[:, None]).clip(-127, 127))
    out = np.empty((a.shape[0], 2 * a.shape[1]), np.int32)
    out[:, 0::2] = a - np.sign(a) * ((e + 1) // 2)
    out[:, 1::2] = b - np.sign(b) * (e // 2)
    return out[:, :w.shape[1]].astype(np.int8)


def fit(w):
    """(scales, int8 rows) of the weights of a product: of 65 scales, from a row's greatest weight in 127 steps to twice that, the one that loses least."""
    w = w.astype(np.float64)
    first = np.abs(w).max(1) / 127
    first = np.where(first == 0, 1, first)
    best, least, scale = None, None, first
    for k in range(65):
        s = first * (1 + k / 64)
        q = rounded(w, s)
        error = ((q * s[:, None] - w) ** 2).sum(1)
        if best is None:
            best, least = q, error
            continue
        better = error < least
        best, least, scale = np.where(better[:, None], q, best), np.where(better, error, least), np.where(better, s, scale)
    return scale.astype(np.float32), best


# --- the packed file ---

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


def save(named, path):
    """Writes parts, in their order."""
    body = struct.pack("<I", len(named))
    for name, (kind, rows, columns, payload) in named.items():
        n = name.encode()
        body += struct.pack("<B", len(n)) + n + struct.pack("<BII", kind, rows, columns) + payload
    h = 0xCBF29CE484222325
    for b in body:
        h = ((h ^ b) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    pathlib.Path(path).write_bytes(MAGIC + struct.pack("<Q", h) + body)


def numbers(part):
    """(scales, int8 rows) of a part of weights in bytes"""
    _, rows, columns, b = part
    return np.frombuffer(b, "<f4", rows), np.frombuffer(b, np.int8, offset=4 * rows).reshape(rows, columns)


def text(path, name):
    """The lines of a part of text"""
    return parts(path)[name][3].decode().split("\n")[:-1]


def refit(path):
    """Rounds the weights of a file's products anew where they do not fit."""
    named = parts(path)
    for name, (kind, rows, columns, _) in named.items():
        if kind == 1 and name.endswith(".weight"):
            scale, q = numbers(named[name])
            bad = excess(q)[2].any(1)
            if bad.any():
                scale, q = scale.copy(), q.copy()
                scale[bad], q[bad] = fit(q[bad] * scale[bad].astype(np.float64)[:, None])
            named[name] = kind, rows, columns, scale.astype("<f4").tobytes() + q.tobytes()
    save(named, path)


# --- the core ---

def squash(x):
    return np.float32(0.5) + np.float32(0.5) * x / np.sqrt(1 + x * x)


class Core:
    """A packed core; all numbers f32, products of layers in whole numbers."""

    def __init__(self, path):
        self.parts = parts(path)
        self.labels = {k: text(path, f"core/{k}") for k in ("upos", "xpos", "deprel", "lemma", "name")}
        self.exceptions = {(f, u): l for f, u, l in (x.split("\t") for x in text(path, "core/exceptions"))}
        self.pieces = features.WordPieces(text(path, "core/pieces"))

    def exact(self, name):
        kind, rows, columns, b = self.parts["core/" + name]
        assert kind == 0
        x = np.frombuffer(b, "<f4").reshape(rows, columns)
        return x[0] if rows == 1 else x

    def table(self, name):
        scale, q = numbers(self.parts["core/" + name])
        return q.astype(np.float32) * scale[:, None]

    def linear(self, name, x):
        scale, q = numbers(self.parts[f"core/{name}.weight"])
        assert not excess(q)[2].any(), f"{name} does not fit"
        most = np.maximum(np.abs(x).max(1), np.float32(1e-20))
        steps = np.rint(x * (np.float32(STEPS) / most)[:, None]).astype(np.int32)
        out = (steps @ q.astype(np.int32).T).astype(np.float32) * ((most / np.float32(STEPS))[:, None] * scale)
        return out + self.exact(f"{name}.bias") if f"core/{name}.bias" in self.parts else out

    def norm(self, name, x):
        x = x - x.mean(1, keepdims=True)
        return x / np.sqrt((x * x).mean(1, keepdims=True) + np.float32(1e-5)) * self.exact(f"{name}.scale") + self.exact(f"{name}.shift")

    def block(self, name, x):
        n, d = x.shape
        u, near = self.norm(f"{name}.norm", x), self.exact(f"{name}.near")
        v = u * near[1]
        v[1:] += u[:-1] * near[0]
        v[:-1] += u[1:] * near[2]
        z, c, g = np.split(self.linear(f"{name}.mix", v), 3, 1)
        z, h = squash(z), np.zeros_like(c)
        for columns, order in ((slice(0, d // 2), range(n)), (slice(d // 2, d), reversed(range(n)))):
            state = np.zeros(d // 2, np.float32)
            for t in order:
                state = state + z[t, columns] * (c[t, columns] - state)
                h[t, columns] = state
        return x + self.linear(f"{name}.out", h * (g * squash(g)))

    def describe(self, forms):
        """Rows of features: hashed, pieces, quotation state, style"""
        style = features.style(forms)
        return np.array([[*features.token(f, self.pieces), q, style] for f, q in zip(forms, features.quotes(forms))])

    def states(self, x):
        k = len(features.HASHED)
        embedded = [self.table(f"table.{name}")[x[:, i]] for i, name in enumerate(features.HASHED)]
        pieces = x[:, k:k + features.PIECES]
        some = (pieces > 0)[..., None].astype(np.float32)
        embedded.append((self.table("table.piece")[pieces] * some).sum(1) / np.maximum(some.sum(1), 1))
        embedded += [self.table("table.quote")[x[:, -2]], self.table("table.style")[x[:, -1]]]
        h = self.linear("enter", np.concatenate(embedded, 1).astype(np.float32))
        for i in range(sum(p.endswith(".near") for p in self.parts)):
            h = self.block(f"block{i}", h)
        return self.norm("norm", h)

    def read(self, forms):
        """{"features", "states", "upos", "xpos", "lemma", "head", "deprel", "name"} of a sentence"""
        x = self.describe(forms)
        h = self.states(x)
        relu = lambda v: np.maximum(v, 0)
        upos, xpos, name = (self.linear(k, h) for k in ("upos", "xpos", "name"))
        script = self.linear("lemma", relu(self.linear("lemma_in", h)))
        with_root = np.concatenate([self.exact("root")[None], h])
        own, up = relu(self.linear("arc_dep", h)), relu(self.linear("arc_head", with_root))
        arcs = (own @ self.table("arc") + self.exact("arc_bias")) @ up.T
        n, distance = len(forms), self.exact("distance")
        far = len(distance) // 2
        gap = (np.arange(n)[None] - np.arange(n)[:, None]).clip(-far, far) + far
        arcs[:, 1:] += distance[gap]
        arcs[np.arange(n), np.arange(n) + 1] = -1e4
        heads = np.array(decode.tree(arcs))
        own, up = relu(self.linear("label_dep", h)), relu(self.linear("label_head", with_root))[heads]
        relation = self.linear("label_pair", own * up) + self.linear("label_own", own) + self.linear("label_up", up)
        root = self.labels["deprel"].index("root")
        relation[:, root] = -1e9
        relation = np.where(heads == 0, root, relation.argmax(1))
        names = lambda kind, rows: [self.labels[kind][i] for i in rows]
        upos = names("upos", upos.argmax(1))
        return {
            "features": x.tolist(),
            "states": [[round(v, 5) for v in row[:4].tolist()] for row in h],
            "upos": upos,
            "xpos": names("xpos", xpos.argmax(1)),
            "lemma": [lemmas.lemma(f, u, s, self.exceptions) for f, u, s in zip(forms, upos, names("lemma", script.argmax(1)))],
            "head": [int(v) for v in heads],
            "deprel": names("deprel", relation),
            "name": names("name", decode.name_path(name)),
        }


def parity(core, path):
    """What a packed core reads in the fixture."""
    core = Core(core)
    out = [{"text": t, **core.read(t.split(" "))} for t in FIXTURE]
    pathlib.Path(path).write_text("[\n" + ",\n".join(json.dumps(x) for x in out) + "\n]\n")


if __name__ == "__main__":
    {"fit": refit, "parity": parity}[sys.argv[1]](*sys.argv[2:])
