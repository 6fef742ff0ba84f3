"""Files → records, or every problem at once, each with file, line and column: the first step of a datum's way.

`read` reads the vocabularies first (areas, ties, regions, pillars, shared sources) and then the records that use them,
so that an unknown id is found where it is typed. Messages about whole files are worded in `record_files`, those
about a field in `messages`, a rule's own where the rule is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from compass.model.records import Partnership
from compass.model.reference import FILES, Reference
from compass.reading import yaml_document
from compass.reading.checks import CHECKS, Check, ReadRecords, record_file
from compass.reading.checks import problems as check_problems
from compass.reading.messages import in_words, misspelt, only_follows, repeats, swallowed
from compass.reading.problems import Problem, RecordsError, Severity
from compass.reading.record_files import RECORD_FOLDER, START, File, Parser, list_records, open_file
from compass.reading.uniqueness import SOURCE_ID, Claim, claims, listed, part
from compass.reading.yaml_document import Document, Spot

# So many problems of one file are told at once; a file with more of them is not nearly a record.
_MOST_PROBLEMS = 200
# To look for the nearest of many ids takes time; whoever has mended the first sees how.
_MOST_PROPOSALS = 20

# A message that is worded only when it is told, given the ids from which the nearest may be proposed.
_Message = Callable[[Mapping[str, set[str]]], str]


def _build(file: File, type_: Any, data: Any, known: Mapping[str, set[str]]) -> Any:
    """Make `type_` from the data of a file, or report in the file why it cannot be made and return None.

    `known` holds what ids exist, by what they stand for: the context of `field_types.Known`.
    """
    built = None
    found = [(spot, _fixed(text)) for spot, text in file.document.findings]
    if data is not None:
        found += [(file.document.spot(path), _fixed(text)) for path, text in repeats(data, type_)]
        found += [(spot, _fixed(text)) for spot, text in swallowed(file.document, type_)]
        try:
            built = TypeAdapter(type_).validate_python(data, context=known)
        except ValidationError as error:
            details = [detail for detail in error.errors(include_url=False) if not only_follows(detail)]
            meant = misspelt(details[:_MOST_PROBLEMS], type_)
            told = (one for one in details if one["type"] != "missing" or tuple(one["loc"]) not in meant)
            found += [_located(file, type_, detail) for detail in told]
    elif not file.problems and not found:
        file.report(START, "the file is empty; see the fields under /contribute/fields/")
    found.sort(key=itemgetter(0))
    for number, (spot, message) in enumerate(found[:_MOST_PROBLEMS]):
        file.report(spot, message(known if number < _MOST_PROPOSALS else {}))
    if more := found[_MOST_PROBLEMS:]:
        file.report(more[0][0], f"{len(more):,} more problems from here on; mend those above first")
    return built


def _fixed(text: str) -> _Message:
    return lambda _: text


def _located(file: File, type_: Any, detail: Any) -> tuple[Spot, _Message]:
    """Where an error of validation stands, and its words."""
    path = tuple(detail["loc"])
    spot = file.document.spot(path, of_key=detail["type"] == "extra_forbidden")
    return spot, lambda known: in_words(detail, path, type_, known)


# Where the ids of each kind are defined: a file of `FILES`, and the list inside it when it holds more.
_VOCABULARIES = {
    "region": ("regions", ""),
    "language": ("languages", ""),
    "source": ("sources", ""),
    "pillar": ("pillars", "pillars"),
    "area": ("areas", "areas"),
    "tie": ("ties", ""),
    "statement": ("parliament", "statements"),
}


def _ids(items: Any) -> set[str]:
    """The ids in a list of raw records, or the names in a mapping, whatever else may be wrong with them."""
    if isinstance(items, dict):
        return set(items)
    return {item["id"] for item in listed(items) if isinstance(item, dict) and isinstance(item.get("id"), str)}


def read(
    folder: Path,
    leave_out: Collection[str] = (),
    parse: Parser = yaml_document.parse,
    checks: Iterable[Check] = CHECKS,
) -> tuple[Reference, list[Problem]]:
    """Read every record below `folder` (the project's `data/`), but for the partnerships with the ids to leave out.

    `checks` are the rules beyond the types of fields.
    Returns the reference and the warnings, sorted. Raises RecordsError, with all problems and warnings, when anything
    is wrong enough to make a page false or broken.
    """
    if not folder.is_dir():
        raise RecordsError([Problem(str(folder), START, "no such folder; name the one that holds the records")])
    names, problems = list_records(folder, [f"{name}.yml" for name in FILES])
    stems = {name: Path(name).stem for name in names}
    files = {name: open_file(folder, f"{name}.yml", parse) for name in FILES}
    data = {name: file.document.data for name, file in files.items()}
    known = {"partnership": set(stems.values())}
    for what, (name, within) in _VOCABULARIES.items():
        # With a file that cannot be read, nothing in it is known; to call all of it unknown would only hide the cause.
        if files[name].is_sound:
            known[what] = _ids(part(data[name], within) if within else data[name])
    records = {stems[name]: _read_record(folder, name, known, parse) for name in names if stems[name] not in leave_out}
    # A change may rest on a source that only a record uses.
    own = {claim.value for record in records.values() for claim in record.claims if claim.what == SOURCE_ID}
    every = {**known, "source": known["source"] | own} if "source" in known else known
    contents = {
        name: _build(files[name], type_, data[name], every if name == "changes" else known)
        for name, type_ in FILES.items()
    }
    partnerships = {id: record.partnership for id, record in records.items() if record.partnership}
    found = [*problems, *(problem for file in files.values() for problem in file.problems)]
    found += [problem for record in records.values() for problem in record.file.problems]
    read_records = ReadRecords(
        folder=folder,
        parse=parse,
        contents=contents,
        partnerships=partnerships,
        claims={id: record.claims for id, record in records.items()},
        shared_source_ids=frozenset(known.get("source", ())),
        first_lines={
            f"{name}.yml": first_line for name, file in files.items() for first_line in file.document.lines[:1]
        }
        | {record_file(id): record.first_line for id, record in records.items() if record.first_line is not None},
        has_errors=bool(found),
    )
    found = sorted([*found, *check_problems(read_records, checks)])
    if any(problem.severity is Severity.ERROR for problem in found):
        raise RecordsError(found)
    return Reference(**contents, partnerships=tuple(partnerships.values())), found


class _ReadRecord(NamedTuple):
    """A record's file without its document, of which a thousand would fill the memory; what the checks need of it."""

    file: File
    partnership: Partnership | None
    claims: tuple[Claim, ...]
    first_line: str | None


def _read_record(folder: Path, name: str, known: Mapping[str, set[str]], parse: Parser) -> _ReadRecord:
    file = open_file(folder, f"{RECORD_FOLDER}/{name}", parse)
    partnership = _read_partnership(file, known)
    its_claims = tuple(claims(Path(name).stem, file.document.data))
    first_line = next(iter(file.document.lines), None)
    file.document = Document()
    return _ReadRecord(file, partnership, its_claims, first_line)


def _read_partnership(file: File, known: Mapping[str, set[str]]) -> Partnership | None:
    data = file.document.data
    if isinstance(data, dict) and "id" in data:
        file.report(file.document.spot(("id",), of_key=True), "the file's name is the id; delete this line")
    with_id = {**data, "id": Path(file.name).stem} if isinstance(data, dict) else data
    if "source" in known:
        known = {**known, "source": _ids(part(data, "sources")) | known["source"]}
    record: Partnership | None = _build(file, Partnership, with_id, known)
    return record
