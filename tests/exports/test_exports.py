"""Every export through the validator of its own people, and read back where we can.

    SAYSO=target/release/sayso python -m pytest tests/exports
"""

import csv
import io
import json
import os
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAYSO = Path(os.environ.get("SAYSO", ROOT / "target" / "release" / "sayso")).resolve()
#: Characters of a quotation that others may see.
LONGEST = 300


def sayso(*arguments, code=0):
    done = subprocess.run([str(SAYSO), *map(str, arguments)], capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="session")
def ledger(tmp_path_factory):
    """The examples, an article with a very long quotation, an outcome, and some verdicts."""
    folder = tmp_path_factory.mktemp("ledger")
    path = folder / "sayso.db"
    long = "“" + "the dam will hold and the ferry will sail, " * 20 + "and that is all,” Ada Quill said."
    (folder / "long.jsonl").write_text(json.dumps({"id": "long", "text": long, "url": "https://e.org/l", "published": "2031-04-03"}) + "\n")
    sayso("add", "--ledger", path, ROOT / "examples", folder / "long.jsonl")
    outcomes = ROOT / "examples" / "outcomes"
    sayso("resolve", "--ledger", path, "--from", outcomes / "tarnovyk-control.csv", "--map",
          outcomes / "tarnovyk-control.toml", "--reviewer", "Ines", "--confirm")
    records = [json.loads(line) for line in sayso("find", "", "--limit", "999", "-o", "jsonl", "--ledger", path).splitlines()]
    chosen = [r["id"] for r in records if r["article"]["key"] == "long"] + [r["id"] for r in records[:40]]
    for one in dict.fromkeys(chosen):
        sayso("review", "accept", one, "--ledger", path, "--reviewer", "Ines", "--reason", "read")
    return path, {r["id"]: r for r in records}, set(chosen)


