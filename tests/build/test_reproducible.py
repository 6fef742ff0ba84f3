"""The same project at the same time gives the same bytes, whatever the machine on which it is built is like."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from support.project import build, change, contents, copy_project

# Python runs this at its start: every folder is listed in an order that is given, and files are made with a umask.
SITECUSTOMIZE = """
import os

class Listed:
    def __init__(self, entries): self.entries = iter(entries)
    def __iter__(self): return self
    def __next__(self): return next(self.entries)
    def __enter__(self): return self
    def __exit__(self, *_): self.close()
    def close(self): pass

backwards, scandir, listdir = os.environ["LISTED"] == "backwards", os.scandir, os.listdir
os.scandir = lambda path=".": Listed(sorted(scandir(path), key=lambda entry: entry.name, reverse=backwards))
os.listdir = lambda path=".": sorted(listdir(path), reverse=backwards)
os.umask(int(os.environ["UMASK"], 8))
"""
# What a program may see of its surroundings, a line for each.
LOOK = """
import locale, os, time
from pathlib import Path
print(os.getcwd())
print(os.listdir())
print([path.name for path in Path().rglob("*")])
print(next(os.walk("."))[1])
print(Path("mkdocs.yml").stat().st_mtime)
print(set("abcdef"))
print(time.strftime("%d %B"))
print(locale.getpreferredencoding())
print(os.umask(0))
"""
FREEDONIA = "data/partnerships/freedonia.yml"
REVIEWED = (
    "evidence_as_of: 2026-01-10\nreviewed: 2026-01-18\n",
    "evidence_as_of: 2026-11-22\nreviewed: 2026-11-23\n",
)
# 22 May 2027, 10:30 UTC: the next day in the east, the day before in the west, of the zones below.
NOW = 1_810_981_800
MACHINES = {
    "here": {
        "TZ": "EAST-14",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "1",
        "LISTED": "forwards",
        "UMASK": "022",
    },
    "somewhere – else/deeper": {
        "TZ": "WEST+11",
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "PYTHONHASHSEED": "2",
        "LISTED": "backwards",
        "UMASK": "077",
    },
}


def test_the_same_project_at_the_same_time_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SITECUSTOMIZE, "utf-8")
    seen: list[list[bytes]] = []
    sites: list[dict[str, bytes]] = []
    for folder, machine in MACHINES.items():
        project = copy_project(tmp_path / folder)
        # A review is due from the day that has begun in the east: who takes the day from the clock on the wall sees it.
        change(project, FREEDONIA, *REVIEWED)
        if sites:
            for path in project.rglob("*"):
                os.utime(path, (1e9, 1e9))
        machine["PYTHONPATH"] = str(tmp_path)
        look = subprocess.run([sys.executable, "-c", LOOK], cwd=project, env=machine, capture_output=True, check=True)
        seen.append(look.stdout.splitlines())
        sites.append(built(project, machine, NOW))
    assert all(here != there for here, there in zip(*seen, strict=True))
    here, there = sites
    assert different(here, there) == []
    assert {"sitemap.xml", "sitemap.xml.gz", "search/search_index.json", "data/v1/sdp.sqlite"} <= set(here)

    # A day later the review is due.
    later = built(tmp_path / "here", MACHINES["here"], NOW + 24 * 60 * 60)
    assert {"partnerships/freedonia/index.html", "sitemap.xml"} <= set(different(here, later))
    assert b"a new review is due" in later["partnerships/freedonia/index.html"]
    assert b"a new review is due" not in here["partnerships/freedonia/index.html"]


def built(project: Path, machine: dict[str, str], now: int) -> dict[str, bytes]:
    """What a strict build of a project on a machine gives."""
    site = project / "site"
    done = build(
        project, site, environment={"SOURCE_DATE_EPOCH": str(now), "SITE_URL": "https://example.org/sdp/", **machine}
    )
    assert done.returncode == 0, done.stderr
    return contents(site)


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
