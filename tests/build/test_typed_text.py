"""What is typed is shown: any text in any field stands letter by letter on the built site, and never becomes markup."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import example, given
from hypothesis import strategies as st

from support.examples import examples
from support.project import copy_project, pages_of
from support.typed import MEANINGFUL, Texts, build, fill

# In each example every field begins with one of these many texts, and ends with another.
TOGETHER = 12
readable = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), min_size=1, max_size=40).filter(
    lambda text: text.strip()
)
# A headline ends without a full stop; what the rule refuses is no text to be shown.
typed = (
    st.lists(st.sampled_from(MEANINGFUL) | readable, min_size=1, max_size=3)
    .map(" ".join)
    .filter(lambda text: not text.endswith("."))
)


@pytest.fixture(scope="module")
def typed_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_project(tmp_path_factory.mktemp("typed") / "project")
    with (folder / "docs/about/index.md").open("a", encoding="utf-8") as page:
        page.write("\nThe abbreviation CSDP, so that its meaning is shown.\n")
    return folder


def built(project: Path, text: Texts) -> dict[str, BeautifulSoup]:
    """Fill every field of every record, build the site, and give its pages by their address."""
    fill(project, text)
    build(project)
    pages = pages_of(project / "site")
    return {address: BeautifulSoup(path.read_text("utf-8"), "html.parser") for address, path in pages.items()}


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


class OfPlainWords:
    """The site when every text is a plain word: how often each field is told where, and what the pages are made of."""

    def __init__(self, project: Path) -> None:
        words = Texts(["word"], ["word"])
        pages = built(project, words)
        self.told = told_where(project, pages, words)
        self.skeletons = {address: skeleton(page) for address, page in pages.items()}


def told_where(project: Path, pages: dict[str, BeautifulSoup], texts: Texts) -> dict[tuple[str, int], int]:
    """How often each text is told on each page, and found by the search."""
    places = {address: shown(page) for address, page in pages.items()} | {"search": found(project)}
    given = [plain(text) for text in texts.given]
    return {(where, number): told.count(text) for where, told in places.items() for number, text in enumerate(given)}


@pytest.fixture(scope="module")
def of_plain_words(typed_project: Path) -> OfPlainWords:
    return OfPlainWords(typed_project)


@examples(6, 40)
@given(texts=st.lists(typed, min_size=TOGETHER, max_size=TOGETHER))
@example(texts=MEANINGFUL)
@example(texts=MEANINGFUL[::-1])
def test_any_text_in_any_field_is_told_letter_by_letter_and_is_never_markup(
    typed_project: Path, of_plain_words: OfPlainWords, texts: list[str]
) -> None:
    typed_texts = Texts(texts, texts[::-1])
    pages = built(typed_project, typed_texts)
    told = told_where(typed_project, pages, typed_texts)
    assert len(typed_texts.given) > 140
    nowhere = [text for number, text in enumerate(typed_texts.given) if not any(told[where, number] for where in pages)]
    assert nowhere == []
    assert {place: times for place, times in told.items() if times != of_plain_words.told[place]} == {}
    assert [address for address, page in pages.items() if skeleton(page) != of_plain_words.skeletons[address]] == []
    schemes = {urlsplit(str(link["href"])).scheme for page in pages.values() for link in page.find_all("a", href=True)}
    assert schemes == {"", "https"}
