"""What a page asks of a network: how many bytes, compressed, and of nobody else; and whether its markup is right."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, Request, expect

from support.project import build

KILOBYTE = 1000
LIMIT = 80 * KILOBYTE
LIMIT_OF_HOME = 110 * KILOBYTE


@pytest.fixture(scope="module")
def compressed(site: Path) -> dict[str, int]:
    """What each file of the site weighs as hosts send it."""
    return {
        path.relative_to(site).as_posix(): len(gzip.compress(path.read_bytes(), 6))
        for path in site.rglob("*")
        if path.is_file()
    }


def weight(page: Page, address: str, one: str, compressed: dict[str, int]) -> int:
    """The bytes of a page and of all that it loads by itself; fails when it asks anybody else."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto(address + one, wait_until="networkidle")
    page.remove_listener("request", note)
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    files = {urlsplit(url).path.removeprefix("/") for url in asked if url.startswith(address)} | {"assets/mark.svg"}
    return sum(compressed[f"{file}index.html" if not file or file.endswith("/") else file] for file in files)


@pytest.mark.parametrize("part", range(4))
def test_no_page_weighs_more_than_it_may(
    page: Page, address: str, html: dict[str, BeautifulSoup], compressed: dict[str, int], part: int
) -> None:
    # The page for addresses that do not exist is made for the root of the host, and weighs what the others share.
    weights = {one: weight(page, address, one, compressed) for one in sorted(html.keys() - {"404.html"})[part::4]}
    assert min(weights.values()) > 5 * KILOBYTE
    assert {one: bytes for one, bytes in weights.items() if bytes > (LIMIT if one else LIMIT_OF_HOME)} == {}


def test_the_search_is_brought_when_it_is_used(page: Page, address: str, compressed: dict[str, int]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert [url for url in asked if "/javascripts/" in url or "search_index" in url] == []
    page.get_by_role("textbox", name="Search").focus()
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    assert [url for url in asked if "search_index" in url]


def test_no_page_has_a_mistake_in_its_markup(site: Path) -> None:
    found = []
    for path in sorted(site.rglob("*.html")):
        parser = html5lib.HTMLParser()
        parser.parse(path.read_text("utf-8"))
        found += [(path.relative_to(site).as_posix(), *error) for error in parser.errors]
    assert found == []


def test_mistakes_in_markup_are_found(project: Path) -> None:
    about = project / "docs/about/index.md"
    about.write_text(about.read_text("utf-8") + "\n<p><div id=a id=b></p>\n", "utf-8")
    assert build(project, project / "site").returncode == 0
    parser = html5lib.HTMLParser()
    parser.parse((project / "site/about/index.html").read_text("utf-8"))
    assert parser.errors
