"""Numbered sources: what one page cites, in the order of first mention, and where each source is used on the site.

Each page has a `Citations` of its own; templates call `cite` beside a fact, and the page ends with `numbered`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from compass.model.records import Source
from compass.model.reference import Reference, all_sources


class Library:
    """Finds a source by its id, whichever record defines it: an id stands for one source in all of them."""

    def __init__(self, reference: Reference) -> None:
        """Take the reference whose sources are to be found."""
        self._sources = {source.id: source for source in all_sources(reference)}

    def find(self, source_id: str) -> Source:
        """The source with this id; KeyError when there is none."""
        return self._sources[source_id]


@dataclass(slots=True)
class Numbered:
    """A source with its number on a page and how often the page cites it."""

    number: int
    source: Source
    uses: int = 0

    @property
    def backlinks(self) -> Markup:
        """Links back to each place that cites the source, as HTML: one text instead of a piece for each number."""
        uses = range(1, self.uses + 1)
        return Markup(" ".join(f'<a href="#cite-{self.number}-{use}">{use}</a>' for use in uses))


@dataclass(slots=True)
class Use:
    """A source and the pages that cite it, as pairs of address and title."""

    source: Source
    pages: list[tuple[str, Markup]] = field(default_factory=list)


@dataclass
class Citations:
    """Numbers the sources of one page. The same address is the same source, whichever record names it."""

    library: Library
    _by_address: dict[str, Numbered] = field(default_factory=dict)

    def cite(self, source_ids: Sequence[str]) -> Markup:
        """Links to the numbered sources, as HTML to stand beside the fact that they support."""
        links = []
        for source_id in source_ids:
            source = self.library.find(source_id)
            entry = self._by_address.setdefault(source.url, Numbered(len(self._by_address) + 1, source))
            entry.uses += 1
            number, use = entry.number, entry.uses
            address = f'id="cite-{number}-{use}" href="#source-{number}"'
            links.append(f'<a {address} aria-label="Source {number}">[{number}]</a>')
        # Nothing but numbers is set in here, so that nothing needs escaping.
        return Markup(f'<span class="cites">{" ".join(links)}</span>')

    @property
    def numbered(self) -> tuple[Numbered, ...]:
        """The sources cited so far, by number."""
        return tuple(self._by_address.values())
