"""How the reference is published: the site, and as data the name, version, date, licence and address of it.

The date is that of the data, not of the build, so that the same records always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from pydantic import Field

from compass.addresses import relative
from compass.model.dates import PartialDate
from compass.model.field_types import Date, Text
from compass.model.records import Partnership, Record
from compass.model.reference import Change, Reference

# What docs/data.md promises holds for all that is in this folder; a change that breaks it needs the next one.
VERSION = "v1"
FOLDER = f"data/{VERSION}/"


@dataclass(frozen=True)
class Site:
    """What is said of the site as a whole; addresses are empty when not set, and `edit_base` is that of its files."""

    name: str
    description: str
    author: str
    address: str
    edit_base: str
    today: date
    # The countries, by their two-letter codes, of which the site has a flag in assets/flags/.
    flags: frozenset[str] = frozenset()
    # Where the project and its history are; empty when not set.
    repository: str = ""


class Publication(Record):
    """What is published, by whom, when and on what terms."""

    title: Text = Field(description="Name of the dataset.")
    description: Text = Field(description="What it holds.")
    author: Text = Field(description="Who made it.")
    version: Text = Field(description="Version of the format: names and meanings stay within a version.")
    modified: Date = Field(description="Date of the data: of the last evidence or of the last change of substance.")
    licence: Text = Field(description="Licence, by its SPDX identifier.")
    licence_address: Text = Field(description="Text of the licence.")
    address: Text | None = Field(description="Where the site is published; null when it was built without an address.")

    @property
    def terms(self) -> str:
        """The licence as people write it: `CC BY 4.0`."""
        return self.licence.replace("-", " ")

    def at(self, path: str, here: str = "") -> str:
        """The address of a path below the site's root; while the site has none, as seen from another, `here`."""
        return urljoin(self.address, path) if self.address else relative(here, path)


def published(reference: Reference, site: Site) -> Publication:
    """What a site publishes of the reference, dated by the records."""
    dates = (change.date for change in reference.changes), (record.evidence_as_of for record in reference.partnerships)
    return Publication(
        title=f"{site.name}: an open reference",
        description=(
            f"What public sources show of {len(reference.partnerships)} Security and Defence Partnerships of the "
            "European Union: areas of cooperation, ties, dialogues and events, each statement with its sources; where "
            "nothing was found, that is said."
        ),
        author=site.author,
        version=VERSION,
        # Without records, there is only today.
        modified=max((day for each in dates for day in each), default=PartialDate(site.today.isoformat())),
        licence="CC-BY-4.0",
        licence_address="https://creativecommons.org/licenses/by/4.0/",
        address=site.address or None,
    )


def data_date(partnership: Partnership, changes: Iterable[Change]) -> PartialDate:
    """The date of a partnership's data: of its last evidence, or of the last change that names it."""
    return max([partnership.evidence_as_of, *(change.date for change in changes if partnership.id in change.records)])
