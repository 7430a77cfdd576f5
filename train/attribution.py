"""From articles with annotated attributions to the judge's weights: see README.md."""
import argparse, copy, gzip, json, math, pathlib, random, sys, time
import numpy as np
import torch
from torch.nn import functional as F
import articles, judge, windows

START = time.time()


def log(*words):
    print(f"[{time.time() - START:6.0f} s]", *words, flush=True)


def lines(path):
    with (gzip.open if str(path).endswith(".gz") else open)(path, "rt", encoding="utf-8") as f:
        return {d["id"]: d for d in map(json.loads, f)}


def loss(net, part, rng, options):
    """The sum of all losses over a batch of articles, and its first pass alone"""
    x, states, mask = windows.collate(part)
    h, tags = net.encode(x, states, mask, options.lemma_dropout)
    y = np.full((*mask.shape, 3), -100, np.int64)
    for i, a in enumerate(part):
        for j, r in enumerate(articles.ROLES):
            y[i, :len(a), j] = a.tags[r]
    y = torch.from_numpy(y)
    total = 0
    for j, weight in enumerate((1.5, 0.7, 0.5)):
        total = total + weight * F.cross_entropy(tags[..., 3 * j:3 * j + 3].flatten(0, 1), y[..., j].flatten(), ignore_index=-100)
    first = total.item()
    with torch.no_grad():
        p = torch.softmax(tags[..., :3], -1).numpy()
    cues, gold = [], []
    for b, a in enumerate(part):
        meant = {i for g in a.gold for i in g["cue"]}
        for g in a.gold:
            cues.append((b, g["cue"]))
            gold.append(g)
        for run in windows.candidates(a, p[b, :len(a)], 0.15):
            if not meant & set(run):
                cues.append((b, run))
                gold.append(None)
        for i in a.tempting:
            if rng.random() < options.tempting:
                cues.append((b, [i]))
                gold.append(None)
    order = sorted(range(len(cues)), key=lambda i: np.subtract(*articles.window(part[cues[i][0]], cues[i][1])))
    if len(order) > 450:
        order = sorted(rng.sample(order, 450), key=order.index)
    flat = h.flatten(0, 1), tags.flatten(0, 1)
    n = max(1, len(order))
    positive = max(1, sum(gold[i] is not None for i in order))
    for k in range(0, len(order), 110):
        some = order[k:k + 110]
        total = total + second(net, flat, part, [cues[i] for i in some], [gold[i] for i in some], mask.shape[1], n, positive)
    return total, first


def second(net, flat, part, cues, gold, length, n, positive):
    bounds, at, w = windows.windows(part, cues, length, net.kinds)
    o, g = net.second(*flat, at, w)
    m = at.shape[1]
    y, source, right = np.zeros((len(cues), m, 4), np.float32), np.full((len(cues), 2), m, np.int64), np.zeros(len(cues), np.float32)
    for i, (x, (lo, hi)) in enumerate(zip(gold, bounds)):
        if x is None:
            continue
        right[i] = 1
        previous = -9
        for t in (t - lo for t in x["content"] if lo <= t < hi):
            y[i, t, 0] = 1
            if t != previous + 1:
                y[i, t, 1] = 1
                if previous >= 0:
                    y[i, previous, 2] = 1
            previous = t
        if previous >= 0:
            y[i, previous, 2] = 1
        s = [t - lo for t in x["source"] if lo <= t < hi]
        if s:
            source[i] = s[0], s[-1]
            y[i, s, 3] = 1
    y, source, right = torch.from_numpy(y), torch.from_numpy(source), torch.from_numpy(right)
    ok = w["ok"].float()
    off = -1e4 * (1 - ok)
    bce = F.binary_cross_entropy_with_logits
    total = 0.15 * bce(g[:, 1], right, reduction="sum") / n
    weight = ok * right.unsqueeze(1)
    tokens = 60.0 * positive  # windows are cut to different lengths: a token weighs the same in all
    total = total + 0.2 * (bce(o[..., 0], y[..., 0], reduction="none") * weight).sum() / tokens
    total = total + (bce(o[..., 5], y[..., 3], reduction="none") * weight).sum() / tokens
    for j in (0, 1):
        scores = torch.cat([o[..., 3 + j] + off, g[:, :1]], 1)
        total = total + 0.1 * (F.cross_entropy(scores, source[:, j], reduction="none") * right).sum() / positive
    at = torch.nonzero(right > 0).squeeze(1)
    if len(at):
        inside, begins, ends = o[at][..., 0] + off[at], o[at][..., 1], o[at][..., 2]
        gold_score = (inside * y[at][..., 0] + begins * y[at][..., 1] + ends * y[at][..., 2]).sum(1)
        total = total + 0.12 * (judge.partition(inside, begins, ends) - gold_score).clamp(max=60).sum() / positive
    return total


