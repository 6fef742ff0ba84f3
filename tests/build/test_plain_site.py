"""The way out: the site as plain Markdown, and what other generators make of it, held against the site itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from compass.__main__ import main
from support.plain import build_with_zensical, write_plain
from support.project import PUBLISHED, build, change, contents, fill, pages_of

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


@pytest.fixture(scope="module")
def plain(_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented records as plain Markdown."""
    return write_plain(_project, tmp_path_factory.mktemp("plain") / "out")


@pytest.fixture(scope="module")
def of_zensical(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that Zensical builds of the plain Markdown."""
    return build_with_zensical(shutil.copytree(plain, tmp_path_factory.mktemp("zensical") / "plain"))


@cache
def parts(path: Path, address: str) -> list[str]:
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
        {address for address in both if parts(first[address], address) != parts(second[address], address)}
        | (first.keys() ^ second.keys())
    )


def test_zensical_builds_the_same_pages(site: Path, of_zensical: Path) -> None:
    assert {"", "partnerships/freedonia/", "areas/cyber/"} < set(pages_of(site))
    assert different(site, of_zensical) == []


def test_what_the_frame_has_of_its_own_hides_nothing_in_a_page(of_zensical: Path) -> None:
    for path in pages_of(of_zensical).values():
        article = BeautifulSoup(path.read_text("utf-8"), "html.parser").article
        assert article is not None
        assert [str(tag) for tag in article.select(", ".join(OF_THE_FRAME))] == ['<a id="__skip" tabindex="-1"></a>']


def test_a_full_disk_is_named(
    disk: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(disk, room=100_000)
    monkeypatch.chdir(project)
    assert main(["pages", str(disk / "out")]) == 1
    assert capsys.readouterr().out == f"{disk / 'out'}: No space left on device; make room on that disk and try again\n"
    assert [path.name for path in disk.iterdir()] == ["ballast"]


def test_pages_that_are_not_the_same_are_found(site: Path, of_zensical: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(of_zensical, tmp_path / "site")
    change(copy, "about/index.html", "It is independent.", "It is dependent.")
    change(copy, "about/method/index.html", "<title>", "<title>Not ")
    change(copy, "contribute/index.html", 'href="../about/changes/"', 'href="../about/"')
    change(copy, "index.html", 'id="where"', 'id="there"')
    shutil.rmtree(copy / "timeline")
    assert different(site, copy) == ["", "about/", "about/method/", "contribute/", "timeline/"]


def test_mkdocs_builds_the_same_site_without_hooks(site: Path, plain: Path, tmp_path: Path) -> None:
    done = build(plain, tmp_path, environment=PUBLISHED)
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
    assert {"data/v1/sdp.sqlite", "about/changes/feed.xml", "partnerships/dgf/index.html", "assets/site.css"} < names
    assert [name for name in names if not sources[name] == made[name] == expected[name]] == []
    assert addresses(made["sitemap.xml"]) == addresses(expected["sitemap.xml"])


def test_properdocs_builds_the_project_as_it_is(site: Path, project: Path, tmp_path: Path) -> None:
    made_by_it = tmp_path / "site"
    done = build(project, made_by_it, generator="properdocs", environment=PUBLISHED)
    assert done.returncode == 0, done.stderr
    made, expected = (
        {name: re.sub(b'content="mkdocs-[^,]+,', b"", content) for name, content in contents(folder).items()}
        for folder in (made_by_it, site)
    )
    assert made.keys() == expected.keys()
    assert [name for name in made if made[name] != expected[name]] == []
