"""Every page of the site is opened once, and all is checked there that must hold for every page."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Response, WebError

from compass.reading.reader import read
from support.axe import violations
from support.browser import refusals
from support.project import pages_of
from support.records import FULL, ROOT
from support.site_rules import BuiltSite
from support.tabs import WIDE

NOT_FOUND = "404.html"
PAGES = sorted({*BuiltSite(ROOT, read(FULL)[0], "").files, NOT_FOUND})
# The widths of a desktop screen, of a phone, and the least that WCAG 2.2 knows.
WIDTHS = (1280, 360, 320)
# Waits until a page has drawn itself, so that what it was refused has been told.
SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"

# What pages may weigh, compressed, in bytes. None of this grows with the records, but for the third: that holds for
# the six invented partnerships. Each limit is about a tenth above what was measured in December 2026, so that more
# is a decision. Then it was 3.1 kB for the frame, up to 9.3 kB for what a page loads, and 25 kB for the largest page.
FRAME = 3_500
LOADED = 10_200
WHOLE = 27_500
# Pages that answer load their scripts too: 16.7, 14.9 and 11.5 kB.
LOADED_BY = {"compare/": 18_400, "compare/side-by-side/": 16_400, "timeline/": 12_700}


class Tab:
    """A tab that writes down what pages ask for, what is refused to them, and what fails."""

    def __init__(self, browser: Browser) -> None:
        context = browser.new_context(viewport=WIDE)
        self.refused = refusals(context)
        self.asked: list[str] = []
        self.failed: list[str] = []
        context.on("request", self._note_request)
        context.on("requestfailed", self._note_failed_request)
        context.on("response", self._note_response)
        context.on("console", self._note_message)
        context.on("weberror", self._note_error)
        context.on("dialog", self._note_dialog)
        self.page = context.new_page()

    def _note_request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _note_failed_request(self, request: Request) -> None:
        # A page that is left while it loads breaks off its requests.
        if request.failure != "net::ERR_ABORTED":
            self.failed.append(request.url)

    def _note_response(self, response: Response) -> None:
        if response.status >= 400:
            self.failed.append(response.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.failed.append(message.text)

    def _note_error(self, error: WebError) -> None:
        self.failed.append(str(error.error))

    def _note_dialog(self, dialog: Dialog) -> None:
        self.failed.append(dialog.message)
        dialog.dismiss()

    def open(self, address: str) -> None:
        """Open a page and forget what was written down of the one before."""
        self.page.goto("about:blank")
        for notes in (self.refused, self.asked, self.failed):
            notes.clear()
        self.page.goto(address)
        # A page that only leads elsewhere has none, so this waits for the other.
        self.page.get_by_role("heading", level=1).wait_for()
        self.page.evaluate(SETTLED)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    opened = Tab(browser)
    yield opened
    opened.page.context.close()


def compressed(content: bytes) -> int:
    """What a file weighs as hosts send it."""
    return len(gzip.compress(content, 6))


def file_of(root: Path, url: str) -> Path:
    """The file of an address."""
    path = root / urlsplit(url).path.removeprefix("/")
    return path / "index.html" if path.is_dir() else path


def too_wide(page: Page) -> list[str]:
    """The widths of a screen at which the open page scrolls sideways."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        needed = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{needed} of {width}"] * (needed > width)
    page.set_viewport_size(WIDE)
    return found


def too_heavy(html: str, files: set[Path], most_loaded: int) -> list[str]:
    """What of a page is heavier than it may be: its frame, the files that it loads, or all with its content."""
    frame = BeautifulSoup(html, "html.parser")
    frame.article.clear()
    loaded = sum(compressed(file.read_bytes()) for file in files)
    weights = {
        "frame": (compressed(str(frame).encode()), FRAME),
        "loaded": (loaded, most_loaded),
        "whole": (compressed(html.encode()) + loaded, WHOLE),
    }
    return [f"{part}: {weight} of {most}" for part, (weight, most) in weights.items() if weight > most]


def markup_mistakes(html: str) -> list[str]:
    """What browsers forgive in the markup of a page."""
    parser = html5lib.HTMLParser()
    parser.parse(html)
    return [str(error) for error in parser.errors]


def misled_skips(page: BeautifulSoup) -> list[str]:
    """What is wrong with the link that skips to the content: it must be one, the first, and lead there."""
    skips = page.select("a.md-skip")
    leads = len(skips) == 1 and page.find("a") == skips[0] and len(page.select(str(skips[0]["href"]))) == 1
    return [] if leads else list(map(str, skips)) or ["none"]


def mistakes(tab: Tab, root: Path, host: str, name: str) -> dict[str, list[str]]:
    """Open a page and tell what is wrong with it, by what has been checked."""
    address = host + name
    tab.open(address)
    file = file_of(root, address)
    html = file.read_text("utf-8")
    found = {
        "sideways": too_wide(tab.page),
        "axe": violations(tab.page, "html"),
        "markup": markup_mistakes(html),
        "skip": misled_skips(BeautifulSoup(html, "html.parser")),
    }
    # What has come up meanwhile, at every width and in both schemes.
    loaded = {own for url in tab.asked if url.startswith(host) and (own := file_of(root, url)).is_file()}
    found |= {
        "elsewhere": [url for url in tab.asked if not url.startswith((host, "data:"))],
        "weight": too_heavy(html, loaded - {file}, LOADED_BY.get(name.removeprefix("sdp/"), LOADED)),
        "refused": [*tab.refused],
        "failed": [*tab.failed],
    }
    return {check: lines for check, lines in found.items() if lines}


