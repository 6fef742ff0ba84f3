"""What is drafted of changes between two states of the records, and how the earlier one is had from git."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from compass.__main__ import main
from compass.authoring.change_drafts import drafts
from compass.authoring.record_diff import differences
from compass.model.records import Record
from compass.model.reference import Reference
from compass.open_data.tables.all_tables import TABLES
from compass.reading import yaml_document
from compass.reading.problems import RecordsError
from compass.reading.reader import read
from support.examples import examples
from support.project import change
from support.records import FULL, SMALLEST, of_another

RECORD = "partnerships/freedonia.yml"
DAY = date(2026, 3, 1)
MORE = """\
dialogues:
  - {name: Yearly talks, level: Ministers, sources: [release]}
  - {name: Staff talks, sources: [release]}
ties:
  - {tie: safe, status: negotiating, since: 2025-06, summary: They talk., sources: [release]}
events:
  - {date: 2024-01-10, title: A first visit, kind: dialogue, sources: [release]}
  - {date: 2025-01-10, title: A second visit, kind: dialogue, sources: [release]}
open_questions: [Who pays?]
sources:
"""
FULLER = SMALLEST[RECORD].replace("open_questions: [Who signed?]\n", "").replace("sources:\n", MORE)
CYBER = "  - {area: cyber, state: official, summary: Working together., sources: [release]}\n"


@pytest.fixture
def state(write: Callable[..., Path]) -> Callable[..., Reference]:
    """Reads the smallest records with a fuller partnership, after passages are replaced and records added."""

    def state(*changes: tuple[str, str, str], **files: str | None) -> Reference:
        texts: dict[str, str | None] = {**SMALLEST, RECORD: FULLER}
        for name, old, new in changes:
            text = texts[name] or ""
            assert text.count(old) == 1, f"{old!r} must stand once in {name}"
            texts[name] = text.replace(old, new)
        return read(write({**texts, **{f"partnerships/{stem}.yml": text for stem, text in files.items()}}))[0]

    return state


def words(before: Reference, after: Reference) -> str:
    return "\n".join(draft.text for draft in drafts(before, after, DAY))


def freedonia(cells: list[str], what: str, *more: str) -> str:
    """A draft on the smallest partnership, as it must stand."""
    head = ["- id: 2026-03-01-freedonia", "  date: 2026-03-01"]
    says = json.dumps(f"Partnership with Freedonia. {what}", ensure_ascii=False)
    last = ["  why:", "  records: [freedonia]", *(f"  {line}" for line in more)]
    return "\n".join([*(f"# {cell}" for cell in cells), *head, f"  what: {says}", *last]) + "\n"


LONG = "It is agreed that the two sides work together on very many things of every kind and first of all on "
# What is replaced, and the cells and words that tell it.
CELLS = {
    "state": (
        [(RECORD, "state: official", "state: reported")],
        ["coverage, Cyber, state: official → reported"],
        "Cyber: “Reported”, before “Named officially”.",
    ),
    "summary of an area": (
        [(RECORD, "Working together.", f"{LONG}networks.")],
        [f"coverage, Cyber, summary: Working together. → {LONG[:60]}…"],
        "Cyber: summary changed.",
    ),
    "caveat added": (
        [(RECORD, "together., sources", "together., caveat: So it is said., sources")],
        ["coverage, Cyber, caveat: (nothing) → So it is said."],
        "Cyber: caveat added.",
    ),
    "area added": (
        [(RECORD, CYBER, f"{CYBER}  - {{area: space, state: reported, summary: Too., sources: [release]}}\n")],
        [
            "coverage, Space, state: not-found → reported",
            "coverage, Space, summary: (nothing) → Too.",
            "coverage, Space, sources: (nothing) → release",
        ],
        "Space: “Reported”, before “Not found”.",
    ),
    "area removed": (
        [(RECORD, f"areas:\n{CYBER}", "areas: []\n")],
        [
            "coverage, Cyber, state: official → not-found",
            "coverage, Cyber, summary: Working together. → (nothing)",
            "coverage, Cyber, sources: release → (nothing)",
        ],
        "Cyber: “Not found”, before “Named officially”.",
    ),
    "status and date of a tie": (
        [(RECORD, "status: negotiating, since: 2025-06", "status: in-place, since: 2026")],
        ["ties, SAFE, status: negotiating → in-place", "ties, SAFE, since: 2025-06 → 2026"],
        "SAFE: “In place”, before “Being negotiated”; since 2026, before June 2025.",
    ),
    "tie removed": (
        [(RECORD, FULLER[FULLER.index("ties:") : FULLER.index("events:")], "")],
        [
            "ties, SAFE, tie: safe → (nothing)",
            "ties, SAFE, status: negotiating → (nothing)",
            "ties, SAFE, since: 2025-06 → (nothing)",
            "ties, SAFE, summary: They talk. → (nothing)",
            "ties, SAFE, sources: release → (nothing)",
        ],
        "SAFE: “Not found”, before “Being negotiated”.",
    ),
    "event in the middle": (
        [
            (
                RECORD,
                "  - {date: 2025-01",
                "  - {date: 2024-06, title: A call, kind: dialogue, sources: [release]}\n  - {date: 2025-01",
            )
        ],
        [
            "events, Event “A call”, date: (nothing) → 2024-06",
            "events, Event “A call”, kind: (nothing) → dialogue",
            "events, Event “A call”, title: (nothing) → A call",
            "events, Event “A call”, sources: (nothing) → release",
        ],
        "Event “A call”: added.",
    ),
    "date of an event": (
        [(RECORD, "2024-01-10", "2025-12")],
        ["events, Event “A first visit”, date: 2024-01-10 → 2025-12"],
        "Event “A first visit”: date December 2025, before 10 January 2024.",
    ),
    "dialogue removed": (
        [(RECORD, "  - {name: Yearly talks, level: Ministers, sources: [release]}\n", "")],
        [
            "dialogues, Dialogue “Yearly talks”, name: Yearly talks → (nothing)",
            "dialogues, Dialogue “Yearly talks”, level: Ministers → (nothing)",
            "dialogues, Dialogue “Yearly talks”, sources: release → (nothing)",
        ],
        "Dialogue “Yearly talks”: removed.",
    ),
    "act": (
        [(RECORD, "kind: signed, date: 2024-05-28", "kind: adopted, date: 2024-06")],
        ["partnerships, The act, act: signed → adopted", "partnerships, The act, act_date: 2024-05-28 → 2024-06"],
        "The act: act “Adopted”, before “Signed”; date June 2024, before 28 May 2024.",
    ),
    "text read": (
        [(RECORD, "read_in_full: false", "read_in_full: true")],
        ["partnerships, The record, read_in_full: false → true"],
        "The record: read in full “yes”, before “no”.",
    ),
    "name": (
        [(RECORD, "official_name: Republic of Freedonia", "official_name: Realm of Freedonia")],
        ["partnerships, The record, official_name: Republic of Freedonia → Realm of Freedonia"],
        "The record: official name “Realm of Freedonia”, before “Republic of Freedonia”.",
    ),
    "aliases": (
        [(RECORD, "region: north", "aliases: [Old one, Other]\nregion: north")],
        ["partnerships, The record, aliases: (nothing) → Old one, Other"],
        "The record: aliases added: “Old one”, “Other”.",
    ),
    "statement on the instrument": (
        [(RECORD, "form: {text: A paper.", "form: {text: A treaty.")],
        ["other_statements, Instrument, form, text: A paper. → A treaty."],
        "Instrument, form: text “A treaty.”, before “A paper.”.",
    ),
    "detail of an area": (
        [
            (
                RECORD,
                "together., sources: [release]",
                "together., sources: [release], details: [{text: More., sources: [release]}]",
            )
        ],
        [
            "area_details, Cyber, area: (nothing) → cyber",
            "area_details, Cyber, text: (nothing) → More.",
            "area_details, Cyber, sources: (nothing) → release",
        ],
        "Cyber: statement added.",
    ),
    "open question": (
        [(RECORD, "[Who pays?]", "[Who pays?, 'Who acts?']")],
        ["open_questions, Open question “Who acts?”, text: (nothing) → Who acts?"],
        "Open question “Who acts?”: added.",
    ),
    "own source": (
        [(RECORD, "title: A release", "title: The release")],
        ["sources, Source “The release”, title: A release → The release"],
        "Source “The release”: title “The release”, before “A release”.",
    ),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_change_of_a_partnership_is_told_once_and_cell_by_cell(state: Callable[..., Reference], name: str) -> None:
    changes, cells, what = CELLS[name]
    cited = ["sources: [release]"] * cells[-1].endswith("sources: (nothing) → release")
    assert words(state(), state(*changes)) == freedonia(cells, what, *cited)


@pytest.mark.parametrize("name", CELLS)
def test_the_way_back_is_told_too(state: Callable[..., Reference], name: str) -> None:
    before = state(*CELLS[name][0])
    assert [draft.records for draft in drafts(before, state(), DAY)] == [("freedonia",)]


def test_newly_cited_sources_are_named_also_where_yaml_has_another_meaning_for_them(
    state: Callable[..., Reference],
) -> None:
    another = '{id: "null", title: N, publisher: P, url: https://example.org/n, language: en, kind: secondary}'
    after = state(
        (RECORD, "together., sources: [release]", 'together., sources: [release, shared, "null"]'),
        (RECORD, "  - id: release", f"  - {another}\n  - id: release"),
    )
    assert words(state(), after) == freedonia(
        ["coverage, Cyber, sources: release → release, shared, null"],
        "Cyber: sources added: 2.",
        "sources: [shared, 'null']",
    )


def test_a_long_text_is_shown_from_where_it_differs(state: Callable[..., Reference]) -> None:
    before, after = (state((RECORD, "Working together.", f"{LONG}{last}.")) for last in ("networks", "ships"))
    cell = "coverage, Cyber, summary: …and first of all on networks. → …and first of all on ships."
    assert words(before, after) == freedonia([cell], "Cyber: summary changed.")


def test_a_new_partnership_is_one_change(state: Callable[..., Reference]) -> None:
    other = of_another(FULLER, "Sylvania", "SY").replace(
        "name: Sylvania\n", "name: Sylvania\nname_in_sentences: the Sylvania\n"
    )
    assert words(state(), state(sylvania=other)) == (
        "# partnerships: added\n"
        "- id: 2026-03-01-sylvania\n"
        "  date: 2026-03-01\n"
        '  what: "The partnership with the Sylvania is added."\n'
        "  why:\n"
        "  records: [sylvania]\n"
        "  sources: [sy-release]\n"
    )


def test_a_removed_partnership_is_one_change(state: Callable[..., Reference]) -> None:
    other = of_another(FULLER, "Sylvania", "SY")
    assert words(state(sylvania=other), state(sylvania=None)) == (
        "# partnerships: removed\n"
        "- id: 2026-03-01-sylvania\n"
        "  date: 2026-03-01\n"
        '  what: "The partnership with Sylvania is removed."\n'
        "  why:\n"
    )


def test_a_file_with_a_new_name_is_the_same_partnership(state: Callable[..., Reference]) -> None:
    renamed = (("sets.yml", "[freedonia]", "[free]"), ("changes.yml", "records: [freedonia]", "records: [free]"))
    assert words(state(), state(*renamed, freedonia=None, free=FULLER)) == freedonia(
        ["partnerships, The record, file: freedonia.yml → free.yml"],
        "The record: file “free.yml”, before “freedonia.yml”.",
    ).replace("-freedonia\n", "-free\n").replace("[freedonia]", "[free]")


def test_a_vocabulary_is_told_without_the_records_that_use_it(state: Callable[..., Reference]) -> None:
    assert words(state(), state(("areas.yml", "name: Cyber", "name: Networks"))) == (
        "# areas, Area “Networks”, name: Cyber → Networks\n"
        "- id: 2026-03-01-reference\n"
        "  date: 2026-03-01\n"
        '  what: "Area “Networks”: name “Networks”, before “Cyber”."\n'
        "  why:\n"
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        (
            "areas.yml",
            "  - {id: space",
            "  - {id: sea, name: Sea, scope: Ships., pillar: act}\n  - {id: space",
            "Area “Sea”: added.",
        ),
        ("areas.yml", "  - {id: space, name: Space, scope: Satellites., pillar: act}\n", "", "Area “Space”: removed."),
        (
            "pillars.yml",
            "title: A force\n",
            "title: The force\n",
            "Target “The force”: title “The force”, before “A force”.",
        ),
        (
            "pillars.yml",
            "text: It was ready.",
            "text: It was not.",
            "Target step “A force”: text “It was not.”, before “It was ready.”.",
        ),
        (
            "pipeline.yml",
            "name: Sylvania",
            "name: The Sylvania",
            "Prospect “The Sylvania”: name “The Sylvania”, before “Sylvania”.",
        ),
        ("pipeline.yml", "stage: negotiating", "stage: exploring", "Prospect “Sylvania”: “Exploring”, before “Talks”."),
        (
            "parliament.yml",
            "subject: All of them",
            "subject: All",
            "Resolution “All”: subject “All”, before “All of them”.",
        ),
        (
            "sources.yml",
            "date: 2025-01",
            "date: 2025",
            "Source “A page about all of them”: date 2025, before January 2025.",
        ),
        ("regions.yml", "The North", "North", "Region “North”: name “North”, before “The North”."),
        ("members.yml", "countries: [AT]", "countries: [AT, SE]", "Member state “SE”: added."),
    ],
)
def test_what_concerns_no_partnership_is_one_draft_of_its_own(
    state: Callable[..., Reference], name: str, old: str, new: str, what: str
) -> None:
    (draft,) = drafts(state(), state((name, old, new)), DAY)
    assert (draft.what, draft.records) == (what, ())


def test_whatever_is_gone_or_new_has_words(reference: Reference) -> None:
    bare = emptied(reference)
    named_otherwise = {"partnerships", "coverage", "ties", "sources", "changes", "vocabulary"}
    gone = {difference.table.name for difference in differences(reference, bare)}
    assert gone >= {table.name for table in TABLES} - named_otherwise
    assert drafts(reference, bare, DAY)
    assert drafts(bare, reference, DAY)


def emptied(found: Any, name: str = "") -> Any:
    """The same records, with nothing in their lists but partnerships and sources."""
    match found:
        case Record():
            return found.model_copy(update={field: emptied(value, field) for field, value in found})
        case tuple() if name == "partnerships":
            return tuple(emptied(partnership) for partnership in found)
        case tuple() | dict() if name != "sources":
            return type(found)()
    return found


def test_a_target_that_comes_first_is_not_taken_for_all_that_follow(state: Callable[..., Reference]) -> None:
    first = "targets:\n      - {title: A plan, text: Planned., sources: [shared]}\n"
    (draft,) = drafts(state(), state(("pillars.yml", "targets:\n", first)), DAY)
    assert draft.what == "Target “A plan”: added."


def test_of_two_events_that_changed_each_is_found_again(state: Callable[..., Reference]) -> None:
    first = "  - {date: 2024-01-10, title: A first visit, kind: dialogue, sources: [release]}\n"
    (draft,) = drafts(state(), state((RECORD, first, ""), (RECORD, "2025-01-10", "2023")), DAY)
    assert draft.what == (
        "Partnership with Freedonia. Event “A second visit”: date 2023, before 10 January 2025. "
        "Event “A first visit”: removed."
    )


def test_rows_of_one_name_are_told_apart_by_all_that_stands_in_them(state: Callable[..., Reference]) -> None:
    before, after = (
        state((RECORD, "open_questions", "".join(["assessments:\n", *assessments, "open_questions"])))
        for assessments in (
            [f"  - {{who: A scholar, text: {text}, sources: [release]}}\n" for text in texts]
            for texts in (["Good.", "Bad."], ["New.", "Good.", "Bad."])
        )
    )
    (draft,) = drafts(before, after, DAY)
    assert (draft.what, draft.cells[1]) == (
        "Partnership with Freedonia. Assessment “A scholar”: added.",
        "assessments, Assessment “A scholar”, text: (nothing) → New.",
    )


def test_a_letter_that_only_an_address_can_hold_does_not_spoil_the_draft(state: Callable[..., Reference]) -> None:
    after = state((RECORD, "https://example.org/release", '"https://example.org/\\x7f"'))
    (draft,) = drafts(state(), after, DAY)
    assert "url “https://example.org/\N{REPLACEMENT CHARACTER}”, before" in draft.what


def test_each_partnership_has_a_draft_in_their_order_and_the_rest_comes_last(state: Callable[..., Reference]) -> None:
    other = of_another(FULLER, "Sylvania", "SY").replace("date: 2024-05-28, s", "date: 2024-01, s")
    changed = other.replace("state: official", "state: reported")
    after = state((RECORD, "state: official", "state: reported"), ("regions.yml", "The N", "N"), sylvania=changed)
    made = drafts(state(sylvania=other), after, DAY)
    assert [draft.records for draft in made] == [("sylvania",), ("freedonia",), ()]


def test_an_id_is_not_given_twice(state: Callable[..., Reference]) -> None:
    taken = [("changes.yml", "id: beginning", "id: 2026-03-01-freedonia")]
    (draft,) = drafts(state(), state(*taken, (RECORD, "state: official", "state: reported")), DAY)
    assert draft.id == "2026-03-01-freedonia-2"


def test_of_equal_states_nothing_is_told(state: Callable[..., Reference]) -> None:
    assert drafts(state(), state(), DAY) == ()
    assert drafts(state(), state(("changes.yml", "It began.", "It has begun.")), DAY) == ()


HOSTILE = st.sampled_from(
    [
        '"',
        "'",
        ": ",
        " #",
        "- ",
        "{{ x }}",
        "\n",
        "\n\n  - id: x",
        "\\",
        "]",
        "}",
        "*a",
        "&a",
        "!b",
        "%",
        "日本",
        "שלום",
        "…",
        "|",
        "\ufeff",
    ]
)


# Few files change between two examples.
parse = lru_cache(maxsize=100)(yaml_document.parse)


@examples(few=100, many=500)
@given(
    st.lists(HOSTILE | st.text(st.characters(codec="utf-8"), max_size=80), max_size=6).map("".join),
    st.sampled_from(["Working together.", "A first visit", "Staff talks", "Who pays?", "They talk.", "A release"]),
)
def test_a_draft_is_read_once_its_why_is_filled_in_whatever_was_typed(
    write: Callable[..., Path], typed: str, old: str
) -> None:
    before = read(write({RECORD: FULLER}), parse=parse)[0]
    try:
        # A quoted text holds what JSON can quote, and the reader takes it or refuses it.
        changed = FULLER.replace(old, json.dumps(f"X{typed}", ensure_ascii=False))
        after = read(write({RECORD: changed}), parse=parse)[0]
    except RecordsError:
        reject()
    (draft,) = drafts(before, after, DAY)
    assert all(cell.isprintable() and len(cell) < 250 for cell in draft.cells)
    filled = draft.text.replace("\n  why:\n", "\n  why: Because.\n")
    newest, _ = read(write({RECORD: FULLER, "changes.yml": filled + SMALLEST["changes.yml"]}), parse=parse)[0].changes
    assert (newest.id, newest.what, newest.why) == (draft.id, draft.what, "Because.")
    assert (newest.records, newest.sources) == (draft.records, draft.sources)


@pytest.fixture
def git(write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs git in a repository whose first commit holds the smallest records; it knows nothing of this machine's."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "CONFIG_GLOBAL": os.devnull,
        "CONFIG_SYSTEM": os.devnull,
        "CEILING_DIRECTORIES": str(tmp_path.parent),
    }.items():
        monkeypatch.setenv(f"GIT_{name}", value)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1772323200")

    def git(*arguments: str) -> str:
        user = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        command = ["git", "-C", str(tmp_path), *user, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    write()
    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "Begin")
    return git


def test_the_folder_is_compared_with_a_revision(
    git: Callable[..., str], write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    git("tag", "first")
    folder = write({RECORD: SMALLEST[RECORD].replace("state: official", "state: reported")})
    before = sorted((path, path.read_bytes()) for path in folder.rglob("*.yml"))
    for revision in ("HEAD", "first", git("rev-parse", "HEAD")):
        assert main(["--data", str(folder), "changes", "--since", revision]) == 0
        head = f"# Drafts of what changed since {revision}, for the top of {folder / 'changes.yml'}"
        draft = freedonia(
            ["coverage, Cyber, state: official → reported"], "Cyber: “Reported”, before “Named officially”."
        )
        assert capsys.readouterr().out == f"{head}: mend each “what”, and say why.\n{draft}"
    assert sorted((path, path.read_bytes()) for path in folder.rglob("*.yml")) == before


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ((RECORD, "name: Freedonia", "name: Freedonia"), "Nothing has changed since HEAD\n"),
        (("changes.yml", "It began.", "It has begun."), "Nothing has changed since HEAD\n"),
        (
            ("abbreviations.yml", "CSDP: common", "CSDP: Common"),
            "Nothing to tell has changed since HEAD; "
            "what has is neither a fact nor an open question of a partnership\n",
        ),
    ],
)
def test_that_there_is_nothing_to_tell_is_said(
    git: Callable[..., str],
    edited: Callable[[str, str, str], Path],
    capsys: pytest.CaptureFixture[str],
    typed: tuple[str, str, str],
    printed: str,
) -> None:
    assert main(["--data", str(edited(*typed)), "changes", "--since", "HEAD"]) == 0
    assert capsys.readouterr().out == printed


@pytest.mark.parametrize(
    "revision",
    ["away", "", "HEAD:data", "HEAD~7", "--output=stolen", "--since=yesterday", "-h", "--all", "x\x1b[31m\ny"],
)
def test_an_unknown_revision_is_told_and_is_no_option_of_git(
    git: Callable[..., str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    revision: str,
) -> None:
    trace = tmp_path / ".git" / "trace"
    monkeypatch.setenv("GIT_TRACE", str(trace))
    assert main(["--data", str(tmp_path / "data"), "changes", f"--since={revision}"]) == 1
    shown = revision.replace("\x1b", "\\u001b").replace("\n", "\\u000a")
    remedy = "give a commit, a branch or a tag that this repository has"
    assert capsys.readouterr().out == f'unknown revision "{shown}"; {remedy}\n'
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", "data"]
    assert "rev-parse" in trace.read_text()
    assert not revision.startswith("-") or revision not in trace.read_text()


def test_without_a_repository_there_is_no_earlier_state(
    git: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(tmp_path / ".git")
    folder = tmp_path / "data"
    assert main(["--data", str(folder), "changes", "--since", "HEAD"]) == 1
    reason = "is in no repository that git can read, so that nothing tells how it was; run this in a clone"
    assert capsys.readouterr().out == f"{folder} {reason}\n"


def test_without_git_there_is_no_earlier_state(
    write: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["--data", str(write()), "changes", "--since", "HEAD"]) == 1
    assert capsys.readouterr().out == "git was not found; install it, the earlier records come from it\n"


def test_records_that_were_not_there_yet_are_told(
    git: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "later" / "data"
    shutil.copytree(tmp_path / "data", folder)
    assert main(["--data", str(folder), "changes", "--since", "HEAD"]) == 1
    assert capsys.readouterr().out == f'{folder} was not there at revision "HEAD"; give a later one\n'


@pytest.mark.parametrize(("number", "above"), [(1, ""), (5, ", the first of which are above")])
def test_records_of_older_rules_are_told(
    git: Callable[..., str], write: Callable[..., Path], capsys: pytest.CaptureFixture[str], number: int, above: str
) -> None:
    last_line = len(SMALLEST[RECORD].splitlines())
    write({RECORD: SMALLEST[RECORD] + "".join(f"old{at}: x\n" for at in range(1, number + 1))})
    git("commit", "--quiet", "--all", "--message", "Type what is not known")
    assert main(["--data", str(write()), "changes", "--since", "HEAD"]) == 1
    *listed, last = capsys.readouterr().out.splitlines()
    assert [line.split(";")[0] for line in listed] == [
        f'HEAD:data/{RECORD}:{last_line + at}:1: unknown field "old{at}"' for at in range(1, min(number, 3) + 1)
    ]
    problems = f"{number} problem{'s' * (number > 1)}"
    assert last == (
        f'the records at revision "HEAD" have {problems} by today’s rules{above}; '
        "only what can be read today can be compared"
    )


def test_a_file_that_came_later_is_not_missed_in_an_earlier_state(
    git: Callable[..., str], write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    write({"banned_hosts.yml": None})
    git("commit", "--quiet", "--all", "--message", "Ban nobody")
    assert main(["--data", str(write()), "changes", "--since", "HEAD"]) == 0
    assert "Nothing to tell has changed since HEAD" in capsys.readouterr().out


def test_warnings_of_the_earlier_state_are_not_held_against_it(
    git: Callable[..., str], write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    spare = "- {id: spare, title: T, publisher: P, url: https://example.org/s, language: en, kind: secondary}\n"
    write({"sources.yml": SMALLEST["sources.yml"] + spare})
    git("commit", "--quiet", "--all", "--message", "Define what nothing cites")
    assert main(["--data", str(write()), "changes", "--since", "HEAD"]) == 0
    assert "Nothing to tell has changed since HEAD" in capsys.readouterr().out


def test_full_records_differ_in_what_changed_and_not_from_themselves(reference: Reference, tmp_path: Path) -> None:
    folder = shutil.copytree(FULL, tmp_path / "data")
    assert drafts(reference, read(folder)[0], DAY) == ()
    change(tmp_path, f"data/{RECORD}", "area: mines, state: official", "area: mines, state: reported")
    (draft,) = drafts(reference, read(folder)[0], DAY)
    assert draft.what == "Partnership with Freedonia. Mines: “Reported”, before “Named officially”."
