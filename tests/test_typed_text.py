"""What is typed is shown: any text in any field stands letter by letter on the built site, and never becomes markup."""

from __future__ import annotations

import html
import itertools
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser

from compass.reading import FILES
from compass.records import Partnership
from compass.schemas import schema_of
from conftest import ROOT, copy_project, pages_of

# What means something to HTML, Markdown, its extensions, Jinja, MkDocs or YAML.
MEANINGFUL = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "</p></td></table></main>",
    "<!--html-->\n<!--/html-->",
    "<!--notice-->",
    '"><b>bold</b>',
    "' onmouseover='window.hacked = 1",
    "&amp; &lt; &#42; &copy",
    "*a* **b** _c_ __d__ `e` ~~f~~ ==g== ^^h^^",
    "# heading",
    "- item\n- item",
    "1. item",
    "> quote",
    "    code",
    "```\ncode\n```",
    "| a | b |\n|---|---|",
    "[link](https://example.org) ![image](x.png) <https://example.org>",
    "[TOC]",
    "[^1]",
    "[ref]: https://example.org",
    "--8<-- 'mkdocs.yml'",
    ":smile: :material-home: (c) (tm) -- ...",
    "{{ site.name }} {% if x %} {# comment #} ${x} %s {0}",
    "{: .class #id onclick=window.hacked=1 }",
    "{ #id .class }",
    "*[EU]: x",
    "\\ \\* \\\\ \\1 \\g<0>",
    "---\ntitle: x\n---",
    '<div data-block="1"></div>',
    "שלום עולם",
    "مرحبا",
    "日本国",
    "👩🏽‍🚀🇳🇴",
    "e\u0301\u00ad\u200d\u202e",
    "x" * 300,
    "javascript:window.hacked=1",
]
IDS = {name: f"one-{name}" for name in ("area", "tie", "region", "pillar", "source", "statement")} | {
    "language": "no",
    "partnership": "freedonia",
}
OWN_SOURCE = "own"
readable = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), min_size=1, max_size=40).filter(
    lambda text: text.strip()
)
# A headline ends without a full stop; what the rule refuses is no text to be shown.
typed = (
    st.lists(st.sampled_from(MEANINGFUL) | readable, min_size=1, max_size=3)
    .map(" ".join)
    .filter(lambda text: not text.endswith("."))
)


def filled(type_: Any, text: Callable[[], str], source_id: str) -> Any:
    """A value of a type of the records with every field there, and `text()` wherever text can be typed."""
    schema = schema_of(type_)
    numbers = itertools.count()

    def value(node: dict[str, Any], name: str = "") -> Any:
        if "$ref" in node:
            title = node["$ref"].rsplit("/", 1)[1]
            return value(schema["$defs"][title], title)
        if "enum" in node:
            return node["enum"][0]
        if "known" in node:
            return source_id if node["known"] == "source" else IDS[node["known"]]
        if "properties" in node:
            return {
                field: identifier(name) if field == "id" else value(inner, name)
                for field, inner in node["properties"].items()
            }
        match node["type"]:
            case "array":
                return [value(node["items"], name) for _ in range(node.get("minItems", 1))]
            case "object":
                return {"CSDP" if type_ is FILES["abbreviations"] else "no": text()}
            case "boolean":
                return "false"
            case "integer":
                return "1"
            case "string":
                # A country on the way to a partnership is shown while it has none.
                code = "XB" if name == "Prospect" else "FR"
                return f"https://example.org/{source_id}/{next(numbers)}" if "https" in node["pattern"] else code
        return "2024-05-28" if "maximum" in node else text()

    def identifier(title: str) -> str:
        if title == "Source":
            return source_id
        return IDS.get(title.lower(), f"id-{next(numbers)}")

    return value(schema, schema.get("title", ""))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_project(tmp_path_factory.mktemp("typed") / "project")
    with (folder / "docs/about/index.md").open("a", encoding="utf-8") as page:
        page.write("\nThe abbreviation CSDP, so that its meaning is shown.\n")
    return folder


def built(project: Path, text: Callable[[], str]) -> dict[str, BeautifulSoup]:
    """Fill every field of every record, build the site, and give its pages by their address."""
    data = project / "data"
    shutil.rmtree(data, ignore_errors=True)
    (data / "partnerships").mkdir(parents=True)
    for name, type_ in FILES.items():
        content = filled(type_, text, IDS["source"])
        if name == "sources":
            # Hand-written pages cite some of the real ones.
            prose = "".join(path.read_text("utf-8") for path in (project / "docs").rglob("*.md"))
            real = yaml.load((ROOT / "data/sources.yml").read_text("utf-8"), yaml.BaseLoader)
            content += [source | {"language": IDS["language"]} for source in real if f'"{source["id"]}"' in prose]
        write(data / f"{name}.yml", content)
    write(data / "partnerships/freedonia.yml", filled(Partnership, text, OWN_SOURCE))
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    pages = pages_of(project / "site")
    return {address: BeautifulSoup(path.read_text("utf-8"), "html.parser") for address, path in pages.items()}


