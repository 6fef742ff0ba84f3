"""A real `mkdocs serve` of a copy of the project, and a real Chromium that looks at it while records are edited."""

from __future__ import annotations

import json
import re
import shutil
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support import server
from support.browser import refusals
from support.programs import run, started
from support.project import build, change, fill, remount
from support.records import of_another
from support.server import served

FREEDONIA = "data/partnerships/freedonia.yml"
# In milliseconds, as Playwright counts.
PATIENCE = server.PATIENCE * 1000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    refused = refusals(context)
    yield context.new_page()
    context.close()
    assert refused == []


def test_the_site_stays_up_through_mistakes_and_follows_every_record(project: Path, page: Page) -> None:
    """One server, so that each part begins with what the part before it has left."""
    with served(project) as address:
        _mistakes_in_a_record(project, page, address)
        _a_record_comes_is_renamed_and_goes(project, page, address)
        _mistakes_outside_the_records(project, page, address)
        _a_record_that_others_name_is_away(project, page, address)
        _all_records_are_away(project, page, address)
        _a_warning(project, page, address)


def _mistakes_in_a_record(project: Path, page: Page, address: str) -> None:
    page.goto(f"{address}partnerships/freedonia/")
    notice = page.get_by_role("alert")
    expect(notice).to_have_count(0)

    change(project, FREEDONIA, "area: cyber\n", "area: <img src=x onerror=document.title=1>\n")
    change(project, FREEDONIA, "tie: safe\n", "tie: safee\n")
    expect(notice).to_contain_text("The records have 2 problems; you see the last good site", timeout=PATIENCE)
    expect(notice.get_by_role("listitem")).to_have_count(2)
    expect(notice).to_contain_text('unknown area "<img src=x onerror=document.title=1>"')
    expect(notice).to_contain_text('unknown tie "safee"; did you mean "safe"?')
    expect(notice.locator("img")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Freedonia")
    page.goto(f"{address}compare/")
    expect(notice).to_contain_text("unknown area")

    change(project, FREEDONIA, "area: <img src=x onerror=document.title=1>\n", "area: cyber\n")
    expect(notice.get_by_role("listitem")).to_have_count(1, timeout=PATIENCE)
    change(project, FREEDONIA, "tie: safee\n", "tie: safe\n")
    expect(notice).to_have_count(0, timeout=PATIENCE)


def _a_record_comes_is_renamed_and_goes(project: Path, page: Page, address: str) -> None:
    page.goto(f"{address}compare/")
    atlantis = project / "data/partnerships/atlantis.yml"
    atlantis.write_text(of_another((project / FREEDONIA).read_text("utf-8"), "Atlantis", "XA"), "utf-8")
    header = page.get_by_role("columnheader", name=re.compile("^Atlantis"))
    expect(header.first).to_be_visible(timeout=PATIENCE)

    atlantis.rename(project / "data/partnerships/new-atlantis.yml")
    link = header.first.get_by_role("link")
    expect(link).to_have_attribute("href", "../partnerships/new-atlantis/", timeout=PATIENCE)
    assert page.request.get(f"{address}partnerships/atlantis/").status == 404
    assert page.request.get(f"{address}partnerships/new-atlantis/").status == 200

    (project / "data/partnerships/new-atlantis.yml").unlink()
    expect(header).to_have_count(0, timeout=PATIENCE)
    assert page.request.get(f"{address}partnerships/new-atlantis/").status == 404


def _mistakes_outside_the_records(project: Path, page: Page, address: str) -> None:
    page.goto(f"{address}compare/")
    notice = page.get_by_role("alert")
    before, _, _ = (project / "docs/compare.md").read_text("utf-8").partition("common_to(group)")
    change(project, "docs/compare.md", "common_to(group)", "comon_to(group)")
    undefined = f"docs/compare.md:{before.count(chr(10)) + 1}: 'comon_to' is undefined"
    expect(notice).to_contain_text(undefined, timeout=PATIENCE)
    change(project, "docs/compare.md", "comon_to(group)", "common_to(group)")
    expect(notice).to_have_count(0, timeout=PATIENCE)

    change(project, "mkdocs.yml", "docs_dir: docs", "docs_dir: dogs")
    expect(notice).to_contain_text("You see the last good site: something is wrong", timeout=PATIENCE)
    change(project, "mkdocs.yml", "docs_dir: dogs", "docs_dir: docs")
    expect(notice).to_have_count(0, timeout=PATIENCE)


def _a_record_that_others_name_is_away(project: Path, page: Page, address: str) -> None:
    page.goto(f"{address}partnerships/freedonia/")
    (project / FREEDONIA).rename(project / "freedonia.yml")
    heading, notice = page.get_by_role("heading", level=1), page.get_by_role("alert")
    expect(notice).to_contain_text("you see the last good site", timeout=PATIENCE)
    for name in ("changes", "sets"):
        unknown = rf'data/{name}.yml:\d+:\d+: unknown partnership "freedonia"; add it or name another'
        expect(notice).to_contain_text(re.compile(unknown))
    expect(heading).to_have_text("Freedonia")
    (project / "freedonia.yml").rename(project / FREEDONIA)
    expect(notice).to_have_count(0, timeout=PATIENCE)
    expect(heading).to_have_text("Freedonia")


def _all_records_are_away(project: Path, page: Page, address: str) -> None:
    page.goto(f"{address}partnerships/freedonia/")
    shutil.move(project / "data", project / "elsewhere")
    # Longer than the server needs to see that the folder is gone; there is nothing to see in the browser.
    time.sleep(1)
    change(project, "elsewhere/partnerships/freedonia.yml", "name: Freedonia\n", "name: Fredonia\n")
    shutil.move(project / "elsewhere", project / "data")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fredonia", timeout=PATIENCE)


def _a_warning(project: Path, page: Page, address: str) -> None:
    page.goto(f"{address}compare/")
    spare = "\n  - {id: spare, title: T, publisher: P, url: https://a.org, language: en, kind: secondary}"
    change(project, FREEDONIA, "\nsources:", f"\nsources:{spare}")
    expect(page.get_by_role("alert")).to_contain_text('warning: source "spare" supports no fact', timeout=PATIENCE)


def test_a_server_that_begins_with_a_broken_record_shows_the_others(project: Path, page: Page) -> None:
    change(project, FREEDONIA, "area: cyber\n", "area: cybr\n")
    with served(project) as address:
        page.goto(f"{address}compare/")
        notice, freedonia = page.get_by_role("alert"), page.get_by_role("columnheader", name=re.compile("^Freedonia"))
        expect(notice).to_contain_text("The records have 1 problem; you see the site without freedonia")
        expect(notice).to_contain_text('unknown area "cybr"; did you mean "cyber"?')
        expect(page.get_by_role("columnheader", name=re.compile("^Sylvania")).first).to_be_visible()
        expect(freedonia).to_have_count(0)
        change(project, FREEDONIA, "area: cybr\n", "area: cyber\n")
        expect(freedonia.first).to_be_visible(timeout=PATIENCE)
        expect(notice).to_have_count(0)


def test_a_server_that_begins_without_a_vocabulary_waits_for_it(project: Path, page: Page) -> None:
    (project / "data/areas.yml").rename(project / "areas.yml")
    with served(project) as address:
        page.goto(f"{address}partnerships/freedonia/")
        expect(page.get_by_role("alert")).to_contain_text("data/areas.yml:1:1: this file is missing; restore it")
        expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for the records")
        (project / "areas.yml").rename(project / "data/areas.yml")
        expect(page.get_by_role("heading", level=1)).to_have_text("Freedonia", timeout=PATIENCE)
        expect(page.get_by_role("alert")).to_have_count(0)


def test_a_port_that_is_in_use_is_told(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}", folder=project)
    assert done.returncode == 1
    assert f"Port {port} is in use, perhaps by another server; try make serve PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


# A second file of hooks: TERM comes again when the server begins to end.
TERM_AGAIN = """
import os, signal

def on_serve(server, **_):
    def shutdown(end=server.shutdown):
        os.kill(os.getpid(), signal.SIGTERM)
        end()
    server.shutdown = shutdown
"""


def test_a_server_that_gets_term_twice_ends_and_tidies_up(project: Path) -> None:
    """So does that of `timeout 12 make serve`: by itself, and with its group."""
    (project / "hooks/term_again.py").write_text(TERM_AGAIN, "utf-8")
    change(project, "mkdocs.yml", "hooks: [", "hooks: [hooks/term_again.py, ")
    folders, log = project.parent / "folders", project / "serve.log"
    folders.mkdir()
    arguments = ("mkdocs", "serve", "--dev-addr", "127.0.0.1:0")
    with started(*arguments, folder=project, log=log, environment={"TMPDIR": str(folders)}) as running:
        assert until_empty(lambda: [] if "Serving on" in log.read_text("utf-8") else ["a server"]) == []
        running.terminate()
        assert running.wait(server.PATIENCE) == 0
    assert [path.name for path in folders.iterdir() if path.name.startswith("mkdocs_")] == []
    assert "Traceback" not in log.read_text("utf-8")


def test_a_disk_that_is_full_or_read_only_keeps_the_last_good_site_up(project: Path, disk: Path, page: Page) -> None:
    with served(project, disk) as address:
        page.goto(f"{address}partnerships/freedonia/")
        heading, notice = page.get_by_role("heading", level=1), page.get_by_role("alert")
        ballast = fill(disk)
        change(project, FREEDONIA, "name: Freedonia\n", "name: Fredonia\n")
        expect(notice).to_contain_text("No space left on device; make room on that disk", timeout=PATIENCE)
        expect(heading).to_have_text("Freedonia")
        page.goto(f"{address}compare/")
        expect(notice).to_contain_text("You see the last good site: something is wrong")
        page.goto(f"{address}partnerships/freedonia/")

        ballast.unlink()
        remount(disk, "ro")
        change(project, FREEDONIA, "name: Fredonia\n", "name: Freedom\n")
        expect(notice).to_contain_text("Read-only file system; make it writable", timeout=PATIENCE)
        expect(heading).to_have_text("Freedonia")

        remount(disk, "rw")
        change(project, FREEDONIA, "name: Freedom\n", "name: Frieden\n")
        expect(heading).to_have_text("Frieden", timeout=PATIENCE)
        expect(notice).to_have_count(0)
    log = (project / "serve.log").read_text("utf-8")
    assert "No space left on device; make room" in log
    assert "Traceback" not in log


def test_what_is_served_after_edits_is_what_a_build_makes(project: Path, tmp_path: Path, page: Page) -> None:
    """Each edit changes something that pages share, so that a page kept from the build before it would be seen.

    Edits stand together only where none of them makes the server render what another should make it render.
    """
    with served(project) as address:
        page.goto(f"{address}about/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        # A record, a title that other pages show, a link to nothing, a file that is no page.
        change(project, FREEDONIA, "\nofficial_name: Republic", "\nofficial_name: United Republic")
        change(project, "docs/about/index.md", "title: ", "title: All ")
        change(project, "docs/about/index.md", "\n# ", "\n[A page to come](../compass/new.md)\n\n# ")
        change(project, "docs/assets/site/_tokens.css", "--line: ", "--line:  ")
        names = same_as_built(project, tmp_path / "first", address, strict=False)

        # What many pages show, one after the other; each makes the server render all of them.
        change(project, "mkdocs.yml", "permalink: false", "permalink: true")
        shown(address, [name for name in names if name.startswith("about/")], 'class="headerlink"')
        change(project, "mkdocs.yml", "copyright: >-\n  ", "copyright: >-\n  Truly ")
        shown(address, names, "Truly ")
        change(project, "hooks/theme/main.html", "{{ super()", "<!-- changed -->{{ super()")
        shown(address, names, "<!-- changed -->")
        # The page to which the link leads, and an abbreviation.
        (project / "docs/compass/new.md").write_text("---\ntitle: New\n---\n\n# New\n", "utf-8")
        change(project, "data/abbreviations.yml", "\nSAFE: ", "\nSAFE: another meaning of ")
        assert "compass/new/index.html" in same_as_built(project, tmp_path / "second", address)

        # A record that goes.
        change(project, "data/changes.yml", "[seven-islands, lilliput]", "[seven-islands]")
        (project / "data/partnerships/lilliput.yml").unlink()
        assert "partnerships/lilliput/index.html" not in same_as_built(project, tmp_path / "third", address)


def same_as_built(project: Path, site: Path, address: str, *, strict: bool = True) -> list[str]:
    """Compare every page and style that is served with that of a build, once the server has built what was saved.

    Gives their paths.
    """
    done = build(project, site, strict=strict, environment={"SITE_URL": address})
    assert done.returncode == 0, done.stderr
    names = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.suffix in (".html", ".css")]
    index = "search/search_index.json"

    def different() -> list[str]:
        pages = [name for name in names if seen(address, name) != as_served((site / name).read_text("utf-8"))]
        found, expected = json.loads(seen(address, index)), json.loads((site / index).read_text("utf-8"))
        return pages + [index] * (found != expected)

    assert until_empty(different) == []
    assert {"index.html", "404.html", "partnerships/freedonia/index.html", "assets/site.css"} < set(names)
    return names


def shown(address: str, names: list[str], text: str) -> None:
    """Wait until each of the pages shows a text."""
    pages = [name for name in names if name.endswith(".html") and 'http-equiv="refresh"' not in seen(address, name)]
    assert len(pages) > 1
    assert until_empty(lambda: [name for name in pages if text not in seen(address, name)]) == []


def until_empty(wanting: Callable[[], list[str]]) -> list[str]:
    """Wait until nothing is wanting; give what is still wanting when patience ends."""
    deadline = time.monotonic() + server.PATIENCE
    while (left := wanting()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def as_served(html: str) -> str:
    """A page that was built as it is served: there it may run any script, for MkDocs adds one of its own."""
    return re.sub("'sha256-[^']*'", "'unsafe-inline'", html)


def seen(address: str, name: str) -> str:
    """A file as the server gives it, without any notice and the script by which MkDocs reloads a page."""
    path = "nowhere/" if name == "404.html" else name
    try:
        with urllib.request.urlopen(address + path, timeout=server.PATIENCE) as response:
            text = response.read().decode()
    except urllib.error.HTTPError as error:
        text = error.read().decode()
    script = r"<script>(?:(?!</script>).)*livereload\(.*?</script>(?=</body>)"
    notice = r'<div class="problems .*?</div>(?=<main)'
    return re.sub(f"{script}|{notice}", "", text, flags=re.DOTALL)
