"""Files → records, or every problem at once, each with file, line and column: the first step of a datum's way.

`read` is the only place that opens the files of `data/`. It reads the vocabularies first (areas, ties, regions,
pillars, shared sources) and then the records that use them, so that an unknown id is found where it is typed.
Messages about whole files are worded here, those about a field in `problems`, a rule's own where the rule is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from compass import yaml_text
from compass.problems import Problem, RecordsError, Severity, in_words, only_follows
from compass.records import Partnership, Source, cited
from compass.reference import (
    AreasFile,
    Change,
    ParliamentFile,
    PartnershipSet,
    PillarsFile,
    PipelineFile,
    Reference,
    Region,
    Tie,
)
from compass.values import Text, no_repeats
from compass.yaml_text import Document, Spot

_LARGEST = 1_000_000

# The files of data/ beside the partnerships, and what each holds, in the order in which an editor meets them.
FILES: dict[str, Any] = {
    "sources": Annotated[tuple[Source, ...], no_repeats("source id", "id")],
    "areas": AreasFile,
    "ties": tuple[Tie, ...],
    "regions": tuple[Region, ...],
    "pillars": PillarsFile,
    "parliament": ParliamentFile,
    "pipeline": PipelineFile,
    "sets": Annotated[tuple[PartnershipSet, ...], no_repeats("set id", "id")],
    "changes": tuple[Change, ...],
    "languages": dict[str, Text],
    "abbreviations": dict[str, Text],
}


@dataclass
class _File:
    """A file that is being read: its name as shown in messages and its parsed document."""

    name: str
    document: Document


@dataclass
class _Reader:
    """Reads the files below one folder and collects the problems."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    # What ids exist, by what they stand for: the validation context of `values.Known`.
    known: dict[str, set[str]] = field(default_factory=dict)

    def report(self, file: _File, spot: Spot, message: str, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(file.name, spot, message, severity))

    def open(self, name: str) -> _File:
        """Read and parse a file of the folder; what is wrong with it becomes problems."""
        file = _File(f"{self.folder.name}/{name}", Document())
        try:
            raw = (self.folder / name).read_bytes()
        except FileNotFoundError:
            self.report(file, Spot(1, 1), "this file is missing; restore it")
            return file
        except OSError as error:
            self.report(file, Spot(1, 1), f"cannot be read: {error.strerror}; check the file and its permissions")
            return file
        if len(raw) > _LARGEST:
            self.report(file, Spot(1, 1), f"{len(raw):,} bytes; a file of records is at most {_LARGEST:,}")
            return file
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
            self.report(file, Spot(line, column), f"byte {raw[error.start]:#04x} is not UTF-8; save the file as UTF-8")
            return file
        file.document = yaml_text.parse(text)
        for spot, message in file.document.findings:
            self.report(file, spot, message)
        return file

    def build(self, file: _File, type_: Any, data: Any, local: Mapping[str, set[str]] | None = None) -> Any:
        """Make `type_` from `data`, or report why it cannot be made and return None."""
        if file.document.data is None:
            if not any(problem.file == file.name for problem in self.problems):
                self.report(file, Spot(1, 1), "the file is empty; see the fields under /contribute/fields/")
            return None
        context = {**self.known, **(local or {})}
        try:
            return TypeAdapter(type_).validate_python(data, context=context)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                if not only_follows(detail):
                    self._report_invalid(file, type_, detail)
            return None

    def _report_invalid(self, file: _File, type_: Any, detail: Any) -> None:
        path = tuple(detail["loc"]) + tuple(detail.get("ctx", {}).get("at", ()))
        unknown = detail["type"] == "extra_forbidden"
        spot = file.document.spot(path, of_key=unknown)
        self.report(file, spot, in_words(detail, path, type_))


def _ids(items: Any) -> set[str]:
    """The ids in a list of raw records, whatever else may be wrong with them."""
    listed = items if isinstance(items, list) else []
    return {str(item["id"]) for item in listed if isinstance(item, dict) and "id" in item}


def _part(data: Any, name: str) -> Any:
    return data.get(name) if isinstance(data, dict) else None