def write(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def plain(text: str) -> str:
    """Text in which white space of any length and kind is one blank, as it is in a table of contents."""
    return " ".join(text.split())


def shown(page: BeautifulSoup) -> str:
    """All that a page tells people: its text and title, and what its attributes tell.

    But for the entries of bibliographies, which write some signs in their own way: see test_citing.py.
    """
    entries = [element.get_text() for element in page.select(".page-end pre")]
    told = ("content", "title", "aria-label", "alt")
    attributes = [str(element[name]) for element in page.find_all(True) for name in told if element.has_attr(name)]
    text = page.get_text()
    for entry in entries:
        text = text.replace(entry, "")
    return plain(" | ".join([text, *attributes]))


def found(project: Path) -> str:
    """All that the search finds."""
    entries = json.loads((project / "site/search/search_index.json").read_text("utf-8"))["docs"]
    return plain(html.unescape(" | ".join(part for entry in entries for part in (entry["title"], entry["text"]))))


# Attributes that lead somewhere or name something: no text of a record may get into them.
HANGING = ("abbr", "text")
LEADING = ("href", "id", "for", "src", "name", "class", "aria-labelledby")


def leading(element: Tag, name: str) -> str:
    return re.sub(r"\d+", "0", str(element[name])) if name in LEADING else ""


def skeleton(page: BeautifulSoup) -> Counter[tuple[str, ...]]:
    """How often each element with its attributes stands on a page, but for what hangs on the text itself.

    That is the abbreviations, which text may hold, and the names on the map, which stand where they find room. Their
    order is left out, and so are numbers: where texts decide the order, as in the bibliography, others give
    another order and other numbers.
    """
    elements = (element for element in page.find_all(True) if isinstance(element, Tag) and element.name not in HANGING)
    return Counter(
        (element.name, *(f"{name}={leading(element, name)}" for name in sorted(element.attrs))) for element in elements
    )


class Texts:
    """Gives each field a text of its own: one of the given texts, and before or after it a number to find it by."""

    def __init__(self, texts: Iterable[str], number_first: bool = True) -> None:
        self.given: list[str] = []
        self._texts = itertools.cycle(texts)
        self._number_first = number_first

    def __call__(self) -> str:
        text, number = next(self._texts), f"Field {len(self.given)};"
        self.given.append(f"{number} {text}" if self._number_first else f"{text} {number}")
        return self.given[-1]


class OfPlainWords:
    """The site when every text is a plain word: how often each field is told where, and what the pages are made of."""

    def __init__(self, project: Path, number_first: bool) -> None:
        given = Texts(["word"], number_first)
        pages = built(project, given)
        self.number_first = number_first
        self.told = told_where(project, pages, given)
        self.skeletons = {address: skeleton(page) for address, page in pages.items()}


def told_where(project: Path, pages: dict[str, BeautifulSoup], given: Texts) -> dict[tuple[str, int], int]:
    """How often each text is told on each page, and found by the search."""
    places = {address: shown(page) for address, page in pages.items()} | {"search": found(project)}
    texts = [plain(text) for text in given.given]
    return {(where, number): told.count(text) for where, told in places.items() for number, text in enumerate(texts)}


@pytest.fixture(scope="module", params=[True, False], ids=["number first", "number last"])
def of_plain_words(project: Path, request: pytest.FixtureRequest) -> OfPlainWords:
    return OfPlainWords(project, request.param)


# Each example builds a site, so a failing one is shown as it was found.
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(texts=st.lists(typed, min_size=12, max_size=12))
@example(texts=MEANINGFUL)
@example(texts=MEANINGFUL[::-1])
def test_any_text_in_any_field_is_told_letter_by_letter_and_is_never_markup(
    project: Path, of_plain_words: OfPlainWords, texts: list[str]
) -> None:
    given = Texts(texts, of_plain_words.number_first)
    pages = built(project, given)
    told = told_where(project, pages, given)
    assert len(given.given) > 140
    nowhere = [text for number, text in enumerate(given.given) if not any(told[where, number] for where in pages)]
    assert nowhere == []
    assert {place: times for place, times in told.items() if times != of_plain_words.told[place]} == {}
    assert [address for address, page in pages.items() if skeleton(page) != of_plain_words.skeletons[address]] == []
    schemes = {urlsplit(str(link["href"])).scheme for page in pages.values() for link in page.find_all("a", href=True)}
    assert schemes == {"", "https"}


def test_in_a_browser_nothing_of_it_runs_and_nothing_is_cut_off(project: Path, browser: Browser) -> None:
    built(project, Texts(MEANINGFUL))
    page = browser.new_page(viewport={"width": 320, "height": 900})
    for path in pages_of(project / "site").values():
        page.goto(path.as_uri())
        assert page.evaluate("window.hacked") is None, path
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.close()
