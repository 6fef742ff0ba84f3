"""The website → a folder that a generator of sites builds without this project: Markdown, assets, theme, `mkdocs.yml`.

What the adapter does to a page while MkDocs builds it is done to its Markdown here, so that the same page comes of it.
Tests hold what Zensical and MkDocs make of the folder against the site.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from compass.addresses import address_of, relative
from compass.postprocess.abbreviations import explain
from compass.postprocess.assets import as_sent, is_part
from compass.postprocess.html_blocks import unmarked
from compass.site.prose import visible_files
from compass.site.website import SourceFile

# The path, below the page's folder, to which a Markdown link leads inside the site.
_LINK = re.compile(r"(?<=\]\()(?![#/]|\w+:)[^)\s#?]+")
# The settings of this project's hooks: in mkdocs.yml each begins a line, and what belongs to it is indented.
_OF_HOOKS = re.compile(r"^(?:hooks|watch):.*\n(?:[ -].*\n)*", re.MULTILINE)
_FOLDER = re.compile(r"^( *)(docs_dir|custom_dir):.*", re.MULTILINE)
_FOLDERS = {"docs_dir": "docs", "custom_dir": "theme"}
_PAGE = re.compile(r"([\w*-]+)\.md\b")


def plain_site(
    sources: Iterable[SourceFile], abbreviations: Mapping[str, str], settings: str, docs: Path, theme: Path
) -> Iterator[tuple[str, bytes]]:
    """Every file of the folder, its path there and its bytes, one after the other.

    `sources` are those of `website`; `settings` is the text of `mkdocs.yml`, `docs` and `theme` the folders that it
    names.
    """
    yield "mkdocs.yml", without_hooks(settings).encode()
    for path in visible_files(theme):
        yield f"theme/{path.relative_to(theme).as_posix()}", path.read_bytes()
    for path in visible_files(docs):
        if path.suffix != ".md" and not is_part(path):
            yield f"docs/{path.relative_to(docs).as_posix()}", as_sent(path)
    for source in sources:
        content = source.content
        if source.path.endswith(".md"):
            content = plain_page(source.path, content.decode(), abbreviations).encode()
        yield f"docs/{moved(source.path)}", content


def without_hooks(settings: str) -> str:
    """The text of a `mkdocs.yml` without what only this project has; its pages and the theme are where they lie now."""
    plain = _FOLDER.sub(lambda found: f"{found[1]}{found[2]}: {_FOLDERS[found[2]]}", _OF_HOOKS.sub("", settings))
    return _PAGE.sub(lambda found: moved(found[0]), plain)


def plain_page(path: str, markdown: str, abbreviations: Mapping[str, str]) -> str:
    """The Markdown of a page of the site, complete: it lies where `moved` says, and its links lead there."""
    here = moved(path)

    def led(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link[0]))
        return relative(here, moved(target))

    return explain(_LINK.sub(led, unmarked(markdown)), abbreviations, markdown=True) + "\n"


def moved(path: str) -> str:
    """Where a page lies: each in a folder of its own, which is its address. Other files stay.

    The links in a page's HTML are made for its address, as MkDocs leaves them; Zensical takes them to be made for the
    page's file. So the two have to be the same.
    """
    return f"{address_of(path)}index.md" if path.endswith(".md") else path
