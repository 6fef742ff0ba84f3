"""What differs between two states of the records → drafts of entries for `data/changes.yml`, in plain words.

`record_diff` finds the rows. An editor judges a draft by the cells that stand above it, mends the words and says why.
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
    by_owner: dict[str | None, list[Difference]] = {}
    for difference in differences(before, after):
        by_owner.setdefault(difference.owner, []).append(difference)
    names = {**names_of(before), **names_of(after)}
    here, formerly = (
        [partnership.id for partnership in coverage.in_order(state.partnerships)] for state in (after, before)
    )
    gone = [id for id in formerly if id not in here]
    taken = {change.id for change in after.changes}
    made = []
    for owner in (*here, *gone, None):
        if owner in by_owner:
            start = f"{day.isoformat()}-{owner or 'reference'}"
            ids = (start if number == 1 else f"{start}-{number}" for number in count(1))
            identity = next(id for id in ids if id not in taken)
            taken.add(identity)
            records = (owner,) if owner in here else ()
            what, cells = in_words(owner, by_owner[owner], names), tuple(_cells(by_owner[owner], names))
            made.append(Draft(identity, day, what, records, _newly_cited(by_owner[owner]), cells))
    return tuple(made)


def _newly_cited(changed: Iterable[Difference]) -> tuple[str, ...]:
    """The sources that changed rows cite and did not cite before, in order of first mention."""
    cited = (source for row in changed for source in _cites(row.after) if source not in _cites(row.before))
    return tuple(dict.fromkeys(cited))


def _cites(cells: Cells | None) -> tuple[str, ...]:
    sources = (cells or {}).get("act_sources") or (cells or {}).get("sources")
    return sources if isinstance(sources, tuple) else ()


def _cells(changed: Iterable[Difference], names: Names) -> Iterator[str]:
    """Each cell that differs, on a line: table, row, column, before → after; of a whole partnership one line."""
    for row in changed:
        if row.is_whole_partnership:
            yield f"partnerships: {'added' if row.after else 'removed'}"
            continue
        for name, was, became in row.cells:
            before, after = _side_by_side(_typed(was), _typed(became))
            yield f"{row.table.name}, {shown(about(row, name, names))}, {name}: {before} → {after}"


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
    same = next((at for at, (was, became) in letters if was != became), 0)
    start = same - _SHARED if max(len(before), len(after)) > _LONG else 0
    first, second = (f"…{text[start:]}" if start > 0 else text for text in (before, after))
    return shown(first), shown(second)


def _in_brackets(ids: Sequence[str]) -> str:
    # Quotes the ids that YAML would take for something else, such as null.
    return str(yaml.safe_dump(list(ids), default_flow_style=True, width=1_000_000)).strip()
