"""Builds that are killed, interrupted or refused something: the published folder is whole after each of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.project import begin_build, build, change, contents, fill, remount
from support.records import ROOT

FREEDONIA = "data/partnerships/freedonia.yml"
# Seconds in which a build must get where it is to stop, and in which it must end.
LONGEST = 60
OLD = {"index.html": b"old", "assets/old.css": b"old"}
NEW = {"index.html": b"new", "new.html": b"new"}
# What MkDocs spares when it empties a folder: the link to a repository, what a host has put there.
HIDDEN = {".git": b"kept", ".well-known/a": b"kept"}

BEGIN = """
import os, signal, sys
from pathlib import Path
from types import SimpleNamespace
from mkdocs_adapter.staging import Staging

staging, config = Staging(), SimpleNamespace(site_dir=sys.argv[1])
"""
# Killed just before it changes the file system for the time whose number is given.
KILLED = f"""{BEGIN}
before = int(sys.argv[2]) - 1

def kill(event, _):
    global before
    if event in ("os.mkdir", "os.chmod", "os.rename", "os.remove", "os.rmdir"):
        if before == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        before -= 1

sys.addaudithook(kill)
staging.start(config)
Path(config.site_dir, "index.html").write_text("new")
Path(config.site_dir, "new.html").write_text("new")
staging.publish()
"""
STOPS_EARLY = f"""{BEGIN}
staging.start(config)
staging.stop()
"""
# Python runs this at its start: it stops, as by Ctrl+Z, when it opens the file that is given.
STOPS = """
import os, signal, sys

def stop(event, arguments):
    if event == "open" and str(arguments[0]).endswith(os.environ["STOPS_AT"]):
        os.kill(os.getpid(), signal.SIGSTOP)

