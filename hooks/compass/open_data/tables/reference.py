"""The tables of the Compass, of Parliament, of the pipeline and of the vocabularies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter, itemgetter
from typing import Any

from compass.derived.everything import Derived
from compass.model.records import Record, Source
from compass.model.reference import (
    Area,
    Change,
    Count,
    Deadline,
    GeneralStatement,
    PartnershipSet,
    Pillar,
    Place,
    Prospect,
    Region,
    Resolution,
    Statement,
    Status,
    Target,
    Tie,
    Vote,
    all_sources,
)
from compass.model.vocabulary import words
from compass.open_data.tables.rows import counts, general_statements, target_steps, targets
from compass.open_data.tables.table import NUMBER, Column, Table, given

_record = attrgetter("record")
_STEPS: dict[type[Record], str] = {Deadline: "deadline", Status: "status"}
_PILLAR = Column("pillar", "Id of the pillar.", attrgetter("owner.id"), refers_to="pillars")


def _whole(name: str, one_row: str, model: type[Record], path: str, *columns: Column) -> Table:
    """The table of records with ids that stand at a path of the reference."""
    items: Callable[[Derived], Iterable[Any]] = attrgetter(f"reference.{path}")
    return Table(name, one_row, ("id",), columns or given(model), items, (model,), (f".{path}[]",))


TARGETS = Table(
    "targets",
    "one target of the Strategic Compass; its deadlines and what became of it are in target_steps",
    ("pillar", "number"),
    (
        _PILLAR,
        NUMBER,
        *given(Target, "title", "text", of=_record),
        *given(Target, "caveat", "sources", of=_record),
    ),
    targets,
    (Target,),
    (".pillars.pillars[].targets[]",),
)

TARGET_STEPS = Table(
    "target_steps",
    "one deadline or status of a target",
    ("pillar", "target", "number"),
    (
        replace(_PILLAR, fill=attrgetter("owner.owner.id")),
        Column("target", "Number of the target in its pillar.", attrgetter("owner.number"), "integer"),
        NUMBER,
        Column("kind", "Either “deadline” or “status”.", lambda item: _STEPS[type(item.record)]),
        *given(Status, "text", of=_record),
        Column("date", "When it was due, or when it stood there.", attrgetter("record.date"), "date", False),
        *given(Status, "date_note", "caveat", "sources", of=_record),
    ),
    target_steps,
    (Deadline, Status),
    (".pillars.pillars[].targets[].deadlines[]", ".pillars.pillars[].targets[].status[]"),
)

RESOLUTIONS = _whole(
    "resolutions",
    "one resolution of the European Parliament",
    Resolution,
    "parliament.resolutions",
    *given(Resolution),
    *given(Vote, of=attrgetter("vote"), always=False),
)
SOURCES = Table(
    "sources",
    "one page or document that supports facts",
    ("id",),
    given(Source),
    lambda derived: all_sources(derived.reference),
    in_json=(".sources[]",),
)
PROSPECTS = _whole(
    "prospects",
    "one country or group without a record here: a partnership made, on the way, something else, or nothing found",
    Prospect,
    "pipeline.prospects",
)
COUNTS = Table(
    "partnership_counts",
    "how many partnerships somebody counted on a date",
    ("number",),
    (
        NUMBER,
        *(
            replace(column, name="counted") if column.name == "number" else column
            for column in given(Count, of=_record)
        ),
    ),
    counts,
    (Count,),
    (".pipeline.counts[]",),
)
SETS = _whole("partnership_sets", "one named group of partnerships", PartnershipSet, "sets")
STATEMENTS = _whole(
    "parliament_statements",
    "what Parliament is said to have said of countries and regions",
    Statement,
    "parliament.statements",
)
PLACES = Table(
    "parliament_places",
    "one country or region that Parliament named",
    ("name",),
    given(Place),
    attrgetter("reference.parliament.places"),
    in_json=(".parliament.places[]",),
)
GENERAL_STATEMENTS = Table(
    "general_statements",
    "what an official text says of all partnerships together, which is no evidence for each",
    ("number",),
    (NUMBER, *given(GeneralStatement, "areas", "text", "caveat", "sources", of=_record)),
    general_statements,
    (GeneralStatement,),
    (".areas.general_statements[]",),
)
MEMBERS = Table(
    "member_states",
    "one Member State of the European Union; the statement on them all is in other_statements",
    ("iso",),
    (Column("iso", "Its two-letter code in ISO 3166-1.", lambda code: code),),
    attrgetter("reference.members.countries"),
    in_json=(".members.countries[]",),
)
CHANGES = _whole("changes", "one change of substance to this data", Change, "changes")
PILLARS = _whole(
    "pillars",
    "one pillar of the Strategic Compass",
    Pillar,
    "pillars.pillars",
    *given(Pillar, "id", "order", "name"),
)
AREAS = _whole("areas", "one area of cooperation: our vocabulary for comparing", Area, "areas.areas")
TIE_KINDS = _whole("tie_kinds", "one kind of tie", Tie, "ties")
REGIONS = _whole("regions", "one region; our grouping", Region, "regions")
LANGUAGES = Table(
    "languages",
    "one language of sources",
    ("id",),
    (Column("id", "Code of the language.", itemgetter(0)), Column("name", "Its name in English.", itemgetter(1))),
    lambda derived: derived.reference.languages.items(),
)
VOCABULARY = Table(
    "vocabulary",
    "one value of a closed vocabulary, and what it means",
    ("vocabulary", "value"),
    (
        Column("vocabulary", "What it is used for.", itemgetter(0)),
        Column("number", "Its place, from 1; of states, the strongest comes first.", itemgetter(1), "integer"),
        Column("value", "As it stands in the data.", lambda item: item[2].value),
        Column("label", "As readers see it.", lambda item: item[2].label),
        Column("meaning", "What it means.", lambda item: item[2].meaning),
    ),
    lambda _: ((name, number, term) for name, terms in words().items() for number, term in enumerate(terms, 1)),
)
