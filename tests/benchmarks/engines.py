"""Measures how long builds take and what they need: `make bench`, which writes RESULTS.md beside this file.

Run by hand on Linux, on a machine that does nothing else. Builds the site of as many partnerships as there are, and of
6, 12, 100 and 1,000, in turn: with
this project; with plain MkDocs, mkdocs-gen-files and Zensical, from the pages that `compass pages` writes; and with
ProperDocs. Then measures the time from saving a file to the reload of its page.

With numbers as arguments it measures so many partnerships only, and RESULTS.md stays as it is.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import save_to_reload
from synthetic import SEED, set_count

sys.path.insert(0, str(Path(__file__).parent.parent))
from conftest import ROOT, copy_project

COUNTS = (6, 12, 100, 1000)
OURS, PLAIN, GENERATED, FORK, ZENSICAL = "this project", "plain MkDocs", "gen-files", "ProperDocs", "Zensical"
MEASURED = ("mkdocs", "mkdocs-material", "mkdocs-gen-files", "properdocs", "zensical", "pydantic", "PyYAML")
REAL = len(list((ROOT / "data/partnerships").glob("*.yml")))
# What has to be held: DESIGN's numbers, told in the README under "Speed".
MOST_OF_PLAIN, MOST_SECONDS, MOST_GROWTH, MOST_MEMORY, MOST_RELOAD = 1.10, 2.0, 11, 400, 1.0
# Run in a process of its own: seconds for the records, then for everything that is made of them.
STAGES = """\
import json, sys, time
from pathlib import Path
from compass.prose import read_prose
from compass.reading import read
from compass.settings import read_settings, site_of
from compass.website import website
loaded = time.perf_counter()
reference, _ = read(Path("data"))
was_read = time.perf_counter()
settings = read_settings(Path("mkdocs.yml"))
for _ in website(reference, site_of(settings), read_prose(Path(settings["docs_dir"]))):
    pass
print(json.dumps([was_read - loaded, time.perf_counter() - was_read]))
"""
# Run in a small process of its own, since a process begins with the memory of the one that starts it: runs a command,
# and prints its seconds and the kibibytes (on Linux) that it needed.
RUNNER = """\
import os, sys, time
start = time.perf_counter()
actions = [(os.POSIX_SPAWN_DUP2, 2, 1)]
process = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=actions)
_, status, usage = os.wait4(process, 0)
print([time.perf_counter() - start, usage.ru_maxrss])
sys.exit(os.waitstatus_to_exitcode(status))
"""
GENERATOR = """\
from pathlib import Path
import mkdocs_gen_files
pages = Path(__file__).parent / "docs"
for path in sorted(pages.rglob("*")):
    if path.is_file():
        with mkdocs_gen_files.open(path.relative_to(pages).as_posix(), "wb") as file:
            file.write(path.read_bytes())
"""


@dataclass
class Measured:
    """Seconds of each build with one engine, and the largest memory of any, in MB (10^6 bytes)."""

    seconds: list[float] = field(default_factory=list)
    megabytes: float = 0

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def surroundings(project: Path, empty: str) -> dict[str, str]:
    """The environment in which a project is built: as a user has it, with an empty folder for temporary files.

    There compiled templates are kept, and the like.
    """
    own = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**own, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(project / "hooks"), "TMPDIR": empty}


def run(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Seconds and megabytes that a command takes; ends the measuring when it fails."""
    with tempfile.TemporaryDirectory() as empty:
        environment = surroundings(folder, empty)
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", RUNNER, *command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    seconds, kibibytes = json.loads(done.stdout)
    return seconds, kibibytes * 1024 / 1e6


def prepare(folder: Path, count: int) -> dict[str, tuple[list[str], Path]]:
    """Write the project of so many partnerships and its plain pages; give for each engine its command and folder."""
    program = str(Path(sys.executable).parent)
    project, plain, generated = (folder / name for name in ("project", "plain", "generated"))
    set_count(copy_project(project), count)
    run([sys.executable, "-m", "compass", "pages", str(plain)], project)
    shutil.copytree(plain, generated)
    shutil.move(generated / "docs", generated / "made/docs")
    (generated / "docs").mkdir()
    (generated / "made/generate.py").write_text(GENERATOR, "utf-8")
    settings = (generated / "mkdocs.yml").read_text("utf-8")
    assert "\nplugins:\n" in settings
    settings = settings.replace("\nplugins:\n", "\nplugins:\n  - gen-files: {scripts: [made/generate.py]}\n")
    (generated / "mkdocs.yml").write_text(settings, "utf-8")
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    return {
        OURS: (mkdocs, project),
        PLAIN: (mkdocs, plain),
        GENERATED: (mkdocs, generated),
        FORK: ([sys.executable, "-m", "properdocs", "build", "--quiet", "-f", "mkdocs.yml"], project),
        ZENSICAL: ([f"{program}/zensical", "build", "--clean"], plain),
    }


