"""The files of `data/`: which are there, and the text of each parsed. Used by `reading`, which makes records of them.

Nothing that can lie in a folder stops the reading of the rest: what is no file of records becomes a problem.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from compass import yaml_text
from compass.problems import Problem, Severity
from compass.values import did_you_mean, shown
from compass.yaml_text import Document, Spot

RECORD_FOLDER = "partnerships"
START = Spot(1, 1)
_LARGEST = 1_000_000
_RECORD_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yml")


@dataclass
class File:
    """A file that is being read: its name as shown in messages, its parsed document, and what is wrong with it."""

    name: str
    document: Document = field(default_factory=Document)
    problems: list[Problem] = field(default_factory=list)

    def report(self, spot: Spot, message: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(self.name, spot, message, severity))


def list_records(folder: Path, others: Collection[str]) -> tuple[list[str], list[Problem]]:
    """The names of the record files below `folder`, sorted, and a problem for each thing that has no place there.

    `others` names the files that belong beside the records, such as `areas.yml`.
    """
    records = folder / RECORD_FOLDER
    problems = []
    expected = {*others, RECORD_FOLDER, "schema"}
    for path in _visible(folder):
        if path.name not in expected:
            near = did_you_mean(path.name, expected)
            message = f"no file of the records; {near}rename or delete it (a partnership goes into {RECORD_FOLDER}/)"
            problems.append(Problem(f"{folder.name}/{shown(path.name)}", START, message))
    if not records.is_dir():
        problems.append(Problem(f"{folder.name}/{RECORD_FOLDER}", START, "this folder is missing; restore it"))
    names = []
    for path in _visible(records):
        if _RECORD_NAME.fullmatch(path.name) and not path.is_dir():
            names.append(path.name)
        else:
            problems.append(Problem(f"{folder.name}/{RECORD_FOLDER}/{shown(path.name)}", START, _not_a_record(path)))
    return names, problems


def open_file(folder: Path, name: str) -> File:
    """Read and parse the file `name` below `folder`; what is wrong with it is in its problems."""
    file = File(f"{folder.name}/{name}")
    path = folder / name
    try:
        # A pipe or a device might never end.
        if path.exists() and not path.is_file():
            file.report(START, "not a file; put a text file in its place")
            return file
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        dangling = "a link that leads nowhere; restore what it points to, or delete it"
        file.report(START, dangling if path.is_symlink() else "this file is missing; restore it")
        return file
    except OSError as error:
        file.report(START, f"cannot be read: {error.strerror}; check the file and its permissions")
        return file
    if len(raw) > _LARGEST:
        file.report(START, f"more than {_LARGEST:,} bytes; a file of records is smaller, split it")
        return file
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_start = raw.rfind(b"\n", 0, error.start) + 1
        spot = Spot(raw.count(b"\n", 0, line_start) + 1, error.start - line_start + 1)
        file.report(spot, f"byte {raw[error.start]:#04x} is not UTF-8; save the file as UTF-8")
        return file
    file.document = yaml_text.parse(text)
    return file


def _visible(folder: Path) -> Iterable[Path]:
    """What lies in a folder, by name, but for hidden files and the copies that editors leave behind."""
    return sorted(path for path in folder.glob("*") if not path.name.startswith((".", "#")) and path.name[-1] != "~")


def _not_a_record(path: Path) -> str:
    if path.is_dir():
        return f"a folder; records lie in {RECORD_FOLDER}/ itself: move its files there and delete it"
    rename = f"{re.sub('[ _]+', '-', path.stem.lower())}.yml"
    if path.suffix.lower() in (".yml", ".yaml") and _RECORD_NAME.fullmatch(rename):
        return f'not named as a record; rename it to "{rename}", the name is also the address of its page'
    return (
        "not a record; a record is named in lower case and ends in .yml, as in north-macedonia.yml: rename or move it"
    )
