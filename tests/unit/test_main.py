import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from compass.__main__ import main
from support.project import fill
from support.records import ROOT


def test_sound_records_pass(write: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(write()), "check"]) == 0
    assert capsys.readouterr().out == "0 problems in 1 partnership\n"


def test_problems_are_listed_and_counted(
    edited: Callable[[str, str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(edited("partnerships/freedonia.yml", "area: cyber", "area: cybr")), "check"]) == 1
    assert capsys.readouterr().out == (
        'data/partnerships/freedonia.yml:14:12: unknown area "cybr"; did you mean "cyber"? '
        "they are listed in data/areas.yml\n1 problem\n"
    )


def test_a_workflow_gets_its_annotations(
    edited: Callable[[str, str, str], Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    spare = "sources:\n  - {id: 50%, title: T, publisher: P, url: https://a.org, language: en, kind: secondary}\n"
    folder = edited("partnerships/freedonia.yml", "sources:\n  - id", f"{spare}  - id")
    assert main(["--data", str(folder), "check"]) == 1
    annotation = "::error file=data/partnerships/freedonia.yml,line=16,col=10::"
    assert f'{annotation}"50%25" cannot be an id; use lower-case letters' in capsys.readouterr().out


def test_without_a_workflow_there_are_no_annotations(
    edited: Callable[[str, str, str], Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    assert main(["--data", str(edited("partnerships/freedonia.yml", "area: cyber", "area: cybr")), "check"]) == 1
    assert "::error" not in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path / "away"), "check"]) == 1
    assert "no such folder; name the one that holds the records" in capsys.readouterr().out


def test_schemas_are_not_written_from_records_with_problems(
    edited: Callable[[str, str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = edited("partnerships/freedonia.yml", "area: cyber", "area: cybr")
    assert main(["--data", str(folder), "schema"]) == 1
    assert "1 problem" in capsys.readouterr().out
    assert not (folder / "schema").exists()


def test_a_terminal_that_cannot_show_a_letter_gets_its_code(edited: Callable[[str, str, str], Path]) -> None:
    folder = edited("partnerships/freedonia.yml", "area: cyber", "area: サイバー")
    done = subprocess.run(
        [sys.executable, "-m", "compass", "--data", str(folder), "check"],
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert 'unknown area "\\u30b5\\u30a4\\u30d0\\u30fc"' in done.stdout


def test_a_list_that_is_read_only_in_part_ends_quietly(edited: Callable[[str, str, str], Path]) -> None:
    folder = edited("partnerships/freedonia.yml", "area: cyber", "area: cybr")
    check = f'"{sys.executable}" -m compass --data "{folder}" check'
    done = subprocess.run(
        ["bash", "-c", f"{check} | true"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


@pytest.mark.parametrize("name", ["", "日本", "a\x07b", "a\udcffb"])
def test_what_is_no_name_begins_no_record(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    folder = write()
    assert main(["--data", str(folder), "new", name]) == 1
    assert "is no name; give the usual English one" in capsys.readouterr().out
    assert [path.name for path in (folder / "partnerships").iterdir()] == ["freedonia.yml"]


def test_a_record_for_which_the_disk_has_no_room_is_not_begun(disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (disk / "partnerships").mkdir()
    fill(disk, room=0)
    assert main(["--data", str(disk), "new", "Atlantis"]) == 1
    assert capsys.readouterr().out == f"{disk}: No space left on device; make room on that disk and try again\n"
    assert list((disk / "partnerships").iterdir()) == []


@pytest.mark.parametrize("folder", ["", "away"], ids=["no folder of partnerships", "no folder of records"])
def test_a_folder_that_is_away_is_told_to_who_begins_a_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    data = tmp_path / folder
    assert main(["--data", str(data), "new", "Atlantis"]) == 1
    problem = f"{data}/partnerships/atlantis.yml: No such file or directory; see that it and its folder are there"
    assert problem in capsys.readouterr().out
