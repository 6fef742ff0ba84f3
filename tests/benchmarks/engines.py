"""Measures how long builds take and what they need: `make bench`, which writes RESULTS.md beside this file.

Run by hand on Linux, on a machine that does nothing else. Builds the site of as many partnerships as there are, and of
6, 12, 100 and 1,000, in turn: with this project; with plain MkDocs, mkdocs-gen-files and Zensical, from the pages that
`compass pages` writes; and with ProperDocs. Then measures the time from saving a file to the reload of its page.
`results.py` tells what was measured.

With numbers as arguments it measures so many partnerships only, and RESULTS.md stays as it is.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import save_to_reload
from results import FORK, GENERATED, OURS, PLAIN, REAL, ZENSICAL, Measured, machine, page, told
from synthetic import copy_real, set_count

COUNTS = (6, 12, 100, 1000)
# Run in a process of its own: seconds for the records, then for everything that is made of them.
STAGES = """\
import json, sys, time
from pathlib import Path
from compass.site.prose import read_prose
from compass.reading.reader import read
from compass.settings import read_settings, site_of
from compass.site.website import website
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


class BuildError(Exception):
    """A build that failed; says why."""


def surroundings(project: Path, empty: str) -> dict[str, str]:
    """The environment in which a project is built: as a user has it, with an empty folder for temporary files.

    There compiled templates are kept, and the like.
    """
    own = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**own, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(project / "hooks"), "TMPDIR": empty}


def run(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """Seconds and megabytes that a command takes; BuildError when it fails."""
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
        raise BuildError(done.stderr.strip().splitlines()[-1])
    seconds, kibibytes = json.loads(done.stdout)
    return seconds, kibibytes * 1024 / 1e6


def prepare(folder: Path, count: int) -> dict[str, tuple[list[str], Path]]:
    """Write the project of so many partnerships and its plain pages; give for each engine its command and folder."""
    program = str(Path(sys.executable).parent)
    project, plain, generated = (folder / name for name in ("project", "plain", "generated"))
    set_count(copy_real(project), count)
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
                if found[name].failure:
                    continue
                try:
                    seconds, megabytes = run(command, where)
                except BuildError as error:
                    if name in (OURS, PLAIN):
                        raise
                    found[name] = Measured(failure=str(error))
                    say(f"{count} partnerships, round {number}: {name} fails: {error}")
                    continue
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
    results = page(found, stages, save_to_reload.measure(), here)
    (Path(__file__).parent / "RESULTS.md").write_text(results, "utf-8")
    print(results)


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]])
