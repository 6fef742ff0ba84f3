"""The way out: the site as plain Markdown, and what other generators make of it, held against the site itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import expect

from compass.__main__ import main
from compass.plain_site import moved, plain_page, plain_site, without_hooks
from compass.website import SourceFile
from support.programs import run
from support.project import PUBLISHED, build, change, contents, fill, pages_of, serve
from support.records import ROOT

SETTINGS = """\
# What it is called.
site_name: A
site_url: !ENV [SITE_URL, ""]
docs_dir: docs
watch: [data,
  hooks/theme]
hooks:
  - hooks/mkdocs_events.py
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

# What only the hooks give the theme.
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
# What the frame that Zensical brings has of its own; all else of a page is the same.
OF_THE_FRAME = {
    "meta[name=generator]": "the name of the generator",
    "meta[http-equiv=Content-Security-Policy]": "the hooks know the page's scripts",
    "#__config, #search-script, .md-search": "its script is for its own search, which has a window of its own",
    "script[src$='search_window.js']": "brings that search",
    ".md-skip": "leads to an anchor in front of what is in the page, not to the heading",
    "#__skip": "that anchor",
    ".md-overlay, .md-dialog": "belong to what the theme does not use; nobody sees them",
}


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
    for name in ("docs/data.json", "docs/.hidden", "docs/site.css", "docs/a.md", "theme/main.html"):
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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("full", "full exists already and stays as it is; name a folder that is new or empty\n"),
        ("full/file", "file exists already and stays as it is; name a folder that is new or empty\n"),
        (
            "full/file/out",
            "full/file: File exists; a file stands where a folder is needed, or the reverse; move it away\n",
        ),
        ("project/docs/out", "docs, from which the site is made; name a folder elsewhere\n"),
        ("project/data", "data, from which the site is made; name a folder elsewhere\n"),
        ("project/hooks/theme/out", "theme, from which the site is made; name a folder elsewhere\n"),
    ],
)
def test_nothing_is_overwritten(
    pages: Callable[[Path], tuple[int, str]], tmp_path: Path, name: str, expected: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").write_text("kept")
    before = sorted(tmp_path.rglob("*"))
    status, said = pages(tmp_path / name)
    assert (status, said.count("\n")) == (1, 1)
    assert said.endswith(expected)
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "full/file").read_text() == "kept"


