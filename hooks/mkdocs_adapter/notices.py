"""A notice on a finished page: what is wrong with the records, while somebody edits them. Used by `mkdocs_preview`."""

from __future__ import annotations

from collections.abc import Sequence

from compass.site.templating import environment

_MAIN = "<main"


def notice(title: str, lines: Sequence[str]) -> str:
    """A notice as HTML: its title and a list of lines, each shown as it is written."""
    return environment().get_template("notice.html").render(title=title, lines=lines)


def with_notice(html: str, notice: str) -> str:
    """A page's HTML with this notice, an empty string for none, above its main part."""
    return html.replace(_MAIN, notice + _MAIN, 1)
