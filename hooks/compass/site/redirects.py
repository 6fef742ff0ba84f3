"""The other names of a partner → pages at their addresses that lead to the partnership's: `/partnerships/rok/`.

A name that people know leads to the page, and so does a former id: it is entered under `aliases` when a record's file
is renamed. Used by `mkdocs_events`, which adds the files to the site; they are no pages of it, so that neither the
search nor the sitemap lists them.
"""

from __future__ import annotations

from collections.abc import Iterable

from compass.addresses import record_id
from compass.model.reference import Reference
from compass.publication import Site
from compass.site.content_policy import content_policy
from compass.site.templating import environment

# No address that people type is longer; file systems end at 255.
_LONGEST = 100


def redirects(reference: Reference, site: Site, taken: Iterable[str]) -> dict[str, str]:
    """The files by their path below the site's root; none at the address of a page, which are `taken`."""
    template, addresses = environment().get_template("redirect.html"), set(taken)
    found = {
        f"partnerships/{alias}/": template.render(record=one, site=site, content_policy=content_policy())
        for one in reference.partnerships
        for alias in map(record_id, one.aliases)
        if 0 < len(alias) <= _LONGEST
    }
    return {f"{address}index.html": html for address, html in found.items() if address not in addresses}
