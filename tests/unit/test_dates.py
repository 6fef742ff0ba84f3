from datetime import date

import pytest

from compass.model.dates import EpochError, PartialDate, span_in_words, today


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2024", "2024"), ("2024-05", "May 2024"), ("2024-05-08", "8 May 2024"), ("2024-12", "December 2024")],
)
def test_a_date_is_shown_no_more_precise_than_it_is(iso: str, words: str) -> None:
    assert PartialDate(iso).words == words
    assert PartialDate(iso).iso == iso


@pytest.mark.parametrize(
    "wrong", ["", "24", "2024-5", "2024-13", "2024-02-30", "2023-02-29", "0000", "2024-05-28T10:00", "May 2024"]
)
def test_a_malformed_or_impossible_date_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"expected a date|no such day"):
        PartialDate(wrong)


def test_dates_are_ordered_by_their_earliest_day_and_the_vaguer_comes_first() -> None:
    ordered = ["2023-12-31", "2024", "2024-01", "2024-01-01", "2024-05-28", "2024-06"]
    assert sorted(map(PartialDate, reversed(ordered))) == list(map(PartialDate, ordered))


def test_dates_of_different_precision_are_not_equal() -> None:
    assert PartialDate("2024") != PartialDate("2024-01-01")
    assert len({PartialDate("2024"), PartialDate("2024"), PartialDate("2024-01")}) == 2


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-03-20", None, "20 March 2023"),
        ("2023-03-20", "2023-03-20", "20 March 2023"),
        ("2023-03-20", "2023-03-21", "20 to 21 March 2023"),
        ("2025-03-31", "2025-04-02", "31 March to 2 April 2025"),
        ("2024-12-31", "2025-01-01", "31 December 2024 to 1 January 2025"),
        ("2009", "2010", "2009 to 2010"),
        ("2020-10", "2020-11-02", "October 2020 to 2 November 2020"),
        ("2024-05-20", "2025-05-20", "20 May 2024 to 20 May 2025"),
    ],
)
def test_a_span_says_what_both_ends_share_once(start: str, end: str | None, words: str) -> None:
    assert span_in_words(PartialDate(start), PartialDate(end) if end else None) == words


def test_the_day_is_that_of_utc_and_an_input(monkeypatch: pytest.MonkeyPatch) -> None:
    # The last second of a day.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772409599")
    assert today() == date(2026, 3, 1)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772409600")
    assert today() == date(2026, 3, 2)


@pytest.mark.parametrize("epoch", ["", "2026-03-01", "9" * 30, "nan"])
def test_what_is_no_time_is_refused(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(EpochError, match="set it to seconds since 1970"):
        today()