sys.addaudithook(stop)
"""


def run(script: str, *arguments: object) -> int:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    return subprocess.run(command, env=environment, check=False, timeout=LONGEST).returncode


@contextmanager
def stopped_build(project: Path, name: str) -> Iterator[subprocess.Popen[str]]:
    """Start a build of a project, which has stopped where it opens a file of the folder `.site.build`."""
    (project.parent / "sitecustomize.py").write_text(STOPS)
    at = f"/.site.build/{name}"
    with begin_build(
        project, project / "site", environment={"PYTHONPATH": str(project.parent), "STOPS_AT": at}
    ) as building:
        deadline = time.monotonic() + LONGEST
        changed = status = 0
        while not changed:
            assert time.monotonic() < deadline
            changed, status = os.waitpid(building.pid, os.WUNTRACED | os.WNOHANG)
            time.sleep(0.01)
        assert os.WIFSTOPPED(status), f"the build ended before it came to {name}"
        yield building


def make(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def test_a_build_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    seen = []
    for moment in range(1, 30):
        site = tmp_path / str(moment) / "site"
        make(site, OLD | HIDDEN)
        status = run(KILLED, site, moment)
        shown = {name: content for name, content in contents(site).items() if name not in HIDDEN}
        seen.append("old" if shown == OLD else "new" if shown == NEW else "half" if site.exists() else "none")
        # The next build puts right what it finds, even if it does not get far itself.
        assert run(STOPS_EARLY, site) == 0
        assert contents(site) in (OLD | HIDDEN, NEW | HIDDEN)
        assert list(site.parent.iterdir()) == [site]
        if status != -signal.SIGKILL:
            break
    # Two renames: for the instant between them there is no site.
    assert seen == ["old"] * 4 + ["none"] + ["new"] * (moment - 5)
    assert (status, moment > 10) == (0, True)


def test_a_real_build_that_is_killed_leaves_the_site_as_it_was(project: Path, site: Path) -> None:
    site, staging = shutil.copytree(site, project / "site"), project / ".site.build"
    make(site, HIDDEN)
    before = contents(site)
    change(project, FREEDONIA, "name: Freedonia\n", "name: Fredonia\n")
    # While sources are laid out, files are copied, pages are written, and at the end of it all.
    for name in ("sources/data/v1/dataset.json", "next/assets/site.css", "next/index.html", "next/sitemap.xml.gz"):
        shutil.rmtree(staging, ignore_errors=True)
        with stopped_build(project, name) as building:
            building.kill()
            building.wait(LONGEST)
        assert building.returncode == -signal.SIGKILL
        assert contents(site) == before
        assert staging.exists()
    done = build(project, site)
    assert done.returncode == 0, done.stderr
    assert "Fredonia" in (site / "partnerships/freedonia/index.html").read_text("utf-8")
    assert contents(site).items() >= HIDDEN.items()
    assert not staging.exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_is_interrupted_leaves_nothing_behind(project: Path, how: signal.Signals) -> None:
    make(project / "site", OLD)
    with stopped_build(project, "next/index.html") as building:
        building.send_signal(how)
        building.send_signal(signal.SIGCONT)
        _, stderr = building.communicate(timeout=LONGEST)
    assert building.returncode == 1
    assert "Traceback" not in stderr
    assert contents(project / "site") == OLD
    assert not (project / ".site.build").exists()


def test_two_builds_at_a_time_do_not_meet(project: Path) -> None:
    site = project / "site"
    with stopped_build(project, "next/index.html") as first:
        second = build(project, site)
        first.send_signal(signal.SIGCONT)
        _, stderr = first.communicate(timeout=LONGEST)
    assert second.returncode == 1
    assert f"{site}: another build of this site is going on; wait until it has ended" in second.stderr
    assert first.returncode == 0, stderr
    assert (site / "sitemap.xml.gz").exists()
    assert not (project / ".site.build").exists()


@pytest.mark.parametrize("generator", ["mkdocs", "properdocs"])
def test_a_warning_stops_a_strict_build_and_leaves_the_site_alone(project: Path, generator: str) -> None:
    make(project / "site", OLD)
    change(project, "docs/about/index.md", "\n# ", "\n[A page that is not there](gone.md)\n\n# ")
    done = build(project, project / "site", generator=generator)
    assert done.returncode == 1
    assert "Aborted with 1 warnings in strict mode!" in done.stdout
    assert contents(project / "site") == OLD
    assert build(project, project / "site", strict=False, generator=generator).returncode == 0
    assert not contents(project / "site").items() & OLD.items()


def test_a_link_to_the_site_stays_one(project: Path, tmp_path: Path) -> None:
    make(tmp_path / "www", OLD)
    (tmp_path / "www").chmod(0o750)
    (project / "site").symlink_to(tmp_path / "www")
    done = build(project, project / "site")
    assert done.returncode == 0, done.stderr
    assert f"The new site is in its place: {project / 'site'}" in done.stderr
    assert (project / "site").readlink() == tmp_path / "www"
    assert (tmp_path / "www/compare/index.html").exists()
    assert (tmp_path / "www").stat().st_mode & 0o777 == 0o750


def test_what_is_deployed_is_what_was_built(project: Path, tmp_path: Path) -> None:
    # Nothing of this machine's git.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "EMAIL"), "n@example.org")
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def run_here(*command: str) -> str:
        done = subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True, text=True)
        return done.stdout

    host = str(tmp_path / "host")
    run_here("git", "init", "--quiet")
    run_here("git", "commit", "--quiet", "--allow-empty", "--message", "Begin")
    run_here("git", "init", "--quiet", "--bare", host)
    run_here("git", "remote", "add", "origin", host)
    run_here(sys.executable, "-m", "mkdocs", "gh-deploy", "--strict")
    deployed = run_here("git", "--git-dir", host, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    assert set(deployed) == {*contents(project / "site"), ".nojekyll"}


def test_a_full_or_read_only_disk_is_told_and_keeps_its_site(project: Path, disk: Path, site: Path) -> None:
    site = shutil.copytree(site, disk / "site")
    before = contents(site)
    change(project, FREEDONIA, "name: Freedonia\n", "name: Fredonia\n")

    # Full while the sources are laid out, where the system does not name the file.
    ballast = fill(disk, room=100_000)
    refused(project, site, f"{site}: No space left on device; make room on that disk and try again")
    assert contents(site) == before
    # Full while the site is written.
    ballast.unlink()
    fill(disk)
    refused(project, site, "No space left on device; make room on that disk and try again")
    assert contents(site) == before
    ballast.unlink()
    remount(disk, "ro")
    refused(project, site, "Read-only file system; make it writable, or use another folder")
    assert contents(site) == before
    remount(disk, "rw")
    assert list(disk.iterdir()) == [site]
    assert build(project, site).returncode == 0
    assert contents(site) != before

    refused(project, disk, f"{disk}: Device or resource busy; it is in use or a mount point")
    assert list(disk.iterdir()) == [site]


def test_a_file_that_is_in_the_way_is_told_and_stays(project: Path) -> None:
    refused(project, project / "mkdocs.yml", "mkdocs.yml: Not a directory; a file stands where a folder is needed")
    refused(project, project / "mkdocs.yml/site", "Not a directory; a file stands where a folder is needed")
    (project / ".site.build").write_text("mine")
    refused(project, project / "site", ".site.build: File exists; a file stands where a folder is needed")
    assert (project / ".site.build").read_text() == "mine"
    assert "site_name" in (project / "mkdocs.yml").read_text("utf-8")


def refused(project: Path, site: Path, why: str) -> None:
    """A build that must fail, and tell why in one line."""
    done = build(project, site)
    assert done.returncode == 1
    assert [line for line in done.stderr.splitlines() if why in line] == [done.stderr.splitlines()[-1]]
    assert "Traceback" not in done.stderr
