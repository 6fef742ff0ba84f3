"""What the tests share: a tiny set of records that is valid, the real records, and the site built from them."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as BrowserPage

import chromium
from compass.pages import Page, render
from compass.publication import Site
from compass.reading import read
from compass.reference import Reference

ROOT = Path(__file__).parent.parent

TINY = {
    "regions.yml": "- {id: north, name: The North}\n",
    "members.yml": "{text: There is one., countries: [AT], sources: [shared]}\n",
    "languages.yml": "en: English\nno: Norwegian\n",
    "abbreviations.yml": "CSDP: common security and defence policy\n",
    "sources.yml": """\
- id: shared
  title: A page about all of them
  publisher: An institution
  date: 2025-01
  url: https://example.org/all
  language: en
  kind: official-primary
""",
    "pillars.yml": """\
compass:
  facts: [{title: Title, text: A plan., sources: [shared]}]
  progress: [{date: 2022-03-21, title: The plan was approved, kind: agreement, sources: [shared]}]
pillars:
  - id: act
    order: 1
    name: Act
    aim: {text: To act., sources: [shared]}
    covers: {text: Acting., sources: [shared]}
    targets:
      - title: A force
        text: A force of some size.
        sources: [shared]
        deadlines: [{date: 2025, text: In full by 2025., sources: [shared]}]
        status: [{date: 2025-05-20, text: It was ready., sources: [shared]}]
""",
    "areas.yml": """\
areas:
  - {id: cyber, name: Cyber, scope: Networks., pillar: act}
  - {id: space, name: Space, scope: Satellites., pillar: act}
""",
    "ties.yml": "- {id: safe, name: SAFE, scope: Buying together.}\n",
    "parliament.yml": """\
statements: [{id: named, text: It named some., sources: [shared]}]
places: [{name: Freedonia, kind: country, iso: FR, statements: [named]}]
resolutions: [{id: first, subject: All of them, date: 2026-02-11, sources: [shared]}]
""",
    "pipeline.yml": """\
prospects:
  - {id: sylvania, name: Sylvania, iso: SY, stage: negotiating, date: 2025-06, text: Talks began., sources: [shared]}
counts: [{date: 2025-01-30, number: 6, who: An institution, text: It counted six., sources: [shared]}]
""",
    "sets.yml": """\
- {id: first, name: the first ones, short: First, members: [freedonia], text: Those of 2024., sources: [shared]}
""",
    "changes.yml": "- {id: beginning, date: 2026-01-02, what: It began., why: Somebody asked., records: [freedonia]}\n",
    "partnerships/freedonia.yml": """\
name: Freedonia
official_name: Republic of Freedonia
iso: FR
region: north
summary: A partnership of which little is known.
evidence_as_of: 2026-01-01
instrument:
  title: {text: A partnership., sources: [release]}
  form: {text: A paper., sources: [release]}
  act: {kind: signed, date: 2024-05-28, sources: [release]}
  legal_nature: {text: It does not bind., sources: [release, shared]}
  read_in_full: false
areas:
  - {area: cyber, state: official, summary: Working together., sources: [release]}
sources:
  - id: release
    title: A release
    publisher: A ministry
    date: 2024-05-28
    url: https://example.org/release
    language: "no"
    kind: official-primary
""",
}

SITE = Site("The site", "What it is.", "Its makers", "https://example.org/", "", date(2026, 2, 1))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes the tiny records, with the given files changed (None: without it), and returns their folder."""

    def write(changed: Mapping[str, str | None] | None = None) -> Path:
        folder = tmp_path / "data"
        for name, text in {**TINY, **(changed or {})}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_bytes(text.encode())
        return folder

    return write


@pytest.fixture
def edited(write: Callable[..., Path]) -> Callable[[str, str, str], Path]:
    """Writes the tiny records with one passage of a file replaced, and returns their folder."""

    def edited(name: str, old: str, new: str) -> Path:
        assert TINY[name].count(old) == 1, f"{old!r} must stand once in {name}"
        return write({name: TINY[name].replace(old, new)})

    return edited


@pytest.fixture
def tiny(write: Callable[..., Path]) -> Reference:
    """The tiny records, read."""
    return read(write())[0]


