"""What can lie in the folder of records, and what is said of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from compass.reading.record_files import list_records, open_file
from support.records import SMALLEST

# The number of a user without any rights.
NOBODY = 65534
OTHERS = [name for name in SMALLEST if "/" not in name]


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in list_records(folder, OTHERS)[1]]


def test_the_files_of_the_records_are_listed(write: Callable[..., Path]) -> None:
    assert list_records(write({"partnerships/sylvania.yml": ""}), OTHERS) == (["freedonia.yml", "sylvania.yml"], [])


@pytest.mark.parametrize("name", [".gitkeep", "#sylvania.yml#", "sylvania.yml~", ".sylvania.yml.swp"])
def test_hidden_files_and_the_copies_of_editors_are_passed_over(write: Callable[..., Path], name: str) -> None:
    folder = write({name: "", f"partnerships/{name}": ""})
    assert list_records(folder, OTHERS) == (["freedonia.yml"], [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Sylvania.yml", 'not named as a record; rename it to "sylvania.yml"'),
        ("sylvania.yaml", 'not named as a record; rename it to "sylvania.yml"'),
        ("grand_fenwick.YML", 'not named as a record; rename it to "grand-fenwick.yml"'),
        ("Seven Islands.yml", 'not named as a record; rename it to "seven-islands.yml"'),
        ("notes.txt", "not a record; a record is named in lower case"),
        ("日本.yml", "not a record; a record is named in lower case"),
        ("north/sylvania.yml", "a folder; records lie in partnerships/ itself: move its files there"),
    ],
)
def test_what_is_not_named_as_a_record_is_told(write: Callable[..., Path], name: str, expected: str) -> None:
    [line] = problems(write({f"partnerships/{name}": SMALLEST["partnerships/freedonia.yml"]}))
    assert line.startswith(f"data/partnerships/{name.split('/', maxsplit=1)[0]}:1:1: {expected}")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("areas.yaml", 'no file of the records; did you mean "areas.yml"? rename or delete it'),
        ("Ties.yml", 'no file of the records; did you mean "ties.yml"? rename or delete it'),
        ("zzz.txt", "no file of the records; rename or delete it (a partnership goes into partnerships/)"),
    ],
)
def test_what_has_no_place_beside_the_records_is_told(write: Callable[..., Path], name: str, expected: str) -> None:
    [line] = problems(write({name: ""}))
    assert line.startswith(f"data/{name}:1:1: {expected}")


def test_missing_records_are_told(write: Callable[..., Path]) -> None:
    folder = write()
    (folder / "partnerships/freedonia.yml").unlink()
    (folder / "partnerships").rmdir()
    assert problems(folder) == ["data/partnerships:1:1: this folder is missing; restore it"]


def test_a_link_that_leads_nowhere_is_told(write: Callable[..., Path]) -> None:
    folder = write()
    (folder / "partnerships/sylvania.yml").symlink_to(folder / "nowhere.yml")
    assert list_records(folder, OTHERS)[0] == ["freedonia.yml", "sylvania.yml"]
    [problem] = open_file(folder, "partnerships/sylvania.yml").problems
    assert problem.message == "a link that leads nowhere; restore what it points to, or delete it"


def test_a_link_to_itself_is_told(write: Callable[..., Path]) -> None:
    folder = write()
    (folder / "loop.yml").symlink_to(folder / "loop.yml")
    [problem] = open_file(folder, "loop.yml").problems
    assert problem.message.startswith("cannot be read: ")


def test_a_link_to_a_record_is_read(write: Callable[..., Path]) -> None:
    folder = write()
    (folder / "link.yml").symlink_to(folder / "regions.yml")
    assert open_file(folder, "link.yml").document.data == [{"id": "north", "name": "The North"}]


def test_a_pipe_does_not_keep_anybody_waiting(write: Callable[..., Path]) -> None:
    folder = write({"ties.yml": None})
    os.mkfifo(folder / "ties.yml")
    [problem] = open_file(folder, "ties.yml").problems
    assert problem.message == "not a file; put a text file in its place"


@contextmanager
def without_rights() -> Iterator[None]:
    """For a while root is nobody, for root may read everything; others stay who they are."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def test_an_unreadable_file_is_told(write: Callable[..., Path]) -> None:
    folder = write()
    (folder / "ties.yml").chmod(0)
    with without_rights():
        [problem] = open_file(folder, "ties.yml").problems
    assert problem.message == "cannot be read: Permission denied; check it and its permissions"
