from pathlib import Path

import pytest

from compass.site.prose import PageError, read_prose


def test_the_hand_written_pages_are_read_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("index.md", "about/method.md", ".#index.md", ".cache/x.md", "assets/site.css"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}", "utf-8")
    (tmp_path / "folder.md").mkdir()
    assert read_prose(tmp_path) == {"about/method.md": "# about/method.md", "index.md": "# index.md"}


def test_what_is_for_developers_is_not_read(tmp_path: Path) -> None:
    for name in ("dev/architecture.md", "dev/decisions/one.md", "about/dev.md", "about/dev/index.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("# {{ not Jinja }}", "utf-8")
    assert list(read_prose(tmp_path)) == ["about/dev/index.md", "about/dev.md"]


def test_a_page_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"# Caf\xe9\n")
    with pytest.raises(PageError, match=r"^docs/a\.md:1: byte 6 is not UTF-8; save the file as UTF-8$"):
        read_prose(tmp_path)
