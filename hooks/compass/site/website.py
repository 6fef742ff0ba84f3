"""Records → the sources of the whole site: pages, the files of the open data, addresses that lead elsewhere.

The last step of a datum's way before a site generator takes over. Sources are made one after the other, so that whoever
writes them down never holds them all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from compass.addresses import address_of, record_id
from compass.derived.everything import derived
from compass.model.records import Partnership
from compass.model.reference import Reference
from compass.open_data.export import exported
from compass.publication import Site, published
from compass.site.content_policy import content_policy
from compass.site.pages import render
from compass.site.templating import environment

# No address that people type is longer; file systems end at 255.
_LONGEST_ALIAS = 100


@dataclass(frozen=True)
class SourceFile:
    """A file from which the site is made: its path below `docs/`, its bytes. What is not Markdown stays as it is."""

    path: str
    content: bytes


def website(reference: Reference, site: Site, prose: Mapping[str, str]) -> Iterator[SourceFile]:
    """Make the site out of the records and its hand-written pages, by their path; PageError when one is wrong."""
    everything, about = derived(reference), published(reference, site)
    exports, taken = [], set()
    for export, content in exported(everything, about):
        exports.append(export)
        yield SourceFile(export.path, content)
    for page in render(everything, about, site, prose, exports):
        taken.add(address_of(page.path))
        yield SourceFile(page.path, page.markdown.encode())
    for path, html in redirects(everything.partnerships, site, taken).items():
        yield SourceFile(path, html.encode())


def redirects(partnerships: Iterable[Partnership], site: Site, taken: Collection[str]) -> dict[str, str]:
    """Pages at the other names of partners that lead to the partnership's, by their path: `/partnerships/rok/`.

    A name that people know leads to the page, and so does a former id: it is entered under `aliases` when a record's
    file is renamed. None stands at the address of a page, which are `taken`. They are no Markdown, so that neither the
    search nor the sitemap lists them.
    """
    template = environment().get_template("redirect.html")
    found = {
        f"partnerships/{alias}/": template.render(record=partnership, site=site, content_policy=content_policy())
        for partnership in partnerships
        for alias in map(record_id, partnership.aliases)
        if 0 < len(alias) <= _LONGEST_ALIAS
    }
    return {f"{address}index.html": html for address, html in found.items() if address not in taken}
