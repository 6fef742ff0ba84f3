"""Dates that are no more precise than their source: a year, a month or a day.

People are shown the `words` of a date, machines its `iso`.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from functools import total_ordering

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@total_ordering
class PartialDate:
    """A calendar date known to the year, the month or the day; ordered by its earliest possible day."""

    __slots__ = ("_parts", "first_day", "iso")

    def __init__(self, iso: str) -> None:
        """Take `2024`, `2024-05` or `2024-05-28`; raise ValueError for any other form and for impossible dates."""
        match = _FORM.fullmatch(iso)
        if not match:
            raise ValueError("expected a date as 2024, 2024-05 or 2024-05-28")
        self.iso = iso
        self._parts = tuple(int(part) for part in match.groups() if part)
        year, month, day = (*self._parts, 1, 1)[:3]
        try:
            # The earliest day that the date can mean.
            self.first_day = date(year, month, day)
        except ValueError:
            raise ValueError("there is no such day in the calendar") from None

    @property
    def year(self) -> int:
        """The year, whatever else is known."""
        return self._parts[0]

    @property
    def words(self) -> str:
        """The date for readers: `2024`, `May 2024`, `28 May 2024`."""
        month = [MONTHS[self._parts[1] - 1]] if len(self._parts) > 1 else []
        day = [str(self._parts[2])] if len(self._parts) > 2 else []
        return " ".join([*day, *month, str(self.year)])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.iso == other.iso

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first_day, len(self._parts)) < (other.first_day, len(other._parts))

    def __hash__(self) -> int:
        return hash(self.iso)

    def __repr__(self) -> str:
        return f"PartialDate({self.iso!r})"


def span_in_words(start: PartialDate, end: PartialDate | None) -> str:
    """A date or a span of dates for readers: `28 May 2024`, `20 to 21 March 2023`, `2009 to 2010`."""
    if end is None or end == start:
        return start.words
    first, last = start.words.split(), end.words.split()
    if len(first) == len(last):
        while len(first) > 1 and first[-1] == last[len(first) - 1]:
            first.pop()
    return f"{' '.join(first)} to {' '.join(last)}"


class EpochError(ValueError):
    """What SOURCE_DATE_EPOCH holds is no time."""


def today() -> date:
    """The day on which a command runs, in UTC, or the one that SOURCE_DATE_EPOCH (seconds since 1970) names.

    EpochError when it names none.
    """
    # Time is an input: with it the same input gives the same bytes.
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise EpochError(f'SOURCE_DATE_EPOCH is "{epoch}"; set it to seconds since 1970, or leave it out') from None
