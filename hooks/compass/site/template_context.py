"""The names that the templates and the hand-written pages of `docs/` may use, each with its type and its meaning.

`docs/dev/template-names.md` lists them. It is made from the docstrings of this module and of `Derived`:
`python -m compass.site.template_context` writes it anew, from the project's root.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from types import ModuleType
from typing import Any

from markupsafe import Markup

from compass.addresses import relative
from compass.derived import chronology, coverage
from compass.derived.chronology import Entry
from compass.derived.coverage import Cell, Group, Row
from compass.derived.everything import Derived
from compass.model import field_reference, vocabulary
from compass.model.field_reference import Model
from compass.model.records import Event, Partnership, TieEntry
from compass.model.reference import (
    Area,
    Compass,
    GeneralStatement,
    ParliamentFile,
    Pillar,
    PipelineFile,
    Place,
    Prospect,
    Region,
    Tie,
)
from compass.model.vocabulary import Absence, State
from compass.open_data import metadata
from compass.open_data.atom_feed import FEED
from compass.open_data.published_file import Export
from compass.open_data.tables.all_tables import TABLES
from compass.open_data.tables.table import Table
from compass.publication import Publication, Site
from compass.reading.checks import CHECKS, Check
from compass.site import linked_data, timeline_chart, world_map
from compass.site.footnotes import Citations, Use
from compass.site.timeline_chart import Chart
from compass.site.world_map import Map

# The page of the names, from the project's root.
NAMES_PAGE = "docs/dev/template-names.md"


@dataclass(frozen=True)
class TemplateContext(Derived):
    """What is the same on every page: the site, the vocabularies, the open data, and what is asked of the records."""

    site: Site
    """The site as a whole: its name, its addresses, the day on which it is built."""
    about: Publication
    """What is published as data: its name, version, date, licence and address."""
    exports: Mapping[str, Export]
    """The files of the open data, by their paths below `data/v1/`."""
    bibliography: Callable[[], Sequence[Use]]
    """Every source cited on the pages rendered so far, with these pages, by publisher and title."""
    tables: tuple[Table, ...] = TABLES
    """The tables of the open data."""
    feed: str = FEED
    """The address of the feed of changes, below the site's root."""
    checks: tuple[Check, ...] = CHECKS
    """The rules of the check."""

    @property
    def compass(self) -> Compass:
        """The Strategic Compass as a document."""
        return self.reference.pillars.compass

    @property
    def pillars(self) -> tuple[Pillar, ...]:
        """The pillars of the Strategic Compass, by their order."""
        return tuple(pillar for pillar, _ in self.rows_by_pillar)

    @property
    def parliament(self) -> ParliamentFile:
        """What the European Parliament said of partnerships, and of whom."""
        return self.reference.parliament

    @property
    def pipeline(self) -> PipelineFile:
        """The countries without a record, and what others counted when."""
        return self.reference.pipeline

    @property
    def regions(self) -> Mapping[str, Region]:
        """The regions, by their ids."""
        return {region.id: region for region in self.reference.regions}

    @property
    def languages(self) -> Mapping[str, str]:
        """The names of the languages of sources, by code."""
        return self.reference.languages

    @property
    def maps(self) -> tuple[Map, ...]:
        """The map of the world and that of Europe, with every partner on them."""
        return world_map.maps(self.partnerships, self.reference.members.countries)

    @property
    def not_drawn(self) -> tuple[Partnership, ...]:
        """The partnerships with countries that the maps do not show."""
        return world_map.not_drawn(self.partnerships)

    @property
    def vocabulary(self) -> ModuleType:
        """The closed vocabularies, such as `vocabulary.State`."""
        return vocabulary

    def common_to(self, group: Group) -> tuple[Row, ...]:
        """The rows of the areas found in every partnership of a group, with the cells of the group only."""
        return coverage.common(self._within(group))

    def found_once_in(self, group: Group) -> tuple[Row, ...]:
        """The rows of the areas found in one partnership of a group only, with the cells of the group only."""
        return coverage.found_once(self._within(group))

    def by_term(self, cells: Sequence[Cell]) -> tuple[tuple[State | Absence, tuple[Cell, ...]], ...]:
        """Cells by what is known of each, strongest evidence first; only the kinds that there are."""
        return coverage.by_term(cells)

    def ties_of(self, partnership: Partnership) -> tuple[tuple[Tie, TieEntry], ...]:
        """The ties of one partner that were found, each with its kind."""
        return coverage.ties_of(partnership, self.reference.ties)

    def statements_on(self, area: Area) -> tuple[GeneralStatement, ...]:
        """What official texts say on an area about the partnerships as a group."""
        return coverage.statements_on(area, self.reference.areas.general_statements)

    def partnerships_at(self, place: Place) -> tuple[Partnership, ...]:
        """The partnerships with a place that Parliament named, or with countries in it."""
        return coverage.located_at(place, self.partnerships)

    def prospects_at(self, place: Place) -> tuple[Prospect, ...]:
        """The countries on the way to a partnership that are a place that Parliament named, or lie in it."""
        return coverage.located_at(place, self.prospects)

    def review_is_due(self, partnership: Partnership) -> bool:
        """Whether no person has re-read the record against its sources in the last 180 days."""
        return coverage.review_is_due(partnership, self.site.today)

    def of_partnership(self, partnership: Partnership) -> tuple[Entry, ...]:
        """The act that made a partnership and the events of its record, oldest first."""
        return chronology.of_partnership(partnership)

    def of_events(self, events: Iterable[Event], subject: str, page: str) -> tuple[Entry, ...]:
        """Events as entries on a subject, oldest first; `page` is the address at which they are told."""
        return chronology.of_events(events, subject, page)

    def by_year(self, entries: tuple[Entry, ...]) -> tuple[tuple[int, tuple[Entry, ...]], ...]:
        """Entries in order of date, grouped by the year in which they start."""
        return chronology.by_year(entries)

    def draw_chart(self, entries: Sequence[Entry], partnerships: Sequence[Partnership]) -> Chart:
        """The chart of entries in order of date; the partnerships have lanes of their own, in their order."""
        return timeline_chart.draw(entries, partnerships)

    def models(self) -> tuple[Model, ...]:
        """Every model that a file of `data/` can hold, with its fields."""
        return field_reference.models()

    def dataset(self) -> Markup:
        """The open data described for search engines, as an element of the page."""
        return linked_data.in_page(
            metadata.dataset([file for file in self.exports.values() if file.is_whole], self.about)
        )

    def _within(self, group: Group) -> tuple[Row, ...]:
        return tuple(row.within(group) for row in self.rows)


