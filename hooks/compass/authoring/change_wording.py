"""A row that differs → plain words: what it is about and what changed in it, by names and labels, never by ids.

Used by `changes`, which makes drafts of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from compass.authoring.record_diff import Difference
from compass.model.dates import PartialDate
from compass.model.reference import Reference
from compass.model.vocabulary import Absence
from compass.open_data.tables.table import Column, Value
from compass.wording import FORBIDDEN

# Longer texts are told to have changed, and not repeated.
_LONGEST_TOLD = 60
# Where a missing row is shown as “Not found”, and the column that says what was found.
_FOUND = {"coverage": "state", "ties": "status"}
_STATEMENTS = ("area_details", "tie_details", "other_statements", "conflict_positions")
# Columns whose words speak for themselves.
_UNNAMED = ("state", "status", "stage")

# How readers know what an id stands for, by its table.
Names = Mapping[tuple[str, str], str]


def names_of(reference: Reference) -> dict[tuple[str, str], str]:
    """How readers know what ids stand for, by the table of each."""
    named: dict[str, Iterable[Any]] = {
        "areas": reference.areas.areas,
        "pillars": reference.pillars.pillars,
        "regions": reference.regions,
        "tie_kinds": reference.ties,
    }
    names = {(table, one.id): one.name for table, those in named.items() for one in those}
    return names | {("partnerships", one.id): one.named for one in reference.partnerships}


def in_words(owner: str | None, found: Sequence[Difference], names: Names) -> str:
    """What changed in the partnership `owner`, or in what concerns none, for readers."""
    if owner is None:
        return _sentences(found, names)
    partner = _line(names["partnerships", owner])
    whole = next((one for one in found if one.table.name == "partnerships" and not (one.before and one.after)), None)
    if whole:
        return f"The partnership with {partner} is {'added' if whole.after else 'removed'}."
    return f"Partnership with {partner}. {_sentences(found, names)}"


def _sentences(found: Iterable[Difference], names: Names) -> str:
    """A sentence on each thing of which something changed."""
    told: dict[str, Counter[str]] = {}
    for one in found:
        for thing, part in _parts(one, names):
            told.setdefault(thing, Counter())[part] += 1
    return " ".join(
        f"{thing}: {'; '.join(part + f' ({number} times)' * (number > 1) for part, number in parts.items())}."
        for thing, parts in told.items()
    )


def _parts(one: Difference, names: Names) -> Iterator[tuple[str, str]]:
    """What changed in a row: the thing of which it is told, and the change in words."""
    columns = {column.name: column for column in one.table.columns}
    if state := _FOUND.get(one.table.name):
        was, became = ((cells or {}).get(state, Absence.NOT_FOUND.value) for cells in (one.before, one.after))
        if {was, became} & {term.value for term in Absence}:
            yield about(one, state, names), _part(state, columns[state], was, became, names)
            return
    if not (one.before and one.after):
        statement = "statement " * (one.table.name in _STATEMENTS)
        yield about(one, "", names), f"{statement}{'added' if one.after else 'removed'}"
        return
    for name, was, became in one.cells:
        yield about(one, name, names), _part(name, columns.get(name), was, became, names)


def about(one: Difference, column: str, names: Names) -> str:
    """What a row is about, as readers know it."""
    cells: Any = one.after or one.before
    match one.table.name:
        case "partnerships":
            return "The act" if column.startswith("act") else "The record"
        case "coverage" | "area_details":
            return _line(names["areas", cells["area"]])
        case "ties" | "tie_details":
            return _line(names["tie_kinds", cells["tie"]])
        case "other_statements" | "conflict_positions":
            return _statement(cells, names)
    noun = re.sub("ies$", "y", one.table.name).removesuffix("s").replace("_", " ").capitalize()
    named = next(cells[name] for name in ("target", "title", "name", "who", "subject", "text") if cells.get(name))
    return f"{noun} “{_line(named)}”"


def _statement(cells: Any, names: Names) -> str:
    *_, holder, last = cells["place"].replace("/*", "").rsplit("/", 2)
    if cells["place"].startswith("/partnerships/*/instrument/") and "title" not in cells:
        return f"Instrument, {last.replace('_', ' ')}"
    table = {"areas": "areas", "ties": "tie_kinds"}.get(holder, "")
    subject = cells.get("title") or cells["subject"]
    named = names.get((table, subject)) or f"“{_line(subject)}”"
    return named if cells["place"].endswith("*") else f"{named}, {last}"


def _part(name: str, column: Column | None, was: Value, became: Value, names: Names) -> str:
    """What changed in a cell, in words; a long text is not repeated."""
    words = name.removeprefix("act_").replace("_", " ")
    if isinstance(was, tuple) and isinstance(became, tuple):
        new, gone = ([one for one in these if one not in those] for these, those in ((became, was), (was, became)))
        parts = [
            f"{words} {done}: {_listed(these, column, names)}"
            for these, done in ((new, "added"), (gone, "removed"))
            if these
        ]
        return ", ".join(parts) or f"order of {words} changed"
    if was is None or became is None:
        return f"{words} {'added' if was is None else 'removed'}"
    before, after = (_words(value, column, names) for value in (was, became))
    if max(len(before), len(after)) > _LONGEST_TOLD:
        return f"{words} changed"
    return f"{after}, before {before}" if name in _UNNAMED else f"{words} {after}, before {before}"


def _listed(values: Sequence[str], column: Column | None, names: Names) -> str:
    """Several values as readers know them; sources have no short names, and are counted."""
    if column and column.refers_to in ("sources", "parliament_statements"):
        return str(len(values))
    return ", ".join(_words(value, column, names) for value in values)


def _words(value: Any, column: Column | None, names: Names) -> str:
    """A value as readers know it."""
    if isinstance(value, bool):
        return "“yes”" if value else "“no”"
    if column and column.kind == "date":
        return PartialDate(value).words
    if column and column.kind == "integer":
        return str(value)
    labels = {term.value: term.label for term in (*column.terms, *Absence)} if column and column.terms else {}
    referred = names.get((column.refers_to, value)) if column else None
    return f"“{referred or labels.get(value) or _plain(value)}”"


def _line(text: str) -> str:
    """Text on one line, and cut."""
    plain = _plain(text)
    return plain if len(plain) <= _LONGEST_TOLD else f"{plain[: _LONGEST_TOLD - 1].rstrip()}…"


def _plain(text: str) -> str:
    """Text on one line, in letters that a record can hold."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
