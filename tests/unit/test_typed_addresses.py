"""An address that would run is refused in every field that takes an address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compass.reading.problems import RecordsError
from compass.reading.reader import read
from support.typed import Texts, fill


def test_no_address_can_run(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    fill(tmp_path, Texts(["word"], ["word"]))
    written = 0
    for path in (tmp_path / "data").rglob("*.yml"):
        text, count = re.subn("https?://", "javascript://", path.read_text("utf-8"))
        path.write_text(text, "utf-8")
        written += count
    with pytest.raises(RecordsError) as caught:
        read(tmp_path / "data")
    refused = [problem for problem in caught.value.problems if "is not a web address" in problem.message]
    assert len(refused) == written > 1