def read(folder: Path) -> tuple[Reference, list[Problem]]:
    """Read every record below `folder` (the project's `data/`).

    Returns the reference and the warnings, sorted. Raises RecordsError, with all problems and warnings, when anything
    is wrong enough to make a page false or broken.
    """
    reader = _Reader(folder)
    files = {name: reader.open(f"{name}.yml") for name in FILES}
    data = {name: file.document.data for name, file in files.items()}
    records = [reader.open(f"partnerships/{path.name}") for path in _record_files(reader)]
    reader.known = {
        "region": _ids(data["regions"]),
        "language": set(data["languages"]) if isinstance(data["languages"], dict) else set(),
        "source": _ids(data["sources"]),
        "pillar": _ids(_part(data["pillars"], "pillars")),
        "area": _ids(_part(data["areas"], "areas")),
        "tie": _ids(data["ties"]),
        "partnership": {Path(file.name).stem for file in records},
    }
    built = {name: reader.build(files[name], type_, data[name]) for name, type_ in FILES.items()}
    partnerships = [_read_partnership(reader, file) for file in records]
    _report_shared_claims(reader, records, partnerships)
    own_sources = [(file, ("sources",), one.sources) for file, one in zip(records, partnerships, strict=True) if one]
    _report_shared_pages(reader, [(files["sources"], (), built["sources"] or ()), *own_sources])
    problems = sorted(reader.problems)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise RecordsError(problems)
    return Reference(**built, partnerships=tuple(record for record in partnerships if record)), problems


def _record_files(reader: _Reader) -> list[Path]:
    """The record files in order of name; what stands beside them and is no record becomes a problem."""
    files = []
    for path in sorted((reader.folder / "partnerships").glob("*")):
        name = f"{reader.folder.name}/partnerships/{path.name}"
        if path.is_file() and re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.yml", path.name):
            files.append(path)
        elif not path.name.startswith("."):
            message = "not a record; a record is a file in this folder named in lower case, as in north-macedonia.yml"
            reader.problems.append(Problem(name, Spot(1, 1), message))
    return files


def _read_partnership(reader: _Reader, file: _File) -> Partnership | None:
    data = file.document.data
    if isinstance(data, dict) and "id" in data:
        reader.report(file, file.document.spot(("id",), of_key=True), "the file's name is the id; delete this line")
    own = _ids(_part(data, "sources"))
    for index, source in enumerate(_part(data, "sources") or ()):
        if isinstance(source, dict) and str(source.get("id")) in reader.known["source"]:
            spot = file.document.spot(("sources", index, "id"))
            reader.report(file, spot, f'source "{source["id"]}" is shared, in data/sources.yml; delete it here')
    with_id = {**data, "id": Path(file.name).stem} if isinstance(data, dict) else data
    record: Partnership | None = reader.build(file, Partnership, with_id, {"source": own | reader.known["source"]})
    if record:
        used = set(cited(record))
        for index, source in enumerate(record.sources):
            if source.id not in used:
                spot = file.document.spot(("sources", index, "id"))
                message = f'source "{source.id}" supports no fact; cite it or delete it'
                reader.report(file, spot, message, Severity.WARNING)
    return record


def _report_shared_claims(reader: _Reader, files: list[_File], records: list[Partnership | None]) -> None:
    """Two records must not claim one name or one country code."""
    for claim in ("name", "iso"):
        first: dict[str, str] = {}
        for file, record in zip(files, records, strict=True):
            if record is None:
                continue
            value = str(getattr(record, claim))
            if value in first:
                spot = file.document.spot((claim,))
                reader.report(file, spot, f'{claim} "{value}" is also claimed by {first[value]}; one of them is wrong')
            first.setdefault(value, file.name)


def _report_shared_pages(reader: _Reader, lists: Iterable[tuple[_File, tuple[str, ...], tuple[Source, ...]]]) -> None:
    """A page that several records use is defined once, so that it has one title and one date."""
    first: dict[str, str] = {}
    for file, path, sources in lists:
        for index, source in enumerate(sources):
            if source.url in first:
                spot = file.document.spot((*path, index, "url"))
                message = f"this page is also a source of {first[source.url]}; define it once, in data/sources.yml"
                reader.report(file, spot, message, Severity.WARNING)
            first.setdefault(source.url, file.name)
