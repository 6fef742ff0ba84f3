"""While serving, a page that is made from the same as in the build before is not made anew, only written.

Most of a build goes into Markdown, the theme's templates and the search's reading of each page; an edit of a record
changes a few pages. MkDocs' own --dirty does not know which pages a record goes into.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs_adapter.internals import Anchors, anchors_of, give_anchors, search_indexes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


@dataclass
class _Rendered:
    """A page's Markdown as HTML, and what MkDocs has found in it."""

    source: object
    html: str | None = None
    toc: Any = None
    anchors: Anchors = field(default_factory=Anchors)


@dataclass
class _Made:
    """A page that was made: from what, the result, and its entries in the search index."""

    source: object
    html: str = ""
    entries: list[dict[str, Any]] = field(default_factory=list)


class UnchangedPages:
    """The pages of the last build that succeeded, and of the one that is going on, by their address."""

    def __init__(self) -> None:
        self._before: dict[str, _Made] = {}
        self._now: dict[str, _Made] = {}
        # By the path of their Markdown, and the paths of all files, to which a page may link.
        self._rendered: dict[str, _Rendered] = {}
        self._files: frozenset[str] = frozenset()
        # The same for all pages of a build, gathered when the first of them is built.
        self._surroundings: object = None
        self._settings = ""

    def start(self) -> None:
        """Begin a build."""
        self._now = {}
        self._files = frozenset()
        self._surroundings = None
        self._settings = ""

    def spare(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The Markdown of a page, or nothing if it is as it was, and so are the settings and what it may link to."""
        self._files = self._files or frozenset(file.src_uri for file in files)
        self._settings = self._settings or Path(config.config_file_path).read_text("utf-8")
        source = (markdown, self._files, self._settings)
        rendered = self._rendered.get(page.file.src_uri)
        if rendered and rendered.source == source and rendered.html is not None:
            return ""
        self._rendered[page.file.src_uri] = _Rendered(source)
        return markdown

    def restore(self, html: str, page: Page, files: Files) -> str:
        """The HTML of a page: remembered when it was rendered, and from then on as it is remembered."""
        rendered = self._rendered[page.file.src_uri]
        if rendered.html is None:
            rendered.html, rendered.toc, rendered.anchors = html, page.toc, anchors_of(page)
        page.toc = rendered.toc
        give_anchors(page, rendered.anchors, files)
        return rendered.html

    def reuse(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> bool:
        """Give the theme the finished page, and the search nothing to read, if the page is as it was; say whether."""
        self._surroundings = self._surroundings or _surroundings(config, nav, self._settings)
        source = (page.content, page.file.content_string, page.title, self._surroundings)
        made = self._before.get(page.url)
        unchanged = made is not None and made.source == source
        if made is None or not unchanged:
            made = _Made(source)
        else:
            context["unchanged_page"] = made.html  # type: ignore[typeddict-unknown-key]  # for the theme
            page.content = ""
        self._now[page.url] = made
        return unchanged

    def keep(self, html: str, page: Page) -> None:
        """Remember a page as it was written."""
        self._now[page.url].html = html

    def complete_search(self, config: MkDocsConfig) -> None:
        """Add what the search has not read in this build to its index, in the order of the pages."""
        for index in search_indexes(config):
            read: dict[str, list[dict[str, Any]]] = {}
            for entry in index.entries:
                read.setdefault(entry["location"].partition("#")[0], []).append(entry)
            for url, made in self._now.items():
                made.entries = read.get(url, made.entries)
            index.entries = [entry for made in self._now.values() for entry in made.entries]

    def finish(self) -> None:
        """End a build that has succeeded."""
        self._before = self._now


def _surroundings(config: MkDocsConfig, nav: Navigation, settings: str) -> object:
    """What every page shows beside its own text: navigation, settings, abbreviations, the theme's own templates."""
    theme = sorted(Path(config.theme.custom_dir or "").rglob("*.html"))
    return (
        [(page.title, page.url) for page in nav.pages],
        settings,
        config.extra["abbreviations"],
        [(path, path.stat().st_mtime_ns) for path in theme],
    )
