"""The ids that records cannot have are all that their pages use themselves."""

from __future__ import annotations

from bs4 import BeautifulSoup

from compass.model.reference import Reference
from compass.reading.checks import is_reserved

OF_RECORDS = ("partnerships/", "areas/", "compass/", "parliament/", "about/changes/")


def test_every_part_of_a_page_that_shows_records_is_reserved(
    html: dict[str, BeautifulSoup], reference: Reference
) -> None:
    ids = {partnership.id for partnership in reference.partnerships}
    ids |= {area.id for area in reference.areas.areas} | {pillar.id for pillar in reference.pillars.pillars}
    ids |= {resolution.id for resolution in reference.parliament.resolutions}
    ids |= {prospect.id for prospect in reference.pipeline.prospects} | {change.id for change in reference.changes}
    # Overviews show no record by its own id.
    pages = {address: page for address, page in html.items() if address.startswith(OF_RECORDS)}
    for overview in ("partnerships/", "areas/", "compass/"):
        del pages[overview]
    assert len(pages) > len(reference.partnerships)
    parts = {str(tag["id"]) for page in pages.values() for tag in page.find_all(id=True)} - ids
    assert " ".join(sorted(part for part in parts if part[0].isalnum() and not is_reserved(part))) == ""
    assert not any(map(is_reserved, ids))
