"""The names of MkDocs and Material that their documentation does not promise: the adapter uses them only here.

Each function says what it is for, and what to do when a new version breaks it. `tests/unit/test_internals.py` finds a
name that is gone.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import CountHandler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from watchdog.observers.api import BaseObserver

# For a page whose contents nobody is to see or search. When it breaks: an empty list, with which MkDocs' pages begin.
NO_CONTENTS = TableOfContents([])


@dataclass(frozen=True)
class Anchors:
    """The anchors of a page, and its links to anchors by the path of the other page."""

    present: set[str] | None = None
    links: dict[str, dict[str, str]] = field(default_factory=dict)


def anchors_of(page: Page) -> Anchors:
    """What MkDocs has found in a page that it rendered, to check links by.

    For a page that is not rendered anew while serving. When it breaks: remember nothing and give nothing. The server
    then no longer warns of links to missing anchors, which the strict build still finds.
    """
    links = page.links_to_anchors or {}
    return Anchors(page.present_anchor_ids, {file.src_uri: found for file, found in links.items()})


def give_anchors(page: Page, anchors: Anchors, files: Files) -> None:
    """Give a page what `anchors_of` has found in it before; links to files that are gone are left out."""
    page.present_anchor_ids = anchors.present
    found = ((files.get_file_from_path(path), links) for path, links in anchors.links.items())
    page.links_to_anchors = {file: links for file, links in found if file}


def search_indexes(config: MkDocsConfig) -> Iterator[Any]:
    """What the search plugin has read of the pages so far: an index with a list of `entries`.

    For better entries, and for those of pages that did not change. When it breaks: yield nothing, and let
    `UnchangedPages.reuse` say no; the search is then as Material makes it.
    """
    for plugin in config.plugins.values():
        if index := getattr(plugin, "search_index", None):
            yield index


def stopped_by_warnings() -> bool:
    """Whether MkDocs is about to call a strict build a failure, which it does only after its last event.

    For the old site to stay then. When it breaks: say no; a strict build that fails then replaces the site, too.
    """
    # ProperDocs, which stands in for MkDocs where hooks import it, has a logger of its own name.
    logger = logging.getLogger(CountHandler.__module__.partition(".")[0])
    counters = [handler for handler in logger.handlers if isinstance(handler, CountHandler)]
    return any(counter.get_counts() for counter in counters)


def guard_builds(server: LiveReloadServer, guard: Callable[[Callable[[], None]], None]) -> None:
    """Let a function call every build of a server but the first.

    For a server that answers after a build that failed. When it breaks: leave it out; the browser then waits until the
    mistake is mended, and only the terminal tells it.
    """
    build = server.builder
    server.builder = lambda: guard(build)


def observe(server: LiveReloadServer, observer: BaseObserver, quiet: float) -> None:
    """Let an observer watch what a server watches; a build begins after so many seconds without a change.

    For edits to show sooner, and folders that come back to be watched. When it breaks: leave it out; MkDocs' own
    observer looks twice a second, and gives up a folder that was away.
    """
    watched = list(server._watched_paths)
    for path in watched:
        server.unwatch(path)
    server.observer = observer  # type: ignore[assignment]  # MkDocs uses what all observers have in common
    server.build_delay = quiet
    for path in watched:
        server.watch(path)
