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
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from playwright.sync_api import Browser, BrowserContext

from compass.feed import FEED
from compass.problems import RecordsError
from compass.reading import FILES, read
from compass.records import Partnership
from compass.schemas import schema_of
from support.browser import refusals
from support.project import copy_project, pages_of, serve
from support.records import ROOT
from support.journey import journey

# What would run, or be an element with this class, if it meant what it says: in a text, an attribute, a title, a
# script, a comment, JSON, XML, Markdown or a template, at once or when it is escaped too seldom.
ATTACKS = [
    "<script class=attack>hacked()</script>",
    "<img class=attack src=x onerror='hacked()'>",
    '"><svg class=attack onload=hacked()>',
    "'><svg class=attack onload=hacked()>",
    "' class=attack autofocus tabindex=0 onfocus='hacked()",
    '" class=attack autofocus tabindex=0 onfocus="hacked()',
    "</title></textarea></style><script class=attack>hacked()</script>",
    "</script><script class=attack>hacked()</script>",
    "--><script class=attack>hacked()</script>",
    "]]><script class=attack xmlns='http://www.w3.org/1999/xhtml'>hacked()</script>",
    "&lt;script class=attack&gt;hacked()&lt;/script&gt;",
    "&#60;img class=attack src=x onerror=hacked()&#62;",
    "\\u003cimg class=attack src=x onerror=hacked()\\u003e",
    "<a class=attack href=javascript:hacked()>link</a>",
    "<iframe class=attack srcdoc='<script>parent.hacked()</script>'></iframe>",
    "javascript:hacked()",
    "[link](javascript:hacked()) ![image](x){ .attack onerror=hacked() } <javascript:hacked()>",
    "{: .attack onclick=hacked() }",
    "<!--html--><script class=attack>hacked()</script><!--/html-->",
    "{{ '<script class=attack>hacked()</script>' | safe }}{% raw %}<script class=attack>hacked()</script>{% endraw %}",
    "${hacked()} `-hacked()-` ');hacked();//",
]
# What means something to HTML, Markdown, its extensions, Jinja, MkDocs or YAML.
MEANINGFUL = [
    *ATTACKS,
    "</p></td></table></main>",
    "<!--html-->\n<!--/html-->",
    "<!--notice-->",
    '"><b>bold</b>',
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
    "{: .class #id }",
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


def fill(project: Path, text: Callable[[], str]) -> None:
    """Write records of which every field is filled."""
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


def build(project: Path) -> None:
    """Build the site of a project into its folder `site`."""
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    build_site(config)


def built(project: Path, text: Callable[[], str]) -> dict[str, BeautifulSoup]:
    """Fill every field of every record, build the site, and give its pages by their address."""
    fill(project, text)
    build(project)
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


def test_nothing_of_it_is_cut_off(project: Path, browser: Browser) -> None:
    built(project, Texts(MEANINGFUL))
    page = browser.new_page(viewport={"width": 320, "height": 900})
    for path in pages_of(project / "site").values():
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.close()


# Each text has all of them, and each a different one first.
EVERY_ATTACK = [" ".join(ATTACKS[first:] + ATTACKS[:first]) for first in range(len(ATTACKS))]
# What has become an element, or would run when somebody touches it.
COME_THROUGH = """[...document.querySelectorAll("*")].filter((element) =>
  element.matches(".attack, iframe, [srcdoc]") ||
  [...element.attributes].some(({name, value}) => name.startsWith("on") || /^\\s*javascript:/i.test(value))
).map(({outerHTML}) => outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of two partnerships, with every attack in each text of every record."""
    project = copy_project(tmp_path_factory.mktemp("attacked") / "project")
    fill(project, Texts(EVERY_ATTACK, number_first=False))
    # Two, so that they can be compared. Another name leads to the second: attacks are too long for an address.
    other = filled(Partnership, Texts(EVERY_ATTACK, number_first=False), "other-source")
    write(project / "data/partnerships/sylvania.yml", other | {"iso": "SY", "aliases": ["Another name"]})
    build(project)
    return project / "site"


def attack(browser: Browser, *, ruled: bool, width: int = 1280) -> tuple[BrowserContext, list[str]]:
    """A tab's context, with or without the pages' policy, and what attacks have done there, as it happens."""
    context = browser.new_context(bypass_csp=not ruled, viewport={"width": width, "height": 900})
    done: list[str] = []
    context.expose_function("hacked", lambda *_: done.append("hacked"))
    context.on("dialog", lambda dialog: done.append(dialog.message))
    context.on("weberror", lambda error: done.append(str(error.error)))
    return context, done


@pytest.mark.parametrize("ruled", [True, False], ids=["with the policy", "without it"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_attack_comes_through_in_a_browser(attacked: Path, browser: Browser, ruled: bool, width: int) -> None:
    files = sorted(attacked.rglob("*.html"))
    # Those that only lead elsewhere are left by a browser before they can be looked at.
    assert [path for path in files if BeautifulSoup(path.read_text("utf-8"), "html.parser").select(".attack")] == []
    context, done = attack(browser, ruled=ruled, width=width)
    page = context.new_page()
    with serve(attacked) as address:
        for path in [*files, attacked / FEED]:
            page.goto(f"{address}{path.relative_to(attacked).as_posix()}")
            page.locator("h1, feed").first.wait_for(state="attached")
            assert page.evaluate(COME_THROUGH) == [], path
        for step in journey(page, address, "Field", asked=EVERY_ATTACK[0]):
            assert page.evaluate(COME_THROUGH) == [], step
    context.close()
    assert done == []


@pytest.mark.parametrize("ruled", [True, False], ids=["with the policy", "without it"])
def test_what_a_page_forgets_to_escape_is_noticed_and_stopped_by_the_policy(
    tmp_path: Path, browser: Browser, ruled: bool
) -> None:
    project = copy_project(tmp_path / "project")
    with (project / "docs/about/index.md").open("a", encoding="utf-8") as prose:
        prose.write("\n<p>{{ partnerships[0].summary | safe }}</p>\n")
    fill(project, Texts(EVERY_ATTACK))
    build(project)
    context, done = attack(browser, ruled=ruled)
    refused = refusals(context)
    page = context.new_page()
    with serve(project / "site") as address:
        page.goto(f"{address}about/", wait_until="networkidle")
        assert len(page.evaluate(COME_THROUGH)) > 3
    context.close()
    assert (bool(done), bool(refused)) == (not ruled, ruled)


def test_no_address_can_run(tmp_path: Path) -> None:
    fill(tmp_path, Texts(["word"]))
    written = 0
    for path in (tmp_path / "data").rglob("*.yml"):
        text, count = re.subn("https?://", "javascript://", path.read_text("utf-8"))
        path.write_text(text, "utf-8")
        written += count
    with pytest.raises(RecordsError) as caught:
        read(tmp_path / "data")
    refused = [problem for problem in caught.value.problems if "is not a web address" in problem.message]
    assert len(refused) == written > 1
