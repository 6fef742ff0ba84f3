"""The site as plain Markdown: the settings, the addresses, the Markdown, and the command that writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from compass.__main__ import main
from compass.site.markdown_export import moved, plain_page, plain_site, without_hooks
from compass.site.website import SourceFile
from support.project import change

FREEDONIA = "data/partnerships/freedonia.yml"
SETTINGS = """\
# What it is called.
site_name: A
site_url: !ENV [SITE_URL, ""]
docs_dir: docs
watch: [data,
  hooks/theme]
hooks:
  - hooks/mkdocs_adapter/events.py
theme:
  name: material
  custom_dir: hooks/theme
nav:
  - Home: index.md
  - About:
      - Method: about/method.md
not_in_nav: |
  /areas/*.md
"""

PLAIN_SETTINGS = """\
# What it is called.
site_name: A
site_url: !ENV [SITE_URL, ""]
docs_dir: docs
theme:
  name: material
  custom_dir: theme
nav:
  - Home: index.md
  - About:
      - Method: about/method/index.md
not_in_nav: |
  /areas/*/index.md
"""


def test_only_what_belongs_to_hooks_is_left_out_of_the_settings() -> None:
    assert without_hooks(SETTINGS) == PLAIN_SETTINGS


def test_each_page_is_a_file_at_its_address() -> None:
    paths = ["index.md", "compare.md", "about/index.md", "about/method.md", "assets/map.png"]
    assert [moved(path) for path in paths] == [
        "index.md",
        "compare/index.md",
        "about/index.md",
        "about/method/index.md",
        "assets/map.png",
    ]


def test_markdown_is_complete_and_its_links_lead_to_where_pages_lie() -> None:
    markdown = """\
---
title: "CSDP"
---

# CSDP { #csdp }

[Home](../index.md), [the rules](index.md#rules "CSDP"), [here](#csdp), [all](/data/), [away](https://example.org/a.md),
![a map](../assets/map.png), `CSDP`, the CSDP.

<!--html aside-->
<p><a href="../../data/">CSDP</a></p>
<!--/html-->"""
    expected = """\
---
title: "CSDP"
---

# CSDP { #csdp }

[Home](../../index.md), [the rules](../index.md#rules "CSDP"), [here](#csdp), [all](/data/), [away](https://example.org/a.md),
![a map](../../assets/map.png), `CSDP`, the <abbr title="a policy" tabindex="0">CSDP</abbr>.

<p><a href="../../data/">CSDP</a></p>

"""
    assert plain_page("about/method.md", markdown, {"CSDP": "a policy"}) == expected


def test_what_is_made_comes_after_what_lies_there(tmp_path: Path) -> None:
    for name in ("docs/data.json", "docs/.hidden", "docs/_part.css", "docs/site.css", "docs/a.md", "theme/main.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    sources = [SourceFile("data.json", b"made"), SourceFile("a.md", b"A"), SourceFile("sdp.sqlite", b"\0")]
    assert list(plain_site(sources, {}, "site_name: A\n", tmp_path / "docs", tmp_path / "theme")) == [
        ("mkdocs.yml", b"site_name: A\n"),
        ("theme/main.html", b"theme/main.html"),
        ("docs/data.json", b"docs/data.json"),
        ("docs/site.css", b"docs/site.css"),
        ("docs/data.json", b"made"),
        ("docs/a/index.md", b"A\n"),
        ("docs/sdp.sqlite", b"\0"),
    ]


@pytest.fixture
def pages(project: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[Path], tuple[int, str]]:
    """Runs the command on a copy of the project; gives its status and what it says."""

    def pages(out: Path) -> tuple[int, str]:
        status = main(["--data", str(project / "data"), "pages", str(out)])
        return status, capsys.readouterr().out

    return pages


# Where nothing may be written, and why.
REFUSED = {
    "full": "full exists already and stays as it is; name a folder that is new or empty\n",
    "full/file": "file exists already and stays as it is; name a folder that is new or empty\n",
    "full/file/out": "full/file: File exists; a file stands where a folder is needed, or the reverse; move it away\n",
    "project/docs/out": "docs, from which the site is made; name a folder elsewhere\n",
    "project/data": "data, from which the site is made; name a folder elsewhere\n",
    "project/hooks/theme/out": "theme, from which the site is made; name a folder elsewhere\n",
}


def test_nothing_is_overwritten(pages: Callable[[Path], tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").write_text("kept")
    before = sorted(tmp_path.rglob("*"))
    for name, expected in REFUSED.items():
        status, said = pages(tmp_path / name)
        assert (name, status, said.count("\n")) == (name, 1, 1)
        assert said.endswith(expected)
        assert sorted(tmp_path.rglob("*")) == before
        assert (tmp_path / "full/file").read_text() == "kept"


@pytest.mark.parametrize(
    ("mistake", "expected"),
    [
        ((FREEDONIA, "area: cyber", "area: cybr"), 'unknown area "cybr"; did you mean "cyber"?'),
        (("docs/compare.md", "common_to(group)", "comon_to(group)"), "docs/compare.md:{line}: 'comon_to' is undefined"),
        (("mkdocs.yml", "site_name:", "site_nam:"), "a setting is missing or no text"),
        (
            ("docs/assets/map.css", '"site.css"', '"away.css"'),
            "docs/assets/away.css: No such file or directory; see that",
        ),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    pages: Callable[[Path], tuple[int, str]], project: Path, mistake: tuple[str, str, str], expected: str
) -> None:
    name, old, _ = mistake
    line = (project / name).read_text("utf-8").partition(old)[0].count("\n") + 1
    change(project, *mistake)
    before = sorted(project.parent.iterdir())
    status, said = pages(project.parent / "out")
    assert status == 1
    assert expected.format(line=line) in said
    assert sorted(project.parent.iterdir()) == before


def test_an_empty_folder_is_filled(pages: Callable[[Path], tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    status, said = pages(tmp_path / "out")
    assert (status, said.count("\n")) == (0, 1)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["docs", "mkdocs.yml", "theme"]
