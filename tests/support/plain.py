"""The project as plain Markdown, as `compass pages` writes it, and what another generator makes of it."""

from __future__ import annotations

from pathlib import Path

from support.programs import run
from support.project import PUBLISHED


def write_plain(project: Path, folder: Path) -> Path:
    """Write a project as plain Markdown into a folder, where there is no MkDocs; give the folder."""
    without = folder.parent / "without"
    without.mkdir()
    (without / "mkdocs.py").write_text("raise ImportError")
    done = run("compass", "pages", folder, folder=project, environment={"PYTHONPATH": str(without), **PUBLISHED})
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def build_with_zensical(plain: Path) -> Path:
    """Build plain Markdown strictly with Zensical; give the folder of the site."""
    done = run("zensical", "build", "--strict", folder=plain, environment=PUBLISHED)
    assert done.returncode == 0, done.stderr
    assert "No issues found" in done.stderr
    return plain / "site"
