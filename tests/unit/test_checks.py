"""Each rule of the one list: what breaks it is told with its place, and what keeps it is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from compass.__main__ import main
from compass.authoring.new_record import new_record
from compass.reading.checks import CHECKS
from compass.reading.problems import RecordsError
from compass.reading.reader import read
from support.records import SMALLEST, of_another

RECORD = "partnerships/freedonia.yml"
EVENT = "events: [{{date: {date}, title: {title}, kind: {kind}, sources: [release]}}]\nsources:"
AGAIN = "this event repeats the act of the instrument; delete it, the timeline already shows the act"
NOBODY = (
    'nothing says who acted for each side; name them under "signatories", or ask "Who signed?" under "open_questions"'
)
QUESTION = "open_questions: [Who signed?]\n"


def problems(folder: Path) -> list[str]:
    """Every problem and warning of a folder, as it is shown."""
    try:
        return [str(problem) for problem in read(folder)[1]]
    except RecordsError as error:
        return [str(problem) for problem in error.problems]


def test_each_rule_is_a_sentence_of_its_own() -> None:
    rules = [check.rule for check in CHECKS]
    assert len(set(rules)) == len(rules)
    assert [rule for rule in rules if not rule.endswith(".") or len(rule.split()) > 20] == []


@pytest.mark.parametrize(
    ("url", "banned"),
    [
        ("https://mirror.example/x", True),
        ("https://WWW.Mirror.example/x", True),
        ("https://fr.news.mirror.example.", True),
        ("https://mirror.example:8443/x", True),
        ("https://no-mirror.example/x", False),
        ("https://example/mirror.example", False),
        ("https://mirror.example.org/x", False),
    ],
)
def test_a_source_on_a_banned_host_is_refused(edited: Callable[..., Path], url: str, banned: bool) -> None:
    place = f"data/{RECORD}:20:10"
    message = f"{place}: mirror.example is no source (It copies others); cite the original page"
    expected = [message] if banned else []
    found = problems(edited(RECORD, "https://example.org/release", url))
    assert [line for line in found if "is no source" in line] == expected


def test_a_shared_source_on_a_banned_host_is_refused_too(edited: Callable[..., Path]) -> None:
    (line,) = problems(edited("sources.yml", "https://example.org/all", "https://mirror.example/all"))
    assert line.startswith("data/sources.yml:5:8: mirror.example is no source")


@pytest.mark.parametrize("host", ["https://mirror.example", "Mirror.example", "mirror", "mirror.example/x"])
def test_a_banned_host_is_typed_as_its_name(write: Callable[..., Path], host: str) -> None:
    (line,) = problems(write({"banned_hosts.yml": f'- {{host: "{host}", reason: R.}}\n'}))
    assert "is no name of a host; write it in small letters, without https://" in line


@pytest.mark.parametrize(
    ("date", "title", "kind", "again"),
    [
        ("2024-05-28", "The partnership was signed", "partnership", True),
        ("2024-05-28", "Both sides announced their partnership", "partnership", True),
        ("2024-05-28", "A partnership of two towns was concluded", "context", False),
        ("2024-05-29", "The partnership was signed", "partnership", False),
        ("2024-05-28", "A forum was founded", "partnership", False),
    ],
)
def test_the_act_is_told_once(edited: Callable[..., Path], date: str, title: str, kind: str, again: bool) -> None:
    folder = edited(RECORD, "sources:\n  - id", f"{EVENT.format(date=date, title=title, kind=kind)}\n  - id")
    assert problems(folder) == [f"data/{RECORD}:15:36: {AGAIN}"] * again


@pytest.mark.parametrize(
    ("name", "old", "id", "place"),
    [
        ("areas.yml", "id: cyber", "sources", "2:10"),
        ("areas.yml", "id: cyber", "freedonia", ""),
        ("ties.yml", "id: safe", "legend", "1:8"),
        ("pillars.yml", "id: act", "targets", "5:9"),
        ("parliament.yml", "id: first", "places", "3:20"),
        ("pipeline.yml", "id: sylvania", "counts", "2:10"),
        ("sets.yml", "id: first", "all", "1:8"),
        ("changes.yml", "id: beginning", "source-1", "1:8"),
    ],
)
def test_an_id_of_a_part_of_a_page_is_refused(
    edited: Callable[..., Path], name: str, old: str, id: str, place: str
) -> None:
    found = problems(edited(name, f"{old}", f"id: {id}"))
    expected = f'data/{name}:{place}: id "{id}" is used by the pages themselves; choose another'
    if not place:
        expected = f'data/{RECORD}:1:1: id "freedonia" is that of an area; give the file another name'
    assert expected in found


@pytest.mark.parametrize("id", ["pipeline", "index", "tie-safe", "open-questions"])
def test_a_record_is_not_named_like_a_page(write: Callable[..., Path], id: str) -> None:
    record = of_another(SMALLEST[RECORD], "Sylvania", "SY")
    found = problems(write({f"partnerships/{id}.yml": record}))
    assert f'data/partnerships/{id}.yml:1:1: id "{id}" is used by the pages themselves; choose another' in found


def signatories(*sides: str) -> str:
    lines = (f"    - {{side: {side}, name: A. B., office: Minister, sources: [release]}}\n" for side in sides)
    return "  signatories:\n" + "".join(lines)


@pytest.mark.parametrize(
    ("instead", "silent"),
    [
        ("", True),
        ("open_questions: [Where is it?]\n", True),
        ("open_questions: [Which minister signed?]\n", False),
        ("conflicts: [{title: Who acted, resolution: Open., positions: [P, P]}]\n", False),
    ],
)
def test_who_acted_is_told_or_asked(edited: Callable[..., Path], instead: str, silent: bool) -> None:
    instead = instead.replace("P,", "{text: A., sources: [release]},").replace("P]", "{text: B., sources: [release]}]")
    folder = edited(RECORD, QUESTION, instead)
    assert problems(folder) == [f"data/{RECORD}:8:3: warning: {NOBODY}"] * silent


@pytest.mark.parametrize(("sides", "silent"), [(["eu", "partner"], False), (["eu"], True), (["eu", "eu"], True)])
def test_signatories_of_both_sides_tell_who_acted(write: Callable[..., Path], sides: list[str], silent: bool) -> None:
    record = SMALLEST[RECORD].replace(QUESTION, "")
    record = record.replace("  read_in_full", f"{signatories(*sides)}  read_in_full")
    assert [line for line in problems(write({RECORD: record})) if NOBODY in line] == [
        f"data/{RECORD}:8:3: warning: {NOBODY}"
    ] * silent


@pytest.fixture
def with_schemas(write: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> Path:
    """The smallest records with the schemas that belong to them."""
    folder = write()
    assert main(["--data", str(folder), "schema"]) == 0
    capsys.readouterr()
    return folder


def test_schemas_and_the_lines_that_name_them_are_written_by_one_command(with_schemas: Path) -> None:
    assert problems(with_schemas) == []
    first_lines = {path.name: path.read_text("utf-8").partition("\n")[0] for path in with_schemas.rglob("*.yml")}
    assert first_lines.pop("freedonia.yml") == "# yaml-language-server: $schema=../schema/partnership.json"
    assert first_lines == {
        name: f"# yaml-language-server: $schema=schema/{name.removesuffix('.yml')}.json"
        for name in SMALLEST
        if "/" not in name
    }
    for name, text in SMALLEST.items():
        assert (with_schemas / name).read_text("utf-8").partition("\n")[2] == text


def test_a_new_area_makes_the_schemas_stale(with_schemas: Path) -> None:
    areas = with_schemas / "areas.yml"
    areas.write_text(areas.read_text("utf-8") + "  - {id: sea, name: Sea, scope: Ships., pillar: act}\n", "utf-8")
    stale = "this schema is not that of today's records; run `make schema`"
    assert problems(with_schemas) == [f"data/schema/{name}.json:1:1: {stale}" for name in ("areas", "partnership")]
    assert main(["--data", str(with_schemas), "schema"]) == 0
    assert problems(with_schemas) == []


def test_a_schema_that_is_missing_is_told(with_schemas: Path) -> None:
    (with_schemas / "schema/ties.json").unlink()
    (line,) = problems(with_schemas)
    assert line.startswith("data/schema/ties.json:1:1: this schema is not that of today's records")


@pytest.mark.parametrize("first", ["# A comment\n", "\n", "# yaml-language-server: $schema=../schema/areas.json\n", ""])
def test_a_first_line_that_does_not_name_the_schema_is_a_warning_and_is_mended(with_schemas: Path, first: str) -> None:
    record = with_schemas / RECORD
    sound = record.read_text("utf-8")
    record.write_text(first + SMALLEST[RECORD], "utf-8")
    assert problems(with_schemas) == [
        f"data/{RECORD}:1:1: warning: the first line does not name the schema; `make schema` writes it"
    ]
    assert main(["--data", str(with_schemas), "schema"]) == 0
    assert problems(with_schemas) == []
    line, _, rest = sound.partition("\n")
    kept = first if "server" not in first else ""
    assert record.read_text("utf-8") == f"{line}\n{kept}{rest}"


def test_line_ends_and_a_byte_order_mark_are_kept(with_schemas: Path) -> None:
    record = with_schemas / RECORD
    record.write_bytes(b"\xef\xbb\xbf" + SMALLEST[RECORD].replace("\n", "\r\n").encode())
    assert main(["--data", str(with_schemas), "schema"]) == 0
    content = record.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf# yaml-language-server: $schema=../schema/partnership.json\r\nname:")
    assert content.count(b"\n") == content.count(b"\r\n")
    assert problems(with_schemas) == []


def test_without_a_folder_of_schemas_no_file_has_to_name_one(write: Callable[..., Path]) -> None:
    assert problems(write()) == []


def test_a_new_record_names_its_schema(with_schemas: Path) -> None:
    (with_schemas / "partnerships/sylvania.yml").write_text(new_record("Sylvania"), "utf-8")
    assert [line for line in problems(with_schemas) if "the first line" in line] == []


def test_rules_are_held_beside_other_mistakes(write: Callable[..., Path]) -> None:
    sources = SMALLEST["sources.yml"].replace("https://example.org/all", "https://mirror.example/all")
    found = problems(write({"sources.yml": sources, RECORD: SMALLEST[RECORD].replace("iso: FR", "iso: fr")}))
    assert [line.partition(": ")[0] for line in found] == [f"data/{RECORD}:3:6", "data/sources.yml:5:8"]


def test_what_is_only_told_does_not_stop_the_command(
    edited: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(edited(RECORD, QUESTION, "")), "check"]) == 0
    assert capsys.readouterr().out.endswith("\n0 problems, 1 warning in 1 partnership\n")
