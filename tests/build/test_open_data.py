"""The open data as published: every format tells what the pages tell, and other programs accept it."""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import feedparser
import frictionless
import pytest
import yaml
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator
from rdflib import DCAT, DCTERMS, FOAF, RDF, SDO, Graph, Literal, URIRef

from compass.addresses import record_id
from compass.open_data.tables.all_tables import TABLES
from support.records import ROOT

ROOT_ADDRESS = "https://example.org/sdp/"
V1 = "data/v1/"
Pages = dict[str, BeautifulSoup]
Rows = list[dict[str, Any]]


@pytest.fixture(scope="session")
def dataset(site: Path) -> dict[str, Any]:
    """The whole dataset, as published."""
    loaded: dict[str, Any] = json.loads((site / V1 / "dataset.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="session")
def package(site: Path) -> dict[str, Any]:
    """The descriptor of the data package."""
    loaded: dict[str, Any] = json.loads((site / V1 / "datapackage.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="session")
def sheets(site: Path, package: dict[str, Any]) -> dict[str, Rows]:
    """The CSV files by their table, read by what the data package tells of them."""
    found = {}
    for resource in package["resources"]:
        with (site / V1 / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        assert list(rows[0]) == [field["name"] for field in resource["schema"]["fields"]]
        found[resource["name"]] = rows
    return found


def statement(record: dict[str, Any]) -> tuple[str, str, str]:
    """What a record of JSON or a row of CSV says, its caveat, and its sources."""
    says = next(record[name] for name in ("text", "summary", "title", "name", "subject", "date") if record.get(name))
    sources = record["sources"]
    return says, record.get("caveat") or "", sources if isinstance(sources, str) else "; ".join(sources)


def citing(found: Any) -> Iterator[dict[str, Any]]:
    """Everything in a document that cites sources."""
    if isinstance(found, list):
        for item in found:
            yield from citing(item)
    elif isinstance(found, dict):
        sources = found.get("sources")
        if sources and isinstance(sources[0], str):
            yield found
        yield from citing(list(found.values()))


def test_every_fact_of_the_json_is_in_the_csv(dataset: dict[str, Any], sheets: dict[str, Rows]) -> None:
    rows: dict[tuple[str, str, str], list[set[str]]] = {}
    for row in cited_rows(sheets):
        rows.setdefault(statement(row), []).append(set(row.values()))
    facts = list(citing(dataset))
    assert len(facts) > 100
    for record in facts:
        # A cell each: dates, levels, locators and all else that the record says of itself.
        cells = {cell(value) for value in record.values() if isinstance(value, (str, int))}
        assert any(cells <= row for row in rows.get(statement(record), [])), record
    assert Counter(map(statement, facts)) - Counter(statement(row) for row in cited_rows(sheets)) == Counter()


def test_every_source_partnership_and_word_of_the_json_is_in_the_csv(
    dataset: dict[str, Any], sheets: dict[str, Rows]
) -> None:
    words = [{"vocabulary": name, **word} for name, terms in dataset["vocabulary"].items() for word in terms]
    of_json = {"sources": dataset["sources"], "vocabulary": words, "areas": dataset["areas"]["areas"]}
    of_json |= {
        "tie_kinds": dataset["ties"],
        "regions": dataset["regions"],
        "resolutions": dataset["parliament"]["resolutions"],
    }
    for name, records in of_json.items():
        assert len(records) == len(sheets[name])
        for record in records:
            cells = {(key, cell(value)) for key, value in record.items() if isinstance(value, (str, int))}
            assert any(cells <= set(row.items()) for row in sheets[name]), record
    for record, row in zip(dataset["partnerships"], sheets["partnerships"], strict=True):
        for column in ("id", "name", "official_name", "iso", "region", "summary", "evidence_as_of", "reviewed"):
            assert row[column] == cell(record[column])
        assert row["aliases"] == "; ".join(record["aliases"])
        assert row["read_in_full"] == cell(record["instrument"]["read_in_full"])
        act = record["instrument"]["act"]
        assert row["act"] == act["kind"]
        for column in ("date", "end", "date_note", "caveat"):
            assert row[f"act_{column}"] == cell(act[column])


def cell(value: Any) -> str:
    """A value of JSON as CSV writes it."""
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def test_every_fact_of_the_csv_is_in_the_json(dataset: dict[str, Any], sheets: dict[str, Rows]) -> None:
    in_json = {statement(record) for record in citing(dataset)}
    # The timeline words the entries that it derives: acts, where a target stood, resolutions, how far a country is.
    derived = {"target", "parliament", "pipeline", "tie"}
    for row in cited_rows(sheets):
        if row.get("kind") not in derived and not row.get("title", "").startswith("The partnership is "):
            assert statement(row) in in_json, row


def cited_rows(sheets: dict[str, Rows]) -> Iterator[dict[str, Any]]:
    """The rows of all tables that cite sources; of the partnerships, what they say of the act."""
    for name, rows in sheets.items():
        for row in rows:
            if name == "partnerships":
                act = {column.removeprefix("act_"): value for column, value in row.items() if column.startswith("act_")}
                yield {"kind": row["act"], **act}
            elif row.get("sources"):
                yield row


def test_the_states_are_the_same_in_every_format(html: Pages, dataset: dict[str, Any], sheets: dict[str, Rows]) -> None:
    labels = {word["value"]: word["label"] for kind in ("state", "absence") for word in dataset["vocabulary"][kind]}
    rows = {(row["area"], row["partnership"]): row["state"] for row in sheets["coverage"]}
    in_json = {
        (cell["area"], partnership["id"]): cell["state"]
        for partnership in dataset["partnerships"]
        for cell in partnership["coverage"]
    }
    assert len(rows) == len(dataset["areas"]["areas"]) * len(dataset["partnerships"])
    # Each state and both kinds of absence are there.
    assert set(rows.values()) == labels.keys()
    assert rows == in_json
    cells = html["compare/"].select("td[data-area][data-partnership]")
    on_page = {(str(cell["data-area"]), str(cell["data-partnership"])): cell for cell in cells}
    assert on_page.keys() == rows.keys()
    for key, cell in on_page.items():
        assert labels[rows[key]] in cell.text
    for partnership in dataset["partnerships"]:
        for row in html[f"partnerships/{partnership['id']}/"].select("tr[data-area]"):
            assert labels[rows[str(row["data-area"]), partnership["id"]]] in row.text


def test_a_table_says_where_it_stands_in_the_json(dataset: dict[str, Any], sheets: dict[str, Rows]) -> None:
    for table in TABLES:
        if table.in_json:
            assert sum(len(at(dataset, path)) for path in table.in_json) == len(sheets[table.name]), table.name
    assert at(dataset, ".areas.areas[]") == dataset["areas"]["areas"]
    placed = [row for rows in sheets.values() for row in rows if row.get("place")]
    assert len(placed) > 50
    for row in placed:
        found: Any = dataset
        for part in row["place"].split("/")[1:]:
            found = found[int(part) if part.isdigit() else part]
        says = found if isinstance(found, str) else found.get("text") or found["title"]
        assert says == (row.get("text") or row["title"])


def at(dataset: dict[str, Any], path: str) -> list[Any]:
    """What stands at a path such as `.areas.areas[]`."""
    found: list[Any] = [dataset]
    for part in path.split(".")[1:]:
        name = part.removesuffix("[]")
        found = [item[name] for item in found]
        if part.endswith("[]"):
            found = [each for item in found for each in item]
    return found


def words(text: str) -> str:
    return " ".join(text.split())


def texts(found: Any, leave_out: set[str]) -> Iterator[str]:
    if isinstance(found, list):
        for item in found:
            yield from texts(item, leave_out)
    elif isinstance(found, dict):
        for name, value in found.items():
            if name not in leave_out:
                yield from texts(value, leave_out)
    elif isinstance(found, str):
        yield found


def test_a_partnerships_page_tells_every_text_of_its_document(site: Path, html: Pages, dataset: dict[str, Any]) -> None:
    # Ids and values of vocabularies are told by their labels, dates in words; the other names lead to the page.
    coded = {"id", "iso", "region", "area", "tie", "state", "status", "kind", "side", "pillar", "coverage", "sources"}
    coded |= {"date", "end", "since", "evidence_as_of", "reviewed", "name_in_sentences"}
    for partnership in dataset["partnerships"]:
        document = json.loads((site / V1 / f"partnerships/{partnership['id']}.json").read_text("utf-8"))
        assert document["partnership"] == partnership
        page = html[f"partnerships/{partnership['id']}/"]
        shown = words(page.article.text)
        for text in texts(partnership, coded):
            assert words(text) in shown, (partnership["id"], text)
        linked = {str(link["href"]) for link in page.select(".sources a")}
        assert {source["url"] for source in document["sources"]} <= linked
        dates = {str(time["datetime"]) for time in page.select("time")}
        for event in partnership["events"]:
            assert event["date"] in dates
        assert len(page.select("[data-dialogue]")) == len(partnership["dialogues"])
        assert {tie["tie"] for tie in partnership["ties"]} == {
            str(tie["data-tie"]) for tie in page.select("[data-tie]")
        }


def test_the_other_pages_tell_every_text_of_their_records(html: Pages, dataset: dict[str, Any]) -> None:
    coded = {"id", "iso", "region", "state", "kind", "stage", "pillar", "sources", "statements"}
    coded |= {"date", "end", "order"}
    compass = {"compass/", *(f"compass/{pillar['id']}/" for pillar in dataset["pillars"]["pillars"])}
    places = {"pillars": compass, "parliament": {"parliament/"}, "pipeline": {"partnerships/pipeline/"}}
    for name, pages in places.items():
        shown = words(" ".join(html[page].article.text for page in pages))
        for text in texts(dataset[name], coded):
            assert words(text) in shown, (name, text)
    lists = [html[page] for page in ("sources/", "sources/secondary/")]
    shown = words(" ".join(page.article.text for page in lists))
    linked = {str(link["href"]) for page in lists for link in page.select("article a")}
    for source in dataset["sources"]:
        assert words(source["title"]) in shown
        assert source["url"] in linked


def test_the_database_holds_the_same_rows(site: Path, package: dict[str, Any], sheets: dict[str, Rows]) -> None:
    with closing(sqlite3.connect(f"file:{site / V1 / 'sdp.sqlite'}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for resource in package["resources"]:
            name, key = resource["name"], resource["schema"]["primaryKey"]
            stored = {
                tuple(str(row[part]) for part in key): dict(row) for row in connection.execute(f"SELECT * FROM {name}")
            }
            assert len(stored) == len(sheets[name])
            for row in sheets[name]:
                found = stored[tuple(row[part] for part in key)]
                for column, value in row.items():
                    if column in found:
                        assert plain(found[column], resource, column) == value
                    else:
                        where = " AND ".join(f'"{part}" = ?' for part in key)
                        singular = re.sub("(?<=as)es$|s$", "", column)
                        query = f'SELECT "{singular}" FROM {name}_{column} WHERE {where} ORDER BY rowid'
                        linked = connection.execute(query, [row[part] for part in key])
                        assert "; ".join(each[0] for each in linked) == value


def plain(value: Any, resource: dict[str, Any], column: str) -> str:
    """A stored value as CSV writes it."""
    kind = next(field["type"] for field in resource["schema"]["fields"] if field["name"] == column)
    if kind == "boolean":
        return {0: "false", 1: "true"}[value]
    return "" if value is None else str(value)


def test_the_package_is_valid_and_a_broken_one_is_not(site: Path, tmp_path: Path) -> None:
    report = frictionless.validate(str(site / V1 / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    broken = tmp_path / "broken"
    shutil.copytree(site / V1, broken)
    (broken / "partnership_sets.csv").write_bytes(b"")
    assert {"byte-count", "hash-count"} <= mistakes(broken)
    # Sizes and hashes would tell of every change first.
    descriptor = json.loads((broken / "datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        del resource["bytes"], resource["hash"]
    (broken / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    shutil.copy(site / V1 / "partnership_sets.csv", broken)
    for name, old, new, mistake in (
        ("coverage.csv", "not-found", "no", "constraint-error"),
        ("ties.csv", "freedonia,", "atlantis,", "foreign-key"),
        ("partnerships.csv", "freedonia,", "sylvania,", "primary-key"),
        ("events.csv", ",2022-03-21,", ",21 March 2022,", "constraint-error"),
    ):
        text = (site / V1 / name).read_bytes().decode()
        assert old in text
        (broken / name).write_bytes(text.replace(old, new, 1).encode())
        assert mistake in mistakes(broken)
        (broken / name).write_bytes(text.encode())


def mistakes(package: Path) -> set[str]:
    """The kinds of mistakes that are found in a data package."""
    return {kind for (kind,) in frictionless.validate(str(package / "datapackage.json")).flatten(["type"])}


def test_the_documents_keep_to_their_published_schemas(site: Path) -> None:
    for path in (site / V1).rglob("*.json"):
        if path.parent.name in ("v1", "partnerships") and path.name != "datapackage.json":
            name = "partnership" if path.parent.name == "partnerships" else "dataset"
            schema = json.loads((site / V1 / f"schema/{name}.json").read_text("utf-8"))
            Draft202012Validator(schema).validate(json.loads(path.read_text("utf-8")))


def test_the_feed_leads_to_the_changes(site: Path, html: Pages) -> None:
    feed = feedparser.parse((site / "about/changes/feed.xml").read_text("utf-8"))
    assert not feed.bozo
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) > 0
    assert [entry.updated for entry in feed.entries] == sorted((entry.updated for entry in feed.entries), reverse=True)
    for entry in feed.entries:
        anchor = entry.link.removeprefix(f"{ROOT_ADDRESS}about/changes/#")
        assert words(entry.title) in words(html["about/changes/"].find(id=anchor).text)
    for address, page in html.items():
        (link,) = page.select('link[type="application/atom+xml"]')
        assert urljoin(ROOT_ADDRESS + address, str(link["href"])) == f"{ROOT_ADDRESS}about/changes/feed.xml"


def linked_data(page: BeautifulSoup) -> list[dict[str, Any]]:
    return [json.loads(script.string) for script in page.find_all("script", type="application/ld+json")]


def graph(data: dict[str, Any]) -> Graph:
    """JSON-LD as a graph; schema.org's own context is left on its server."""
    if data["@context"] == "https://schema.org":
        data = {**data, "@context": {"@vocab": str(SDO)}}
    return Graph().parse(data=json.dumps(data), format="json-ld")


def test_every_page_tells_programs_what_it_shows(html: Pages, dataset: dict[str, Any]) -> None:
    for address, page in html.items():
        if address == "404.html":
            continue
        (about,) = (data for data in linked_data(page) if data["@type"] == "WebPage")
        found = graph(about)
        (itself,) = found.subjects(RDF.type, SDO.WebPage)
        assert itself == URIRef(ROOT_ADDRESS + address)
        steps = about.get("breadcrumb", {}).get("itemListElement", [])
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert bool(steps) == bool(address)
        for step in steps:
            assert step["item"].removeprefix(ROOT_ADDRESS) in html
        if shown := page.select(".breadcrumb a"):
            above = [(link.text, urljoin(ROOT_ADDRESS + address, str(link["href"]))) for link in shown]
            assert above == [(step["name"], step["item"]) for step in steps[:-1]]
    for partnership in dataset["partnerships"]:
        about = linked_data(html[f"partnerships/{partnership['id']}/"])[0]
        assert about["about"]["identifier"]["value"] == partnership["iso"]
        changes = [change["date"] for change in dataset["changes"] if partnership["id"] in change["records"]]
        assert about["dateModified"] == max([partnership["evidence_as_of"], *changes])


def published(site: Path) -> dict[str, int]:
    """The address and size of every file of the open data."""
    files = [path for path in (site / V1).rglob("*") if path.is_file()]
    return {ROOT_ADDRESS + path.relative_to(site).as_posix(): path.stat().st_size for path in files}


def forms(site: Path) -> dict[str, int]:
    """Those of them that hold all partnerships."""
    named = (f"{V1}dataset.json", "sdp.sqlite", "datapackage.json")
    return {file: size for file, size in published(site).items() if file.endswith((".csv", *named))}


def test_the_page_of_the_data_offers_every_file(site: Path, html: Pages, sheets: dict[str, Rows]) -> None:
    feed = f"{ROOT_ADDRESS}about/changes/feed.xml"
    page = html["data/"]
    linked = {urljoin(f"{ROOT_ADDRESS}data/", str(link["href"])) for link in page.select("article a")}
    assert published(site).keys() | {feed} <= linked
    offered = next(data for data in linked_data(page) if data["@type"] == "Dataset")
    files = {unquote(item["contentUrl"]): int(item["contentSize"].split()[0]) for item in offered["distribution"]}
    assert files == forms(site)
    found = graph(offered)
    assert len(list(found.objects(None, SDO.distribution))) == len(files)
    assert (None, SDO.license, Literal("https://creativecommons.org/licenses/by/4.0/")) in found
    for name, rows in sheets.items():
        assert page.find(id=f"{name}.csv").select("td.count")[0].text == str(len(rows))


def test_the_catalogue_has_what_a_harvester_needs(site: Path) -> None:
    found = Graph().parse(site / V1 / "dcat.jsonld", format="json-ld")
    (catalogue,) = found.subjects(RDF.type, DCAT.Catalog)
    (dataset,) = found.objects(catalogue, DCAT.dataset)
    # What DCAT-AP 3 demands of each, and what it recommends.
    for subject in (catalogue, dataset):
        for needed in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.modified, DCTERMS.language):
            assert list(found.objects(subject, needed)), needed
    (publisher,) = found.objects(dataset, DCTERMS.publisher)
    assert list(found.objects(publisher, FOAF.name))
    assert list(found.objects(dataset, DCAT.theme))
    assert list(found.objects(dataset, DCAT.keyword))
    distributions = list(found.objects(dataset, DCAT.distribution))
    sizes = {}
    for distribution in distributions:
        (address,) = found.objects(distribution, DCAT.downloadURL)
        (size,) = found.objects(distribution, DCAT.byteSize)
        assert list(found.objects(distribution, DCAT.accessURL)) == [address]
        assert list(found.objects(distribution, DCTERMS.license))
        assert list(found.objects(distribution, DCAT.mediaType))
        sizes[str(address)] = int(str(size))
    assert sizes == forms(site)


def test_the_citation_file_is_valid_and_a_broken_one_is_not(tmp_path: Path) -> None:
    text = (ROOT / "CITATION.cff").read_text("utf-8")
    broken = tmp_path / "CITATION.cff"
    broken.write_text(text.replace("title:", "titel:"), "utf-8")
    for file, status in ((ROOT / "CITATION.cff", 0), (broken, 1)):
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
        done = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout + done.stderr
    author = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV", ""))["site_author"]
    assert yaml.safe_load(text)["authors"] == [{"name": author}]


PROMISE = yaml.safe_load(Path(__file__).with_name("promise_v1.yml").read_text("utf-8"))


MANY = {(table.name, column.name) for table in TABLES for column in table.columns if column.many}


def kind(table: str, field: dict[str, Any], references: dict[str, str]) -> str:
    """What a column holds, by the data package: `text?` may be left out, `text*` holds several, `→ areas` refers."""
    several = "*" * ((table, field["name"]) in MANY)
    optional = "?" * (not field["constraints"]["required"])
    refers = f" → {references[field['name']]}" if field["name"] in references else ""
    return f"{field['type']}{several}{optional}{refers}"


def columns(package: dict[str, Any]) -> dict[str, dict[str, str]]:
    found = {}
    for resource in package["resources"]:
        name, schema = resource["name"], resource["schema"]
        references = {key["fields"]: key["reference"]["resource"] for key in schema["foreignKeys"]}
        found[name] = {field["name"]: kind(name, field, references) for field in schema["fields"]}
    return found


def form(schema: dict[str, Any]) -> str:
    """What a field of a document holds, by its schema: `string | null`, `Source[]`."""
    if "anyOf" in schema:
        return " | ".join(form(choice) for choice in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema["type"] == "array":
        return f"{form(schema['items'])}[]"
    if schema["type"] == "object":
        return f"by name: {form(schema['additionalProperties'])}"
    return str(schema["type"])


def fields(site: Path) -> dict[str, dict[str, str]]:
    """The fields of the documents by their model; both schemas must tell the same of a model."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((site / V1 / "schema").iterdir()):
        schema = json.loads(path.read_text("utf-8"))
        for name, model in {schema["title"]: schema, **schema["$defs"]}.items():
            if "properties" in model:
                assert set(model["required"]) == set(model["properties"])
                forms = {field: form(its_schema) for field, its_schema in model["properties"].items()}
                assert found.setdefault(name, forms) == forms
    return found


def names_of_files(site: Path) -> list[str]:
    files = (path.relative_to(site / V1) for path in (site / V1).rglob("*") if path.is_file())
    return sorted(file.as_posix() for file in files if file.parent.name != "partnerships")


def test_what_v1_promises_is_there_and_what_is_new_is_promised(
    site: Path, package: dict[str, Any], dataset: dict[str, Any]
) -> None:
    """Whatever is missing here breaks the promise; whatever is new is entered into promise_v1.yml, and stays."""
    words = {name: [word["value"] for word in terms] for name, terms in dataset["vocabulary"].items()}
    assert PROMISE["files"] == names_of_files(site)
    assert PROMISE["keys"] == {resource["name"]: resource["schema"]["primaryKey"] for resource in package["resources"]}
    assert PROMISE["columns"] == columns(package)
    assert PROMISE["fields"] == fields(site)
    assert PROMISE["vocabulary"] == words


def test_the_database_has_a_column_or_a_table_for_each_promised_column(site: Path) -> None:
    with closing(sqlite3.connect(f"file:{site / V1 / 'sdp.sqlite'}?mode=ro", uri=True)) as connection:
        for table, promised in PROMISE["columns"].items():
            stored = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            for column, kind_of_column in promised.items():
                if "*" in kind_of_column:
                    assert connection.execute(f"PRAGMA table_info({table}_{column})").fetchall(), (table, column)
                else:
                    assert column in stored, (table, column)


def test_another_name_of_a_partner_leads_to_its_page(site: Path, dataset: dict[str, Any]) -> None:
    leading = [
        (partnership["id"], record_id(alias))
        for partnership in dataset["partnerships"]
        for alias in partnership["aliases"]
    ]
    assert leading
    for identity, alias in leading:
        if not alias:
            continue
        page = BeautifulSoup((site / f"partnerships/{alias}/index.html").read_text("utf-8"), "html.parser")
        target = f"{ROOT_ADDRESS}partnerships/{identity}/"
        (link,) = page.find_all("a")
        assert urljoin(f"{ROOT_ADDRESS}partnerships/{alias}/", str(link["href"])) == target
        assert page.find("meta", {"http-equiv": "refresh"})["content"] == f"0; url={link['href']}"
        assert page.find("link", rel="canonical")["href"] == target
        for listed in ("sitemap.xml", "search/search_index.json"):
            assert f"partnerships/{alias}/" not in (site / listed).read_text("utf-8")
