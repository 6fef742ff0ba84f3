"""The project as tests build and serve it: copies of it with invented records, its builds, small disks."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from compass.site.prose import prose_paths
from support.programs import Environment, run, started
from support.records import FULL, ROOT

# The addresses that a published site has.
PUBLISHED = {"SITE_URL": "https://example.org/sdp/", "REPO_URL": "https://github.com/example/sdp"}
_NOT_COPIED = shutil.ignore_patterns("__pycache__", "*.egg-info")
# A source that a hand-written page cites, invented.
_STAND_IN = """\
- id: {id}
  title: A page that stands for {id}
  publisher: Somebody
  date: 2025
  url: https://stand-in.example/{id}
  language: en
  kind: secondary
"""
# The last of the general statements, which `areas.yml` ends with.
_CITES_THEM = """\
  - areas: [mines]
    text: The hand-written pages rest on some sources more.
    caveat: They are invented here.
    sources: [{ids}]
"""
_FLAG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path fill="#369" d="M0 0h4v3H0z"/></svg>'


def copy_project(folder: Path, records: Path = FULL) -> Path:
    """Copy what the site is built from into a folder, with the records of another; give the folder.

    The hand-written pages cite shared sources of `data/`; invented ones with the same ids stand in for them.
    """
    copy_code(folder)
    shutil.copytree(records, folder / "data")
    cited = cited_by_pages(folder / "docs")
    with (folder / "data/sources.yml").open("a", encoding="utf-8") as sources:
        sources.writelines(_STAND_IN.format(id=name) for name in cited)
    with (folder / "data/areas.yml").open("a", encoding="utf-8") as areas:
        areas.write(_CITES_THEM.format(ids=", ".join(cited)))
    # A flag of one of the invented partners, in the place of those of the real ones.
    for flag in (folder / "docs/assets/flags").glob("*.svg"):
        flag.unlink()
    (folder / "docs/assets/flags/is.svg").write_text(_FLAG, "utf-8")
    return folder


def copy_code(folder: Path) -> Path:
    """Copy what the site is built from, but for the records, into a folder; give the folder."""
    for name in ("docs", "hooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=_NOT_COPIED)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def cited_by_pages(docs: Path) -> list[str]:
    """The ids of the sources that the hand-written pages cite, sorted."""
    prose = " ".join(path.read_text("utf-8") for path in prose_paths(docs))
    return sorted({name for call in re.findall(r"cite\(\[([^\]]*)\]", prose) for name in re.findall('"([^"]+)"', call)})


def change(project: Path, name: str, old: str, new: str) -> None:
    """Replace the first of a passage in a file of a project; the passage must be there."""
    text = (project / name).read_text("utf-8")
    assert old in text, f"{old!r} must stand in {name}"
    (project / name).write_text(text.replace(old, new, 1), "utf-8")


def begin_build(
    project: Path, site: Path, *, strict: bool = True, environment: Environment = None
) -> AbstractContextManager[subprocess.Popen[str]]:
    """Start a `mkdocs build` of a project, which ends with the block."""
    return started("mkdocs", *_build(project, site, strict), environment=environment)


def build(
    project: Path, site: Path, *, strict: bool = True, generator: str = "mkdocs", environment: Environment = None
) -> subprocess.CompletedProcess[str]:
    """Build a project with MkDocs, or with another generator that knows its options."""
    return run(generator, *_build(project, site, strict), environment=environment)


def _build(project: Path, site: Path, strict: bool) -> list[str | Path]:
    return ["build", *["--strict"] * strict, "--site-dir", site, "--config-file", project / "mkdocs.yml"]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pages_of(site: Path) -> dict[str, Path]:
    """The pages of a built site by their address below the root, without those that only lead elsewhere."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): path
        for path in sorted(site.rglob("*.html"))
        if 'http-equiv="refresh"' not in path.read_text("utf-8")
    }


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


def fill(disk: Path, room: int = 3_000_000) -> Path:
    """Leave so many bytes free on a disk, by default less than the site needs, by a file that is returned."""
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - room))
    return ballast


def remount(disk: Path, how: str) -> None:
    """Make a disk read-only (ro), or one to write to (rw)."""
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)
