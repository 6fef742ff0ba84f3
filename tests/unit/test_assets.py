"""Scripts and style sheets as they are sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from compass.postprocess.assets import as_sent, in_one_piece, is_part


def test_what_a_sheet_imports_stands_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("a {}\n")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/one.css").write_text('/* One. */\n@import "../site.css";\nb {}\n')
    (tmp_path / "pages/two.css").write_text('@import "one.css";\nc {}\n')
    assert in_one_piece(tmp_path / "pages/two.css") == "/* One. */\na {}\nb {}\nc {}\n"
    assert in_one_piece(tmp_path / "site.css") == "a {}\n"


def test_a_part_of_style_sheets_is_known_by_its_name() -> None:
    paths = map(Path, ("site/_tokens.css", "site/tokens.css", "_site/tokens.css", "site/_tokens.js"))
    assert [path.as_posix() for path in paths if is_part(path)] == ["site/_tokens.css"]


def test_a_sheet_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.css").write_text('@import "other.css";\n')
    with pytest.raises(FileNotFoundError, match=r"other\.css"):
        in_one_piece(tmp_path / "one.css")


def test_browsers_that_do_not_know_two_schemes_get_the_light_one(tmp_path: Path) -> None:
    sheet = tmp_path / "site.css"
    sheet.write_text(":root {\n  --ink: light-dark(#111, #eee);\n  --gap: 1rem;\n}\n")
    assert as_sent(sheet).endswith(b"@supports not (color: light-dark(#fff, #000)) { :root { --ink: #111; } }\n")
    sheet.write_text("a {}\n")
    assert as_sent(sheet) == b"a {}\n"


def test_scripts_lose_their_comments_and_other_files_nothing(tmp_path: Path) -> None:
    script, mark = tmp_path / "site.js", tmp_path / "mark.svg"
    script.write_text("/** Says it. */\nalert(1); // now\n")
    mark.write_bytes(b"<svg> /* \xff */</svg>")
    assert as_sent(script) == b"alert(1);"
    assert as_sent(mark) == b"<svg> /* \xff */</svg>"
