"""Losses, the training loop, and scores on the development sets."""
import math, random, time
import numpy as np
import torch
from torch.nn.functional import cross_entropy
import batches, decode, lemmas

WEIGHTS = {"upos": 0.4, "xpos": 0.4, "lemma": 0.2, "name": 1.0, "arc": 1.0, "deprel": 0.8}


def hard(logits, y):
    """Cross entropy summed over labelled tokens, with their number."""
    return cross_entropy(logits.float().flatten(0, 1), y.flatten(), ignore_index=batches.NONE, reduction="sum"), (y != batches.NONE).sum()


def divergence(logits, p, weight):
    return -(p * torch.log_softmax(logits.float(), -1)).sum(-1).mul(weight).sum(), weight.sum()


def loss(h, heads, batch, share):
    """The weighted mean losses of all layers.  share: of the soft targets where a token has both."""
    soft = batch["soft"]
    tags = heads.tags(h)
    tags["arc"] = heads.arcs(h, batch["mask"])
    gold = batch["head"]
    at = gold.clamp(min=0)
    if soft:
        at = torch.where(gold >= 0, at, soft["head"])
    tags["deprel"] = heads.labels(h, at)
    total = 0
    for k, w in WEIGHTS.items():
        y = gold if k == "arc" else batch[k]
        a, n = hard(tags[k], y)
        if soft and k != "lemma":
            b, m = divergence(tags[k], soft[k], soft["weight"])
            if n == 0:
                total = total + w * b / m.clamp(min=1)
            else:
                total = total + w * ((1 - share) * a / n.clamp(min=1) + share * b / m.clamp(min=1))
        elif n > 0:
            total = total + w * a / n
    return total


def fit(model, sentences, store, labels, epochs, rate, seed, tokens=1500, share=0.5, report=None, bf16=False, rates=None, word_dropout=0.15, log=print):
    """Trains in place.  sentences: of each epoch, drawn by sentences(rng).  report(model, epoch) is called after each epoch."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    groups = rates(model, rate) if rates else [
        {"params": [p for n, p in model.named_parameters() if p.dim() >= 2 and not embedding(n)], "weight_decay": 0.02, "lr": rate, "top": rate},
        {"params": [p for n, p in model.named_parameters() if p.dim() < 2 or embedding(n)], "weight_decay": 0.0, "lr": rate, "top": rate},
    ]
    opt = torch.optim.AdamW(groups, betas=(0.9, 0.98), eps=1e-8, fused=True)
    steps = len(batches.batches(sentences(random.Random(seed)), tokens, random.Random(seed))) * epochs
    step, started = 0, time.time()
    for epoch in range(epochs):
        model.train()
        sums = n = 0
        for part in batches.batches(sentences(rng), tokens, rng):
            at = min(1.0, step / (0.05 * steps)) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps))))
            for g in opt.param_groups:
                g["lr"] = g["top"] * at
            batch = batches.collate(part, store, labels, rng)
            with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
                h = model.encoder(batch["x"], batch["mask"], word_dropout)
                value = loss(h, model.heads, batch, share)
            opt.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            step += 1
            sums, n = sums + value.item(), n + 1
            if step in (20, 100):
                log(f"  step {step} of {steps}: {(time.time() - started) / step:.3f} s a step")
        log(f"epoch {epoch + 1} of {epochs}: loss {sums / n:.4f}, {time.time() - started:.0f} s")
        if report:
            report(model, epoch)


def embedding(name):
    return any(x in name for x in ("tables", "pieces", "quote", "style", "embed"))


@torch.no_grad()
def predict(model, sentences, store, labels, tokens=6000, bf16=False):
    """Yields (sentence, {"upos", "xpos", "lemma", "name": classes, "heads", "deprel"}) in any order."""
    model.eval()
    for part in batches.batches(sentences, tokens, random.Random(0)):
        batch = batches.collate(part, store, labels)
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            h = model.encoder(batch["x"], batch["mask"])
            tags = {k: v.float().numpy() for k, v in model.heads.tags(h).items()}
            arcs = model.heads.arcs(h, batch["mask"]).numpy()
            heads = np.zeros(batch["mask"].shape, np.int64)
            for i, s in enumerate(part):
                k = len(s.forms)
                heads[i, :k] = decode.tree(arcs[i, :k, :k + 1])
            rel = model.heads.labels(h, torch.from_numpy(heads)).float().numpy()
        for i, s in enumerate(part):
            k = len(s.forms)
            out = {t: tags[t][i, :k].argmax(-1) for t in ("upos", "xpos", "lemma")}
            out["name"] = decode.name_path(tags["name"][i, :k])
            # a root is called root, nothing else is
            r = rel[i, :k].copy()
            root = labels.index["deprel"]["root"]
            r[:, root] = -1e9
            best = r.argmax(-1)
            best[heads[i, :k] == 0] = root
            out["heads"], out["deprel"] = heads[i, :k], best
            yield s, out


def trees(model, sentences, store, labels, table, **kw):
    """{"UPOS", "XPOS", "lemma", "UAS", "LAS", "ccomp", "parataxis"} in percent."""
    hit = dict.fromkeys(("UPOS", "XPOS", "lemma", "UAS", "LAS"), 0)
    n = lem = 0
    rel = {k: [0, 0, 0] for k in ("ccomp", "parataxis")}
    for s, p in predict(model, sentences, store, labels, **kw):
        for i, form in enumerate(s.forms):
            n += 1
            upos = labels.upos[p["upos"][i]]
            hit["UPOS"] += upos == s.upos[i]
            hit["XPOS"] += labels.xpos[p["xpos"][i]] == s.xpos[i]
            if s.lemmas[i] != "_" or form == "_":
                lem += 1
                hit["lemma"] += lemmas.lemma(form, upos, labels.lemma[p["lemma"][i]], table).casefold() == s.lemmas[i].casefold()
            head = p["heads"][i] == s.heads[i]
            a, b = s.deprels[i].split(":")[0], labels.deprel[p["deprel"][i]].split(":")[0]
            hit["UAS"] += head
            hit["LAS"] += head and a == b
            for k, c in rel.items():
                c[0] += head and a == b == k
                c[1] += b == k
                c[2] += a == k
    out = {k: 100 * v / (lem if k == "lemma" else n) for k, v in hit.items()}
    return out | {k: 200 * c[0] / max(1, c[1] + c[2]) for k, c in rel.items()}


def names(model, sentences, store, labels, **kw):
    """F1 of person, organization, place, group, and of all four, in percent; tokens as given."""
    count = {}
    for s, p in predict(model, sentences, store, labels, **kw):
        got = decode.spans([labels.name[i] for i in p["name"]])
        want = decode.spans([t or "O" for t in s.names])
        for kind in ("person", "organization", "place", "group"):
            g, w = {x for x in got if x[2] == kind}, {x for x in want if x[2] == kind}
            for key in (kind, "all"):
                c = count.setdefault(key, [0, 0, 0])
                c[0] += len(g & w)
                c[1] += len(g)
                c[2] += len(w)
    return {k: 200 * c[0] / max(1, c[1] + c[2]) for k, c in count.items()}


def printed(scores):
    return " ".join(f"{k} {v:.2f}" for k, v in scores.items())
