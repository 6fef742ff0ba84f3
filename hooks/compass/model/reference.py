"""Everything in `data/` beside the partnerships: the vocabularies, the Strategic Compass, Parliament, changes.

Models like those of `records`, `FILES` with what each file holds, and `Reference`, which holds them all: what the whole
site is made from.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from compass.model.field_types import (
    AreaId,
    Caveat,
    Citations,
    CountryCode,
    Date,
    DateNote,
    Host,
    NoRepeats,
    Number,
    PartnershipId,
    PillarId,
    RegionId,
    Slug,
    SourceId,
    StatementId,
    Text,
)
from compass.model.records import Conflict, Event, Fact, Partnership, Record, Source, TitledFact
from compass.model.vocabulary import PlaceKind, Stage


class Area(Record):
    """An area of cooperation: our vocabulary for comparing."""

    id: Slug = Field(description="Id, also the address of its page.")
    name: Text = Field(description="Name shown to readers.")
    scope: Text = Field(description="What it covers, in a sentence.")
    pillar: PillarId = Field(description="Pillar of the Strategic Compass that we file it under; our grouping.")


class GeneralStatement(Record):
    """What an official text says of the partnerships as a group, not of each."""

    areas: Annotated[tuple[AreaId, ...], Field(min_length=1), NoRepeats("area")] = Field(
        description="Ids of the areas it speaks of."
    )
    text: Text = Field(description="What it says, in our own words.")
    caveat: Text = Field(description="Why it does not count as evidence for each partnership, or how far it does.")
    sources: Citations


class AreasFile(Record):
    """data/areas.yml: the vocabulary of areas, and what official texts say of all partnerships together."""

    areas: Annotated[tuple[Area, ...], Field(min_length=1), NoRepeats("area id", "id")] = Field(
        description="The areas, pillar by pillar."
    )
    general_statements: tuple[GeneralStatement, ...] = Field((), description="Statements about the group as a whole.")


class Tie(Record):
    """A formal door between a partner and EU security and defence."""

    id: Slug = Field(description="Id by which records name it.")
    name: Text = Field(description="Name shown to readers.")
    scope: Text = Field(description="What it is, in a sentence.")
    facts: tuple[Fact, ...] = Field((), description="General rules of this door, each with its sources.")


class Region(Record):
    """A group of countries; our grouping, after the groups that Parliament names where there is one."""

    id: Slug = Field(description="Id by which records name it.")
    name: Text = Field(description="Name shown to readers.")


class Status(Fact):
    """Where a target stood on a date."""

    date: Date | None = Field(None, description="When it stood there.")
    date_note: DateNote = None


class Deadline(Fact):
    """When a target was to be met, only where a source says so."""

    date: Date | None = Field(None, description="The year, month or day, where it can be given as one.")


class Target(Fact):
    """Something the Compass set out to reach."""

    title: Text = Field(description="The target in a few words.")
    deadlines: tuple[Deadline, ...] = Field((), description="Deadlines that a source attributes to the Compass.")
    status: tuple[Status, ...] = Field((), description="What became of it, oldest first.")


class Pillar(Record):
    """One of the four pillars of the Strategic Compass."""

    id: Slug = Field(description="Id, also the address of its page.")
    order: Number = Field(description="Its place among the four, from 1.")
    name: Text = Field(description="Its name.")
    aim: Fact = Field(description="Its aim in a line.")
    covers: Fact = Field(description="What the chapter deals with.")
    targets: tuple[Target, ...] = Field(description="Its targets.")
    open_questions: tuple[Text, ...] = Field((), description="What was looked for and not found.")


class Compass(Record):
    """The Strategic Compass as a document, and how its progress was reported."""

    facts: tuple[TitledFact, ...] = Field(description="Title, number, dates, horizon, origin.")
    progress: tuple[Event, ...] = Field(description="Its making and its progress reports.")
    conflicts: tuple[Conflict, ...] = Field((), description="Where sources disagree.")
    open_questions: tuple[Text, ...] = Field((), description="What was looked for and not found.")


class PillarsFile(Record):
    """data/pillars.yml: the Strategic Compass and its four pillars."""

    compass: Compass = Field(description="The document.")
    pillars: Annotated[tuple[Pillar, ...], NoRepeats("pillar id", "id"), NoRepeats("order", "order")] = Field(
        description="The pillars."
    )


class Vote(Record):
    """The result of a vote."""

    in_favour: Number = Field(description="Votes in favour.")
    against: Number = Field(description="Votes against.")
    abstentions: Number = Field(description="Abstentions.")


class Resolution(Record):
    """A resolution of the European Parliament."""

    id: Slug = Field(description="Id, used as its anchor on the page.")
    subject: Text = Field(description="What it is about.")
    date: Date | None = Field(None, description="Date of the vote.")
    date_note: DateNote = None
    text_number: Text | None = Field(None, description="Number of the adopted text, only where a source shows it.")
    procedure: Text | None = Field(None, description="Procedure and report numbers, as far as a source shows them.")
    rapporteur: Text | None = Field(None, description="Who drafted it.")
    vote: Vote | None = Field(None, description="The result.")
    caveat: Caveat = None
    sources: Citations
    contents: tuple[Fact, ...] = Field((), description="What is known of what it says, each with its sources.")


class Statement(Fact):
    """Something that Parliament is said to have said."""

    id: Slug = Field(description="Id by which places name it.")


class Place(Record):
    """A country or region that Parliament named, and where it stands today."""

    name: Text = Field(description="Name shown to readers.")
    kind: PlaceKind = Field(description="Country or region.")
    iso: CountryCode | None = Field(None, description="Two-letter code of a country; finds its partnership here.")
    region: RegionId | None = Field(None, description="Id of a region; finds the partnerships in it.")
    statements: Annotated[tuple[StatementId, ...], Field(min_length=1), NoRepeats("statement")] = Field(
        description="Ids of the statements that name it."
    )
    standing: tuple[Fact, ...] = Field((), description="What was found, where no record here tells it.")


class ParliamentFile(Record):
    """data/parliament.yml: what the European Parliament said of partnerships, and of whom."""

    statements: Annotated[tuple[Statement, ...], NoRepeats("statement id", "id")] = Field(
        description="What EPRS says that Parliament has said."
    )
    places: Annotated[tuple[Place, ...], NoRepeats("name", "name")] = Field(
        description="The countries and regions named in the statements."
    )
    resolutions: Annotated[tuple[Resolution, ...], NoRepeats("resolution id", "id")] = Field(
        description="The register of resolutions, newest first."
    )
    events: tuple[Event, ...] = Field((), description="Contacts and other dated steps.")
    facts: tuple[TitledFact, ...] = Field((), description="Parliament's part in partnerships.")
    conflicts: tuple[Conflict, ...] = Field((), description="Where sources disagree.")
    open_questions: tuple[Text, ...] = Field((), description="What was looked for and not found.")


class Change(Record):
    """A change of substance to the records."""

    id: Slug = Field(description="Id, used as its anchor and in the feed; never changed.")
    date: Date = Field(description="When it was made.")
    what: Text = Field(description="What changed, for readers.")
    why: Text = Field(description="Why.")
    records: Annotated[tuple[PartnershipId, ...], NoRepeats("partnership")] = Field(
        (), description="Ids of the partnerships concerned."
    )
    sources: Annotated[tuple[SourceId, ...], NoRepeats("source")] = Field(
        (), description="Ids of the sources that gave rise to it."
    )


class Prospect(Record):
    """A country without a record here: how far it is on the way to a partnership."""

    id: Slug = Field(description="Id, used as its anchor on the page.")
    name: Text = Field(description="Name of the country, or of the group.")
    iso: CountryCode | None = Field(None, description="Its two-letter code, where it is a country.")
    region: RegionId | None = Field(None, description="Id of the region it belongs to, where one fits.")
    stage: Stage = Field(description="How far it is.")
    date: Date | None = Field(None, description="Since when it stands there, or when it was last said.")
    date_note: DateNote = None
    text: Text = Field(description="What is known, in our own words.")
    caveat: Caveat = None
    sources: Citations
    details: tuple[Fact, ...] = Field((), description="Further statements, each with its own sources.")


class Count(Fact):
    """How many partnerships somebody counted, and when."""

    date: Date = Field(description="When the count was published.")
    date_note: DateNote = None
    number: Number = Field(description="How many.")
    who: Text = Field(description="Who counted.")


class PipelineFile(Record):
    """data/pipeline.yml: the countries on the way to a partnership, and what others counted when."""

    prospects: Annotated[tuple[Prospect, ...], NoRepeats("prospect id", "id")] = Field(
        description="Countries without a record here, by how far they are."
    )
    counts: tuple[Count, ...] = Field(description="Counts by named sources at named dates, oldest first.")
    conflicts: tuple[Conflict, ...] = Field((), description="Where sources disagree.")
    open_questions: tuple[Text, ...] = Field((), description="What was looked for and not found.")


class PartnershipSet(Fact):
    """A named group of partnerships to compare within; groups by year and region are derived, not written."""

    id: Slug = Field(description="Id of the set.")
    name: Text = Field(description="Name as it stands in a sentence, such as “the six counted by EPRS”.")
    short: Text = Field(description="Short name for the head of a table’s column, such as “EPRS six”.")
    members: Annotated[tuple[PartnershipId, ...], Field(min_length=1), NoRepeats("partnership")] = Field(
        description="Ids of the partnerships in it."
    )


class MemberStates(Fact):
    """data/members.yml: the Member States of the European Union, for the map."""

    countries: Annotated[tuple[CountryCode, ...], Field(min_length=1), NoRepeats("country")] = Field(
        description="Their two-letter codes in ISO 3166-1; for Greece GR, where the EU itself writes EL."
    )


class BannedHost(Record):
    """A host on which no source may stand: a mirror that poses as official, a copy, automated pages."""

    host: Host = Field(description="Its name, as in example.org; names below it are meant too.")
    reason: Text = Field(description="Why it is no source.")


# The files of data/ beside the partnerships, and what each holds, in the order in which an editor meets them.
FILES: dict[str, Any] = {
    "sources": Annotated[tuple[Source, ...], NoRepeats("source id", "id")],
    "areas": AreasFile,
    "ties": Annotated[tuple[Tie, ...], NoRepeats("tie id", "id")],
    "regions": Annotated[tuple[Region, ...], NoRepeats("region id", "id")],
    "members": MemberStates,
    "pillars": PillarsFile,
    "parliament": ParliamentFile,
    "pipeline": PipelineFile,
    "sets": Annotated[tuple[PartnershipSet, ...], NoRepeats("set id", "id")],
    "changes": Annotated[tuple[Change, ...], NoRepeats("change id", "id")],
    "banned_hosts": Annotated[tuple[BannedHost, ...], NoRepeats("host", "host")],
    "languages": dict[Text, Text],
    "abbreviations": dict[Text, Text],
}


class Reference(Record):
    """Everything in `data/`, read and checked: what the whole site is made from."""

    pillars: PillarsFile = Field(description="The Strategic Compass and its four pillars.")
    areas: AreasFile = Field(description="The areas of cooperation, and what is said of all partnerships together.")
    ties: tuple[Tie, ...] = Field(description="The kinds of ties.")
    regions: tuple[Region, ...] = Field(description="The regions.")
    members: MemberStates = Field(description="The Member States of the European Union.")
    parliament: ParliamentFile = Field(description="What the European Parliament said, and of whom.")
    pipeline: PipelineFile = Field(description="The countries on the way to a partnership, and counts by others.")
    sets: tuple[PartnershipSet, ...] = Field(description="Named groups of partnerships.")
    sources: tuple[Source, ...] = Field(description="The sources that several records may use.")
    banned_hosts: tuple[BannedHost, ...] = Field(description="The hosts on which no source may stand.")
    abbreviations: dict[str, str] = Field(description="What abbreviations stand for.")
    languages: dict[str, str] = Field(description="The names of the languages of sources, by code.")
    changes: tuple[Change, ...] = Field(description="The changes of substance, newest first.")
    partnerships: tuple[Partnership, ...] = Field(description="The partnerships.")


def all_sources(reference: Reference) -> tuple[Source, ...]:
    """The sources of all records, by their ids, each of which stands for one source only."""
    own = (source for one in reference.partnerships for source in one.sources)
    return tuple(sorted((*reference.sources, *own), key=lambda source: source.id))
