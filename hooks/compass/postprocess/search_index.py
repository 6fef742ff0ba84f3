"""What the search finds, and where: entries as the theme reads them from pages → entries that lead to a section.

A reader searches for a partner and a subject, by any of their names: “FIMI Norway”, “SAFE ROK”. A section of Norway's
page has only the subject in its heading. So entries get `words`, which are searched like a title, but not shown;
mkdocs.yml says how much such a word counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from compass.model.reference import Reference

# The page itself or a section of it, as the theme keeps it: location, title, text, and what front matter adds.
Entry = dict[str, Any]
# What ends every page, by its anchor: nobody looks for it, and it would be found instead of what it belongs to.
_ENDINGS = ("sources", "cite")
# How much a page of a kind counts, and a section of it. The theme lets a whole page count twice and more; a section of
# a partnership's page that holds all that was asked for should still come before a page that holds half of it, and
# the table of all ties before one tie. The guide for editors and the columns of the data name everything,
# and are asked for least. Partnerships that there are come before those on the way.
_BOOSTS = {
    "partnerships": (1.3, 2),
    "partnerships/pipeline/": (1, 2),
    "compare": (1, 2.2),
    "contribute": (0.3, 0.3),
    "data": (1, 0.3),
}
# How much a section counts that tells only that nothing was found. Its heading is the partner's name, and a heading
# counts a thousand times as much as text: so it counts as a text that names the partner does. Who asks for the area too
# finds it below the area's page.
_NOTHING_FOUND = 0.001


@dataclass(frozen=True)
class Guide:
    """What else pages and sections are searched by, and which are left out: by their addresses below the site's root.

    The words of a page hold for each of its sections. `nothing_found` are sections that tell only that. `forms` are
    abbreviations with their meanings.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    nothing_found: frozenset[str] = frozenset()
    forms: tuple[tuple[str, str], ...] = ()


def guide(reference: Reference) -> Guide:
    """A partnership is searched by all names of the partner; the ties and a pillar's targets by their own.

    Left out are sections that only repeat what a section of a partnership's page tells.
    """
    words = {f"partnerships/{one.id}/": " ".join((one.name, *one.aliases)) for one in reference.partnerships}
    words |= {f"areas/{area.id}/": area.name for area in reference.areas.areas}
    words["compare/#ties"] = " ".join(tie.name for tie in reference.ties)
    for pillar in reference.pillars.pillars:
        words[f"compass/{pillar.id}/#targets"] = " ".join(target.title for target in pillar.targets)
    told_there = {f"areas/{entry.area}/#{one.id}" for one in reference.partnerships for entry in one.areas}
    of_areas = {f"areas/{area.id}/#{one.id}" for one in reference.partnerships for area in reference.areas.areas}
    left_out = {f"partnerships/{one.id}/#{part}" for one in reference.partnerships for part in ("areas", "compare")}
    forms = ((short, meaning.partition(",")[0]) for short, meaning in reference.abbreviations.items())
    return Guide(words, frozenset(told_there | left_out), frozenset(of_areas - told_there), tuple(forms))


def improve(entries: Iterable[Entry], guide: Guide) -> list[Entry]:
    """The entries of all pages, in order, without those that lead nowhere, and with the words that they lack."""
    improved = []
    for page, own in groupby(entries, key=lambda entry: str(entry["location"]).partition("#")[0]):
        for entry in _sections(page, list(own)):
            location, title = entry["location"], entry["title"]
            if location in guide.left_out or location.partition("#")[2] in _ENDINGS:
                continue
            told = f"{guide.words.get(page, '')} {guide.words.get(location, '') if location != page else ''}"
            told = " ".join((told, *_other_forms(f"{title} {told}", guide.forms)))
            # What stands in the title counts there.
            words = " ".join(word for word in dict.fromkeys(told.split()) if word not in title.split())
            boost = _BOOSTS.get(page, _BOOSTS.get(page.partition("/")[0], (1, 1)))[location != page]
            if location in guide.nothing_found:
                boost = _NOTHING_FOUND
            more = ({"words": words} if words else {}) | ({"boost": boost} if boost != 1 else {})
            improved.append(entry | more if more else entry)
    return improved


def _sections(page: str, entries: list[Entry]) -> list[Entry]:
    """The entries of a page, from its main heading on: what stands above that leads to the page.

    The theme gives a main heading that something stands above its anchor, which is the page's own name.
    """
    name = page.rstrip("/").rpartition("/")[2]
    if len(entries) > 1 and entries[1]["location"] == f"{page}#{name}":
        return [{**entries[1], "location": page}, *entries[2:]]
    return entries


def _other_forms(text: str, forms: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The abbreviations of what a text names in full, and in full what it names by its abbreviation."""
    for short, meaning in forms:
        if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text):
            yield meaning
        elif meaning.casefold() in text.casefold():
            yield short
