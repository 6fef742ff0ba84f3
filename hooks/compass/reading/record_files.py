"""The files of `data/`: which are there, and the text of each parsed.

Nothing that can lie in a folder stops the reading of the rest: what is no file of records becomes a problem.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from compass.reading import yaml_document
from compass.reading.problems import Problem, Severity
from compass.reading.yaml_document import Document, Spot
from compass.wording import did_you_mean, shown

RECORD_FOLDER = "partnerships"
START = Spot(1, 1)
# What makes a document of a text: `yaml_document.parse`, or one that remembers what it has parsed.
Parser = Callable[[str], Document]
_LARGEST = 1_000_000
_RECORD_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yml")


@dataclass
class File:
    """A file that is being read: its name as shown in messages, its parsed document, and what is wrong with it."""

    name: str
    document: Document = field(default_factory=Document)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether the file could be read as YAML."""
        return self.document.data is not None and not self.problems and not self.document.findings

    def report(self, spot: Spot, message: str, severity: Severity = Severity.ERROR) -> None:
        """Note what is wrong at a place of the file."""
        self.problems.append(Problem(self.name, spot, message, severity))


def list_records(folder: Path, others: Collection[str]) -> tuple[list[str], list[Problem]]:
    """The names of the record files below `folder`, sorted, and a problem for each thing that has no place there.

    `others` names the files that belong beside the records, such as `areas.yml`.
    """
    problems: list[Problem] = []
    expected = {*others, RECORD_FOLDER, "schema"}

    def report(place: str, message: str) -> None:
        problems.append(Problem(f"{folder.name}/{place}", START, message))

    def entries(path: Path, place: str) -> list[os.DirEntry[str]]:
        """What lies in a folder, by name, but for hidden files and the copies that editors leave behind."""
        try:
            found = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            report(place, "this folder is missing; restore it" if missing else _cannot_be_read(error))
            return []
        return [entry for entry in found if not entry.name.startswith((".", "#")) and entry.name[-1] != "~"]

    for entry in entries(folder, ""):
        if entry.name not in expected:
            near = did_you_mean(entry.name, expected)
            message = f"no file of the records; {near}rename or delete it (a partnership goes into {RECORD_FOLDER}/)"
            report(shown(entry.name), message)
    names = []
    for entry in entries(folder / RECORD_FOLDER, RECORD_FOLDER):
        if _RECORD_NAME.fullmatch(entry.name) and not entry.is_dir():
            names.append(entry.name)
        else:
            report(f"{RECORD_FOLDER}/{shown(entry.name)}", _not_a_record(entry))
    return names, problems


def open_file(folder: Path, name: str, parse: Parser = yaml_document.parse) -> File:
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
        file.report(START, _cannot_be_read(error))
        return file
    if len(raw) > _LARGEST:
        file.report(START, f"more than {_LARGEST:,} bytes; a file of records is smaller, split it")
        return file
    # A byte order mark says nothing of UTF-8 text; some editors write it.
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line_start = raw.rfind(b"\n", 0, error.start) + 1
        column = len(raw[line_start : error.start].decode("utf-8")) + 1
        spot = Spot(raw.count(b"\n", 0, line_start) + 1, column)
        file.report(spot, f"byte {raw[error.start]:#04x} is not UTF-8; save the file as UTF-8")
        return file
    file.document = parse(text)
    return file


def _cannot_be_read(error: OSError) -> str:
    return f"cannot be read: {error.strerror}; check it and its permissions"


def _not_a_record(entry: os.DirEntry[str]) -> str:
    if entry.is_dir():
        return f"a folder; records lie in {RECORD_FOLDER}/ itself: move its files there and delete it"
    path = Path(entry.name)
    rename = f"{re.sub('[ _]+', '-', path.stem.lower())}.yml"
    if path.suffix.lower() in (".yml", ".yaml") and _RECORD_NAME.fullmatch(rename):
        return f'not named as a record; rename it to "{rename}", the name is also the address of its page'
    return (
        "not a record; a record is named in lower case and ends in .yml, as in north-macedonia.yml: rename or move it"
    )
