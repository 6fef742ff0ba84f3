"""The fixtures of all tests, and what each folder of tests is for.

`unit/` needs nothing but Python, `build/` builds the site, `browser/` drives a real Chromium, `publishing/` tries what
publishes the site and what its pages tell programs to do. Each folder's name is a marker. All of them use invented
records (`support.records`); only `build/test_real_records.py` and `build/test_new_records.py` read `data/`.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as BrowserPage

from compass.model.reference import Reference
from compass.reading.reader import read
from compass.site.pages import Page
from support import chromium
from support.browser import refusals
from support.project import PUBLISHED, build, copy_project, pages_of, serve
from support.records import FULL, SMALLEST, rendered

TESTS = Path(__file__).parent
# Seconds that one test may take, with the fixtures that it is the first to need, on a machine that is busy.
TIME_LIMITS = {"unit": 60, "build": 180, "browser": 180, "publishing": 180}


def pytest_configure() -> None:
    """Let programs that tests start hear an interrupt, even where the tests ignore it, as below `nohup … &`."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by its folder, and give it a time limit."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        item.add_marker(folder)
        if not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(TIME_LIMITS[folder]))


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes the smallest records, with the given files changed (None: without it), and returns their folder."""

    def write(changed: Mapping[str, str | None] | None = None) -> Path:
        folder = tmp_path / "data"
        for name, text in {**SMALLEST, **(changed or {})}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_bytes(text.encode())
        return folder

    return write


@pytest.fixture
def edited(write: Callable[..., Path]) -> Callable[[str, str, str], Path]:
    """Writes the smallest records with one passage of a file replaced, and returns their folder."""

    def edited(name: str, old: str, new: str) -> Path:
        assert SMALLEST[name].count(old) == 1, f"{old!r} must stand once in {name}"
        return write({name: SMALLEST[name].replace(old, new)})

    return edited


@pytest.fixture
def smallest(write: Callable[..., Path]) -> Reference:
    """The smallest records, read."""
    return read(write())[0]


@pytest.fixture
def smallest_pages(smallest: Reference) -> dict[str, Page]:
    """The pages of the smallest records, by path."""
    return rendered(smallest, {"about.md": "---\ntitle: About\n---\n\n# About\n"})


@pytest.fixture(scope="session")
def reference() -> Reference:
    """The full invented records, read."""
    return read(FULL)[0]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, which can be filled and made read-only."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "", "-t", "tmpfs", "-o", "size=64m", "none", str(folder)]
    if not mount or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount a file system")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture(scope="session")
def _project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_project(tmp_path_factory.mktemp("invented") / "project")


@pytest.fixture
def project(_project: Path, tmp_path: Path) -> Path:
    """A copy of the project with the full invented records, which a test may change."""
    return shutil.copytree(_project, tmp_path / "project")


@pytest.fixture(scope="session")
def site(_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the full invented records, built strictly."""
    folder = tmp_path_factory.mktemp("site")
    done = build(_project, folder, environment=PUBLISHED)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def html(site: Path) -> dict[str, BeautifulSoup]:
    """Every page of that site, by its address below the root, parsed."""
    return {address: BeautifulSoup(path.read_text("utf-8"), "html.parser") for address, path in pages_of(site).items()}


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address at which that site is served."""
    with serve(site) as address:
        yield address


@pytest.fixture(scope="module")
def root(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a host that has the built site at its address, by which 404.html links."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "sdp").symlink_to(site)
    return folder


@pytest.fixture(scope="module")
def host(root: Path) -> Iterator[str]:
    """The address of that host."""
    with serve(root) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.OPTIONS)
        yield opened
        opened.close()


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