def export(ledger, *arguments):
    return sayso("export", *arguments, "--ledger", ledger[0])


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def test_a_data_package_is_valid_and_loses_nothing(ledger, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    export(ledger, "datapackage", "--to", tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]
    csv.field_size_limit(1 << 30)
    with open(tmp_path / "statements.csv", encoding="utf-8", newline="") as file:
        back = {row["id"]: json.loads(row["record"]) for row in csv.DictReader(file)}
    assert back == ledger[1]
    # A hash that is another's is found.
    (tmp_path / "speakers.csv").write_text("id\n")
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_the_package_has_croissant_metadata(ledger, tmp_path):
    croissant = pytest.importorskip("mlcroissant")
    export(ledger, "datapackage", "--to", tmp_path)
    data = croissant.Dataset(str(tmp_path / "croissant.json"))
    assert not data.metadata.ctx.issues.errors, data.metadata.ctx.issues.report()
    rows = list(data.records("questions"))
    assert rows and any(b"Will Oskaria capture Tarnovyk?" in row.values() for row in rows)


def test_annotations_fit_our_shape_and_their_articles(ledger):
    rdflib = pytest.importorskip("rdflib")
    pyshacl = pytest.importorskip("pyshacl")
    page = json.loads(export(ledger, "annotation"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    own = json.loads((HERE / "annotation.context.json").read_text())["@context"]
    shapes = rdflib.Graph().parse(HERE / "annotation.shapes.ttl")

    def conforms(page):
        data = rdflib.Graph().parse(data=json.dumps(page | {"@context": own}), format="json-ld")
        ok, _, words = pyshacl.validate(data, shacl_graph=shapes)
        found = len(set(data.subjects(rdflib.RDF.type, rdflib.URIRef("http://www.w3.org/ns/oa#Annotation"))))
        return ok, found, words

    ok, found, words = conforms(page)
    assert ok, words[:2000]
    assert found == len(page["items"]) == len(ledger[1])
    for item in page["items"]:
        record = ledger[1][item["id"].rsplit(":", 1)[1]]
        for target, span in zip(item["target"], record["content"], strict=True):
            quote, place = target["selector"]
            assert (quote["exact"], place["start"], place["end"]) == (span["text"], span["start"], span["end"])
    page["items"][0]["target"][0]["selector"][1]["end"] = 0
    assert not conforms(page)[0]


def test_claims_are_schema_org(ledger):
    rdflib = pytest.importorskip("rdflib")
    graph = json.loads(export(ledger, "schemaorg"))
    own = {"@vocab": "https://schema.org/", "appearance": {"@type": "@id"}}
    data = rdflib.Graph().parse(data=json.dumps(graph | {"@context": own}), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    assert len(set(data.subjects(rdflib.RDF.type, schema.Claim))) >= len(ledger[1])
    reviews = [one for one in graph["@graph"] if one["@type"] == "ClaimReview"]
    assert len(reviews) == 1 and reviews[0]["claimReviewed"] == "Will Oskaria capture Tarnovyk?"
    assert "came true" in reviews[0]["reviewRating"]["alternateName"]
    known = {"@type", "@id", "name", "author", "datePublished", "appearance"}
    assert all(set(one) <= known for one in graph["@graph"] if one["@type"] == "Claim")
    for word in ("lied", "lie", "liar"):
        assert f'"{word}' not in json.dumps(reviews).lower()


def test_a_stix_bundle_is_valid(ledger):
    stix2 = pytest.importorskip("stix2")
    validator = pytest.importorskip("stix2validator")
    text = export(ledger, "stix")
    assert text.isascii() and text == export(ledger, "stix")
    bundle = stix2.parse(text.decode(), allow_custom=False)
    sorts = {one.type for one in bundle.objects}
    assert sorts == {"identity", "note", "report", "opinion"}
    result = validator.validate_string(text.decode(), validator.ValidationOptions(version="2.1"))
    assert result.is_valid, [str(error) for error in result.errors][:5]
    ids = {one.id for one in bundle.objects}
    assert all(ref in ids for one in bundle.objects for ref in one.get("object_refs", []))
    notes = [one for one in bundle.objects if one.type == "note"]
    assert len(notes) == len(ledger[1])
    assert not any("confidence" in one for one in bundle.objects)
    tagged = [label for note in notes for label in note.labels if label.startswith("estimative-language")]
    plans = [r for r in ledger[1].values() if r["certainty"] and r["certainty"]["class"] in ("probability", "stated")]
    assert len(tagged) <= len(plans)
    # Every first source is named.
    asked = next(one for one in bundle.objects if one.type == "report" and one.name == "Will Oskaria capture Tarnovyk?")
    assert f"{len(asked.external_references)} independent origins" in asked.description


def test_misp_takes_the_reports(ledger):
    converter = pytest.importorskip("misp_stix_converter")
    stix2 = pytest.importorskip("stix2")
    bundle = stix2.parse(export(ledger, "stix").decode())
    parser = converter.ExternalSTIX2toMISPParser()
    parser.load_stix_bundle(bundle)
    parser.parse_stix_bundle()
    # Its reader has no place for notes and opinions yet; all else is taken.
    refused = {error for errors in parser.errors.values() for error in errors}
    assert refused <= {"Unknown STIX object type: note", "Unknown STIX object type: opinion"}, refused
    # A report is an event, under the question that it is about.
    events = parser.misp_events if isinstance(parser.misp_events, list) else [parser.misp_events]
    reports = [one.name for one in bundle.objects if one.type == "report"]
    assert "Will Oskaria capture Tarnovyk?" in reports
    assert sorted(event.info for event in events) == sorted(reports)


def test_entities_are_follow_the_money(ledger):
    text = export(ledger, "ftm").decode()
    entities = [json.loads(line) for line in text.splitlines()]
    ids = {one["id"] for one in entities}
    assert len(ids) == len(entities)
    notes = [one for one in entities if one["schema"] == "Note"]
    assert len(notes) == len(ledger[1])
    assert all(ref in ids for one in notes for key in ("entity", "proof") for ref in one["properties"].get(key, []))
    model = pytest.importorskip("followthemoney", reason="SKIPPED: followthemoney needs ICU to install").model
    for one in entities:
        made = model.get_proxy(one, cleaned=False)
        made.schema.validate(one)
        assert sorted(made.to_dict()["properties"]) == sorted(one["properties"])


def test_a_graph_has_the_nodes_of_its_edges(ledger, tmp_path):
    export(ledger, "graph", "--to", tmp_path)
    nodes = list(csv.DictReader(io.StringIO((tmp_path / "nodes.csv").read_text(encoding="utf-8"))))
    edges = list(csv.DictReader(io.StringIO((tmp_path / "edges.csv").read_text(encoding="utf-8"))))
    ids = [node["Id"] for node in nodes]
    assert len(set(ids)) == len(ids) > 20
    assert {edge["Label"] for edge in edges} == {"yes", "no", "carries"}
    assert all(edge["Source"] in ids and edge["Target"] in ids and int(edge["Weight"]) > 0 for edge in edges)


@pytest.mark.parametrize("form", ["datapackage", "annotation", "schemaorg", "stix", "ftm", "graph"])
def test_others_see_what_was_reviewed_and_no_more(ledger, tmp_path, form):
    _, records, chosen = ledger
    if form in ("datapackage", "graph"):
        export(ledger, form, "--public", "--to", tmp_path)
        texts = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir() if path.suffix != ".parquet"]
        text = "\n".join(texts)
    else:
        text = export(ledger, form, "--public").decode()
    leaked = [one for one in records if one not in chosen and one in text]
    assert not leaked
    if form == "graph":
        return
    if form == "stix":
        assert 0 < sum(one["type"] == "note" for one in json.loads(text)["objects"]) <= len(chosen)
    assert any(one in text for one in chosen)
    # The long quotation is cut: a run of its words beyond the limit occurs nowhere.
    words = "the dam will hold and the ferry will sail, " * 20
    assert words[:LONGEST + 1] not in text and words[:100] in text
    # No field holds the text of an article.
    for line in text.splitlines() if form == "ftm" else [text] if form != "datapackage" else []:
        assert max(len(one) for one in strings(json.loads(line))) <= LONGEST + 40
    assert not list(ledger[0].parent.glob("*.export.*"))


def test_views_are_there_for_datasette(ledger):
    pytest.importorskip("datasette")
    import asyncio

    from datasette.app import Datasette

    import yaml

    metadata = yaml.safe_load((ROOT / "docs" / "datasette.yml").read_text())
    data = Datasette(immutables=[str(ledger[0])], metadata=metadata)

    async def ask(path):
        return (await data.client.get(path)).json()

    asked = asyncio.run(ask("/sayso/v_statements.json?_shape=array&_size=1000"))
    assert len(asked) == len(ledger[1])
    listed = asyncio.run(ask("/sayso.json"))
    shown = {one["name"] for one in [*listed["tables"], *listed["views"]] if not one.get("hidden")}
    # datasette hides tables, and no views: ours are these.
    own = {"said_words", "current_statements", "current_questions", "current_bearings", "relations"}
    assert {name for name in shown if not name.startswith("v_")} <= own
    for name in metadata["databases"]["sayso"]["queries"]:
        assert asyncio.run(ask(f"/sayso/{name}.json"))["rows"] is not None