def measure(count: int, rounds: int, say: Callable[[str], None]) -> tuple[dict[str, Measured], list[float]]:
    """Build with each engine in turn, so many rounds; give what each took, and the median seconds of our stages."""
    with tempfile.TemporaryDirectory() as folder:
        engines = prepare(Path(folder), count)
        found = {name: Measured() for name in engines}
        stages = []
        for number in range(1, rounds + 1):
            for name, (command, where) in engines.items():
                shutil.rmtree(where / "site", ignore_errors=True)
                shutil.rmtree(where / ".cache", ignore_errors=True)
                seconds, megabytes = run(command, where)
                found[name].seconds.append(seconds)
                found[name].megabytes = max(found[name].megabytes, megabytes)
                say(f"{count} partnerships, round {number}: {name} {seconds:.2f} s, {megabytes:.0f} MB")
            project = engines[OURS][1]
            with tempfile.TemporaryDirectory() as empty:
                answer = subprocess.run(
                    [sys.executable, "-c", STAGES],
                    cwd=project,
                    env=surroundings(project, empty),
                    capture_output=True,
                    text=True,
                    check=True,
                )
            stages.append(json.loads(answer.stdout))
        read, render = (statistics.median(times) for times in zip(*stages, strict=True))
        return found, [read, render, found[OURS].median - read - render]


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
            *(f"{each[name].median:.2f} s ({each[name].median / each[PLAIN].median:.2f})" for name in names),
        ]
        for count, each in found.items()
    )
    memory = ([f"{count:,}", *(f"{each[name].megabytes:.0f} MB" for name in names)] for count, each in found.items())
    parts = ([f"{count:,}", *(f"{part:.2f} s" for part in each)] for count, each in stages.items())
    return "\n\n".join(
        (
            "Median of the builds, and in brackets how many times as long as plain MkDocs:",
            table(["Partnerships", *names], seconds),
            "Peak memory of the largest build (resident, 10⁶ bytes):",
            table(["Partnerships", *names], memory),
            "Where the time of this project goes: reading the records, making pages and files of them, and the rest: "
            "starting Python, MkDocs with the theme and the search, putting the site in its place:",
            table(["Partnerships", "read", "render", "MkDocs"], parts),
        )
    )


def main(counts: Sequence[int]) -> None:
    """Measure and tell; write RESULTS.md when everything was measured."""
    whole = not counts
    counts = sorted({*COUNTS, REAL}) if whole else counts
    here = machine()
    found, stages = {}, {}
    for count in counts:
        found[count], stages[count] = measure(count, 5 if count <= 100 else 3, lambda text: print(text, flush=True))
    text = told(found, stages)
    if not whole:
        print(text)
        return
    reload = save_to_reload.measure()
    judged = ([asked, measured, "met" if met else "**not met**"] for asked, measured, met in verdicts(found, reload))
    waited = (
        [what, f"{statistics.median(seconds):.2f} s", f"{max(seconds):.2f} s"] for what, seconds in reload.items()
    )
    versions = ", ".join(f"{name} {version(name)}" for name in MEASURED)
    results = "\n\n".join(
        (
            "# Results of `make bench`",
            f"Written by `engines.py` from one run on {time.strftime('%-d %B %Y', time.gmtime())}: {here}; "
            f"{versions}. Synthetic partnerships (seed {SEED}) are copies of the real ones with other dates and areas, "
            "so as rich as they are. The engines took turns: five rounds, three for 1,000. Each build began without a "
            "site, with an empty cache and an empty folder for temporary files. This Zensical is the newest for Python "
            "3.11.",
            table(["Asked", "Measured", ""], judged),
            text,
            "From saving to the reload of a page, while serving the real site:",
            table(["What is saved", "Median", "Slowest"], waited),
        )
    )
    (Path(__file__).parent / "RESULTS.md").write_text(results + "\n", "utf-8")
    print(results)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
