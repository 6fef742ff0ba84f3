"""Records → everything dated, in order of date: for /timeline/ and the line of signatures on the home page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from compass.coverage import on_the_way
from compass.dates import PartialDate, span_in_words
from compass.records import Event, Partnership
from compass.reference import Reference, Target
from compass.vocabulary import EventKind


class DatedRecord(Protocol):
    """Any record with a date, and with sources for it: an event, an act, a resolution, a status, a prospect."""

    @property
    def date(self) -> PartialDate | None: ...
    @property
    def date_note(self) -> str | None: ...
    @property
    def caveat(self) -> str | None: ...
    @property
    def sources(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Entry:
    """A record that has a date, told as something that happened.

    Its sources are seen from the partnership's record, or from no record in particular.
    """

    record: DatedRecord
    date: PartialDate
    title: str
    kind: str
    subject: str
    partnership: Partnership | None = None
    summary: str | None = None

    @property
    def when(self) -> str:
        """The date or span in words."""
        return span_in_words(self.date, getattr(self.record, "end", None))


def chronology(reference: Reference) -> tuple[Entry, ...]:
    """Every dated entry of the reference, oldest first."""
    compass, parliament = reference.pillars, reference.parliament
    entries = [entry for one in reference.partnerships for entry in of_partnership(one)]
    entries += of_events(compass.compass.progress, "Strategic Compass")
    entries += [entry for pillar in compass.pillars for target in pillar.targets for entry in _of_target(target)]
    entries += of_events(parliament.events, "European Parliament")
    entries += [
        Entry(one, one.date, f"Parliament’s resolution: {one.subject}", "Parliament", "European Parliament")
        for one in parliament.resolutions
        if one.date
    ]
    entries += [
        Entry(one, one.date, f"{one.name}: {one.stage.label.lower()}", "Pipeline", "On the way", summary=one.text)
        for one in on_the_way(reference.pipeline.prospects, reference.partnerships)
        if one.date
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.subject, entry.title)))


def of_partnership(partnership: Partnership) -> tuple[Entry, ...]:
    """The act that made a partnership and the events of its record, oldest first."""
    act = partnership.instrument.act
    title = f"The partnership is {act.kind.label.lower()}"
    made = Entry(act, act.date, title, EventKind.PARTNERSHIP.label, partnership.name, partnership)
    entries = [made, *of_events(partnership.events, partnership.name, partnership)]
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.title)))


def of_events(events: Iterable[Event], subject: str, partnership: Partnership | None = None) -> tuple[Entry, ...]:
    """Events as entries on a subject, or of a partnership whose sources they cite, oldest first."""
    entries = (Entry(one, one.date, one.title, one.kind.label, subject, partnership, one.summary) for one in events)
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.title)))


def acts_by_year(partnerships: Iterable[Partnership]) -> tuple[tuple[int, tuple[tuple[Partnership, float], ...]], ...]:
    """The partnerships by the years of their acts, none left out in between, each with the part of its year gone by.

    A date that is known to the year or the month counts from its earliest day.
    """
    acts = [(one, one.instrument.act.date) for one in partnerships]
    years = range(min(day.year for _, day in acts), max(day.year for _, day in acts) + 1) if acts else ()
    return tuple(
        (year, tuple((one, day.first_day.timetuple().tm_yday / 366) for one, day in acts if day.year == year))
        for year in years
    )


def by_year(entries: tuple[Entry, ...]) -> tuple[tuple[int, tuple[Entry, ...]], ...]:
    """Entries in order of date, grouped by the year in which they start."""
    return tuple((year, tuple(group)) for year, group in groupby(entries, key=lambda entry: entry.date.year))


def _of_target(target: Target) -> Iterator[Entry]:
    for status in target.status:
        if status.date:
            yield Entry(status, status.date, f"{target.title}: {status.text}", "Target", "Strategic Compass")
