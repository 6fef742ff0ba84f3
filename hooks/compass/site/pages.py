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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from jinja2 import Template, TemplateError, TemplateSyntaxError
from markupsafe import Markup, escape

from compass.addresses import address_of
from compass.derived.everything import Derived
from compass.model.records import Partnership
from compass.open_data.published_file import Export
from compass.publication import Publication, Site, data_date
from compass.site import linked_data
from compass.site.footnotes import Citations, Library, Use
from compass.site.page_citation import PageCitation
from compass.site.prose import PageError
from compass.site.template_context import NAMES_PAGE, PageContext, TemplateContext, names
from compass.site.templating import environment, template_of
from compass.wording import did_you_mean

_UNDEFINED = re.compile(r"'(\w+)' is undefined")
_TITLE = re.compile(r'^title: "?(.*?)"?$', re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """A page to be built: its path below `docs/`, its Markdown, and the file to edit, from the project's root."""

    path: str
    markdown: str
    made_from: str


def render(
    derived: Derived, about: Publication, site: Site, prose: Mapping[str, str], exports: Sequence[Export] = ()
) -> Iterator[Page]:
    """Render every page of the site, one after the other.

    `prose` maps the paths of the hand-written pages below `docs/` to their text, Jinja included; `exports` are the
    files of the open data. Raises PageError when that Jinja is wrong, or when such a page would hide that of a record.
    """
    renderer = _Renderer(derived, about, site, prose, exports)
    for partnership in derived.partnerships:
        id_ = partnership.id
        yield renderer.of_record(
            f"partnerships/{id_}.md", f"data/partnerships/{id_}.yml", "partnership.md", record=partnership
        )
    for row in derived.rows:
        yield renderer.of_record(f"areas/{row.area.id}.md", "data/areas.yml", "area.md", record=row.area, row=row)
    for pillar, rows in derived.rows_by_pillar:
        yield renderer.of_record(f"compass/{pillar.id}.md", "data/pillars.yml", "pillar.md", record=pillar, rows=rows)
    # The bibliography tells which pages use a source, so it comes when all others have been rendered.
    for path, text in sorted(prose.items(), key=lambda item: (item[0].startswith("sources/"), item[0])):
        yield renderer.of_prose(path, text)


def waiting(paths: Iterable[str]) -> Iterator[Page]:
    """Pages at these paths that say that the records have to be mended first."""
    markdown = environment().get_template("waiting.md").render()
    return (Page(path, markdown, "") for path in paths)


class _Renderer:
    """Renders pages one after the other and remembers which sources each cites."""

    def __init__(
        self, derived: Derived, about: Publication, site: Site, prose: Mapping[str, str], exports: Sequence[Export]
    ) -> None:
        self.site = site
        self.changes = derived.changes
        self.about = about
        self.titles = {address_of(path): title[1] for path, text in prose.items() if (title := _TITLE.search(text))}
        self.library = Library(derived.reference)
        self.prose = prose
        files = {export.name: export for export in exports}
        self.names = names(
            TemplateContext(**vars(derived), site=site, about=about, exports=files, bibliography=self._bibliography)
        )
        self._uses: dict[str, Use] = {}
        self._environment = environment()

    def of_record(self, path: str, made_from: str, template: str, **own: Any) -> Page:
        """The page of a record, rendered with a template."""
        if path in self.prose:
            raise PageError(f"{made_from}:1: its page and docs/{path} have the same address; rename one of them")
        return self._page(path, self._context(path, made_from), self._environment.get_template(template), own)

    def of_prose(self, path: str, text: str) -> Page:
        """A hand-written page, which is a template itself."""
        context = self._context(path, f"docs/{path}")
        try:
            return self._page(path, context, template_of(text), {})
        except TemplateError as error:
            message = _explained(error, (*names(context), *self.names))
            raise PageError(f"{context.made_from}:{_line_of(error)}: {message}") from error

    def _context(self, path: str, made_from: str) -> PageContext:
        address = address_of(path)
        return PageContext(
            address=address,
            page_address=self.about.at(address) if self.about.address else "",
            made_from=made_from,
            edit_address=self.site.edit_base + quote(made_from) if self.site.edit_base else "",
            trail=linked_data.trail(address, self.titles),
            citations=Citations(self.library),
        )

    def _page(self, path: str, context: PageContext, template: Template, own: Mapping[str, Any]) -> Page:
        record = own.get("record")
        here = {**self.names, **own, **names(context)}
        body = template.render(here)
        title = _TITLE.search(body)
        # The filter `front_matter` has made the title fit for HTML, and doubled its backslashes for YAML.
        here["title"] = Markup(title[1].replace("\\\\", "\\")) if title else Markup(escape(self.site.name))
        plain, partnership = here["title"].unescape(), record if isinstance(record, Partnership) else None
        as_of = data_date(partnership, self.changes) if partnership else self.about.modified
        here["citation"] = cited = PageCitation(plain, context.page_address, context.address, as_of, self.about)
        here["linked_data"] = linked_data.web_page(cited, context.trail, partnership)
        ending = self._environment.get_template("page_end.md").render(here)
        for entry in context.citations.numbered:
            self._uses.setdefault(entry.source.url, Use(entry.source)).pages.append((context.address, here["title"]))
        return Page(path, f"{body}\n\n{ending}", context.made_from)

    def _bibliography(self) -> list[Use]:
        """Every source used on the pages rendered so far, by publisher and title."""
        return sorted(
            self._uses.values(), key=lambda use: (use.source.publisher.casefold(), use.source.title.casefold())
        )


def _explained(error: TemplateError, known: Collection[str]) -> str:
    """What went wrong in the Jinja of a hand-written page, with the nearest of the known names if one is undefined."""
    undefined = _UNDEFINED.fullmatch(error.message or "")
    hint = did_you_mean(undefined[1], known) if undefined else ""
    return f"{error.message}; {hint}{'The' if hint else 'the'} names that pages may use are in {NAMES_PAGE}"


def _line_of(error: TemplateError) -> int:
    """The line of a hand-written page in which its Jinja went wrong."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == "<template>"), 1)