@pytest.fixture
def tiny_pages(tiny: Reference) -> dict[str, Page]:
    """The pages of the tiny records, by path."""
    return {page.path: page for page in render(tiny, SITE, {"about.md": "---\ntitle: About\n---\n\n# About\n"})}


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The real records."""
    return read(ROOT / "data")[0]


def begin(*arguments: str | Path, folder: Path = ROOT, **environment: str) -> subprocess.Popen[str]:
    """Start a module in a folder as a user does, with nothing of this environment but what is given."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=folder,
        env={**kept, "NO_MKDOCS_2_WARNING": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(*arguments: str | Path, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a module to its end."""
    with begin(*arguments, folder=folder, **environment) as running:
        stdout, stderr = running.communicate()
    return subprocess.CompletedProcess(running.args, running.returncode, stdout, stderr)


def begin_build(project: Path, site: Path, *, strict: bool = True, **environment: str) -> subprocess.Popen[str]:
    """Start a `mkdocs build` of a project."""
    return begin("mkdocs", *_build(project, site, strict), **environment)


def build(
    project: Path, site: Path, *, strict: bool = True, generator: str = "mkdocs", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Build a project with MkDocs, or with another generator that knows its options."""
    return run(generator, *_build(project, site, strict), **environment)


def _build(project: Path, site: Path, strict: bool) -> list[str | Path]:
    return ["build", *["--strict"] * strict, "--site-dir", site, "--config-file", project / "mkdocs.yml"]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, which can be filled and made read-only."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", "size=64m", "none", folder], check=False).returncode:
        pytest.skip("needs the right to mount a file system")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def fill(disk: Path, room: int = 3_000_000) -> Path:
    """Leave so many bytes free on a disk, by default less than the site needs, by a file that is returned."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - room))
    return ballast


def remount(disk: Path, how: str) -> None:
    """Make a disk read-only (ro), or one to write to (rw)."""
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)


# The addresses that a published site has.
PUBLISHED = {"SITE_URL": "https://example.org/sdp/", "REPO_URL": "https://github.com/example/sdp"}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built strictly."""
    folder = tmp_path_factory.mktemp("site")
    done = build(ROOT, folder, **PUBLISHED)
    assert done.returncode == 0, done.stderr
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a built site, and tell at which address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which the built site is served."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.OPTIONS)
        yield started
        started.close()


def refusals(context: BrowserContext) -> list[str]:
    """What the policies of the pages of a context refuse, from now on, as it happens."""
    refused: list[str] = []

    def note(what: str) -> None:
        refused.append(what)

    context.expose_function("refused", note)
    context.add_init_script(
        """addEventListener("securitypolicyviolation", ({documentURI, effectiveDirective, blockedURI, sample}) =>
          refused(`${documentURI}: ${effectiveDirective} ${blockedURI} ${sample}`))"""
    )
    return refused


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile on a desktop screen. Whatever a test does there, no page may want what its policy refuses."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    refused = refusals(opened)
    yield opened
    opened.close()
    assert refused == []


@pytest.fixture
def page(context: BrowserContext) -> BrowserPage:
    """An empty tab."""
    return context.new_page()


def add_style(page: BrowserPage, css: str) -> None:
    """Add rules to a page, in the one way that its policy leaves open."""
    page.evaluate(
        """css => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets.push(sheet);
        }""",
        css,
    )


@pytest.fixture(scope="session")
def html(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of the built site, by its address below the root, parsed."""
    return {address: BeautifulSoup(path.read_text("utf-8"), "html.parser") for address, path in pages_of(site).items()}


def pages_of(site: Path) -> dict[str, Path]:
    """The pages of a built site by their address below the root, without those that only lead elsewhere."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): path
        for path in sorted(site.rglob("*.html"))
        if 'http-equiv="refresh"' not in path.read_text("utf-8")
    }


def copy_project(folder: Path) -> Path:
    """Copy into a folder what the site is built from; give the folder."""
    for name in ("data", "docs", "hooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    return copy_project(tmp_path / "project")


NORWAY = "data/partnerships/norway.yml"


def change(project: Path, name: str, old: str, new: str) -> None:
    """Replace the first of a passage in a file of a project; the passage must be there."""
    text = (project / name).read_text("utf-8")
    assert text.count(old) >= 1, f"{old!r} must stand in {name}"
    (project / name).write_text(text.replace(old, new, 1), "utf-8")


def of_another(record: str, name: str, iso: str) -> str:
    """A record's text as that of another country, with sources of its own and without the other names."""
    text = re.sub("^name: .*$", f"name: {name}", record, flags=re.MULTILINE)
    text = re.sub("^iso: .*$", f"iso: {iso}", text, flags=re.MULTILINE)
    text = re.sub("^aliases:.*\\n(?:  - .*\\n)*", "", text, flags=re.MULTILINE)
    sources = "|".join(re.findall("^  - id: (.*)$", text, re.MULTILINE))
    return re.sub(rf"(?<![\w-])({sources})(?![\w-])", rf"{iso.lower()}-\1", text)
