"""Articles for the judge of attributions: what the product reads in them (`cargo xtask export`), what annotators wrote, and the
window of each cue.  Nothing read here enters the repository."""
import bisect, json
from dataclasses import dataclass
import numpy as np
import features

LEMMAS = 8192
NAMES = ("person", "organization", "place", "group", "event", "work", "other")
LEFT, RIGHT = 72, 104
"""Tokens of a window before and after the first token of the cue, at most."""
ROLES = ("cue", "source", "content")
STATES = 144
OFFSETS = 29
"""Buckets of a token's distance from the cue."""


@dataclass
class Article:
    id: str
    start: list  # code points
    end: list
    forms: list
    sentence: np.ndarray
    paragraph: np.ndarray
    mark: np.ndarray
    head: np.ndarray
    deprel: list
    x: dict  # feature -> array of numbers
    states: np.ndarray
    rules: list  # what the rules find, in tokens
    first: np.ndarray  # of each sentence, its first token; one more than there are sentences
    gold: list = None  # {"cue", "source", "content": tokens}
    tags: dict = None

    def __len__(self):
        return len(self.forms)


def hashed(lemma):
    return 1 + features.fnv1a64(lemma) % (LEMMAS - 1)


def distance(d):
    """0 for no head, then the head's distance in six steps to each side"""
    m = abs(d)
    step = 0 if m == 0 else 1 if m == 1 else 2 if m == 2 else 3 if m < 5 else 4 if m < 10 else 5
    return 0 if d == 0 else step if d > 0 else step + 5


def offset(d):
    """A token's place relative to the cue: exact to 4, then by doubling steps"""
    m = abs(d)
    step = m if m <= 4 else 4 + (5 <= m) + (m > 6) + (m > 9) + (m > 13) + (m > 19) + (m > 28) + (m > 42) + (m > 60) + (m > 85) + 0
    return 14 + step if d >= 0 else 14 - step


def tokens(ranges):
    return [i for a, b in ranges for i in range(a, b)]


def read(folder, name, relations, gold=None):
    """The articles of `folder/name.jsonl` with their states.  relations: the treebank's, in the order of the core's file."""
    index = {r: i for i, r in enumerate(relations)}
    states = np.fromfile(f"{folder}/{name}.states", np.float32).reshape(-1, STATES)
    out, at = [], 0
    for line in open(f"{folder}/{name}.jsonl", encoding="utf-8"):
        d = json.loads(line)
        t = d["tokens"]
        n = len(t)
        if n == 0:
            continue
        column = lambda k: np.array([row[k] for row in t], np.int64)
        sentence, paragraph, mark, upos, head = column(2), column(3), column(4), column(5), column(7)
        deprel = np.array([index.get(row[6], 0) for row in t], np.int64)
        names = np.zeros(n, np.int64)
        for a, b, kind in d["names"]:
            names[a:b] = 1 + NAMES.index(kind)
        first = np.append(np.searchsorted(sentence, np.arange(sentence[-1] + 1)), n)
        style, place = np.zeros(n, np.int64), np.zeros(n, np.int64)
        for a, b in zip(first[:-1], first[1:]):
            quoted = mark[a:b] > 0
            opens = a == 0 or paragraph[a] != paragraph[a - 1]
            style[a:b] = (2 if quoted.all() else 1 if quoted.any() else 0) + 3 * opens
            i = np.arange(b - a)
            place[a:b] = np.minimum(i, 3) + (i >= 5) + (i >= 9) + (i >= 17) + (i >= 33)
        rules = [{r: tokens(x[r]) for r in ROLES} | {"nested": x["within"] is not None, "continues": x["continues"] is not None, "confidence": x["confidence"]} for x in d["rules"]]
        by_rule = np.zeros(n, np.int64)
        for r in rules:
            for bit, role in ((1, "cue"), (2, "source"), (4, "content")):
                for i in r[role]:
                    by_rule[i] |= bit
        x = {
            "lemma": np.array([hashed(row[8]) for row in t], np.int64), "upos": upos, "deprel": deprel, "name": names, "mark": mark, "style": style, "place": place,
            "head_upos": upos[head], "head_deprel": deprel[head], "distance": np.array([distance(h - i) for i, h in enumerate(head)], np.int64), "rule": by_rule,
        }
        a = Article(d["id"], [r[0] for r in t], [r[1] for r in t], [r[9] for r in t], sentence, paragraph, mark, head, deprel, x, states[at:at + n], rules, first)
        at += n
        if gold:
            annotate(a, gold[d["id"]])
        out.append(a)
    return out


def annotate(a, gold):
    """Adds the annotators' attributions, those without a cue left out."""
    n = len(a)

    def covered(spans):
        out = []
        for x, y in sorted(spans):
            i = bisect.bisect_right(a.end, x)
            while i < n and a.start[i] < y:
                out.append(i)
                i += 1
        return sorted(set(out))

    a.gold, a.tags = [], {r: np.zeros(n, np.int64) for r in ROLES}
    for x in gold["attributions"]:
        g = {r: covered(x[r]) for r in ROLES}
        if not g["cue"]:
            continue
        a.gold.append(g)
        for r in ROLES:
            previous = -2
            for i in g[r]:
                if r == "content" or a.tags[r][i] == 0:
                    a.tags[r][i] = 2 if i == previous + 1 else 1
                previous = i


def window(a, cue):
    """The tokens that a cue's second pass sees: its sentence and one to each side, further where the quotation goes on."""
    c = cue[0]
    s = a.sentence[c]
    low, high = max(0, s - 1), min(len(a.first) - 2, s + 1)
    goes_on = lambda k: a.mark[a.first[k]] >= 2
    while low > 0 and c - a.first[low] < LEFT and goes_on(low):
        low -= 1
    while high + 2 < len(a.first) and a.first[high + 1] - c < RIGHT and goes_on(high + 1):
        high += 1
    return max(a.first[low], c - LEFT), min(a.first[high + 1], c + RIGHT)


def relations(a, cue, low, high, kinds):
    """How each token of a window hangs from the cue in the tree: 0 another sentence, 1 elsewhere, 2 the cue's head; below
    the cue, by the relation of its child; elsewhere below the cue's own head, by the relation of the cue."""
    inside = set(cue)
    c = next((i for i in cue if a.head[i] == i or int(a.head[i]) not in inside), cue[0])
    up = int(a.head[c]) if a.head[c] != c else -1
    out = np.zeros(high - low, np.int64)
    s = a.sentence[c]
    for t in range(max(low, a.first[s]), min(high, a.first[s + 1])):
        j, got = t, 1
        for _ in range(40):
            if j == c:
                got = 2
                break
            h = int(a.head[j])
            if h == c:
                got = 3 + int(a.deprel[j])
                break
            if j == up:
                got = 3 + kinds + int(a.deprel[c])
                break
            if h == j:
                break
            j = h
        out[t - low] = got
    return out


def rule_of(a, cue):
    """The rules' attribution with that cue, or None."""
    inside = set(cue)
    return next((r for r in a.rules if inside & set(r["cue"])), None)


def spans(a, which):
    """Tokens as spans of code points, neighbours joined."""
    out = []
    for i in sorted(which):
        if out and i == out[-1][1] + 1:
            out[-1][1] = i
        else:
            out.append([i, i])
    return [[a.start[x], a.end[y]] for x, y in out]
