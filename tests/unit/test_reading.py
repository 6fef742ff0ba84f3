"""Each rule on the smallest set of records: what is sound passes, what is not is told with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from compass.model.reference import Reference
from compass.reading import yaml_document
from compass.reading.problems import RecordsError, Severity
from compass.reading.reader import read
from support.examples import examples
from support.records import SMALLEST, of_another

RECORD = "partnerships/freedonia.yml"


def problems(folder: Path) -> list[str]:
    """The problems of a folder, as they are shown; the test fails when there is none."""
    with pytest.raises(RecordsError) as caught:
        read(folder)
    return [str(problem) for problem in caught.value.problems]


def test_sound_records_are_read(write: Callable[..., Path]) -> None:
    reference, warnings = read(write())
    assert warnings == []
    assert [partnership.id for partnership in reference.partnerships] == ["freedonia"]
    assert reference.partnerships[0].instrument.act.date.words == "28 May 2024"


MISTAKES = YAML(typ="safe", pure=True).load(Path(__file__).with_name("mistakes.yml").read_text("utf-8"))


@pytest.mark.parametrize("entry", MISTAKES, ids=[f"{entry['mistake'][:40]!a} in {entry['file']}" for entry in MISTAKES])
def test_a_mistake_is_told_with_place_finding_and_remedy(
    edited: Callable[[str, str, str], Path], entry: dict[str, Any]
) -> None:
    assert problems(edited(entry["file"], entry["typed"], entry["mistake"])) == entry["problems"]


def test_an_area_given_twice_is_a_problem(edited: Callable[[str, str, str], Path]) -> None:
    entry = "  - {area: cyber, state: official, summary: Working together., sources: [release]}\n"
    assert problems(edited(RECORD, entry, entry * 2)) == [
        'data/partnerships/freedonia.yml:15:12: area "cyber" stands twice in this list; keep one'
    ]


def test_all_problems_are_told_at_once_in_order(
    edited: Callable[[str, str, str], Path], write: Callable[..., Path]
) -> None:
    record = SMALLEST[RECORD].replace("iso: FR", "iso: fr").replace("area: cyber", "area: cybr")
    shown = problems(write({RECORD: record, "ties.yml": "- {id: safe, name: SAFE}\n"}))
    assert [line.split(" ")[0] for line in shown] == [
        "data/partnerships/freedonia.yml:3:6:",
        "data/partnerships/freedonia.yml:14:12:",
        "data/ties.yml:1:3:",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("ties.yml", "- {", "- {id: safe, name: SAFE again, scope: Twice.}\n- {"),
        ("regions.yml", "- {", "- {id: north, name: North again}\n- {"),
        ("parliament.yml", "places: [", "places: [{name: Freedonia, kind: country, statements: [named]}, "),
        ("parliament.yml", "statements: [named]", "statements: [named, named]"),
        (RECORD, "iso: FR", "iso: FR\naliases: [日本, 日本]"),
        ("changes.yml", "records: [freedonia]", "records: [freedonia, freedonia]"),
        ("changes.yml", "records: [freedonia]", "sources: [shared, shared]"),
        ("changes.yml", "- {", "- {id: beginning, date: 2026, what: Again., why: Once more.}\n- {"),
        ("areas.yml", "- {id: cyber", "- {id: cyber, name: Again, scope: Twice., pillar: act}\n  - {id: cyber"),
    ],
)
def test_what_a_table_tells_its_rows_by_stands_once(
    edited: Callable[[str, str, str], Path], name: str, old: str, new: str
) -> None:
    (problem,) = [line for line in problems(edited(name, old, new)) if "warning" not in line]
    assert "stands twice in this list; keep one" in problem


def test_without_areas_there_is_nothing_to_compare(write: Callable[..., Path]) -> None:
    assert any('"areas" holds 0; expected at least 1' in line for line in problems(write({"areas.yml": "areas: []\n"})))


def test_a_number_nobody_could_mean_is_refused(edited: Callable[[str, str, str], Path]) -> None:
    for number in ("1000001", "9" * 19):
        assert problems(edited("pipeline.yml", "number: 6", f"number: {number}")) == [
            f"data/pipeline.yml:3:37: number {number}; expected 1,000,000 or less"
        ]


def test_two_records_cannot_claim_one_name_or_code(write: Callable[..., Path]) -> None:
    shown = problems(write({"partnerships/sylvania.yml": of_another(SMALLEST[RECORD], "FREEDONIA", "FR")}))
    assert [line for line in shown if "warning" not in line] == [
        'data/partnerships/freedonia.yml:1:7: name "Freedonia" is also claimed by data/partnerships/sylvania.yml; '
        "one of them is wrong",
        'data/partnerships/freedonia.yml:3:6: iso "FR" is also claimed by data/partnerships/sylvania.yml; '
        "one of them is wrong",
        'data/partnerships/sylvania.yml:1:7: name "FREEDONIA" is also claimed by data/partnerships/freedonia.yml; '
        "one of them is wrong",
        'data/partnerships/sylvania.yml:3:6: iso "FR" is also claimed by data/partnerships/freedonia.yml; '
        "one of them is wrong",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "areas:\n",
            "areas:\n  - {area: cyber, state: sure}\n",
            '15:12: area "cyber" stands twice in this list; keep one',
        ),
        ("date: 2024-05-28, s", "date: 2024-05-28, end: 2023, x: 1, s", '10:46: end "2023" lies before the start'),
        ("iso: FR\n", "iso: SY\nx: 1\n", '3:6: iso "SY" is also claimed by data/partnerships/sylvania.yml'),
    ],
)
def test_a_rule_about_several_values_is_kept_beside_other_mistakes(
    write: Callable[..., Path], old: str, new: str, expected: str
) -> None:
    other = SMALLEST[RECORD].replace("name: Freedonia", "name: Sylvania").replace("iso: FR", "iso: SY")
    shown = problems(write({RECORD: SMALLEST[RECORD].replace(old, new), "partnerships/sylvania.yml": other}))
    assert any(line.startswith(f"data/{RECORD}:{expected}") for line in shown), shown
    assert len([line for line in shown if "warning" not in line]) > 1


def test_a_vocabulary_that_cannot_be_read_is_not_held_against_the_records(write: Callable[..., Path]) -> None:
    assert problems(write({"areas.yml": "areas:\n\t- {id: cyber}\n"})) == [
        "data/areas.yml:2:1: a tab; write blanks in its place, as many as line it up with the lines beside it; "
        "any other problems of this file show when this is mended"
    ]


def test_a_source_that_supports_nothing_is_a_warning(edited: Callable[[str, str, str], Path]) -> None:
    spare = (
        "sources:\n  - {id: spare, title: T, publisher: P, url: https://example.org/s, language: en, kind: secondary}\n"
    )
    _, warnings = read(edited(RECORD, "sources:\n  - id", f"{spare}  - id"))
    assert [(warning.severity, warning.message) for warning in warnings] == [
        (Severity.WARNING, 'source "spare" supports no fact; cite it or delete it')
    ]


def test_a_shared_source_that_supports_nothing_is_a_warning(write: Callable[..., Path]) -> None:
    spare = "- {id: spare, title: T, publisher: P, url: https://example.org/s, language: en, kind: secondary}\n"
    _, warnings = read(write({"sources.yml": SMALLEST["sources.yml"] + spare}))
    assert [str(warning) for warning in warnings] == [
        'data/sources.yml:8:8: warning: source "spare" supports no fact; cite it or delete it'
    ]


def test_a_file_with_very_many_problems_shows_the_first_and_counts_the_rest(write: Callable[..., Path]) -> None:
    unknown = "".join(f"unknown{number}: 1\n" for number in range(1000))
    shown = problems(write({RECORD: SMALLEST[RECORD] + unknown}))
    assert len(shown) == 201
    assert shown[-1].endswith(": 800 more problems from here on; mend those above first")


@pytest.mark.parametrize(
    "typed", ["x" * 100_000, "\\e[31mred\\e[0m", "a\\nb\\u2028c"], ids=["long", "terminal codes", "line breaks"]
)
def test_what_was_typed_is_quoted_in_one_short_plain_line(edited: Callable[[str, str, str], Path], typed: str) -> None:
    for old, new in (
        ("iso: FR", f'iso: "{typed}"'),
        ("iso: FR", f'iso: FR\n"{typed}": x\n"{typed}": x'),
        ("date: 2024-05-28, s", f'date: "{typed}", s'),
        ("[release, s", f'["{typed}", s'),
    ):
        shown = problems(edited(RECORD, old, new))
        assert [line for line in shown if len(line) > 400 or not line.isprintable()] == []


def test_the_same_page_in_two_records_is_a_warning(write: Callable[..., Path]) -> None:
    other = of_another(SMALLEST[RECORD], "Sylvania", "SY").replace(
        "https://example.org/sy-release", "https://example.org/release"
    )
    _, warnings = read(write({"partnerships/sylvania.yml": other}))
    assert [str(warning) for warning in warnings] == [
        'data/partnerships/sylvania.yml:20:10: warning: this page is also source "release" of '
        "data/partnerships/freedonia.yml; define it once, in data/sources.yml"
    ]


def test_an_id_stands_for_one_source_in_all_records(write: Callable[..., Path]) -> None:
    other = of_another(SMALLEST[RECORD], "Sylvania", "SY").replace("sy-release", "release")
    remedy = "give each page an id of its own; one page that both use belongs in data/sources.yml"
    assert [line for line in problems(write({"partnerships/sylvania.yml": other})) if "warning" not in line] == [
        f'data/{RECORD}:16:9: source id "release" is also claimed by data/partnerships/sylvania.yml; {remedy}',
        f'data/partnerships/sylvania.yml:16:9: source id "release" is also claimed by data/{RECORD}; {remedy}',
    ]


def test_a_page_that_is_shared_already_is_a_warning_with_its_id(edited: Callable[[str, str, str], Path]) -> None:
    _, warnings = read(edited(RECORD, "https://example.org/release", "https://example.org/all"))
    assert [warning.message for warning in warnings] == [
        'this page is also source "shared" of data/sources.yml; cite that and delete this'
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "1:1: the file is empty"),
        (b"# only a comment\n", "1:1: the file is empty"),
        (b"- a\n- b\n", '1:1: "record" is a list; expected fields'),
        (b"name: Fr\xe9\n", "1:9: byte 0xe9 is not UTF-8"),
        (b'""', "1:1: the file holds no fields"),
        (b"\xef\xbb\xbfname: Fr\xe9\n", "1:9: byte 0xe9 is not UTF-8"),
        ("name: üü".encode() + b"\xe9\n", "1:9: byte 0xe9 is not UTF-8"),
        (b"a" * 1_000_001, "1:1: more than 1,000,000 bytes; a file of records is smaller, split it"),
        (b"- {}\n" * 30_000, "20000:3: more than 20,000 values; a file of records holds far fewer, split it"),
        (b"? " * 50_000, "1:61: nested more than 30 levels deep"),
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
    reference, warnings = read(write({RECORD: change(SMALLEST[RECORD])}))
    assert reference.partnerships[0].name == "Freedonia"
    assert warnings == []


def test_a_missing_file_is_told(write: Callable[..., Path]) -> None:
    assert "data/languages.yml:1:1: this file is missing; restore it" in problems(write({"languages.yml": None}))


# The line breaks of YAML 1.1, by which problems are located.
LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
WORDS = [
    "",
    "x",
    "2024-13",
    "NO",
    "[",
    "{",
    "- ",
    "&a",
    "*a",
    "!b",
    "'",
    '"',
    "\t",
    "#",
    "|",
    ">",
    "\x00",
    "\u2028",
    "ü" * 99,
]
# Only one file changes between two examples.
parse = lru_cache(maxsize=100)(yaml_document.parse)


@st.composite
def typed_over(draw: st.DrawFn) -> tuple[str, str]:
    """The name of a file and its text after some passages of lines are typed over, and some lines typed twice."""
    name = draw(st.sampled_from(sorted(SMALLEST)))
    lines = SMALLEST[name].splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        start, stop = sorted((draw(st.integers(0, len(line))), draw(st.integers(0, len(line)))))
        lines[at] = line[:start] + draw(st.sampled_from(WORDS) | st.text(max_size=30)) + line[stop:]
        if draw(st.booleans()):
            lines.insert(draw(st.integers(0, len(lines))), draw(st.sampled_from(lines)))
    return name, "".join(lines)


@pytest.fixture
def folder(write: Callable[..., Path]) -> Path:
    """The folder of the smallest records, written once for all examples."""
    return write()


# Of faults put into the reader by hand, the rarest showed after some 600 examples, the others after 50 to 200.
@examples(few=1000, many=3000)
@given(typed_over())
def test_whatever_is_typed_into_a_file_is_read_or_told_with_its_place(folder: Path, typed: tuple[str, str]) -> None:
    name, text = typed
    (folder / name).write_text(text, "utf-8", errors="surrogatepass", newline="")
    try:
        reference, _ = read(folder, parse=parse)
    except RecordsError as error:
        for problem in error.problems:
            file = folder.parent / problem.file
            assert file.exists()
            assert 1 <= problem.spot.line <= len(LINE_BREAK.split(file.read_text("utf-8", "replace")))
            assert problem.message
            assert str(problem).isprintable()
    else:
        assert isinstance(reference, Reference)
    finally:
        (folder / name).write_text(SMALLEST[name], "utf-8")
