"""Lemmas as edit scripts "cut n characters, append s" on the lower-case form, and a table of what scripts cannot say."""
import collections
import features


def script(form, lemma):
    """The edit script, or None where the lemma is "_" (goeswith)."""
    if lemma == "_" and form != "_":
        return None
    a, b = features.normal(form).lower(), features.normal(lemma).lower()
    k = 0
    while k < min(len(a), len(b)) and a[k] == b[k]:
        k += 1
    return f"{len(a) - k}|{b[k:]}"


def apply(script_, form):
    """The lemma in lower case; a script that cuts more than there is leaves the form."""
    cut, tail = script_.split("|", 1)
    low, cut = features.normal(form).lower(), int(cut)
    return low if cut > len(low) else low[:len(low) - cut] + tail


def scripts(sentences, least=3):
    """The scripts that occur at least `least` times, commonest first."""
    n = collections.Counter(script(f, l) for s in sentences for f, l in zip(s.forms, s.lemmas))
    return [s for s, k in sorted(n.items(), key=lambda x: (-x[1], x[0] or "")) if s is not None and k >= least]


def exceptions(sentences, known):
    """{(lower form, UPOS): lemma}, where training text has one dominant lemma for the pair: seen at least twice and
    right at least 9 times in 10.  They overrule the network, which cannot memorise irregular words."""
    n = collections.defaultdict(collections.Counter)
    for s in sentences:
        for f, u, l in zip(s.forms, s.upos, s.lemmas):
            if l != "_":
                n[features.normal(f).lower(), u][features.normal(l).lower()] += 1
    out = {}
    for key, c in sorted(n.items()):
        lemma, k = c.most_common(1)[0]
        if sum(c.values()) >= 2 and k * 10 >= sum(c.values()) * 9 and key[1] not in ("NUM", "PUNCT", "SYM", "PROPN", "X"):
            out[key] = lemma
    return out


def lemma(form, upos, script_, table):
    """The lemma of a form with a tag: from the table of exceptions, else by the script."""
    return table.get((features.normal(form).lower(), upos)) or apply(script_, form)
