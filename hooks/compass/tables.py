"""Records → tables: the open data in rows and columns, for CSV, SQLite and the data package.

Every record that cites sources is a row of one table: what has no table of its own is in `facts`. Used by `exports`,
which makes the files, and by `changes`, which compares two states of the records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from compass import coverage
from compass.citations import all_sources
from compass.columns import Column, Table, given
from compass.listings import (
    Cited,
    cells,
    cited,
    entries,
    first_deadline,
    latest,
    of_partnerships,
    target_steps,
    targets,
)
from compass.records import (
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
    Source,
    TieEntry,
)
from compass.reference import (
    Area,
    Change,
    Count,
    Deadline,
    PartnershipSet,
    Pillar,
    Place,
    Prospect,
    Reference,
    Region,
    Resolution,
    Statement,
    Status,
    Target,
    Tie,
    Vote,
)
from compass.vocabulary import Absence, State

_record = attrgetter("record")
_act = attrgetter("instrument.act")
_PARTNERSHIP = Column("partnership", "Id of the partnership.", attrgetter("owner.id"), refers_to="partnerships")
_PILLAR = Column("pillar", "Id of the pillar.", attrgetter("owner.id"), refers_to="pillars")
_NUMBER = Column("number", "Its place in the list, from 1.", attrgetter("number"), "integer")


def _list(path: str, one_row: str, model: type[Record], *names: str) -> Table:
    """The table of what the partnerships' records list at a path."""
    columns = (_PARTNERSHIP, _NUMBER, *given(model, *names, of=_record))
    name = path.rpartition(".")[2]
    return Table(name, one_row, ("partnership", "number"), columns, of_partnerships(path), (model,))


def _whole(name: str, one_row: str, model: type[Record], items: str, *more: Column) -> Table:
    """The table of records with ids that stand at a path of the reference."""
    return Table(name, one_row, ("id",), (*given(model), *more), attrgetter(items), (model,))


def _facts(reference: Reference) -> Iterator[Cited]:
    held = {model for table in TABLES for model in table.holds}
    return (found for found in cited(reference) if type(found.record) not in held)


