"""What only one record can have: a partnership's name and code, its addresses, the ids of its sources.

It is noted from a record's raw data, whatever else may be wrong with them; `checks` compares all records.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from compass.addresses import record_id
from compass.reading.yaml_document import Path


class Claim(NamedTuple):
    """Something that only one record can have: what it is, its value as typed and as compared, the path to it."""

    what: str
    value: str
    same: str
    path: Path
    remedy: str


SOURCE_ID = "source id"


def part(data: Any, name: str) -> Any:
    """A field of raw data, whatever else may be wrong with them; None where there is none."""
    return data.get(name) if isinstance(data, dict) else None


def listed(items: Any) -> list[Any]:
    """The items of a raw list; none of anything else."""
    return items if isinstance(items, list) else []


def claims(stem: str, data: Any) -> Iterator[Claim]:
    """What a record claims for itself, by its file's name and its raw data."""
    for field in ("name", "iso"):
        value = part(data, field)
        if isinstance(value, str) and value.strip():
            same = unicodedata.normalize("NFC", value).strip().casefold()
            yield Claim(field, value, same, (field,), "one of them is wrong")
    # An alias is an address that leads to the partnership's own.
    leads: list[tuple[Path, Any]] = [((), stem)]
    leads += [(("aliases", index), alias) for index, alias in enumerate(listed(part(data, "aliases")))]
    for path, alias in leads:
        if isinstance(alias, str) and (slug := record_id(alias)):
            yield Claim("address", slug, slug, path, "an alias can lead to one partnership only")
    # The other formats hold the sources of all records in one list.
    remedy = "give each page an id of its own; one page that both use belongs in data/sources.yml"
    for index, source in enumerate(listed(part(data, "sources"))):
        value = part(source, "id")
        if isinstance(value, str):
            yield Claim(SOURCE_ID, value, value, ("sources", index, "id"), remedy)
