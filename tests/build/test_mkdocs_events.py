"""The adapter, through real MkDocs builds of a copy of the project."""

from __future__ import annotations

from pathlib import Path

from support.project import build, change

FREEDONIA = "data/partnerships/freedonia.yml"


def refused(project: Path) -> str:
    """What a build says that must fail and leave the site alone."""
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good site")
    done = build(project, site)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert [path.name for path in site.iterdir()] == ["index.html"]
    return done.stderr


def line_of(project: Path, name: str, passage: str) -> int:
    """The line of a file in which a passage begins."""
    before, found, _ = (project / name).read_text("utf-8").partition(passage)
    assert found, f"{passage!r} must stand in {name}"
    return before.count("\n") + 1


def test_mistakes_in_records_stop_the_build_and_each_is_told(project: Path) -> None:
    change(project, FREEDONIA, "area: cyber\n", "area: cybr\n")
    change(project, FREEDONIA, "tie: safe\n", "tie: safee\n")
    change(project, "data/partnerships/lilliput.yml", "region: south", "regoin: south")
    change(project, FREEDONIA, "iso: IS", "iso: NZ")
    said = refused(project)
    assert 'unknown area "cybr"; did you mean "cyber"?' in said
    assert 'unknown tie "safee"; did you mean "safe"?' in said
    assert 'unknown field "regoin"; did you mean "region"?' in said
    assert 'iso "NZ" is also claimed by' in said


def test_a_mistake_in_a_page_stops_the_build(project: Path) -> None:
    line = line_of(project, "docs/compare.md", "common_to(group)")
    change(project, "docs/compare.md", "common_to(group)", "comon_to(group)")
    assert f"docs/compare.md:{line}: 'comon_to' is undefined" in refused(project)


def test_a_page_that_would_hide_a_records_page_stops_the_build(project: Path) -> None:
    (project / "docs/partnerships/freedonia.md").write_text("---\ntitle: Mine\n---\n\n# Mine\n")
    assert f"{FREEDONIA}:1: its page and docs/partnerships/freedonia.md have the same address" in refused(project)


def test_an_unused_source_is_told_and_does_not_stop_a_strict_build(project: Path) -> None:
    spare = "  - {id: spare, title: T, publisher: P, url: https://example.org/s, language: en, kind: secondary}\n"
    change(project, FREEDONIA, "\nsources:\n", f"\nsources:\n{spare}")
    done = build(project, project / "site")
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if 'warning: source "spare" supports no fact' in line]
    assert line.startswith("INFO")
    assert f"{FREEDONIA}:{line_of(project, FREEDONIA, '  - {id: spare')}:" in line
    assert (project / "site/index.html").exists()
