"""Records → everything dated, in order of date: for /timeline/ and the line of signatures on the home page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from compass.dates import PartialDate, span_in_words
from compass.records import Event, Partnership
from compass.reference import Reference, Target
from compass.vocabulary import EventKind


@dataclass(frozen=True)
class Entry:
    """Something that happened on a date, with the sources that say so and the record whose source ids they are."""

    date: PartialDate
    end: PartialDate | None
    date_note: str | None
    title: str
    kind: str
    summary: str | None
    caveat: str | None
    sources: tuple[str, ...]
    partnership: Partnership | None
    subject: str

    @property
    def when(self) -> str:
        """The date or span in words."""
        return span_in_words(self.date, self.end)


def chronology(reference: Reference) -> tuple[Entry, ...]:
    """Every dated entry of the reference, oldest first."""
    compass, parliament = reference.pillars, reference.parliament
    entries = [entry for one in reference.partnerships for entry in of_partnership(one)]
    entries += of_events(compass.compass.progress, "Strategic Compass")
    entries += [entry for pillar in compass.pillars for target in pillar.targets for entry in _of_target(target)]
    entries += of_events(parliament.events, "European Parliament")
    entries += [
        Entry(
            resolution.date,
            None,
            resolution.date_note,
            f"Parliament’s resolution: {resolution.subject}",
            "Parliament",
            None,
            resolution.caveat,
            resolution.sources,
            None,
            "European Parliament",
        )
        for resolution in parliament.resolutions
        if resolution.date
    ]
    entries += [
        Entry(
            one.date,
            None,
            one.date_note,
            f"{one.name}: {one.stage.label.lower()}",
            "Pipeline",
            one.text,
            one.caveat,
            one.sources,
            None,
            "On the way",
        )
        for one in reference.pipeline.prospects
        if one.date
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.subject, entry.title)))


def of_partnership(partnership: Partnership) -> tuple[Entry, ...]:
    """The act that made a partnership and the events of its record, oldest first."""
    act = partnership.instrument.act
    made = Entry(
        act.date,
        act.end,
        act.date_note,
        f"The partnership is {act.kind.label.lower()}",
        EventKind.PARTNERSHIP.label,
        None,
        act.caveat,
        act.sources,
        partnership,
        partnership.name,
    )
    entries = [made, *of_events(partnership.events, partnership.name, partnership)]
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.title)))


def of_events(events: Iterable[Event], subject: str, partnership: Partnership | None = None) -> tuple[Entry, ...]:
    """Events as entries on a subject, or of a partnership whose sources they cite, oldest first."""
    entries = (_from_event(event, partnership, subject) for event in events)
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.title)))


def by_year(entries: tuple[Entry, ...]) -> tuple[tuple[int, tuple[Entry, ...]], ...]:
    """Entries in order of date, grouped by the year in which they start."""
    return tuple((year, tuple(group)) for year, group in groupby(entries, key=lambda entry: entry.date.year))


def _from_event(event: Event, partnership: Partnership | None, subject: str) -> Entry:
    return Entry(
        event.date,
        event.end,
        event.date_note,
        event.title,
        event.kind.label,
        event.summary,
        event.caveat,
        event.sources,
        partnership,
        subject,
    )


def _of_target(target: Target) -> Iterator[Entry]:
    for status in target.status:
        if status.date:
            yield Entry(
                status.date,
                None,
                status.date_note,
                f"{target.title}: {status.text}",
                "Target",
                None,
                status.caveat,
                status.sources,
                None,
                "Strategic Compass",
            )
