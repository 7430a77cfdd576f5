"""From scores to trees and names, as `crates/language/src/net/{tree,names}.rs` does it."""
import numpy as np
import corpora


def tree(scores):
    """Heads (0 is the root, else 1 + index) of the best tree with one root.  scores: n × (1 + n)"""
    n = len(scores)
    heads = scores.argmax(1)
    roots = np.nonzero(heads == 0)[0]
    if len(roots) == 1 and reaches(heads):
        return heads
    gain = scores[:, 0] - scores[:, 1:].max(1) if n > 1 else scores[:, 0]
    root = int(gain.argmax())
    s = np.full((n + 1, n + 1), -1e9)
    s[1:] = scores
    s[1:, 0] = -1e9
    s[root + 1] = -1e9
    s[root + 1, 0] = 0
    return np.array(edmonds(s)[1:])


def reaches(heads):
    """Whether every token's heads lead to the root."""
    state = [0] * (len(heads) + 1)
    state[0] = 2
    for i in range(1, len(heads) + 1):
        path, j = [], i
        while state[j] == 0:
            state[j] = 1
            path.append(j)
            j = int(heads[j - 1])
        if state[j] == 1:
            return False
        for k in path:
            state[k] = 2
    return True


def edmonds(s):
    """Chu-Liu and Edmonds on a dense matrix s[dependent][head], node 0 the root: best head per node (own index 0 is 0)."""
    n = len(s)
    s = s.copy()
    np.fill_diagonal(s, -1e18)
    head = s.argmax(1)
    head[0] = 0
    cycle = find_cycle(head)
    if cycle is None:
        return [int(h) for h in head]
    inside = set(cycle)
    rest = [i for i in range(n) if i not in inside]
    where = {v: i for i, v in enumerate(rest)}
    m = len(rest) + 1
    c = np.full((m, m), -1e18)
    enter, leave = {}, {}
    total = sum(s[v, head[v]] for v in cycle)
    for v in rest:
        for u in rest:
            if v != u:
                c[where[v], where[u]] = s[v, u]
        u = max(cycle, key=lambda x: s[v, x])
        c[where[v], m - 1] = s[v, u]
        leave[v] = u
        w = max(cycle, key=lambda x: s[x, v] - s[x, head[x]])
        c[m - 1, where[v]] = total + s[w, v] - s[w, head[w]]
        enter[v] = w
    sub = edmonds(c)
    out = [0] * n
    for v in cycle:
        out[v] = int(head[v])
    for v in rest:
        if v != 0:
            out[v] = leave[v] if sub[where[v]] == m - 1 else rest[sub[where[v]]]
    v = rest[sub[m - 1]]
    out[enter[v]] = v
    return out


def find_cycle(head):
    color = [0] * len(head)
    color[0] = 2
    for i in range(1, len(head)):
        path, j = [], i
        while color[j] == 0:
            color[j] = 1
            path.append(j)
            j = int(head[j])
        if color[j] == 1:
            return path[path.index(j):]
        for k in path:
            color[k] = 2
    return None


START = np.array([0.0 if not t.startswith("I") else -1e9 for t in corpora.NAME_TAGS])
STEP = np.array([[0.0 if not b.startswith("I") or a[2:] == b[2:] else -1e9 for b in corpora.NAME_TAGS] for a in corpora.NAME_TAGS])


def name_path(logits):
    """Best tag indices under "an I- follows a B- or I- of its type"."""
    score = logits[0] + START
    back = []
    for row in logits[1:]:
        through = score[:, None] + STEP
        back.append(through.argmax(0))
        score = through.max(0) + row
    out = [int(score.argmax())]
    for b in reversed(back):
        out.append(int(b[out[-1]]))
    return out[::-1]


def spans(tags):
    """{(start, end, type)} of BIO tags."""
    out, start = set(), None
    for i, t in enumerate([*tags, "O"]):
        if start is not None and not t.startswith("I-"):
            out.add((start, i, tags[start][2:]))
            start = None
        if t.startswith("B-"):
            start = i
    return out
