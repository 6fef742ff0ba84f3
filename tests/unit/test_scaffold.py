"""A new record: complete, sound but for its blanks, and never in anybody's way."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from compass.__main__ import main
from compass.addresses import record_id
from compass.authoring.new_record import new_record
from compass.model.field_reference import fields_of
from compass.model.records import Partnership, Record
from compass.reading.problems import RecordsError
from compass.reading.reader import read
from support.records import SMALLEST


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Grand Fenwick", "grand-fenwick"),
        ("Côte d’Azurie", "cote-d-azurie"),
        ("Zürkien", "zurkien"),
        ("Vulgaria & Bohemia", "vulgaria-bohemia"),
        ("  Genovia ", "genovia"),
        ("日本", ""),
        ("../etc", "etc"),
    ],
)
def test_the_id_of_a_partner(name: str, expected: str) -> None:
    assert record_id(name) == expected


def test_check_lists_just_what_is_blank(write: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = write()
    assert main(["--data", str(folder), "new", "Grand Fenwick"]) == 0
    path = folder / "partnerships/grand-fenwick.yml"
    blank = [
        f"data/partnerships/grand-fenwick.yml:{number}"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.fullmatch(r" *(- )?[a-z_]+:( \[\])?", line) and line.split(":")[0] not in HEADINGS
    ]
    capsys.readouterr()
    assert main(["--data", str(folder), "check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [":".join(line.split(":")[:2]) for line in lines[:-1]] == blank
    reasons = ('" is empty; write it: ', ": no source is named; every fact names its sources")
    assert all(any(reason in line for reason in reasons) for line in lines[:-1])


# The fields that hold other fields, as they are written in a new record.
HEADINGS = {"instrument", "  title", "  form", "  act", "  legal_nature", "areas", "sources"}


def test_a_new_record_holds_every_field_in_order_with_its_meaning() -> None:
    lines = [line.strip(" #-") for line in new_record("Grand Fenwick").splitlines()]
    at = -1

    def ended(name: str) -> tuple[str, ...]:
        return f"{name}:", f"{name}: []", f"{name}: Grand Fenwick"

    def walk(model: type[Record]) -> None:
        nonlocal at
        for field in fields_of(model):
            before = at
            at = next(number for number in range(at + 1, len(lines)) if lines[number] in ended(field.name))
            comment = " ".join(lines[before + 1 : at])
            assert field.meaning.split(".")[0].strip(" #-") in comment, field.name
            if field.model:
                walk(field.model)

    walk(Partnership)


def test_the_blanks_filled_in_make_a_sound_record(write: Callable[..., Path]) -> None:
    record = new_record("Sylvania")
    for field, value in FILLED:
        assert re.search(rf"^( *)(- )?{field}:( \[\])?$", record, re.MULTILINE), field
        record = re.sub(rf"^( *)(- )?{field}:( \[\])?$", rf"\1\2{field}: {value}", record, count=1, flags=re.MULTILINE)
    record = re.sub(r"^( +)text:$", r"\1text: A fact.", record, flags=re.MULTILINE)
    record = re.sub(r"^( +)sources: \[\]$", r"\1sources: [dispatch]", record, flags=re.MULTILINE)
    reference, warnings = read(write({"partnerships/sylvania.yml": record}))
    assert [partnership.name for partnership in reference.partnerships] == ["Freedonia", "Sylvania"]
    # What may be left out is left out: so nobody is named or asked for.
    assert [warning.message for warning in warnings if not warning.message.startswith("nothing says who acted")] == []


FILLED = [
    ("official_name", "Kingdom of Sylvania"),
    ("iso", "SY"),
    ("region", "north"),
    ("evidence_as_of", "2026-01-01"),
    ("  date", "2026-01-01"),
    ("  kind", "signed"),
    ("read_in_full", "false"),
    ("area", "cyber"),
    ("state", "reported"),
    ("    summary", "Something."),
    ("summary", "Something."),
    ("id", "dispatch"),
    ("    title", "A dispatch"),
    ("publisher", "A ministry"),
    ("url", "https://example.org/sylvania"),
    ("language", "en"),
    ("    kind", "secondary"),
]


def test_every_field_that_may_be_left_out_can_be_uncommented(write: Callable[..., Path]) -> None:
    text = new_record("Sylvania")
    while optional := re.findall(r"^ *#(?! |$)", text, re.MULTILINE):
        text = re.sub(r"^( *)#(?! |$)", r"\1", text, flags=re.MULTILINE)
        assert len(re.findall(r"^ *#(?! |$)", text, re.MULTILINE)) < len(optional)
    folder = write({"partnerships/sylvania.yml": text})
    with pytest.raises(RecordsError) as caught:
        read(folder)
    found = [problem.spot.line for problem in caught.value.problems]
    may_be_empty = ("aliases", "open_questions")
    blank = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if re.fullmatch(r" *(- )?[a-z_]+:( \[\])?", line) and not line.startswith(may_be_empty)
    ]
    holds_others = [number for number in blank if _indentation(text, number + 1) > _indentation(text, number)]
    assert found == [number for number in blank if number not in holds_others]


def _indentation(text: str, number: int) -> int:
    line = next((line for line in text.splitlines()[number - 1 :] if not line.lstrip().startswith("#")), "")
    return len(line) - len(line.lstrip(" -"))


def test_nothing_is_overwritten(write: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    folder = write()
    assert main(["--data", str(folder), "new", "Freedonia"]) == 1
    assert "exists already and stays as it is" in capsys.readouterr().out
    assert (folder / "partnerships/freedonia.yml").read_text("utf-8") == SMALLEST["partnerships/freedonia.yml"]


@pytest.mark.parametrize("name", ["Vulgaria: a country", "yes", "#1", "’s-Hertogenbosch", '"quoted" \\ name', "a  b"])
def test_any_name_is_kept_as_it_is(write: Callable[..., Path], name: str) -> None:
    folder = write({"partnerships/other.yml": new_record(name)})
    with pytest.raises(RecordsError) as caught:
        read(folder)
    assert [problem for problem in caught.value.problems if '"name"' in problem.message] == []
