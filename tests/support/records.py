"""The records that tests of code use, and the pages made of them.

The records are invented, so that no change of `data/` can change a test.

Two sets lie below `tests/records/`, in the layout of `data/`. `smallest/` holds one partnership and little else; tests
of messages count its lines. `full/` holds six: each kind of field, both absences, a text that was read in full, a
conflict, prospects, a set, right-to-left and long text. The test site is built from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from compass.derived.everything import derived
from compass.model.reference import Reference
from compass.publication import Site, published
from compass.site.pages import Page, render

ROOT = Path(__file__).parent.parent.parent
FULL = ROOT / "tests/records/full"
_SMALLEST = ROOT / "tests/records/smallest"
# The files of the smallest set: their paths below `data/`, and their text.
SMALLEST = {
    path.relative_to(_SMALLEST).as_posix(): path.read_text("utf-8") for path in sorted(_SMALLEST.rglob("*.yml"))
}
SITE = Site("The site", "What it is.", "Its makers", "https://example.org/", "", date(2026, 2, 1))


def rendered(reference: Reference, prose: Mapping[str, str] | None = None, site: Site = SITE) -> dict[str, Page]:
    """The pages of records and the hand-written ones, by path."""
    pages = render(derived(reference), published(reference, site), site, prose or {})
    return {page.path: page for page in pages}


def of_another(record: str, name: str, iso: str) -> str:
    """A record's text as that of another country, with sources of its own and without the other names."""
    text = re.sub("^name: .*$", f"name: {name}", record, flags=re.MULTILINE)
    text = re.sub("^iso: .*$", f"iso: {iso}", text, flags=re.MULTILINE)
    text = re.sub("^aliases:.*\\n(?:  - .*\\n)*", "", text, flags=re.MULTILINE)
    sources = "|".join(re.findall(r"^  - (?:\{)?id: ([\w-]+)", text, re.MULTILINE))
    return re.sub(rf"(?<![\w-])({sources})(?![\w-])", rf"{iso.lower()}-\1", text)
