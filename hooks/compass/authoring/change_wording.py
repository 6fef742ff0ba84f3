"""A row that differs → plain words: what it is about and what changed in it, by names and labels, never by ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from compass.authoring.record_diff import Difference
from compass.model.dates import PartialDate
from compass.model.reference import Reference
from compass.model.vocabulary import Absence
from compass.open_data.tables.partnerships import ACT_COLUMNS
from compass.open_data.tables.table import Column, Value
from compass.wording import FORBIDDEN

# Of longer texts it is only said that they changed.
_LONGEST_SHOWN = 60
# Where a missing row is shown as “Not found”, and the column that says what was found.
_FOUND = {"coverage": "state", "ties": "status"}
_STATEMENTS = ("area_details", "tie_details", "other_statements", "conflict_positions")
# What readers call a row, by its table.
_NOUNS = {
    "events": "Event",
    "targets": "Target",
    "target_steps": "Target step",
    "resolutions": "Resolution",
    "sources": "Source",
    "dialogues": "Dialogue",
    "signatories": "Signatory",
    "other_subjects": "Other subject",
    "assessments": "Assessment",
    "conflicts": "Conflict",
    "open_questions": "Open question",
    "general_statements": "General statement",
    "prospects": "Prospect",
    "partnership_counts": "Partnership count",
    "partnership_sets": "Partnership set",
    "parliament_statements": "Parliament statement",
    "parliament_places": "Parliament place",
    "pillars": "Pillar",
    "areas": "Area",
    "tie_kinds": "Tie kind",
    "regions": "Region",
    "member_states": "Member state",
    "languages": "Language",
}
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
    names = {(table, record.id): record.name for table, records in named.items() for record in records}
    return names | {("partnerships", partnership.id): partnership.named for partnership in reference.partnerships}


def in_words(owner: str | None, differences: Sequence[Difference], names: Names) -> str:
    """What changed in the partnership `owner`, or in what concerns none, for readers."""
    if owner is None:
        return _sentences(differences, names)
    partner = _line(names["partnerships", owner])
    whole = next((each for each in differences if each.is_whole_partnership), None)
    if whole:
        return f"The partnership with {partner} is {'added' if whole.after else 'removed'}."
    return f"Partnership with {partner}. {_sentences(differences, names)}"


def _sentences(differences: Iterable[Difference], names: Names) -> str:
    """A sentence on each thing of which something changed."""
    changes: dict[str, Counter[str]] = {}
    for difference in differences:
        for thing, part in _parts(difference, names):
            changes.setdefault(thing, Counter())[part] += 1
    return " ".join(
        f"{thing}: {'; '.join(part + f' ({number} times)' * (number > 1) for part, number in parts.items())}."
        for thing, parts in changes.items()
    )


def _parts(difference: Difference, names: Names) -> Iterator[tuple[str, str]]:
    """What changed in a row: the thing of which it is told, and the change in words."""
    columns = {column.name: column for column in difference.table.columns}
    if state := _FOUND.get(difference.table.name):
        was, became = (
            (cells or {}).get(state, Absence.NOT_FOUND.value) for cells in (difference.before, difference.after)
        )
        if {was, became} & {term.value for term in Absence}:
            yield about(difference, state, names), _part(state, columns[state], was, became, names)
            return
    if not (difference.before and difference.after):
        statement = "statement " * (difference.table.name in _STATEMENTS)
        yield about(difference, "", names), f"{statement}{'added' if difference.after else 'removed'}"
        return
    for name, was, became in difference.cells:
        yield about(difference, name, names), _part(name, columns.get(name), was, became, names)


def about(difference: Difference, column: str, names: Names) -> str:
    """What a row is about, as readers know it."""
    cells: Any = difference.after or difference.before
    match difference.table.name:
        case "partnerships":
            return "The act" if column in ACT_COLUMNS else "The record"
        case "coverage" | "area_details":
            return _line(names["areas", cells["area"]])
        case "ties" | "tie_details":
            return _line(names["tie_kinds", cells["tie"]])
        case "other_statements" | "conflict_positions":
            return _statement(cells, names)
    named = next(
        cells[name] for name in ("target", "title", "name", "who", "subject", "text", "iso") if cells.get(name)
    )
    return f"{_NOUNS[difference.table.name]} “{_line(named)}”"


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
        added = [value for value in became if value not in was]
        removed = [value for value in was if value not in became]
        parts = [
            f"{words} {done}: {_listed(values, column, names)}"
            for values, done in ((added, "added"), (removed, "removed"))
            if values
        ]
        return ", ".join(parts) or f"order of {words} changed"
    if was is None or became is None:
        return f"{words} {'added' if was is None else 'removed'}"
    before, after = (_words(value, column, names) for value in (was, became))
    if max(len(before), len(after)) > _LONGEST_SHOWN:
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
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[: _LONGEST_SHOWN - 1].rstrip()}…"


def _plain(text: str) -> str:
    """Text on one line, in letters that a record can hold."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))
