"""What a record is: the typed, frozen models of facts and of a partnership. `reference` adds those of the other files.

Given values live here, derived ones in the package `derived`. The descriptions are also the reference of fields under
/contribute/fields/. The rules come from the rules of evidence (docs/about/method.md): above all, every fact names its
sources.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from compass.internals import forget_fields_set
from compass.model.dates import PartialDate, span_in_words
from compass.model.field_types import (
    AreaId,
    Caveat,
    Citations,
    CountryCode,
    Date,
    DateNote,
    Headline,
    LanguageCode,
    NoRepeats,
    RegionId,
    Slug,
    Text,
    TieId,
    WebAddress,
    YesOrNo,
)
from compass.model.vocabulary import Act, EventKind, Side, SourceKind, State, TieStatus


class Record(BaseModel):
    """Common to all models: unknown fields are refused, nothing changes after reading."""

    # What is published tells every field, also where there is nothing in it.
    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)

    def model_post_init(self, _: object) -> None:
        """Forget which fields were given: nobody asks."""
        forget_fields_set(self)


class Source(Record):
    """A public page or document that supports facts."""

    id: Slug = Field(description="Short name by which facts cite the source; unique in all of data/.")
    title: Text = Field(description="Title as published; if the copy shows none, say what it is.")
    publisher: Text = Field(description="Who publishes the page, and whose text it relays if that is somebody else's.")
    date: Date | None = Field(None, description="Date of publication, no more precise than the page shows.")
    date_note: DateNote = None
    url: WebAddress = Field(description="The page's own address; no bare IP address, no mirror posing as official.")
    language: LanguageCode = Field(description="Language of the page: its code in data/languages.yml, as in en.")
    kind: SourceKind = Field(description="How close the source stands to the fact.")
    note: Text | None = Field(None, description="What readers should know about the source, such as how much was seen.")


class Fact(Record):
    """A statement with its sources."""

    text: Text = Field(description="What is stated, in our own words.")
    caveat: Caveat = None
    sources: Citations


class TitledFact(Fact):
    """A statement with a heading of its own."""

    title: Text = Field(description="What the statement is about, in a few words.")


class Dated(Record):
    """Something with a date or a span of dates."""

    date: Date = Field(description="Day, month or year: 2024-05-28, 2024-05 or 2024; no more precise than the source.")
    end: Date | None = Field(None, description="Last date of a span.")
    date_note: DateNote = None

    @field_validator("end")
    @classmethod
    def _ends_after_it_starts(cls, end: PartialDate | None, info: ValidationInfo) -> PartialDate | None:
        start = info.data.get("date")
        if end is not None and start is not None and end < start:
            raise PydanticCustomError(
                "end_before_start",
                'end "{end}" lies before the start "{start}"; swap or mend them',
                {"end": end.iso, "start": start.iso},
            )
        return end

    @property
    def when(self) -> str:
        """The date or span in words."""
        return span_in_words(self.date, self.end)


class ActOfMaking(Dated):
    """What was done with the instrument, and when."""

    kind: Act = Field(description="What the two sides did with it.")
    caveat: Caveat = None
    sources: Citations


class Signatory(Record):
    """Somebody who acted for one side."""

    side: Side = Field(description="For whom.")
    name: Text = Field(description="Name of the person.")
    office: Text = Field(description="Office held at the time.")
    caveat: Caveat = None
    sources: Citations


class Instrument(Record):
    """The document that makes the partnership."""

    title: Fact = Field(description="Its official title, or how announcements call it.")
    form: Fact = Field(description="What sort of document it is.")
    act: ActOfMaking = Field(description="Whether it was signed, announced, concluded or adopted, and when.")
    place: Fact | None = Field(None, description="Where.")
    event: Fact | None = Field(None, description="On what occasion.")
    legal_nature: Fact = Field(description="Whether it binds.")
    signatories: tuple[Signatory, ...] = Field((), description="Who acted for each side.")
    text: Fact | None = Field(None, description="Where the text can be read, or what was seen of it.")
    read_in_full: YesOrNo = Field(
        description="true once somebody has read the whole text; then a missing area is shown as “Not in the text”."
    )
    notes: tuple[TitledFact, ...] = Field(
        (), description="Anything else about the instrument: origin, announcements, preamble, review clause, duration."
    )


class AreaEntry(Record):
    """What is known of one area of cooperation in this partnership."""

    area: AreaId = Field(description="Id of the area, from data/areas.yml.")
    state: State = Field(description="How well it is evidenced.")
    summary: Text = Field(description="What is agreed or announced, in our own words.")
    locator: Text | None = Field(None, description="Where in the instrument, such as “paragraph 44”.")
    caveat: Caveat = None
    sources: Citations
    details: tuple[Fact, ...] = Field((), description="Further statements about this area, each with its own sources.")


class OtherSubject(TitledFact):
    """A subject of the partnership that none of our areas covers."""

    state: State = Field(description="How well it is evidenced.")


class Dialogue(Record):
    """A regular meeting between the two sides."""

    name: Text = Field(description="Name of the dialogue.")
    level: Text | None = Field(None, description="Who meets.")
    frequency: Text | None = Field(None, description="How often.")
    summary: Text | None = Field(None, description="What else is known of it.")
    caveat: Caveat = None
    sources: Citations


class TieEntry(Record):
    """Where one tie between this partner and the EU stands."""

    tie: TieId = Field(description="Id of the tie, from data/ties.yml.")
    status: TieStatus = Field(description="Where it stands.")
    since: Date | None = Field(None, description="Since when it stands there.")
    summary: Text = Field(description="What is known, in our own words.")
    caveat: Caveat = None
    sources: Citations
    details: tuple[Fact, ...] = Field((), description="Further statements about this tie, each with its own sources.")


class Event(Dated):
    """Something that happened, or was planned to happen, on a date."""

    title: Headline = Field(description="What happened, in a sentence without a full stop.")
    kind: EventKind = Field(description="What sort of event it is.")
    summary: Text | None = Field(None, description="More about it.")
    caveat: Caveat = None
    sources: Citations


class Assessment(Record):
    """What an analyst says of the partnership, or of all of them."""

    who: Text = Field(description="Author and institution.")
    date: Date | None = Field(None, description="When it was said.")
    text: Text = Field(description="What they say, in our own words.")
    caveat: Caveat = None
    sources: Citations


class Conflict(Record):
    """Sources that disagree, side by side."""

    title: Text = Field(description="What they disagree about, in a few words.")
    positions: Annotated[tuple[Fact, ...], Field(min_length=2)] = Field(
        description="What each says, with its sources; at least two."
    )
    resolution: Text = Field(description="What this site uses, and why; or that it is open.")


class PartnershipFacts(Record):
    """What a partnership's record tells, without the sources that it defines."""

    id: Slug = Field(
        description="Never typed: it is the file’s name without .yml.", json_schema_extra={"readOnly": True}
    )
    name: Text = Field(description="The partner's usual English name.")
    name_in_sentences: Text | None = Field(
        None, description="The name as it stands in a sentence, where it takes an article: “the United Kingdom”."
    )
    official_name: Text = Field(description="The partner's full name.")
    iso: CountryCode = Field(description="The partner's two-letter code in ISO 3166-1.")
    region: RegionId = Field(description="Id of the region, from data/regions.yml.")
    aliases: Annotated[tuple[Text, ...], NoRepeats("alias")] = Field(
        (), description="Other names that people search for."
    )
    summary: Text = Field(description="The partnership in two or three sentences that its other facts support.")
    evidence_as_of: Date = Field(description="When the evidence was gathered; later events are not in the record.")
    reviewed: Date | None = Field(
        None, description="Day on which a person re-read the record against its sources; never set by a script."
    )
    instrument: Instrument = Field(description="The document itself.")
    areas: Annotated[tuple[AreaEntry, ...], NoRepeats("area", "area")] = Field(
        description="Areas of cooperation found; an area without an entry is shown as “Not found”."
    )
    other_subjects: tuple[OtherSubject, ...] = Field((), description="Subjects that none of our areas covers.")
    dialogues: tuple[Dialogue, ...] = Field((), description="Regular meetings.")
    ties: Annotated[tuple[TieEntry, ...], NoRepeats("tie", "tie")] = Field(
        (), description="Formal doors between the partner and EU security and defence."
    )
    events: tuple[Event, ...] = Field(
        (),
        description="What happened before and after the act, in any order; the act itself is in the timeline already.",
    )
    assessments: tuple[Assessment, ...] = Field((), description="How analysts see it.")
    conflicts: tuple[Conflict, ...] = Field((), description="Where sources disagree.")
    open_questions: tuple[Text, ...] = Field((), description="What was looked for and not found.")

    @property
    def named(self) -> str:
        """The partner's name for the middle of a sentence."""
        return self.name_in_sentences or self.name


class Partnership(PartnershipFacts):
    """One Security and Defence Partnership. The file's name is its id and its address."""

    sources: Annotated[tuple[Source, ...], NoRepeats("source id", "id")] = Field(
        description="Sources that only this record uses; shared ones are in data/sources.yml."
    )


def cited(record: object) -> Iterator[str]:
    """Every source id that a record's facts cite, in the order in which they stand; repeats included."""
    if isinstance(record, Record):
        for name in type(record).model_fields:
            value = getattr(record, name)
            if name == "sources" and not (value and isinstance(value[0], Source)):
                yield from value
            else:
                yield from cited(value)
    elif isinstance(record, tuple):
        for item in record:
            yield from cited(item)
