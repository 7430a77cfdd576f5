"""From the folder of corpora to one packed file of weights: see README.md."""
import argparse, json, pathlib, pickle, random, time
import numpy as np
import torch
import batches, corpora, decode, features, learn, lemmas, minilm, student

START = time.time()


def log(*words):
    print(f"[{time.time() - START:6.0f} s]", *words, flush=True)


def piece_counts(sentences, pieces, size):
    n, seen = np.zeros(size), {}
    for s in sentences:
        for f in s.forms:
            if f not in seen:
                seen[f] = pieces.split(features.normal(f).lower())
            for i in seen[f]:
                n[i] += 1
    return n


@torch.no_grad()
def label(teacher, sentences, store, labels, bf16):
    """Gives each sentence the teacher's distributions, `soft`, in half precision."""
    teacher.eval()
    for part in batches.batches(sentences, 4000, random.Random(0)):
        for s in part:
            s.soft = None
        batch = batches.collate(part, store, labels)
        with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
            h = teacher.encoder(batch["x"], batch["mask"])
            tags = teacher.heads.tags(h)
            arcs = teacher.heads.arcs(h, batch["mask"])
            heads = torch.where(batch["head"] >= 0, batch["head"], arcs.argmax(-1))
            tags["deprel"] = teacher.heads.labels(h, heads)
        half = lambda x: torch.softmax(x.float(), -1).half().numpy()
        p = {k: half(tags[k]) for k in ("upos", "xpos", "name", "deprel")}
        a, heads = half(arcs), heads.numpy().astype(np.int16)
        for i, s in enumerate(part):
            k = len(s.forms)
            s.soft = {name: v[i, :k].copy() for name, v in p.items()} | {"arc": a[i, :k, :k + 1].copy(), "head": heads[i, :k].copy()}


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpora", required=True, help="folder of corpora, as its README describes it")
    ap.add_argument("--out", required=True, help="the packed weights, models/en/core.bin")
    ap.add_argument("--work", default="/tmp/sayso-train", help="folder for checkpoints")
    ap.add_argument("--teacher-epochs", type=int, default=0, help="0: train without a teacher")
    ap.add_argument("--epochs", type=int, default=6, help="0 with --start: only calibrate and pack")
    ap.add_argument("--rate", type=float, default=2.5e-3)
    ap.add_argument("--teacher-rate", type=float, default=1.2e-4)
    ap.add_argument("--width", type=int, default=144)
    ap.add_argument("--layers", type=int, default=3)
    ap.add_argument("--dropout", type=float, default=0.2)
    ap.add_argument("--raw", type=float, default=1.0, help="share of the raw news used with a teacher")
    ap.add_argument("--names", type=float, default=1.0, help="share of the names and raw sentences drawn anew for each epoch")
    ap.add_argument("--start", nargs="+", help="checkpoints of earlier students; training goes on from the mean of their weights")
    ap.add_argument("--word-dropout", type=float, default=0.15)
    ap.add_argument("--caution", type=float, default=0.5, help="added to the score of no name, chosen on the development set")
    ap.add_argument("--doubt", type=float, default=0.8, help="taken from the score of an organization's first token, chosen likewise")
    ap.add_argument("--ccomp", type=float, default=-0.8, help="added to the score of clausal complements, chosen on the development sets")
    ap.add_argument("--parataxis", type=float, default=0.3, help="added to the score of parataxis, chosen likewise")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--exact", action="store_true", help="no bfloat16 for the teacher")
    ap.add_argument("--stop-after", choices=("teacher", "student"), help="leave the rest to another call with the same --work")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(a.seed)
    np.random.seed(a.seed)
    work = pathlib.Path(a.work)
    work.mkdir(parents=True, exist_ok=True)
    bf16 = not a.exact
    log(vars(a))

    trees, names, raw = corpora.training(a.corpora)
    dev = corpora.development(a.corpora)
    labels = batches.Labels(trees)
    table = lemmas.exceptions(trees, labels)
    size = lambda x: f"{len(x)} sentences, {sum(len(s.forms) for s in x)} tokens"
    log("trees:", size(trees), "| names:", size(names), "| raw:", size(raw), "|", labels.sizes, "| lemma exceptions", len(table))

    vocabulary = minilm.vocabulary()
    kept, rows = features.WordPieces.reduce(vocabulary)
    pieces = features.WordPieces(kept)
    reduced = minilm.reduced(kept, rows, piece_counts(trees + names, pieces, len(kept)), student.PIECE_WIDTH)
    store = batches.Forms(pieces)
    log("word pieces kept:", len(kept))

    def report(model, forms, final=False):
        some = (lambda x: x) if final else (lambda x: x[:700])
        for k in ("ewt", "gum"):
            log("  ", k, learn.printed(learn.trees(model, some(dev[k]), forms, labels, table)))
        log("  ", "newswire", learn.printed(learn.names(model, some(dev["newswire"]), forms, labels)))

    def drawn(trees, names, share):
        return lambda rng: trees + (names if share >= 1 else rng.sample(names, int(len(names) * share)))

    sentences = drawn(trees, names, a.names)
    if a.teacher_epochs:
        split = features.WordPieces(vocabulary, unknown=100)
        forms = batches.Forms(split)
        teacher = minilm.Teacher(split, labels.sizes)
        at = work / f"teacher-{a.teacher_epochs}-{a.seed}.pt"
        if at.exists():
            teacher.load_state_dict(torch.load(at))
            log("teacher read from", at)
        else:
            learn.fit(teacher, drawn(trees, names, 1 / a.teacher_epochs), forms, labels, a.teacher_epochs, a.teacher_rate, a.seed, tokens=2000, bf16=bf16, rates=minilm.rates, log=log,
                      report=lambda m, e: report(m, forms))
            torch.save(teacher.state_dict(), at)
            report(teacher, forms, final=True)
        if a.stop_after == "teacher":
            return
        rng = random.Random(a.seed)
        raw = [s for s in raw if rng.random() < a.raw and len(s.forms) >= 3]
        label(teacher, trees + names + raw, forms, labels, bf16)
        log("labelled", size(trees + names + raw))
        sentences = drawn(trees, names + raw, a.names)

    core = student.Core(reduced, labels.sizes, a.width, a.layers, a.dropout)
    if a.start:
        states = [torch.load(x)["state"] for x in a.start]
        core.load_state_dict({k: sum(x[k] for x in states) / len(states) for k in states[0]})
    log("multiply-adds a token:", core.cost(), "parameters:", sum(p.numel() for p in core.parameters()))

    def after(model, epoch):
        torch.save({"state": core.state_dict(), "width": a.width, "layers": a.layers, "options": vars(a)}, work / "core.pt")
        if epoch % 4 == 3:
            report(model, store)

    learn.fit(core, sentences, store, labels, a.epochs, a.rate, a.seed, tokens=2000, word_dropout=a.word_dropout, log=log, report=after)
    with torch.no_grad():
        core.heads.name.bias[labels.index["name"]["O"]] += a.caution
        core.heads.name.bias[labels.index["name"]["B-organization"]] -= a.doubt
        core.heads.label_pair.bias[labels.index["deprel"]["ccomp"]] += a.ccomp
        core.heads.label_pair.bias[labels.index["deprel"]["parataxis"]] += a.parataxis
    report(core, store, final=True)
    if a.stop_after == "student":
        return
    import pack, whole
    pack.write(core, labels, table, kept, a.out)
    report(core, store, final=True)  # the weights are now the rounded ones
    whole.parity(a.out, pathlib.Path(a.out).with_suffix(".parity.json"))


if __name__ == "__main__":
    main()