@dataclass(frozen=True)
class PageContext:
    """What differs from page to page.

    The templates of records also have the `record`, and its `row` or `rows` of the comparison. That of a page's end has
    the page's `title`, its `citation` and its `linked_data`.
    """

    address: str
    """The page's address below the site's root, such as `areas/cyber/`."""
    page_address: str
    """The address at which the page is published; empty while the site has none."""
    made_from: str
    """The file from which the page is made, from the project's root."""
    edit_address: str
    """Where this file can be edited; empty when that is not known."""
    trail: tuple[tuple[str, str], ...]
    """The pages above this one, from home down, as pairs of address and title."""
    citations: Citations
    """The sources that the page has cited so far, numbered."""

    def cite(self, source_ids: Sequence[str]) -> Markup:
        """Links to the numbered sources, to stand beside the fact that they support."""
        return self.citations.cite(source_ids)

    def url(self, target: str, anchor: str = "") -> str:
        """The link from this page to an address below the site's root, and to an anchor there."""
        return relative(self.address, target) + (f"#{anchor}" if anchor else "")


def names(context: TemplateContext | PageContext) -> dict[str, Any]:
    """The names of a context, as templates take them."""
    return {name: getattr(context, name) for name in dir(context) if not name.startswith("_")}


def names_page() -> str:
    """The page of all names, as Markdown."""
    parts = [
        "# The names that pages may use\n",
        "Templates and hand-written pages use these names in Jinja, as in `{{ partnerships | length }}`.",
        "This page is made from docstrings: `.venv/bin/python -m compass.site.template_context` writes it anew.",
    ]
    for context in (PageContext, TemplateContext, Derived):
        parts += [f"\n## `{context.__name__}`\n", inspect.getdoc(context) or "", ""]
        parts += [f"- `{name}`: {meaning}" for name, meaning in _described(context)]
    return "\n".join(parts) + "\n"


def _described(context: type) -> Iterator[tuple[str, str]]:
    """Each public name of a class with its type, and its docstring."""
    (definition,) = ast.parse(inspect.getsource(context)).body
    assert isinstance(definition, ast.ClassDef)
    for node, after in zip_longest(definition.body, definition.body[1:]):
        match node, after:
            case ast.AnnAssign(), ast.Expr(ast.Constant(str(meaning))):
                yield f"{ast.unparse(node.target)}: {ast.unparse(node.annotation)}", meaning
            case ast.FunctionDef(name=name, args=arguments, returns=ast.expr() as result), _ if name[0] != "_":
                # Of a method, all but `self`; a property has a decorator, and is no call.
                del arguments.args[0]
                used = f"{name}: " if node.decorator_list else f"{name}({ast.unparse(arguments)}) -> "
                yield used + ast.unparse(result), ast.get_docstring(node) or ""


if __name__ == "__main__":
    Path(NAMES_PAGE).write_text(names_page(), "utf-8", newline="\n")
