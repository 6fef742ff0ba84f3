"""The tables of what is known of the partnerships, and of when what happened."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter

from compass.model.records import (
    ActOfMaking,
    AreaEntry,
    Assessment,
    Dialogue,
    Event,
    Fact,
    Instrument,
    OtherSubject,
    Partnership,
    Record,
    Signatory,
    TieEntry,
)
from compass.model.vocabulary import Absence, DerivedKind, EventKind, State
from compass.open_data.tables.rows import cells, details, entries, of_partnerships
from compass.open_data.tables.table import NUMBER, PARTNERSHIP, Column, Item, Table, given

_record, _source = attrgetter("record"), attrgetter("record.record")
_act = attrgetter("instrument.act")


def _list(path: str, one_row: str, model: type[Record], *names: str) -> Table:
    """The table of what the partnerships' records list at a path."""
    columns = (PARTNERSHIP, NUMBER, *given(model, *names, of=_record))
    return Table(
        path.rpartition(".")[2],
        one_row,
        ("partnership", "number"),
        columns,
        of_partnerships(path),
        (model,),
        (f".partnerships[].{path}[]",),
    )


def _details(path: str, key: Column) -> Table:
    """The table of the details of areas or ties, each with the key of that to which it belongs."""
    what = key.name
    return Table(
        f"{what}_details",
        f"one more statement on one {what} of one partnership; what limits its row in {_STANDS_IN[what]} limits it",
        ("partnership", what, "number"),
        (replace(PARTNERSHIP, fill=attrgetter("owner.owner.id")), key, NUMBER, *given(Fact, of=_record)),
        details(path),
        in_json=(f".partnerships[].{path}[].details[]",),
    )


def _of_the_act(column: Column) -> Column:
    item = column.item and column.item._replace(name=f"act_{column.item.name}")
    return replace(column, name=f"act_{column.name}", item=item)


_STATES = (*State, *Absence)
_STANDS_IN = {"area": "coverage", "tie": "ties"}
_kind, *_others = given(ActOfMaking, "kind", "date", "end", "date_note", "caveat", "sources", of=_act)
_act_kind, *_act_dates, _act_caveat, _act_sources = (replace(_kind, name="act"), *map(_of_the_act, _others))
# The columns of a partnership that tell of its act.
ACT_COLUMNS = frozenset(column.name for column in (_act_kind, *_act_dates, _act_caveat, _act_sources))
(_cited,) = given(AreaEntry, "sources", of=attrgetter("entry"), always=False)

PARTNERSHIPS = Table(
    "partnerships",
    "one Security and Defence Partnership that has a record",
    ("id",),
    (
        Column("id", "Id, also the address of its page and of its JSON file.", attrgetter("id")),
        *given(Partnership, "name", "official_name", "iso", "region", "aliases", "summary"),
        _act_kind,
        *_act_dates,
        *given(Instrument, "read_in_full", of=attrgetter("instrument")),
        *given(Partnership, "evidence_as_of", "reviewed"),
        _act_caveat,
        _act_sources,
    ),
    attrgetter("partnerships"),
    (ActOfMaking,),
    (".partnerships[]",),
)

COVERAGE = Table(
    "coverage",
    "one area in one partnership, also where nothing was found",
    ("area", "partnership"),
    (
        Column("area", "Id of the area.", attrgetter("area.id"), refers_to="areas"),
        Column("pillar", "Id of the pillar that we file it under.", attrgetter("area.pillar"), refers_to="pillars"),
        Column("partnership", "Id of the partnership.", attrgetter("partnership.id"), refers_to="partnerships"),
        Column("state", "How good the evidence is; “not-found” is never “no”.", attrgetter("term"), terms=_STATES),
        *given(AreaEntry, "summary", "locator", "caveat", of=attrgetter("entry"), always=False),
        replace(
            _cited,
            meaning="Ids of the sources; none where nothing was found.",
            item=Item("source", "Id of one of the sources; none where nothing was found."),
        ),
    ),
    cells,
    (AreaEntry,),
    (".partnerships[].coverage[]",),
)

TIES = Table(
    "ties",
    "what is known of one partner and one kind of tie, which may be only that a door is open, or that a list does not "
    "name the partner",
    ("partnership", "tie"),
    (PARTNERSHIP, *given(TieEntry, of=_record)),
    of_partnerships("ties"),
    (TieEntry,),
    (".partnerships[].ties[]",),
)

EVENTS = Table(
    "events",
    "one dated entry of the timeline; one happening may have several, told of each that it concerns",
    ("number",),
    (
        replace(NUMBER, meaning="Its place in the timeline, from 1."),
        Column("date", "Day, month or year.", attrgetter("record.date"), "date"),
        Column("end", "Last date of a span.", lambda item: getattr(item.record.record, "end", None), "date", False),
        Column("date_note", "What the date leaves open.", attrgetter("record.date_note"), required=False),
        Column("subject", "What it is told of: a partner, the Compass, Parliament.", attrgetter("record.subject")),
        replace(
            PARTNERSHIP,
            meaning="Id of the partnership, where it is told of one.",
            fill=lambda item: item.owner and item.owner.id,
            required=False,
        ),
        Column("kind", "What sort of entry it is.", attrgetter("record.kind_id"), terms=(*EventKind, *DerivedKind)),
        Column("title", "What happened.", attrgetter("record.title")),
        Column("summary", "More about it.", attrgetter("record.summary"), required=False),
        *given(Event, "caveat", "sources", of=_source),
    ),
    entries,
    (Event,),
)

AREA_DETAILS = _details("areas", Column("area", "Id of the area.", attrgetter("owner.record.area"), refers_to="areas"))
TIE_DETAILS = _details("ties", Column("tie", "Id of the tie.", attrgetter("owner.record.tie"), refers_to="tie_kinds"))
DIALOGUES = _list("dialogues", "one format in which the two sides talk", Dialogue)
SIGNATORIES = _list("instrument.signatories", "one person who acted for one of the two sides", Signatory)
OTHER_SUBJECTS = _list(
    "other_subjects",
    "one subject of a partnership that none of our areas covers",
    OtherSubject,
    *("title", "state", "text", "caveat", "sources"),
)
ASSESSMENTS = _list("assessments", "what one analyst says of a partnership", Assessment)
