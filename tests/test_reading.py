"""Each rule on a tiny set of records: what is sound passes, what is not is told with its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compass.problems import RecordsError, Severity
from compass.reading import read
from conftest import TINY

RECORD = "partnerships/freedonia.yml"


def problems(folder: Path) -> list[str]:
    """The problems of a folder, as they are shown; the test fails when there is none."""
    with pytest.raises(RecordsError) as caught:
        read(folder)
    return [str(problem) for problem in caught.value.problems]


def test_sound_records_are_read(write: Callable[..., Path]) -> None:
    reference, warnings = read(write())
    assert warnings == []
    assert [one.id for one in reference.partnerships] == ["freedonia"]
    assert reference.partnerships[0].instrument.act.date.words == "28 May 2024"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (RECORD, "area: cyber", "area: cybr", '14:12: unknown area "cybr"; did you mean "cyber"?'),
        (RECORD, "region: north", "region: south", '4:9: unknown region "south"; did you mean "north"?'),
        (RECORD, "[release, shared]", "[release, shard]", '11:62: unknown source "shard"; did you mean "shared"?'),
        (RECORD, 'language: "no"', "language: xx", '21:15: unknown language "xx"'),
        (RECORD, "kind: signed", "kind: sined", '10:15: kind "sined" is not known; did you mean "signed"?'),
        (RECORD, "state: official", "state: sure", '14:26: state "sure" is not known; expected one of instrument,'),
        (RECORD, "iso: FR", "iso: fr", '3:6: iso "fr"; expected two capital letters'),
        (RECORD, "summary: A p", "sumary: A p", '5:1: unknown field "sumary"; did you mean "summary"?'),
        (RECORD, "summary: A p", "sumary: A p", '1:1: "summary" is missing; add it'),
        (
            RECORD,
            "A paper., sources: [release]",
            "A paper.",
            '9:9: "sources" is missing; add it, every fact names its sources',
        ),
        (
            RECORD,
            "A paper., sources: [release]",
            "A paper., sources: []",
            '9:35: "sources" holds 0; expected at least 1',
        ),
        (
            RECORD,
            "A paper., sources: [release]",
            "A paper., sources: release",
            '9:35: "sources" is a text; expected a list',
        ),
        (RECORD, "A paper.", '""', "9:16: empty text"),
        (RECORD, "A paper.", "[a]", '9:16: "text" is a list; expected a text'),
        (
            RECORD,
            "title: {text: A partnership., sources: [release]}",
            "title: A partnership",
            '8:10: "title" is a text; expected fields',
        ),
        (RECORD, "date: 2024-05-28, s", "date: 2024-02-30, s", '10:29: "2024-02-30": there is no such day'),
        (
            RECORD,
            "date: 2024-05-28, s",
            "date: 2024-05-28, end: 2023, s",
            '10:46: end "2023" lies before the start "2024-05-28"',
        ),
        (RECORD, "read_in_full: false", "read_in_full: no", '12:17: "no" is neither true nor false'),
        (RECORD, "https://example.org/release", "http://192.0.2.1/", '20:10: "http://192.0.2.1/" is a bare IP address'),
        (RECORD, "id: release", "id: shared", '16:9: source "shared" is shared, in data/sources.yml; delete it here'),
        (
            RECORD,
            "name: Freedonia",
            "id: freedonia\nname: Freedonia",
            "1:1: the file's name is the id; delete this line",
        ),
        (RECORD, "name: Freedonia", "name: Freedonia\nname: F", '2:1: "name" stands here a second time'),
        ("areas.yml", "id: space", "id: cyber", '3:10: area id "cyber" stands twice'),
        (
            "areas.yml",
            "name: Space, scope: Satellites., pillar: act",
            "name: Space, scope: Satellites., pillar: axt",
            '3:58: unknown pillar "axt"; did you mean "act"?',
        ),
        ("parliament.yml", "statements: [named]", "statements: [nemed]", '2:65: unknown statement "nemed"'),
        ("sets.yml", "[freedonia]", "[fredonia]", '1:61: unknown partnership "fredonia"; did you mean "freedonia"?'),
        (
            "pipeline.yml",
            "negotiating",
            "talking",
            '2:52: stage "talking" is not known; expected one of made, negotiating',
        ),
        ("changes.yml", "[freedonia]", "[fredonia]", 'unknown partnership "fredonia"; did you mean "freedonia"?'),
        ("pillars.yml", "order: 1", "order: one", '6:12: order "one"; expected a whole number'),
    ],
)
def test_a_mistake_is_told_with_place_finding_and_remedy(
    edited: Callable[[str, str, str], Path], name: str, old: str, new: str, expected: str
) -> None:
    shown = problems(edited(name, old, new))
    assert any(line.startswith(f"data/{name}:") and expected in line for line in shown), shown


def test_an_area_given_twice_is_a_problem(edited: Callable[[str, str, str], Path]) -> None:
    entry = "  - {area: cyber, state: official, summary: Working together., sources: [release]}\n"
    assert problems(edited(RECORD, entry, entry * 2)) == [
        'data/partnerships/freedonia.yml:15:12: area "cyber" stands twice in this list; keep one'
    ]


def test_all_problems_are_told_at_once_in_order(
    edited: Callable[[str, str, str], Path], write: Callable[..., Path]
) -> None:
    record = TINY[RECORD].replace("iso: FR", "iso: fr").replace("area: cyber", "area: cybr")
    shown = problems(write({RECORD: record, "ties.yml": "- {id: safe, name: SAFE}\n"}))
    assert [line.split(" ")[0] for line in shown] == [
        "data/partnerships/freedonia.yml:3:6:",
        "data/partnerships/freedonia.yml:14:12:",
        "data/ties.yml:1:3:",
    ]


def test_two_records_cannot_claim_one_name_or_code(write: Callable[..., Path]) -> None:
    shown = problems(write({"partnerships/sylvania.yml": TINY[RECORD]}))
    assert [line.split(": ", 1)[1] for line in shown if "warning" not in line] == [
        'name "Freedonia" is also claimed by data/partnerships/freedonia.yml; one of them is wrong',
        'iso "FR" is also claimed by data/partnerships/freedonia.yml; one of them is wrong',
    ]


def test_a_source_that_supports_nothing_is_a_warning(edited: Callable[[str, str, str], Path]) -> None:
    spare = (
        "sources:\n  - {id: spare, title: T, publisher: P, url: https://example.org/s, language: en, kind: secondary}\n"
    )
    _, warnings = read(edited(RECORD, "sources:\n  - id", f"{spare}  - id"))
    assert [(warning.severity, warning.message) for warning in warnings] == [
        (Severity.WARNING, 'source "spare" supports no fact; cite it or delete it')
    ]


def test_the_same_page_in_two_records_is_a_warning(write: Callable[..., Path]) -> None:
    other = TINY[RECORD].replace("name: Freedonia", "name: Sylvania").replace("iso: FR", "iso: SY")
    _, warnings = read(write({"partnerships/sylvania.yml": other}))
    assert [str(warning) for warning in warnings] == [
        "data/partnerships/sylvania.yml:20:10: warning: this page is also a source of "
        "data/partnerships/freedonia.yml; define it once, in data/sources.yml"
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "1:1: the file is empty"),
        (b"# only a comment\n", "1:1: the file is empty"),
        (b"- a\n- b\n", '1:1: "record" is a list; expected fields'),
        (b"name: Fr\xe9\n", "1:9: byte 0xe9 is not UTF-8"),
        (b"a" * 1_000_001, "1:1: 1,000,001 bytes; a file of records is at most 1,000,000"),
    ],
)
def test_a_file_that_is_no_record_is_told(write: Callable[..., Path], content: bytes, expected: str) -> None:
    folder = write()
    (folder / RECORD).write_bytes(content)
    assert any(line.startswith(f"data/{RECORD}:{expected}") for line in problems(folder)), problems(folder)


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_a_byte_order_mark_and_windows_line_ends_are_accepted(
    write: Callable[..., Path], change: Callable[[str], str]
) -> None:
    reference, warnings = read(write({RECORD: change(TINY[RECORD])}))
    assert reference.partnerships[0].name == "Freedonia"
    assert warnings == []


@pytest.mark.parametrize("name", ["Freedonia2.yml", "sylvania.yaml", "north_macedonia.yml", "notes.txt"])
def test_a_file_that_is_not_named_as_a_record_is_told(write: Callable[..., Path], name: str) -> None:
    folder = write({f"partnerships/{name}": TINY[RECORD]})
    assert problems(folder) == [
        f"data/partnerships/{name}:1:1: not a record; a record is a file in this folder named in lower case, "
        "as in north-macedonia.yml"
    ]


def test_a_missing_file_is_told(write: Callable[..., Path]) -> None:
    assert "data/languages.yml:1:1: this file is missing; restore it" in problems(write({"languages.yml": None}))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(name=st.sampled_from(sorted(TINY)), text=st.text(max_size=50), at=st.floats(0, 1), cut=st.integers(0, 30))
def test_whatever_is_typed_into_a_file_is_read_or_told(
    write: Callable[..., Path], name: str, text: str, at: float, cut: int
) -> None:
    whole = TINY[name]
    start = int(at * len(whole))
    folder = write()
    (folder / name).write_text(whole[:start] + text + whole[start + cut :], "utf-8", errors="surrogatepass")
    try:
        read(folder)
    except RecordsError as error:
        assert error.problems  # noqa: PT017 - any other exception fails the test
