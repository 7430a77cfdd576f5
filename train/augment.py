"""Small changes to training sentences, so that headlines, missing stops and other keyboards are nothing new."""
CURLY = {'"': ("\u201c", "\u201d"), "'s": "\u2019s", "n't": "n\u2019t", "'": "\u2019"}
SMALL = frozenset("a an the of in on at by for to and or but as is with from".split())


def altered(forms, rng):
    """A changed copy of the forms, or the forms themselves; the number of tokens stays."""
    r = rng.random()
    out = forms
    if r < 0.04:
        out = [f.lower() for f in forms]
    elif r < 0.07:
        out = [f if f.lower() in SMALL and i else f[:1].upper() + f[1:] for i, f in enumerate(forms)]
    elif r < 0.10:
        out = [f.upper() for f in forms]
    if rng.random() < 0.2:
        out, opened = list(out), False
        for i, f in enumerate(out):
            if f == '"':
                opened = not opened
                out[i] = CURLY[f][0 if opened else 1]
            elif f in ("\u201c", "\u201d", "``", "''"):
                out[i] = '"'
    if rng.random() < 0.3:
        out = ["\u2014" if f in ("-", "--", "\u2013") and rng.random() < 0.3 else f for f in out]
    return out