def path(inside, begins, ends):
    """The best way to lay segments: the tokens inside (Viterbi)."""
    n = len(inside)
    back_out, back_in = np.zeros(n, bool), np.zeros(n, bool)
    out, into = 0.0, -1e18
    for t in range(n):
        a, b = out + begins[t], into
        back_in[t] = b >= a
        c, d = into + (ends[t - 1] if t else 0.0), out
        back_out[t] = c > d
        out, into = max(c, d), inside[t] + max(a, b)
    state, got = into + ends[n - 1] > out, []
    for t in range(n - 1, -1, -1):
        if state:
            got.append(t)
            state = bool(back_in[t])
        else:
            state = bool(back_out[t])
    return got[::-1]


def log_softmax(x, extra):
    x = np.append(x, extra)
    return x - np.logaddexp.reduce(x)


@torch.no_grad()
def judged(net, which, threshold, size=6000):
    """What the net says of every candidate: (article, cue, source, content, its numbers for the confidence)"""
    net.eval()
    for part in windows.batches(which, size, random.Random(0)):
        x, states, mask = windows.collate(part)
        h, tags = net.encode(x, states, mask)
        p = torch.softmax(tags.unflatten(-1, (3, 3)), -1).numpy()
        cues = [(b, c) for b, a in enumerate(part) for c in windows.candidates(a, p[b, :len(a), 0], threshold)]
        for k in range(0, len(cues), 200):
            bounds, at, w = windows.windows(part, cues[k:k + 200], mask.shape[1], net.kinds)
            o, g = (v.numpy() for v in net.second(h.flatten(0, 1), tags.flatten(0, 1), at, w))
            for i, ((b, cue), (lo, hi)) in enumerate(zip(cues[k:k + 200], bounds)):
                n, own = hi - lo, set(cue)
                inside = path(*(o[i, :n, j] for j in range(3)))
                content = [t + lo for t in inside if t + lo not in own]
                a, z = log_softmax(o[i, :n, 3], g[i, 0]), log_softmax(o[i, :n, 4], g[i, 0])
                best, source = a[n] + z[n], []
                for s in np.argsort(-a[:n])[:6]:
                    e = s + int(np.argmax(z[s:min(s + 30, n)]))
                    if a[s] + z[e] > best:
                        best, source = a[s] + z[e], list(range(lo + s, lo + e + 1))
                content = [t for t in content if t not in set(source)]
                sure = float(np.mean(np.abs(1 / (1 + np.exp(-o[i, [t - lo for t in content], 0]))))) if content else 0.0
                yield part[b], cue, source, content, (float(p[b, cue[0], 0, 1]), 1 / (1 + math.exp(-g[i, 1])), math.exp(best), sure)


def predictions(found, threshold, worth):
    """{id: article with attributions}; what stands in the content of a surer one is nested."""
    out, held = {}, {}
    for item in sorted(found, key=lambda x: -worth(x[4])):
        a, cue, source, content, numbers = item
        known, taken = out.setdefault(a.id, {"id": a.id, "attributions": []})["attributions"], held.setdefault(a.id, set())
        if not content or worth(numbers) < threshold or taken & set(cue):
            continue
        taken |= set(content)
        known.append({"id": str(len(known)), "source": articles.spans(a, source), "cue": articles.spans(a, cue), "content": articles.spans(a, content), "confidence": worth(numbers)})
    return out


def inputs(numbers):
    """What the confidence is made of: of cue, verdict and source the odds' logarithm, and how sure the content is"""
    p, v, s, sure = (min(max(x, 1e-4), 1 - 1e-4) for x in numbers)
    odds = lambda x: math.log(x / (1 - x))
    return [1.0, odds(p), odds(v), odds(s), sure]


