"""What differs between two states of the records → drafts of entries for `data/changes.yml`, in plain words.

`differences` finds the rows. An editor judges a draft by the cells that stand above it, mends the words and says why.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, zip_longest

import yaml

from compass.authoring.change_wording import Names, about, in_words, names_of
from compass.authoring.record_diff import Cells, Difference, differences
from compass.derived import coverage
from compass.model.reference import Reference
from compass.open_data.tables.table import Value
from compass.wording import shown

# Of a text that is too long for its line, so much before the first letter that differs.
_SHARED = 20
_LONG = 60


@dataclass(frozen=True)
class Draft:
    """A draft of a `Change`, for an editor to say why; `cells` are the changes it is made from, each on a line."""

    id: str
    date: date
    what: str
    records: tuple[str, ...]
    sources: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        """The draft as it stands in the file, below its cells."""
        lists = {"records": self.records, "sources": self.sources}
        lines = [
            *(f"# {cell}" for cell in self.cells),
            f"- id: {self.id}",
            f"  date: {self.date.isoformat()}",
            # What JSON quotes, YAML reads as the same text, whatever stands in it.
            f"  what: {json.dumps(self.what, ensure_ascii=False)}",
            "  why:",
            *(f"  {name}: {_in_brackets(ids)}" for name, ids in lists.items() if ids),
        ]
        return "\n".join(lines) + "\n"


def drafts(before: Reference, after: Reference, day: date) -> tuple[Draft, ...]:
    """A draft for each partnership of which something changed, in their order, and one for all else."""
    found: dict[str | None, list[Difference]] = {}
    for one in differences(before, after):
        found.setdefault(one.owner, []).append(one)
    names = {**names_of(before), **names_of(after)}
    here = [one.id for one in coverage.in_order(after.partnerships)]
    gone = [one.id for one in coverage.in_order(before.partnerships) if one.id not in here]
    taken = {change.id for change in after.changes}
    made = []
    for owner in (*here, *gone, None):
        if owner in found:
            start = f"{day.isoformat()}-{owner or 'reference'}"
            ids = (start if number == 1 else f"{start}-{number}" for number in count(1))
            identity = next(one for one in ids if one not in taken)
            taken.add(identity)
            records = (owner,) if owner in here else ()
            what, cells = in_words(owner, found[owner], names), tuple(_cells(found[owner], names))
            made.append(Draft(identity, day, what, records, _newly_cited(found[owner]), cells))
    return tuple(made)


def _newly_cited(found: Iterable[Difference]) -> tuple[str, ...]:
    """The sources that changed rows cite and did not cite before, in order of first mention."""
    cited = (source for one in found for source in _cites(one.after) if source not in _cites(one.before))
    return tuple(dict.fromkeys(cited))


def _cites(cells: Cells | None) -> tuple[str, ...]:
    found = (cells or {}).get("act_sources") or (cells or {}).get("sources")
    return found if isinstance(found, tuple) else ()


def _cells(found: Iterable[Difference], names: Names) -> Iterator[str]:
    """Each cell that differs, on a line: table, row, column, before → after; of a whole partnership one line."""
    for one in found:
        if one.table.name == "partnerships" and not (one.before and one.after):
            yield f"partnerships: {'added' if one.after else 'removed'}"
            continue
        for name, was, became in one.cells:
            before, after = _side_by_side(_typed(was), _typed(became))
            yield f"{one.table.name}, {shown(about(one, name, names))}, {name}: {before} → {after}"


def _typed(value: Value) -> str:
    """A value as it is typed in a record, on one line."""
    if value in (None, ()):
        return "(nothing)"
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else " ".join(str(value).split())


def _side_by_side(before: str, after: str) -> tuple[str, str]:
    """Both texts cut to a readable length; where one is long, from shortly before the first letter that differs."""
    letters = enumerate(zip_longest(before, after))
    same = next((at for at, (one, other) in letters if one != other), 0)
    start = same - _SHARED if max(len(before), len(after)) > _LONG else 0
    first, second = (f"…{text[start:]}" if start > 0 else text for text in (before, after))
    return shown(first), shown(second)


def _in_brackets(ids: Sequence[str]) -> str:
    # Quotes the ids that YAML would take for something else, such as null.
    return str(yaml.safe_dump(list(ids), default_flow_style=True, width=1_000_000)).strip()
