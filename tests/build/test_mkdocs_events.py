"""The adapter, through real MkDocs builds of a copy of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.project import build, change


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (NORWAY, "area: cyber", "area: cybr", 'unknown area "cybr"; did you mean "cyber"?'),
        (NORWAY, "tie: eda", "tie: eday", 'unknown tie "eday"; did you mean "eda"?'),
        (NORWAY, "region: northern", "regoin: northern", 'unknown field "regoin"; did you mean "region"?'),
        (NORWAY, "iso: NO", "iso: JP", 'iso "JP" is also claimed by'),
        (
            "docs/compare.md",
            "common_to(group)",
            "comon_to(group)",
            "docs/compare.md:40: 'comon_to' is undefined",
        ),
    ],
)
def test_a_mistake_stops_the_build_and_leaves_the_site_alone(
    project: Path, name: str, old: str, new: str, expected: str
) -> None:
    site = project / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good site")
    change(project, name, old, new)
    done = build(project, site)
    assert done.returncode == 1
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in site.iterdir()] == ["index.html"]


def test_a_page_that_would_hide_a_records_page_stops_the_build(project: Path) -> None:
    (project / "docs/partnerships/norway.md").write_text("---\ntitle: Mine\n---\n\n# Mine\n")
    done = build(project, project / "site")
    assert done.returncode == 1
    assert (
        "data/partnerships/norway.yml:1: its page and docs/partnerships/norway.md have the same address" in done.stderr
    )


def test_an_unused_source_is_a_warning_and_strict_builds_stop(project: Path) -> None:
    spare = (
        "sources:\n  - {id: spare, title: T, publisher: P, url: https://example.org/s, language: en, kind: secondary}\n"
    )
    change(project, NORWAY, "\nsources:\n", f"\n{spare}")
    done = build(project, project / "site")
    assert done.returncode == 1
    assert 'source "spare" supports no fact' in done.stderr


def test_a_partnership_is_one_file_and_the_guides_example_is_one(project: Path) -> None:
    guide = (project / "docs/contribute/add-a-partnership.md").read_text("utf-8")
    smallest = guide.partition("{ #smallest }")[2].partition("Text with signs")[0]
    example = "".join(line[4:] + "\n" for line in smallest.splitlines() if line.startswith("    "))
    (project / "data/partnerships/atlantis.yml").write_text(example, "utf-8")
    site = project / "site"
    done = build(project, site)
    assert done.returncode == 0, done.stderr
    assert "<h1" in (site / "partnerships/atlantis/index.html").read_text("utf-8")
    compare = (site / "compare/index.html").read_text("utf-8")
    assert 'data-area="cyber" data-partnership="atlantis" data-state="official"' in compare
    for page in ("index.html", "partnerships/index.html", "areas/cyber/index.html", "timeline/index.html"):
        assert "Atlantis" in (site / page).read_text("utf-8"), page
