"""Records → everything dated, in order of date: for /timeline/, and for the timeline of each subject's own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from compass.model.dates import PartialDate, span_in_words
from compass.model.records import ActOfMaking, Event, Partnership
from compass.model.reference import Pillar, Prospect, Reference, Tie
from compass.model.vocabulary import DerivedKind, EventKind


class SourcedRecord(Protocol):
    """Any record with sources: an event, an act, a tie, a resolution, a status, a prospect."""

    @property
    def caveat(self) -> str | None:
        """What limits the statement."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources that support it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that has a date, told as something that happened.

    Its sources stand on `page` (an address below the site's root) at `anchor`.
    """

    record: SourcedRecord
    date: PartialDate
    title: str
    kind: str
    subject: str
    page: str
    anchor: str
    partnership: Partnership | None = None
    summary: str | None = None

    @property
    def when(self) -> str:
        """The date or span in words."""
        return span_in_words(self.date, getattr(self.record, "end", None))

    @property
    def date_note(self) -> str | None:
        """What the date leaves open."""
        return getattr(self.record, "date_note", None)

    @property
    def lane(self) -> str:
        """The subject as an id: that of the partnership, or one made of the subject's name."""
        return self.partnership.id if self.partnership else _slug(self.subject)

    @property
    def kind_id(self) -> str:
        """The kind as an id."""
        return _slug(self.kind)

    @property
    def is_act(self) -> bool:
        """Whether it is the act that made a partnership."""
        return isinstance(self.record, ActOfMaking)


def chronology(reference: Reference, prospects: Iterable[Prospect]) -> tuple[Entry, ...]:
    """Every dated entry of the reference and of the countries on the way to a partnership, oldest first."""
    compass, parliament = reference.pillars, reference.parliament
    entries = [entry for one in reference.partnerships for entry in of_partnership(one)]
    entries += [entry for one in reference.partnerships for entry in of_ties(one, reference.ties)]
    entries += of_events(compass.compass.progress, "Strategic Compass", "compass/")
    entries += [entry for pillar in compass.pillars for entry in _of_targets(pillar)]
    entries += of_events(parliament.events, "European Parliament", "parliament/")
    entries += [
        Entry(
            one,
            one.date,
            f"Parliament’s resolution: {one.subject}",
            DerivedKind.PARLIAMENT.label,
            "European Parliament",
            "parliament/",
            one.id,
        )
        for one in parliament.resolutions
        if one.date
    ]
    entries += [
        Entry(
            one,
            one.date,
            f"{one.name}: {one.stage.label.lower()}",
            DerivedKind.PIPELINE.label,
            "On the way",
            "partnerships/pipeline/",
            one.id,
            summary=one.text,
        )
        for one in prospects
        if one.date
    ]
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.subject, entry.title)))


def of_partnership(partnership: Partnership) -> tuple[Entry, ...]:
    """The act that made a partnership and the events of its record, oldest first."""
    act, page = partnership.instrument.act, f"partnerships/{partnership.id}/"
    title = f"The partnership is {act.kind.label.lower()}"
    made = Entry(act, act.date, title, EventKind.PARTNERSHIP.label, partnership.name, page, "", partnership)
    return _anchored([made, *of_events(partnership.events, partnership.name, page, partnership)])


def of_ties(partnership: Partnership, ties: Iterable[Tie]) -> tuple[Entry, ...]:
    """The ties of a partner of which a source tells since when they stand where they stand, oldest first.

    For the timeline of all: on the partnership's own page a section tells of each, and most often an event does too.
    """
    names = {tie.id: tie.name for tie in ties}
    page = f"partnerships/{partnership.id}/"
    entries = (
        Entry(
            one,
            one.since,
            f"{names[one.tie]}: {one.status.label.lower()}",
            DerivedKind.TIE.label,
            partnership.name,
            page,
            f"tie-{one.tie}",
            partnership,
        )
        for one in partnership.ties
        if one.since
    )
    return tuple(sorted(entries, key=lambda entry: (entry.date, entry.title)))


def of_events(
    events: Iterable[Event], subject: str, page: str, partnership: Partnership | None = None
) -> tuple[Entry, ...]:
    """Events as entries on a subject, or of a partnership whose sources they cite, oldest first.

    `page` is where they are told.
    """
    return _anchored(
        Entry(one, one.date, one.title, one.kind.label, subject, page, "", partnership, one.summary) for one in events
    )


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


def _anchored(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in order of date, each with it as its anchor: `on-2024-05-28`, and `on-2024-05-28-2` for a second."""
    ordered = sorted(entries, key=lambda entry: (entry.date, entry.title))
    seen: Counter[str] = Counter()
    anchored: dict[str, Entry] = {}
    for entry in ordered:
        seen[entry.date.iso] += 1
        number = f"-{seen[entry.date.iso]}" if seen[entry.date.iso] > 1 else ""
        anchor = f"on-{entry.date.iso}{number}"
        # The tenth of a year's entries is named like the first of its October: that is the second of this name.
        while anchor in anchored:
            anchor += "-2"
        anchored[anchor] = replace(entry, anchor=anchor)
    return tuple(anchored.values())


def _of_targets(pillar: Pillar) -> Iterator[Entry]:
    for number, target in enumerate(pillar.targets, 1):
        for status in target.status:
            if status.date:
                title = f"{target.title}: {status.text}"
                page, anchor = f"compass/{pillar.id}/", f"target-{number}"
                yield Entry(status, status.date, title, DerivedKind.TARGET.label, "Strategic Compass", page, anchor)


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")