TABLES: tuple[Table, ...] = (
    Table(
        "partnerships",
        "one Security and Defence Partnership",
        ("id",),
        (
            Column("id", "Id, also the address of its page and of its JSON file.", attrgetter("id")),
            *given(Partnership, "name", "official_name", "iso", "region", "aliases", "summary"),
            *(replace(kind, name="act") for kind in given(ActOfMaking, "kind", of=_act)),
            *given(ActOfMaking, "date", "end", "date_note", of=_act),
            *given(Instrument, "read_in_full", of=attrgetter("instrument")),
            *given(Partnership, "evidence_as_of", "reviewed"),
            *given(ActOfMaking, "caveat", "sources", of=_act),
        ),
        lambda reference: coverage.in_order(reference.partnerships),
        (ActOfMaking,),
    ),
    Table(
        "coverage",
        "one area in one partnership, also where nothing was found",
        ("area", "partnership"),
        (
            Column("area", "Id of the area.", attrgetter("area.id"), refers_to="areas"),
            Column("pillar", "Id of the pillar we file it under.", attrgetter("area.pillar"), refers_to="pillars"),
            Column("partnership", "Id of the partnership.", attrgetter("partnership.id"), refers_to="partnerships"),
            Column("state", "How well it is evidenced.", attrgetter("term"), terms=(*State, *Absence)),
            *given(AreaEntry, "summary", "locator", "caveat", "sources", of=attrgetter("entry"), always=False),
        ),
        cells,
        (AreaEntry,),
    ),
    Table(
        "ties",
        "one tie of one partner to EU security and defence; where nothing was found there is no row",
        ("partnership", "tie"),
        (_PARTNERSHIP, *given(TieEntry, of=_record)),
        of_partnerships("ties"),
        (TieEntry,),
    ),
    Table(
        "events",
        "one dated entry of the timeline: acts, events, ties, resolutions, dated steps of targets and of the pipeline",
        ("number",),
        (
            replace(_NUMBER, meaning="Its place in the timeline, from 1; it changes when an older entry is added."),
            Column("date", "Day, month or year.", attrgetter("record.date"), "date"),
            Column("end", "Last date of a span.", lambda item: getattr(item.record.record, "end", None), "date", False),
            Column("date_note", "What the date leaves open.", attrgetter("record.date_note"), required=False),
            Column("subject", "Whose it is, as the timeline shows it.", attrgetter("record.subject")),
            Column(
                "partnership",
                "Id of the partnership, where it is about one.",
                lambda item: item.owner and item.owner.id,
                required=False,
                refers_to="partnerships",
            ),
            Column("kind", "What sort of entry it is, as the timeline shows it.", attrgetter("record.kind")),
            Column("title", "What happened.", attrgetter("record.title")),
            Column("summary", "More about it.", attrgetter("record.summary"), required=False),
            Column("caveat", "What limits the statement.", attrgetter("record.record.caveat"), required=False),
            *given(Event, "sources", of=attrgetter("record.record")),
        ),
        entries,
        (Event,),
    ),
    Table(
        "targets",
        "one target of the Strategic Compass, with its first deadline and its latest status",
        ("pillar", "number"),
        (
            _PILLAR,
            _NUMBER,
            *given(Target, "title", "text", of=_record),
            Column("deadline", "When it was to be met.", first_deadline, "date", False),
            Column("status", "Where it stood at last.", latest("text"), required=False),
            Column("status_date", "When it stood there.", latest("date"), "date", False),
            *given(Target, "caveat", "sources", of=_record),
        ),
        targets,
        (Target,),
    ),
    _whole(
        "resolutions",
        "one resolution of the European Parliament",
        Resolution,
        "parliament.resolutions",
        *given(Vote, of=attrgetter("vote"), always=False),
    ),
    Table("sources", "one page or document that supports facts", ("id",), given(Source), all_sources),
    _list("dialogues", "one regular meeting of the two sides", Dialogue),
    _list("instrument.signatories", "one person who acted for one of the two sides", Signatory),
    _list(
        "other_subjects",
        "one subject of a partnership that none of our areas covers",
        OtherSubject,
        *("title", "state", "text", "caveat", "sources"),
    ),
    _list("assessments", "what one analyst says of a partnership", Assessment),
    Table(
        "target_steps",
        "one deadline or status of a target",
        ("pillar", "target", "number"),
        (
            replace(_PILLAR, fill=attrgetter("owner.owner.id")),
            Column("target", "Number of the target in its pillar.", attrgetter("owner.number"), "integer"),
            _NUMBER,
            Column("kind", "Whether it is a deadline or a status.", lambda item: type(item.record).__name__.lower()),
            *given(Status, of=_record),
        ),
        target_steps,
        (Deadline, Status),
    ),
    _whole("prospects", "one country on the way to a partnership", Prospect, "pipeline.prospects"),
    Table(
        "counts",
        "one count of partnerships by somebody",
        ("who", "date"),
        given(Count),
        attrgetter("pipeline.counts"),
        (Count,),
    ),
    _whole("sets", "one named group of partnerships", PartnershipSet, "sets"),
    _whole("statements", "one statement of Parliament on countries and regions", Statement, "parliament.statements"),
    Table(
        "places",
        "one country or region that Parliament named",
        ("name",),
        given(Place),
        attrgetter("parliament.places"),
    ),
    _whole("changes", "one change of substance to this data", Change, "changes"),
    Table(
        "facts",
        "one of all other statements with sources: on instruments, in details, conflicts, assessments, of the Compass",
        ("place",),
        (
            Column("place", "Where it stands in dataset.json, as a JSON Pointer (RFC 6901).", attrgetter("place")),
            Column(
                "partnership",
                "Id of the partnership, where it is about one.",
                attrgetter("partnership"),
                required=False,
                refers_to="partnerships",
            ),
            Column("subject", "What it is about.", attrgetter("subject"), required=False),
            *given(Fact, of=_record),
        ),
        _facts,
    ),
    Table(
        "pillars",
        "one pillar of the Strategic Compass",
        ("id",),
        given(Pillar, "id", "order", "name"),
        attrgetter("pillars.pillars"),
    ),
    _whole("areas", "one area of cooperation: our vocabulary for comparing", Area, "areas.areas"),
    _whole("tie_kinds", "one kind of tie", Tie, "ties"),
    _whole("regions", "one region; our grouping", Region, "regions"),
)
