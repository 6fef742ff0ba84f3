"""What `engines.py` has measured, as Markdown: tables, and whether what is asked is met."""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from synthetic import SEED

sys.path.insert(0, str(Path(__file__).parent.parent))
from support.records import ROOT

OURS, PLAIN, GENERATED, FORK, ZENSICAL = "this project", "plain MkDocs", "gen-files", "ProperDocs", "Zensical"
PACKAGES = ("mkdocs", "mkdocs-material", "mkdocs-gen-files", "properdocs", "zensical", "pydantic", "PyYAML")
REAL = len(list((ROOT / "data/partnerships").glob("*.yml")))
# What has to be held: DESIGN's numbers, told in the README under "Speed".
MOST_OF_PLAIN, MOST_SECONDS, MOST_GROWTH, MOST_MEMORY, MOST_RELOAD = 1.10, 2.0, 11, 400, 1.0
# Of what is asked, what it would take where it is not met.
WOULD_TAKE = {
    "plain MkDocs": "What is above that is the compiling of this package's templates, the same for any number of "
    "partnerships. Only the first build on a machine pays for it, and this measures nothing but first builds; to spare "
    "it them, too, the compiled templates would have to be kept in the repository.",
    "MB with": "Records without a dictionary each (slots instead of pydantic's models), and a search index that is "
    "written piece by piece, which is Material's to do.",
}


@dataclass
class Measured:
    """Seconds of each build with one engine, and the largest memory of any, in MB (10^6 bytes)."""

    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0
    # Why there is no build, where one failed.
    failure: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def machine() -> str:
    """The processor, the cores, the memory, the system and Python."""
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    return (
        f"{processor}, {os.cpu_count()} cores, {memory:.0f} GB of memory, {system}, Python {platform.python_version()}"
    )


def verdicts(found: dict[int, dict[str, Measured]], reload: dict[str, list[float]]) -> Iterable[tuple[str, str, bool]]:
    """What is asked, what was measured, and whether that is enough."""
    shares = {count: each[OURS].median / each[PLAIN].median for count, each in found.items()}
    worst = max(shares, key=lambda count: shares[count])
    yield (
        f"at most {MOST_OF_PLAIN:.2f} × plain MkDocs on the same pages, for every number",
        f"{shares[worst]:.2f} × at worst, with {worst:,} partnerships",
        shares[worst] <= MOST_OF_PLAIN,
    )
    ours, zensical = found[REAL][OURS].median, found[REAL][ZENSICAL].median
    yield (
        f"at the real size ({REAL}) faster than Zensical from cold",
        f"{ours:.2f} s, Zensical {zensical:.2f} s",
        ours < zensical,
    )
    yield f"at the real size in less than {MOST_SECONDS:.0f} s", f"{ours:.2f} s", ours < MOST_SECONDS
    growth = found[1000][OURS].median / found[100][OURS].median
    yield f"1,000 in at most {MOST_GROWTH} × the time of 100", f"{growth:.1f} ×", growth <= MOST_GROWTH
    memory = found[1000][OURS].megabytes
    yield f"less than {MOST_MEMORY} MB with 1,000", f"{memory:.0f} MB", memory < MOST_MEMORY
    edit = "an edit of a record"
    median = statistics.median(reload[edit])
    yield (
        f"save to reload in less than {MOST_RELOAD:.0f} s at the real size",
        f"{median:.2f} s after {edit}, {max(reload[edit]):.2f} s at most",
        median < MOST_RELOAD,
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its first column to the left and the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def told(found: dict[int, dict[str, Measured]], stages: dict[int, list[float]]) -> str:
    """The tables of times, memory and stages."""
    names = (OURS, PLAIN, GENERATED, FORK, ZENSICAL)
    seconds = (
        [
            f"{count:,}",
            *(
                "fails"
                if each[name].failure
                else f"{each[name].median:.2f} s ({each[name].median / each[PLAIN].median:.2f})"
                for name in names
            ),
        ]
        for count, each in found.items()
    )
    memory = (
        [f"{count:,}", *("–" if each[name].failure else f"{each[name].megabytes:.0f} MB" for name in names)]
        for count, each in found.items()
    )
    parts = ([f"{count:,}", *(f"{part:.2f} s" for part in each)] for count, each in stages.items())
    failures = (
        f"{name} fails with {count:,} partnerships: “{measured.failure}”"
        for count, each in found.items()
        for name, measured in each.items()
        if measured.failure
    )
    return "\n\n".join(
        (
            "Median of the builds, and in brackets how many times as long as plain MkDocs:",
            table(["Partnerships", *names], seconds),
            *failures,
            "Peak memory of the largest build (resident, 10⁶ bytes):",
            table(["Partnerships", *names], memory),
            "Where the time of this project goes: reading the records, making pages and files of them, and the rest: "
            "starting Python, MkDocs with the theme and the search, putting the site in its place:",
            table(["Partnerships", "read", "render", "MkDocs"], parts),
        )
    )


def page(
    found: dict[int, dict[str, Measured]], stages: dict[int, list[float]], reload: dict[str, list[float]], here: str
) -> str:
    """All of it as Markdown: what was asked and whether it is met, then the tables."""
    judged = [[asked, measured, "met" if met else "**not met**"] for asked, measured, met in verdicts(found, reload)]
    wanting = (
        f"Not met: {asked}. {remedy}"
        for asked, _, met in judged
        for part, remedy in WOULD_TAKE.items()
        if met != "met" and part in asked
    )
    waited = (
        [what, f"{statistics.median(seconds):.2f} s", f"{max(seconds):.2f} s"] for what, seconds in reload.items()
    )
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    parts = (
        "# Results of `make bench`",
        f"Written by `engines.py` from one run on {time.strftime('%-d %B %Y', time.gmtime())}: {here}; {versions}. "
        f"Synthetic partnerships (seed {SEED}) are copies of the real ones with other dates and areas, so as rich as "
        "they are. The engines took turns: five rounds, three for 1,000. Each build began without a site, and with "
        "an empty cache and an empty folder for temporary files. This Zensical is the newest for Python 3.11.",
        table(["Asked", "Measured", ""], judged),
        *wanting,
        told(found, stages),
        "From saving to the reload of a page, while serving the real site:",
        table(["What is saved", "Median", "Slowest"], waited),
    )
    return "\n\n".join(parts) + "\n"
