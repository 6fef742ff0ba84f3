"""Style sheets in one piece."""

from __future__ import annotations

from pathlib import Path

import pytest

from compass.styles import in_one_piece


def test_what_a_sheet_imports_stands_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("a {}\n")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/one.css").write_text('/* One. */\n@import "../site.css";\nb {}\n')
    (tmp_path / "pages/two.css").write_text('@import "one.css";\nc {}\n')
    assert in_one_piece(tmp_path / "pages/two.css") == "/* One. */\na {}\nb {}\nc {}\n"
    assert in_one_piece(tmp_path / "site.css") == "a {}\n"


def test_a_sheet_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text('@import "other.css";\n')
    with pytest.raises(FileNotFoundError, match=r"other\.css"):
        in_one_piece(tmp_path / "one.css")