def calibrated(evaluator, gold, found):
    """Weights of a logistic regression: is content and source right?  Fitted on articles that training did not see."""
    right = []
    known = {}
    for k, (a, cue, source, content, numbers) in enumerate(found):
        if content:
            known.setdefault(a.id, {"id": a.id, "attributions": []})["attributions"].append(
                {"id": str(k), "source": articles.spans(a, source), "cue": articles.spans(a, cue), "content": articles.spans(a, content), "confidence": k})
    for k, hit in evaluator.evaluate({i: gold[i] for i in known}, known, True)[2]:
        right.append((inputs(found[int(k)][4]), float(hit)))
    x, y = torch.tensor([r[0] for r in right]), torch.tensor([r[1] for r in right])
    w = torch.zeros(5, requires_grad=True)
    opt = torch.optim.LBFGS([w], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        opt.zero_grad()
        value = F.binary_cross_entropy_with_logits(x @ w, y) + 1e-3 * (w[1:] ** 2).sum()
        value.backward()
        return value

    opt.step(closure)
    return w.detach()


def worth_of(weights):
    w = weights.tolist()
    return lambda numbers: 1 / (1 + math.exp(-sum(a * b for a, b in zip(w, inputs(numbers)))))


def scored(evaluator, gold, predicted):
    total = evaluator.evaluate({i: gold[i] for i in predicted}, predicted, True)[0]
    return evaluator.summarize(total), total


def printed(r, t):
    f = lambda k: f"{100 * r[k][2]:.1f}"
    share = lambda k: 100 * t[f"D_linked_cc_{k}"] / max(1, t[f"D_ng_cc_{k}"])
    return (f"linked {f('D.linked')} (P {100 * r['D.linked'][0]:.1f} R {100 * r['D.linked'][1]:.1f}) direct {f('D.linked.direct')} mixed {f('D.linked.mixed')} indirect {f('D.linked.indirect')} "
            f"exact {f('A.citron.all.exact')} pieces {f('B.pareti.content.piece.strict')}/{f('B.pareti.source.piece.strict')}/{f('B.pareti.cue.piece.strict')} recall {share('report'):.1f}/{share('other'):.1f} n {t['np']}")


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpora", required=True, help="folder of corpora, as its README describes it")
    ap.add_argument("--scripts", required=True, help="folder of the evaluators")
    ap.add_argument("--read", required=True, help="folder with what `cargo xtask export` wrote of train and dev")
    ap.add_argument("--relations", required=True, help="the packed core, for its list of relations")
    ap.add_argument("--out", required=True, help="the packed weights, models/en/attribution.bin")
    ap.add_argument("--work", default="/tmp", help="folder for the checkpoint, judge.pt")
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--rate", type=float, default=2e-3)
    ap.add_argument("--size", type=int, default=6000)
    ap.add_argument("--width", type=int, default=96)
    ap.add_argument("--layers", type=int, default=2)
    ap.add_argument("--narrow", type=int, default=64)
    ap.add_argument("--narrow-layers", type=int, default=2)
    ap.add_argument("--dropout", type=float, default=0.3)
    ap.add_argument("--lemma-dropout", type=float, default=0.15)
    ap.add_argument("--tempting", type=float, default=0.06)
    ap.add_argument("--threshold", type=float, default=0.15, help="the chance of a cue from which on it is judged")
    ap.add_argument("--held", type=int, default=60, help="training articles kept back, for threshold and calibration")
    ap.add_argument("--only", type=int, default=0)
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch.manual_seed(a.seed)
    np.random.seed(a.seed)
    rng = random.Random(a.seed)
    log(vars(a))
    sys.path.insert(0, a.scripts)
    sys.dont_write_bytecode = True
    import importlib.util
    spec = importlib.util.spec_from_file_location("evaluator", pathlib.Path(a.scripts) / "attribution.py")
    evaluator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluator)

    import pack, whole
    relations = whole.text(a.relations, "core/deprel")
    corpus = pathlib.Path(a.corpora) / "attribution"
    gold = {k: lines(corpus / f"polnear-{k}.jsonl.gz") for k in ("train", "dev")}
    train = articles.read(a.read, "train", relations, gold["train"])
    dev = articles.read(a.read, "dev", relations, gold["dev"])
    ids = sorted(x.id for x in train)
    rng.shuffle(ids)
    back = set(ids[:a.held])
    held, train = [x for x in train if x.id in back], [x for x in train if x.id not in back]
    if a.only:
        train = train[:a.only]
    cue_lemmas, all_lemmas = {}, {}
    for x in train:
        for i in (i for g in x.gold for i in g["cue"]):
            k = int(x.x["lemma"][i])
            cue_lemmas[k] = cue_lemmas.get(k, 0) + 1
        for k in x.x["lemma"].tolist():
            all_lemmas[k] = all_lemmas.get(k, 0) + 1
    tempting = {k for k, n in cue_lemmas.items() if n >= 3 and n > 0.08 * all_lemmas[k]}
    for x in train:
        meant = {i for g in x.gold for i in g["cue"]}
        x.tempting = [i for i, k in enumerate(x.x["lemma"].tolist()) if k in tempting and i not in meant]
    log(len(train), "articles", sum(map(len, train)), "tokens; held back", len(held), "; dev", len(dev))

    net = judge.Judge(len(relations), a.width, a.layers, a.narrow, a.narrow_layers, a.dropout)
    log("parameters", sum(p.numel() for p in net.parameters()))
    mean = copy.deepcopy(net)
    embedding = lambda k: any(s in k for s in ("lemma", "tables", "wide"))
    opt = torch.optim.AdamW([
        {"params": [p for k, p in net.named_parameters() if p.dim() >= 2 and not embedding(k)], "weight_decay": 0.02},
        {"params": [p for k, p in net.named_parameters() if p.dim() < 2 or embedding(k)], "weight_decay": 0.0},
    ], lr=a.rate, betas=(0.9, 0.98), fused=True)
    steps = a.epochs * len(windows.batches(train, a.size, random.Random(0)))
    step = 0
    for epoch in range(a.epochs):
        net.train()
        started, sums, n = time.time(), [0.0, 0.0], 0
        for part in windows.batches(train, a.size, rng):
            at = min(1, (step + 1) / 60) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, step / steps))))
            for g in opt.param_groups:
                g["lr"] = a.rate * at
            value, first = loss(net, part, rng, a)
            opt.zero_grad(set_to_none=True)
            value.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            step, n = step + 1, n + 1
            keep = min(0.995, (step + 1) / (step + 10))
            with torch.no_grad():
                for p, q in zip(mean.parameters(), net.parameters()):
                    p.lerp_(q, 1 - keep)
            sums = [sums[0] + first, sums[1] + value.item()]
            if step in (5, 30, 100):
                log(f"  step {step} of {steps}: {(time.time() - started) / n:.2f} s a step, loss {sums[0] / n:.3f} {sums[1] / n:.3f}")
        log(f"epoch {epoch + 1}: loss {sums[0] / n:.4f} {sums[1] / n:.4f}, {time.time() - started:.0f} s")
        torch.save({"state": mean.state_dict(), "options": vars(a)}, pathlib.Path(a.work) / "judge.pt")
        if epoch + 1 >= min(3, a.epochs):
            report(evaluator, mean, held, gold["train"], a, "held")
    weights = report(evaluator, mean, held, gold["train"], a, "held")
    pack.write_judge(mean, relations, weights, a.out)
    report(evaluator, mean, dev, gold["dev"], a, "dev", weights)


def report(evaluator, net, which, gold, a, name, weights=None):
    """Prints the scores at some thresholds; weights: of the confidence, else fitted on these articles"""
    found = list(judged(net, which, a.threshold))
    weights = calibrated(evaluator, gold, found) if weights is None else weights
    for threshold in THRESHOLDS:
        log(f"  {name} at {threshold}:", printed(*scored(evaluator, gold, predictions(found, threshold, worth_of(weights)))))
    shown = predictions(found, THRESHOLDS[0], worth_of(weights))
    pairs = sorted(evaluator.evaluate({i: gold[i] for i in shown}, shown, True)[2])
    for low in range(10):
        some = [hit for c, hit in pairs if low / 10 <= c < (low + 1) / 10]
        if some:
            log(f"    confidence {low / 10:.1f}: {len(some)}, right {100 * sum(some) / len(some):.1f}")
    return weights


THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4)


if __name__ == "__main__":
    main()
