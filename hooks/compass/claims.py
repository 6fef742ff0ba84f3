"""What only one record can have: its name, its addresses, the ids of its sources, the pages that these stand for.

While `reading` reads a record, what it claims for itself is noted, with the place; in the end the claims of all records
are compared. So a record's text need not be kept until then.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from compass.files import File
from compass.problems import Severity
from compass.records import Source
from compass.values import record_id, shown
from compass.yaml_text import Document, Spot


class Claim(NamedTuple):
    """Something that only one record can have: what it is, its value as typed and as compared, where it stands."""

    what: str
    value: str
    same: str
    spot: Spot
    remedy: str


class CitedPage(NamedTuple):
    """The address of a source, its id, and where the address stands."""

    url: str
    source: str
    spot: Spot


def part(data: Any, name: str) -> Any:
    """A field of raw data, whatever else may be wrong with them; None where there is none."""
    return data.get(name) if isinstance(data, dict) else None


def listed(items: Any) -> list[Any]:
    """The items of a raw list; none of anything else."""
    return items if isinstance(items, list) else []


def claims(stem: str, document: Document) -> Iterator[Claim]:
    """What a record claims for itself, by its file's name and its raw data."""
    data = document.data
    for field in ("name", "iso"):
        value = part(data, field)
        if isinstance(value, str) and value.strip():
            same = unicodedata.normalize("NFC", value).strip().casefold()
            yield Claim(field, value, same, document.spot((field,)), "one of them is wrong")
    # An alias is an address that leads to the partnership's own.
    leads = [((), stem), *((("aliases", at), alias) for at, alias in enumerate(listed(part(data, "aliases"))))]
    for path, alias in leads:
        if isinstance(alias, str) and (slug := record_id(alias)):
            yield Claim("address", slug, slug, document.spot(path), "an alias can lead to one partnership only")
    # The other formats hold the sources of all records in one list.
    remedy = "give each page an id of its own; one page that both use belongs in data/sources.yml"
    for index, source in enumerate(listed(part(data, "sources"))):
        value = part(source, "id")
        if isinstance(value, str):
            yield Claim("source id", value, value, document.spot(("sources", index, "id")), remedy)


def cited_pages(document: Document, path: tuple[str, ...], sources: Iterable[Source]) -> list[CitedPage]:
    """The pages that the sources of a document stand for; `path` leads to their list."""
    return [
        CitedPage(source.url, source.id, document.spot((*path, index, "url"))) for index, source in enumerate(sources)
    ]


def report_shared_claims(records: Iterable[tuple[File, Iterable[Claim]]]) -> None:
    """Two records must not claim one thing; whose claim is wrong is not known, so both are told."""
    claimants: dict[tuple[str, str], list[tuple[File, Claim]]] = {}
    for file, its_claims in records:
        for claim in its_claims:
            claimants.setdefault((claim.what, claim.same), []).append((file, claim))
    for claiming in claimants.values():
        for file, claim in claiming:
            others = sorted({other.name for other, _ in claiming if other is not file})
            if others:
                message = (
                    f'{claim.what} "{shown(claim.value)}" is also claimed by {" and ".join(others)}; {claim.remedy}'
                )
                file.report(claim.spot, message)


def report_shared_pages(shared: File, files: Iterable[tuple[File, Iterable[CitedPage]]]) -> None:
    """A page that several records use is defined once, in the shared file, so that it has one title and one date.

    Takes the shared file first.
    """
    first: dict[str, tuple[File, CitedPage]] = {}
    for file, pages in files:
        for page in pages:
            other, same = first.setdefault(page.url, (file, page))
            if same is not page:
                if other is file:
                    remedy = "keep one"
                elif other is shared:
                    remedy = "cite that and delete this"
                else:
                    remedy = f"define it once, in {shared.name}"
                message = f'this page is also source "{same.source}" of {other.name}; {remedy}'
                file.report(page.spot, message, Severity.WARNING)
