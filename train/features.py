"""What the network sees of a token.  `crates/language/src/net/features.rs` computes the same numbers to the bit;
`models/en/core.parity.json` (written by train.py, read by a Rust test) holds both to it.

A feature is an index into an embedding table.  Index 0 means "nothing" and its row is zero.
"""
import unicodedata

HASHED = {"word": 32768, "prefix": 4096, "suffix3": 8192, "suffix2": 2048, "shape": 512}
"""Rows of the hashed tables: a string s has row 1 + fnv1a64(s) % (rows - 1)."""
QUOTE_STATES = 4
STYLES = 4
PIECES = 4
"""A token is the mean of at most so many word pieces."""
LONGEST = 40
"""Word pieces, affixes and shape look at the first so many characters of a token (suffixes at the last ones)."""

SINGLE = "\u2018\u2019\u201b`\u00b4"
DOUBLE = "\u201c\u201d\u201e\u201f\u00ab\u00bb"
DASH = "\u2013\u2014\u2015"
OPENING = "\u201c\u201e\u00ab"
CLOSING = "\u201d\u00bb"
WHOLE = {"``": '"', "''": '"', "--": "\u2013", "---": "\u2013", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]"}


def fnv1a64(text):
    """FNV-1a, 64 bits, over the UTF-8 bytes."""
    h = 0xCBF29CE484222325
    for b in text.encode("utf-8", "surrogatepass"):
        h = ((h ^ b) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def row(table, text):
    return 1 + fnv1a64(text) % (HASHED[table] - 1)


CHARS = {**{ord(c): "'" for c in SINGLE}, **{ord(c): '"' for c in DOUBLE}, **{ord(c): "\u2013" for c in DASH}, 0x2026: "..."}


def normal(form):
    """The form with one kind of quotation mark, dash and ellipsis."""
    form = form.translate(CHARS)
    return WHOLE.get(form, form)


def shape(text):
    """X upper, x lower, d ASCII digit, ASCII otherwise itself, o the rest; runs cut at 2, the whole at 8."""
    out = []
    for c in text[:LONGEST]:
        k = "d" if "0" <= c <= "9" else "X" if c.isupper() else "x" if c.islower() else c if c < "\x80" else "o"
        if not (len(out) >= 2 and out[-1] == k and out[-2] == k):
            out.append(k)
            if len(out) == 8:
                break
    return "".join(out)


def folding():
    """{accented Latin letter: its base letter}, lower case only; stored with the weights so that Rust needs no table."""
    out = {}
    for cp in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        c = chr(cp)
        base = unicodedata.normalize("NFD", c)[0]
        if base != c and base.isascii() and base.islower():
            out[c] = base
    out.update({"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u0131": "i"})
    return out


class WordPieces:
    """Greedy longest match, after BERT's, over a reduced vocabulary.  Row 0 is nothing, row 1 an unknown piece."""

    def __init__(self, pieces, unknown=1):
        self.index = pieces if isinstance(pieces, dict) else {p: i for i, p in enumerate(pieces) if i > 1}
        self.unknown = unknown
        self.fold = folding()

    @staticmethod
    def reduce(vocabulary):
        """(kept pieces, their rows in the full table): ASCII pieces and dashes; the first two places are taken."""
        kept, rows = ["", "[UNK]"], [0, vocabulary["[UNK]"]]
        for p, i in vocabulary.items():
            if p.startswith("["):
                if len(p) > 1:
                    continue
            if all(c.isascii() or c in "\u2013\u20ac\u00a3" for c in p):
                kept.append(p)
                rows.append(i)
        return kept, rows

    def split(self, lower, limit=PIECES):
        text = "".join(self.fold.get(c, c) for c in lower[:LONGEST])
        out, i = [], 0
        while i < len(text) and len(out) < limit:
            end = i + 1
            if wordlike(text[i]):
                while end < len(text) and wordlike(text[end]):
                    end += 1
            start = i
            while start < end and len(out) < limit:
                stop = end
                while stop > start:
                    piece = text[start:stop] if start == i else "##" + text[start:stop]
                    if piece in self.index:
                        break
                    stop -= 1
                if stop == start:
                    out.append(self.unknown)
                    break
                out.append(self.index[piece])
                start = stop
            i = end
        return out


def wordlike(c):
    return c >= "\x80" or c.isalnum()


def token(form, pieces):
    """(word, prefix, suffix3, suffix2, shape, piece, piece, piece, piece)"""
    text = normal(form)
    lower = text.lower()
    wp = pieces.split(lower)
    return (
        row("word", "".join("0" if "0" <= c <= "9" else c for c in lower)),
        row("prefix", lower[:3]),
        row("suffix3", lower[-3:]),
        row("suffix2", lower[-2:]),
        row("shape", shape(text)),
        *wp,
        *[0] * (PIECES - len(wp)),
    )


def quotes(forms):
    """Per token 0 outside, 1 an opening mark, 2 inside, 3 a closing mark; a straight mark opens when none is open."""
    out, inside = [], False
    for f in forms:
        text = normal(f)
        if text == '"':
            opens = True if f in OPENING else False if f in CLOSING else not inside
            out.append(1 if opens else 3)
            inside = opens
        else:
            out.append(2 if inside else 0)
    return out


def style(forms):
    """How a sentence is written: 0 as prose, 1 in capitals, 2 with title case, 3 in lower case."""
    shapes = [s for s in (shape(normal(f)) for f in forms) if s[:1] in ("X", "x")]
    if len(shapes) < 4:
        return 0
    upper = sum("x" not in s for s in shapes)
    first = sum(s[0] == "X" for s in shapes)
    if upper == len(shapes):
        return 1
    if first * 10 >= len(shapes) * 7:
        return 2
    return 3 if first == 0 else 0
