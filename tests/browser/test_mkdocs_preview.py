"""A real `mkdocs serve` of a copy of the project, and a real Chromium that looks at it while records are edited."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import refusals
from support.project import build, change, fill, remount
from support.records import of_another

# A build takes about a second; a machine that is busy with other tests may need many.
PATIENCE = 60_000


@contextmanager
def served(project: Path, disk: Path | None = None) -> Iterator[str]:
    """Serve a project, with the server's folders on a disk; give the address at which it can be seen."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    environment = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "REPO_URL")}
    folders = (disk or project.parent) / "folders"
    folders.mkdir()
    with (project / "serve.log").open("w") as log:
        server = subprocess.Popen(
            command,
            cwd=project,
            env={**environment, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(folders)},
            stdout=log,
            stderr=log,
        )
    try:
        for _ in range(PATIENCE // 100):
            assert server.poll() is None, (project / "serve.log").read_text()
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield address
        assert server.poll() is None, (project / "serve.log").read_text()
    finally:
        # As by Ctrl+C, so that the server removes its folders.
        server.send_signal(signal.SIGINT)
        server.wait()
    # Jinja's folder of compiled templates serves the next start.
    assert [path for path in folders.iterdir() if not path.name.startswith("_jinja2-cache")] == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    refused = refusals(context)
    yield context.new_page()
    context.close()
    assert refused == []


def test_the_site_stays_up_through_mistakes_and_follows_every_record(project: Path, page: Page) -> None:
    with served(project) as address:
        page.goto(f"{address}partnerships/norway/")
        notice = page.get_by_role("alert")
        expect(notice).to_have_count(0)

        change(project, NORWAY, "area: cyber\n", "area: <img src=x onerror=document.title=1>\n")
        change(project, NORWAY, "tie: eda\n", "tie: edaa\n")
        expect(notice).to_contain_text("The records have 2 problems; you see the last good site", timeout=PATIENCE)
        expect(notice.get_by_role("listitem")).to_have_count(2)
        expect(notice).to_contain_text('unknown area "<img src=x onerror=document.title=1>"')
        expect(notice).to_contain_text('unknown tie "edaa"; did you mean "eda"?')
        expect(notice.locator("img")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_have_text("Norway")
        page.goto(f"{address}compare/")
        expect(notice).to_contain_text("unknown area")

        change(project, NORWAY, "area: <img src=x onerror=document.title=1>\n", "area: cyber\n")
        expect(notice.get_by_role("listitem")).to_have_count(1, timeout=PATIENCE)
        change(project, NORWAY, "tie: edaa\n", "tie: eda\n")
        expect(notice).to_have_count(0, timeout=PATIENCE)

        atlantis = project / "data/partnerships/atlantis.yml"
        atlantis.write_text(of_another((project / NORWAY).read_text("utf-8"), "Atlantis", "XA"), "utf-8")
        header = page.get_by_role("columnheader", name=re.compile("^Atlantis"))
        expect(header.first).to_be_visible(timeout=PATIENCE)

        atlantis.rename(project / "data/partnerships/new-atlantis.yml")
        expect(header.first.get_by_role("link")).to_have_attribute(
            "href", "../partnerships/new-atlantis/", timeout=PATIENCE
        )
        assert page.request.get(f"{address}partnerships/atlantis/").status == 404
        assert page.request.get(f"{address}partnerships/new-atlantis/").status == 200

        (project / "data/partnerships/new-atlantis.yml").unlink()
        expect(header).to_have_count(0, timeout=PATIENCE)
        assert page.request.get(f"{address}partnerships/new-atlantis/").status == 404


def test_a_server_that_begins_with_a_broken_record_shows_the_others(project: Path, page: Page) -> None:
    change(project, NORWAY, "area: cyber\n", "area: cybr\n")
    with served(project) as address:
        page.goto(f"{address}compare/")
        notice, norway = page.get_by_role("alert"), page.get_by_role("columnheader", name=re.compile("^Norway"))
        expect(notice).to_contain_text("The records have 1 problem; you see the site without norway")
        expect(notice).to_contain_text('unknown area "cybr"; did you mean "cyber"?')
        expect(page.get_by_role("columnheader", name=re.compile("^Japan")).first).to_be_visible()
        expect(norway).to_have_count(0)
        change(project, NORWAY, "area: cybr\n", "area: cyber\n")
        expect(norway.first).to_be_visible(timeout=PATIENCE)
        expect(notice).to_have_count(0)


def test_a_server_that_begins_without_a_vocabulary_waits_for_it(project: Path, page: Page) -> None:
    (project / "data/areas.yml").rename(project / "areas.yml")
    with served(project) as address:
        page.goto(f"{address}partnerships/norway/")
        expect(page.get_by_role("alert")).to_contain_text("data/areas.yml:1:1: this file is missing; restore it")
        expect(page.get_by_role("heading", level=1)).to_have_text("Waiting for the records")
        (project / "areas.yml").rename(project / "data/areas.yml")
        expect(page.get_by_role("heading", level=1)).to_have_text("Norway", timeout=PATIENCE)
        expect(page.get_by_role("alert")).to_have_count(0)


def test_a_port_that_is_in_use_is_told(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"Port {port} is in use, perhaps by another server; try make serve PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_mistakes_outside_the_records_are_told_too(project: Path, page: Page) -> None:
    with served(project) as address:
        page.goto(f"{address}compare/")
        notice = page.get_by_role("alert")
        change(project, "docs/compare.md", "common_to(group)", "comon_to(group)")
        expect(notice).to_contain_text("docs/compare.md:40: 'comon_to' is undefined", timeout=PATIENCE)
        change(project, "docs/compare.md", "comon_to(group)", "common_to(group)")
        expect(notice).to_have_count(0, timeout=PATIENCE)

        change(project, "mkdocs.yml", "docs_dir: docs", "docs_dir: dogs")
        expect(notice).to_contain_text("You see the last good site: something is wrong", timeout=PATIENCE)
        change(project, "mkdocs.yml", "docs_dir: dogs", "docs_dir: docs")
        expect(notice).to_have_count(0, timeout=PATIENCE)

        spare = "\n  - {id: spare, title: T, publisher: P, url: https://a.org, language: en, kind: secondary}"
        change(project, NORWAY, "\nsources:", f"\nsources:{spare}")
        expect(notice).to_contain_text('warning: source "spare" supports no fact', timeout=PATIENCE)


def test_records_that_are_away_for_a_while_are_followed_when_they_return(project: Path, page: Page) -> None:
    with served(project) as address:
        page.goto(f"{address}partnerships/norway/")
        shutil.move(project / "data", project / "elsewhere")
        # Longer than the server needs to see that the folder is gone; there is nothing to see in the browser.
        time.sleep(1)
        change(project, "elsewhere/partnerships/norway.yml", "\nname: Norway", "\nname: Norge")
        shutil.move(project / "elsewhere", project / "data")
        expect(page.get_by_role("heading", level=1)).to_have_text("Norge", timeout=PATIENCE)


def test_a_record_that_others_name_is_missed_until_it_returns(project: Path, page: Page) -> None:
    with served(project) as address:
        page.goto(f"{address}partnerships/norway/")
        (project / NORWAY).rename(project / "norway.yml")
        notice = page.get_by_role("alert")
        expect(notice).to_contain_text("you see the last good site", timeout=PATIENCE)
        for name in ("changes", "sets"):
            unknown = rf'data/{name}.yml:\d+:\d+: unknown partnership "norway"; add it or name another'
            expect(notice).to_contain_text(re.compile(unknown))
        expect(page.get_by_role("heading", level=1)).to_have_text("Norway")
        (project / "norway.yml").rename(project / NORWAY)
        expect(notice).to_have_count(0, timeout=PATIENCE)
        expect(page.get_by_role("heading", level=1)).to_have_text("Norway")


def test_a_disk_that_is_full_or_read_only_keeps_the_last_good_site_up(project: Path, disk: Path, page: Page) -> None:
    with served(project, disk) as address:
        page.goto(f"{address}partnerships/norway/")
        heading, notice = page.get_by_role("heading", level=1), page.get_by_role("alert")
        ballast = fill(disk)
        change(project, NORWAY, "\nname: Norway", "\nname: Norge")
        expect(notice).to_contain_text("No space left on device; make room on that disk", timeout=PATIENCE)
        expect(heading).to_have_text("Norway")
        page.goto(f"{address}compare/")
        expect(notice).to_contain_text("You see the last good site: something is wrong")
        page.goto(f"{address}partnerships/norway/")

        ballast.unlink()
        remount(disk, "ro")
        change(project, NORWAY, "\nname: Norge", "\nname: Noreg")
        expect(notice).to_contain_text("Read-only file system; make it writable", timeout=PATIENCE)
        expect(heading).to_have_text("Norway")

        remount(disk, "rw")
        change(project, NORWAY, "\nname: Noreg", "\nname: Norga")
        expect(heading).to_have_text("Norga", timeout=PATIENCE)
        expect(notice).to_have_count(0)
    log = (project / "serve.log").read_text("utf-8")
    assert "No space left on device; make room" in log
    assert "Traceback" not in log


def test_what_is_served_after_edits_is_what_a_build_makes(project: Path, tmp_path: Path, page: Page) -> None:
    """Each edit changes something that pages share, so that a page kept from the build before it would be seen."""
    with served(project) as address:
        page.goto(f"{address}about/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        change(project, NORWAY, "\nofficial_name: Kingdom of Norway", "\nofficial_name: Kingdom of the North")
        same_as_built(project, tmp_path / "record", address)
        change(project, "docs/about/index.md", "title: ", "title: All ")
        same_as_built(project, tmp_path / "title in the navigation", address)
        change(project, "docs/about/index.md", "\n# ", "\n[A page to come](../compass/new.md)\n\n# ")
        same_as_built(project, tmp_path / "link to nothing", address, strict=False)
        (project / "docs/compass/new.md").write_text("---\ntitle: New\n---\n\n# New\n", "utf-8")
        same_as_built(project, tmp_path / "link to a page", address)
        change(project, "data/abbreviations.yml", "CSDP: ", "CSDP: another meaning of ")
        same_as_built(project, tmp_path / "abbreviation", address)
        change(project, "mkdocs.yml", "copyright: ", "copyright: Truly ")
        same_as_built(project, tmp_path / "settings", address)
        change(project, "mkdocs.yml", "toc: {toc_depth: 2", "toc: {toc_depth: 3")
        same_as_built(project, tmp_path / "settings of Markdown", address)
        change(project, "hooks/theme/main.html", "{{ super()", "<!-- x -->{{ super()")
        same_as_built(project, tmp_path / "theme", address)
        (project / "data/partnerships/ghana.yml").unlink()
        change(project, "docs/assets/site.css", "--line: ", "--line:  ")
        # The changes name Ghana, which is a mistake now; that some shared sources support nothing is a warning.
        (project / "data/changes.yml").write_text("[]", "utf-8")
        same_as_built(project, tmp_path / "deletion", address, strict=False)


def same_as_built(project: Path, site: Path, address: str, *, strict: bool = True) -> None:
    """Compare every file that is served with that of a build, once the server has built what was saved."""
    assert build(project, site, strict=strict, SITE_URL=address).returncode == 0
    names = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.suffix in (".html", ".css")]
    index = "search/search_index.json"

    def different() -> list[str]:
        pages = [name for name in names if seen(address, name) != as_served((site / name).read_text("utf-8"))]
        found, expected = json.loads(seen(address, index)), json.loads((site / index).read_text("utf-8"))
        return pages + [index] * (found != expected)

    deadline = time.monotonic() + PATIENCE / 1000
    while (left := different()) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert (len(names) > 50, left) == (True, [])


def as_served(html: str) -> str:
    """A page that was built as it is served: there it may run any script, for MkDocs adds one of its own."""
    return re.sub("'sha256-[^']*'", "'unsafe-inline'", html)


def seen(address: str, name: str) -> str:
    """A file as the server gives it, without any notice and the script by which MkDocs reloads a page."""
    try:
        with urllib.request.urlopen(address + ("nowhere/" if name == "404.html" else name)) as response:
            text = response.read().decode()
    except urllib.error.HTTPError as error:
        text = error.read().decode()
    script = r"<script>(?:(?!</script>).)*livereload\(.*?</script>(?=</body>)"
    notice = r'<div class="problems .*?</div>(?=<main)'
    return re.sub(f"{script}|{notice}", "", text, flags=re.DOTALL)
