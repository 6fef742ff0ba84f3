from collections.abc import Callable
from pathlib import Path

import pytest

from compass.__main__ import main


def test_sound_records_pass(write: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(write())]) == 0
    assert capsys.readouterr().out == "0 problems in 1 partnerships\n"


def test_problems_are_listed_and_counted(
    edited: Callable[[str, str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--data", str(edited("partnerships/freedonia.yml", "area: cyber", "area: cybr"))]) == 1
    assert capsys.readouterr().out == (
        'data/partnerships/freedonia.yml:14:12: unknown area "cybr"; did you mean "cyber"? '
        "known ones are listed in data/areas.yml\n1 problem\n"
    )