@pytest.mark.parametrize(
    ("mistake", "expected"),
    [
        ((NORWAY, "area: cyber", "area: cybr"), 'unknown area "cybr"; did you mean "cyber"?'),
        (("docs/compare.md", "common_to(group)", "comon_to(group)"), "docs/compare.md:40: 'comon_to' is undefined"),
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
    change(project, *mistake)
    before = sorted(project.parent.iterdir())
    status, said = pages(project.parent / "out")
    assert status == 1
    assert expected in said
    assert sorted(project.parent.iterdir()) == before


def test_an_empty_folder_is_filled(pages: Callable[[Path], tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    status, said = pages(tmp_path / "out")
    assert (status, said.count("\n")) == (0, 1)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["docs", "mkdocs.yml", "theme"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site as plain Markdown, written where there is no MkDocs."""
    folder, without = tmp_path_factory.mktemp("plain") / "out", tmp_path_factory.mktemp("without")
    (without / "mkdocs.py").write_text("raise ImportError")
    done = run("compass", "pages", folder, PYTHONPATH=str(without), **PUBLISHED)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def zensical(plain: Path) -> Path:
    """What Zensical builds of a folder, strictly."""
    done = run("zensical", "build", "--strict", folder=plain, **PUBLISHED)
    assert done.returncode == 0, done.stderr
    assert "No issues found" in done.stderr
    return plain / "site"


@pytest.fixture(scope="module")
def of_zensical(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that Zensical builds of the plain Markdown."""
    return zensical(Path(shutil.copytree(plain, tmp_path_factory.mktemp("zensical") / "plain")))


@cache
def told(path: Path, address: str) -> list[str]:
    """All that a page is made of, in order: elements with what they say of themselves, texts, where links lead."""
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    for selector in OF_THE_FRAME:
        for tag in page.select(selector):
            tag.decompose()
    # The two have different words for it.
    for listed in page.select("nav.contents"):
        del listed["aria-label"]
    return list(_walk(page, PUBLISHED["SITE_URL"] + address))


def _walk(within: Tag, address: str) -> Iterator[str]:
    for part in within.children:
        if isinstance(part, Tag):
            own = {
                name: urljoin(address, value) if name in ("href", "src") else value
                for name, value in part.attrs.items()
            }
            yield f"<{part.name} {sorted(own.items())}>"
            yield from _walk(part, address)
            yield f"</{part.name}>"
        elif isinstance(part, NavigableString) and (text := " ".join(part.split())):
            yield text


def different(one: Path, other: Path) -> list[str]:
    """The addresses of the pages that differ between two sites, or that only one of them has."""
    first, second = pages_of(one), pages_of(other)
    both = first.keys() & second.keys()
    return sorted(
        {address for address in both if told(first[address], address) != told(second[address], address)}
        | (first.keys() ^ second.keys())
    )


def test_zensical_builds_the_same_pages(site: Path, of_zensical: Path) -> None:
    assert len(pages_of(site)) > 50
    assert different(site, of_zensical) == []


def test_what_the_frame_has_of_its_own_hides_nothing_in_a_page(of_zensical: Path) -> None:
    for path in pages_of(of_zensical).values():
        article = BeautifulSoup(path.read_text("utf-8"), "html.parser").article
        assert article is not None
        assert [str(tag) for tag in article.select(", ".join(OF_THE_FRAME))] == ['<a id="__skip" tabindex="-1"></a>']


def test_a_full_disk_is_named(
    disk: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(disk)
    monkeypatch.chdir(project)
    assert main(["pages", str(disk / "out")]) == 1
    assert capsys.readouterr().out == f"{disk / 'out'}: No space left on device; make room on that disk and try again\n"
    assert [path.name for path in disk.iterdir()] == ["ballast"]


def test_pages_that_are_not_the_same_are_found(site: Path, plain: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(plain, tmp_path / "plain"))
    change(copy, "docs/about/index.md", "It is independent.", "It is dependent.")
    change(copy, "docs/about/method/index.md", 'title="', 'title="Not ')
    change(copy, "docs/contribute/index.md", "](../about/changes/index.md)", "](../about/index.md)")
    change(copy, "docs/index.md", "{ #where }", "{ #there }")
    assert different(site, zensical(copy)) == ["", "about/", "about/method/", "contribute/"]


def test_mkdocs_builds_the_same_site_without_hooks(site: Path, plain: Path, tmp_path: Path) -> None:
    done = build(plain, tmp_path, **PUBLISHED)
    assert done.returncode == 0, done.stderr
    made, expected = contents(tmp_path), contents(site)
    assert made.keys() == expected.keys()
    sources = contents(plain / "docs")
    # The search has the hooks' words; the pages of records stand elsewhere among the others.
    for name in made.keys() - {"search/search_index.json", "sitemap.xml", "sitemap.xml.gz"}:
        if name.endswith(".html") and name not in sources:
            assert _lines(made[name]) == _lines(POLICY.sub(b"", expected[name])), name
        else:
            assert made[name] == expected[name], name
    assert addresses(made["sitemap.xml"]) == addresses(expected["sitemap.xml"])


def _lines(page: bytes) -> list[bytes]:
    """The lines of a page, but for the empty ones that a block leaves which is put back."""
    return [line for line in page.split(b"\n") if line.strip()]


def addresses(sitemap: bytes) -> list[bytes]:
    return sorted(re.findall(b"<loc>(.*?)</loc>", sitemap))


def test_all_other_files_are_the_same_byte_for_byte(site: Path, plain: Path, of_zensical: Path) -> None:
    sources, made, expected = contents(plain / "docs"), contents(of_zensical), contents(site)
    names = {name for name in sources if not name.endswith(".md")}
    assert {"data/v1/sdp.sqlite", "about/changes/feed.xml", "partnerships/rok/index.html", "assets/site.css"} < names
    assert [name for name in names if not sources[name] == made[name] == expected[name]] == []
    assert addresses(made["sitemap.xml"]) == addresses(expected["sitemap.xml"])


@pytest.mark.parametrize("width", [1280, 360])
def test_the_search_of_zensical_opens_and_leads_to_a_section(page: BrowserPage, of_zensical: Path, width: int) -> None:
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("response", lambda response: response.status < 400 or failures.append(response.url))
    page.set_viewport_size({"width": width, "height": 800})
    with serve(of_zensical) as address:
        page.goto(f"{address}compare/")
        # Enter twice: the first brings the search, the second finds it brought.
        page.get_by_role("button", name="Search").press("Enter")
        field = page.get_by_role("dialog").get_by_role("combobox")
        expect(field).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Search")).to_be_focused()
        page.keyboard.press("Enter")
        field.fill("cyber Moldova")
        page.get_by_role("option", name="Moldova").first.click()
        expect(page).to_have_url(f"{address}areas/cyber/#moldova")
        assert failures == []


def test_properdocs_builds_the_project_as_it_is(site: Path, tmp_path: Path) -> None:
    done = build(ROOT, tmp_path, generator="properdocs", **PUBLISHED)
    assert done.returncode == 0, done.stderr
    made, expected = (
        {name: re.sub(b'content="mkdocs-[^,]+,', b"", content) for name, content in contents(folder).items()}
        for folder in (tmp_path, site)
    )
    assert made.keys() == expected.keys()
    assert [name for name in made if made[name] != expected[name]] == []
