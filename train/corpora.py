"""Reading the corpora: treebanks, names, raw news.  Nothing read here enters the repository."""
import gzip, json, pathlib, re
from dataclasses import dataclass, field

LEFT_OUT = ("GUM_conversation",)
"""GUM's conversations: their licence allows no derivatives, and speech with false starts is far from news."""
NAME_TYPES = ("person", "organization", "place", "group", "event", "work", "other")
NAME_TAGS = ("O", *(f"{p}-{t}" for t in NAME_TYPES for p in "BI"))
TYPE_OF = {
    "PER": "person", "Person": "person", "ORG": "organization", "Organization": "organization",
    "LOC": "place", "Location": "place", "Facility": "place", "NORP": "group", "Product": "other", "Misc": "other",
}
"""Dates and sums are no names here: other layers read them."""
EVENT_WORDS = frozenset(
    "festival cup games olympics war wars summit conference championship championships tournament election elections referendum "
    "revolution massacre marathon expo biennale uprising holocaust genocide carnival prix christmas easter ramadan eid diwali day week year".split()
)
WORK_WORDS = frozenset(
    "act law bill constitution treaty accord accords agreement charter protocol report declaration bible koran quran magazine novel "
    "symphony album movie resolution pact decree".split()
)
"""The corpus calls both "Misc"; a word of the name tells them apart, what is left is "other"."""
LONGEST = 120
"""Tokens of a training sentence; longer ones are left out (trees) or cut (names, raw text)."""


@dataclass
class Sentence:
    forms: list
    upos: list = None
    xpos: list = None
    lemmas: list = None
    heads: list = None  # 0 is the root, else 1 + index
    deprels: list = None
    names: list = None  # tags of NAME_TAGS, or None for a token without annotation
    corpus: str = ""
    soft: dict = field(default=None, repr=False)


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as f:
        yield from (x.rstrip("\r\n") for x in f)
        yield ""


def treebank(path, corpus):
    """Sentences of a CoNLL-U file, without multiword ranges and empty nodes."""
    out, rows, keep = [], [], True
    for line in lines(path):
        if line.startswith("# newdoc"):
            keep = not any(x in line for x in LEFT_OUT)
        elif line.startswith("#"):
            continue
        elif line:
            c = line.split("\t")
            if c[0].isdigit():
                rows.append(c)
        elif rows:
            if keep:
                out.append(Sentence([c[1] for c in rows], [c[3] for c in rows], [c[4] for c in rows], [c[2] for c in rows],
                                    [int(c[6]) for c in rows], [c[7] for c in rows], None, corpus))
            rows = []
    return out


def name_tags(forms, tags, others):
    """The corpus's tags as ours.  `others`: the corpus annotates more than person, organization, place."""
    out, previous = [], None
    for i, tag in enumerate(tags):
        kind = TYPE_OF.get(tag[2:]) if "-" in tag else None
        if tag[2:] in ("Misc", "Product"):
            end = i
            while end + 1 < len(tags) and tags[end + 1] == "I-" + tag[2:]:
                end += 1
            words = {w.lower() for w in forms[i:end + 1]}
            if tag[0] == "I" and previous:
                kind = previous
            elif words & EVENT_WORDS:
                kind = "event"
            elif words & WORK_WORDS:
                kind = "work"
        if kind is None:
            out.append("O" if others or tag == "O" else None)
        else:
            out.append(("I-" if tag[0] in "IE" and kind == previous else "B-") + kind)
        previous = kind
    return out


def named(path, corpus, others):
    """Sentences of a two-column names file, in order."""
    out, rows = [], []
    for line in lines(path):
        if "\t" in line:
            c = line.split("\t")
            rows.append((c[1], c[2]) if ".iob2" in str(path) else (c[0], c[1]))
        elif not line.strip() and rows:
            for k in range(0, len(rows), LONGEST):
                part = rows[k:k + LONGEST]
                forms = [f for f, _ in part]
                out.append(Sentence(forms, names=name_tags(forms, [t for _, t in part], others), corpus=corpus))
            rows = []
    return out


PIECE = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


def raw_news(path):
    """Sentences of the attribution articles, tokens as the silver layer cuts them and then at hyphens, as UD does."""
    out = []
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f:
            for sentence in json.loads(line)["sentences"]:
                forms = [t[0] for t in sentence]
                cut = []
                for x in forms:
                    parts = PIECE.split(x)
                    for i, p in enumerate(parts):
                        cut += ([] if i == 0 else ["-"]) + [p]
                for k in range(0, len(cut), LONGEST):
                    out.append(Sentence(cut[k:k + LONGEST], corpus="raw"))
    return out


def training(folder):
    """(treebank sentences, names sentences, raw sentences) for training."""
    folder = pathlib.Path(folder)
    trees = treebank(folder / "treebank/ewt-train.conllu.gz", "ewt") + treebank(folder / "treebank/gum-free-train.conllu.gz", "gum")
    trees = [s for s in trees if len(s.forms) <= LONGEST]
    gum = {tuple(s.forms): s for s in trees if s.corpus == "gum"}
    names = named(folder / "ner/newswire-train.tsv.gz", "newswire", True)
    for s in named(folder / "ner/gum-free-train.tsv.gz", "gum", False):
        # the same sentences as the treebank's: both layers go to one record
        if tuple(s.forms) in gum:
            gum[tuple(s.forms)].names = three_types(s)
    raw = raw_news(folder / "attribution/polnear-train-corenlp.jsonl.gz")
    return trees, names, raw


def three_types(sentence):
    """A corpus with person, organization, place alone does not say that "French" is no name: its capitalised words
    outside names stay unlabelled."""
    return [None if t == "O" and f[:1].isupper() else t for f, t in zip(sentence.forms, sentence.names)]


def development(folder):
    folder = pathlib.Path(folder)
    return {
        "ewt": treebank(folder / "treebank/ewt-dev.conllu.gz", "ewt"),
        "gum": treebank(folder / "treebank/gum-free-dev.conllu.gz", "gum"),
        "newswire": named(folder / "ner/newswire-dev.tsv.gz", "newswire", True),
    }
