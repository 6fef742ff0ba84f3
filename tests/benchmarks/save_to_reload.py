"""Measures the time from saving a file to the reload of a page: `python tests/benchmarks/save_to_reload.py`.

Run by hand. Serves a copy of the project and asks, as MkDocs' script in each page does, for a newer state of the site.
To hold at the real size: an edit of a record under a second.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from synthetic import copy_real

sys.path.insert(0, str(Path(__file__).parent.parent))
from support.project import change
from support.records import of_another
from support.server import served

TIMES = 7
NORWAY = "data/partnerships/norway.yml"
ATLANTIS = "data/partnerships/atlantis.yml"


def until_reload(address: str, act: Callable[[], object]) -> float:
    """Seconds from an act to the moment at which browsers reload."""
    with urllib.request.urlopen(f"{address}about/") as page:
        epoch = re.search(r"livereload\((\d+),", page.read().decode())
    assert epoch
    start = time.perf_counter()
    act()
    with urllib.request.urlopen(f"{address}livereload/{epoch[1]}/1") as answer:
        answer.read()
    seconds = time.perf_counter() - start
    # Longer than the server looks for further changes.
    time.sleep(0.5)
    return seconds


def measure() -> dict[str, list[float]]:
    """Seconds from each kind of act to the reload, in the order of the acts."""
    with tempfile.TemporaryDirectory() as folder:
        project = copy_real(Path(folder) / "project")
        atlantis = of_another((project / NORWAY).read_text("utf-8"), "Atlantis", "XA")
        renamed = project / ATLANTIS.replace("atlantis", "new-atlantis")
        acts: dict[str, Callable[[], object]] = {
            "an edit of a record": lambda: change(project, NORWAY, "summary: >-\n", "summary: >-\n  More.\n"),
            "an edit of a page": lambda: change(project, "docs/about/index.md", "\n# ", "\n\n# "),
            "an edit of the areas": lambda: change(project, "data/areas.yml", "scope: ", "scope: More, "),
            "a mistake": lambda: change(project, NORWAY, "\niso: NO", "\niso: no"),
            "its repair": lambda: change(project, NORWAY, "\niso: no", "\niso: NO"),
            "a new record": lambda: (project / ATLANTIS).write_text(atlantis, "utf-8"),
            "a renamed record": lambda: (project / ATLANTIS).rename(renamed),
            "a deleted record": renamed.unlink,
        }
        with served(project) as address:
            rounds = [{what: until_reload(address, act) for what, act in acts.items()} for _ in range(TIMES)]
    return {what: [each[what] for each in rounds] for what in acts}


if __name__ == "__main__":
    for what, seconds in measure().items():
        print(f"{what:22} median {statistics.median(seconds):.2f} s, slowest {max(seconds):.2f} s")