def replaced(html: str, changes: dict[str, str]) -> str:
    """A page with the first of each passage replaced; each must be there."""
    for old, new in changes.items():
        assert old in html, old
        html = html.replace(old, new, 1)
    return html


def test_the_pages_are_all_there_are(site: Path) -> None:
    assert sorted(pages_of(site)) == PAGES


@pytest.mark.parametrize("name", PAGES, ids=[name or "home" for name in PAGES])
def test_nothing_is_wrong_with_a_page(tab: Tab, root: Path, host: str, name: str) -> None:
    assert mistakes(tab, root, host, f"sdp/{name}") == {}


def test_nothing_is_wrong_with_the_pages_that_only_lead_elsewhere(tab: Tab, site: Path, host: str) -> None:
    pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
    leading = [name.removesuffix("index.html") for name in pages if name.removesuffix("index.html") not in PAGES]
    assert leading
    for name in leading:
        tab.open(f"{host}sdp/{name}")
        assert tab.page.url.startswith(f"{host}sdp/partnerships/"), name
        assert tab.page.url != f"{host}sdp/{name}"
        assert [url for url in tab.asked if not url.startswith(host)] == [], name
        assert (tab.refused, tab.failed) == ([], []), name


def test_what_is_wrong_with_a_page_is_found(tab: Tab, root: Path, host: str) -> None:
    html = (root / "sdp/404.html").read_text("utf-8")
    changes = {
        "</head>": '<link rel="stylesheet" href="/spoilt.css"></head>',
        "</h1>": '</h1><p><div id=a id=b></p><img src="/sdp/assets/mark.svg">',
        'class="md-skip"': 'class="skip"',
    }
    (root / "spoilt.html").write_text(replaced(html, changes), "utf-8")
    # Too wide for the least width alone, too pale in the dark alone, and too heavy.
    filler = Random(0).randbytes(LOADED).hex()
    css = f"h1 {{ min-width: 330px; color: light-dark(#1a2327, #333) }} /* {filler} */"
    (root / "spoilt.css").write_text(css, "utf-8")
    found = mistakes(tab, root, host, "spoilt.html")
    assert found.keys() == {"sideways", "axe", "markup", "skip", "weight"}
    assert [line for line in found["sideways"] if not line.endswith(" of 320")] == []
    rules = ["image-alt", "color-contrast"]
    assert {rule for rule in rules for line in found["axe"] if f") {rule}: " in line} == {*rules}
    assert [line for line in found["axe"] if "color-contrast" in line and "dark)" not in line] == []
    assert any("duplicate-attribute" in line for line in found["markup"])
    assert [line.split(":")[0] for line in found["weight"]] == ["loaded"]


def test_what_a_page_is_refused_is_noticed(tab: Tab, root: Path, host: str) -> None:
    html = (root / "sdp/404.html").read_text("utf-8")
    changes = {
        "'sha256-": "'sha256-A",
        "<h1 ": '<h1 style="color: red" ',
        "</h1>": '</h1><script>1</script><p onclick="1"></p><img src="data:," alt="">',
    }
    (root / "refused.html").write_text(replaced(html, changes), "utf-8")
    tab.open(f"{host}refused.html")
    directives = [" ".join(line.split()[1:3]) for line in tab.refused]
    inline = ["script-src-attr inline", "script-src-elem inline", "script-src-elem inline", "style-src-attr inline"]
    assert sorted(directives) == ["img-src data", *inline]
    assert len(tab.failed) >= len(tab.refused)


def test_what_a_page_asks_of_others_and_what_it_lacks_is_noticed(tab: Tab, root: Path, host: str) -> None:
    html = (root / "sdp/404.html").read_text("utf-8")
    pictures = '<img src="/missing.svg" alt=""><img src="https://elsewhere.example/x.svg" alt="">'
    changes = {"img-src 'self'": "img-src *", "</h1>": f"</h1>{pictures}"}
    (root / "asking.html").write_text(replaced(html, changes), "utf-8")
    tab.page.route("https://elsewhere.example/**", lambda route: route.fulfill(body=""))
    found = mistakes(tab, root, host, "asking.html")
    tab.page.unroute_all()
    assert found["elsewhere"] == ["https://elsewhere.example/x.svg"]
    assert f"{host}missing.svg" in found["failed"]


def test_errors_and_questions_of_a_page_are_noticed(tab: Tab, host: str) -> None:
    tab.open(f"{host}sdp/about/")
    tab.page.evaluate("setTimeout(() => { throw new Error('an error') }); console.error('a complaint')")
    tab.page.evaluate("alert('a question')")
    tab.page.evaluate(SETTLED)
    assert sorted(tab.failed) == ["a complaint", "a question", "an error"]
