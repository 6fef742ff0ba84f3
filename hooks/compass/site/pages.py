"""Records → pages: Markdown with HTML blocks, ready for any site generator that knows Markdown.

A page is either made from a record by a template of `templates/`, or written by hand in `docs/`, where Jinja may use
the records. Both kinds see the same names (`template_context`) and end with the same parts: numbered sources, how to
cite the page, which file to edit. `website` puts the pages among the site's sources.

Text from records is shown letter by letter wherever a template or a hand-written page puts it: `as_typed` takes away
what its characters mean to HTML and to Markdown.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from jinja2 import Template, TemplateError, TemplateSyntaxError
from markupsafe import Markup, escape

from compass.addresses import address_of, relative
from compass.model.records import Partnership, Source
from compass.model.reference import Reference
from compass.open_data.published_file import Export
from compass.publication import Site, data_date, published
from compass.site import linked_data
from compass.site.footnotes import Citations, Library
from compass.site.page_citation import PageCitation
from compass.site.prose import PageError
from compass.site.template_context import data_names
from compass.site.template_context import names as shared_names
from compass.site.templating import environment, template_of

_TITLE = re.compile(r'^title: "?(.*?)"?$', re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page to be built: its path below `docs/`, its Markdown, and the file to edit, from the project's root."""

    path: str
    markdown: str
    made_from: str


@dataclass(slots=True)
class Use:
    """A source and the pages that cite it, as pairs of address and title."""

    source: Source
    pages: list[tuple[str, Markup]] = field(default_factory=list)


def render(
    reference: Reference, site: Site, prose: Mapping[str, str], exports: Sequence[Export] = ()
) -> Iterator[Page]:
    """Render every page of the site, one after the other.

    `prose` maps the paths of the hand-written pages below `docs/` to their text, Jinja included; `exports` are the
    files of the open data. Raises PageError when that Jinja is wrong, or when such a page would hide that of a record.
    """
    renderer = _Renderer(reference, site, prose, exports)
    for one in renderer.names["partnerships"]:
        yield renderer.of_record(
            f"partnerships/{one.id}.md", f"data/partnerships/{one.id}.yml", "partnership.md", record=one
        )
    for row in renderer.names["rows"]:
        yield renderer.of_record(f"areas/{row.area.id}.md", "data/areas.yml", "area.md", record=row.area, row=row)
    for pillar, compared in renderer.names["rows_by_pillar"]:
        yield renderer.of_record(
            f"compass/{pillar.id}.md", "data/pillars.yml", "pillar.md", record=pillar, rows=compared
        )
    # The bibliography tells which pages use a source, so it comes when all others have been rendered.
    for path, text in sorted(prose.items(), key=lambda item: (item[0].startswith("sources/"), item[0])):
        yield renderer.of_prose(path, text)


def waiting(paths: Iterable[str]) -> Iterator[Page]:
    """Pages at these paths that say that the records have to be mended first."""
    markdown = environment().get_template("waiting.md").render()
    return (Page(path, markdown, "") for path in paths)


class _Renderer:
    """Renders pages one after the other and remembers which sources each cites."""

    def __init__(self, reference: Reference, site: Site, prose: Mapping[str, str], exports: Sequence[Export]) -> None:
        self.site = site
        self.reference = reference
        self.about = published(reference, site)
        self.titles = {address_of(path): title[1] for path, text in prose.items() if (title := _TITLE.search(text))}
        self.library = Library(reference)
        self.prose = prose
        self.names = shared_names(reference, site) | {"bibliography": self._bibliography}
        self.names |= data_names(exports, self.about)
        self._uses: dict[str, Use] = {}
        self._environment = environment()

    def of_record(self, path: str, made_from: str, template: str, **names: Any) -> Page:
        """The page of a record, rendered with a template."""
        if path in self.prose:
            raise PageError(f"{made_from}:1: its page and docs/{path} have the same address; rename one of them")
        return self._page(path, made_from, self._environment.get_template(template), names)

    def of_prose(self, path: str, text: str) -> Page:
        """A hand-written page, which is a template itself."""
        try:
            return self._page(path, f"docs/{path}", template_of(text), {})
        except TemplateError as error:
            message = f"{error.message}; the names that pages may use are in hooks/compass/pages.py"
            raise PageError(f"docs/{path}:{_line_of(error)}: {message}") from error

    def _page(self, path: str, made_from: str, template: Template, names: Mapping[str, Any]) -> Page:
        address, record = address_of(path), names.get("record")
        above = linked_data.trail(address, self.titles)
        citations = Citations(self.library)
        here = {
            **self.names,
            **names,
            "cite": citations.cite,
            "citations": citations,
            "url": lambda target, anchor="": relative(address, target) + (f"#{anchor}" if anchor else ""),
            "trail": above,
            "page_address": self.about.at(address) if self.about.address else "",
            "made_from": made_from,
            "edit_address": self.site.edit_base + quote(made_from) if self.site.edit_base else "",
        }
        body = template.render(here)
        title = _TITLE.search(body)
        # The filter `front_matter` has made the title fit for HTML, and doubled its backslashes for YAML.
        here["title"] = Markup(title[1].replace("\\\\", "\\")) if title else Markup(escape(self.site.name))
        plain, own = here["title"].unescape(), record if isinstance(record, Partnership) else None
        as_of = data_date(own, self.reference) if own else self.about.modified
        here["citation"] = cited = PageCitation(plain, here["page_address"], address, as_of, self.about)
        here["linked_data"] = linked_data.web_page(cited, above, own)
        ending = self._environment.get_template("page_end.md").render(here)
        for entry in citations.numbered:
            self._uses.setdefault(entry.source.url, Use(entry.source)).pages.append((address, here["title"]))
        return Page(path, f"{body}\n\n{ending}", made_from)

    def _bibliography(self) -> list[Use]:
        """Every source used on the pages rendered so far, by publisher and title."""
        return sorted(
            self._uses.values(), key=lambda use: (use.source.publisher.casefold(), use.source.title.casefold())
        )


def _line_of(error: TemplateError) -> int:
    """The line of a hand-written page in which its Jinja went wrong."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1)
