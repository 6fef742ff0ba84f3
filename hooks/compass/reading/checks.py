"""Every rule about records that is not the type of a single field, in one list: read records → problems.

`reader` runs them after it has made records of the files, so `make check`, the build, the server and the tests all
hold the same rules. The first line of each rule's docstring is its text on the site, under /contribute/rules/. To add a
rule, write a function that yields a `Finding` for each breach, and enter it in `CHECKS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from compass.model.json_schema import data_schemas, schema_line
from compass.model.records import Partnership, Source, cited
from compass.model.reference import Reference
from compass.reading.problems import Problem, Severity
from compass.reading.record_files import RECORD_FOLDER, START, Parser, open_file
from compass.reading.uniqueness import SOURCE_ID, Claim
from compass.reading.yaml_document import Document, Spot
from compass.reading.yaml_document import Path as PathInFile
from compass.wording import shown

SHARED_SOURCES = "sources.yml"
SCHEMA_FOLDER = "schema"


@dataclass(frozen=True)
class ReadRecords:
    """What was read of a folder of records, as far as it could be read: what the rules look at.

    `contents` holds what each file beside the partnerships holds, by its name in `reference.FILES`; None where that
    could not be made. `partnerships` holds those that could be made, by id. `claims` holds what each record claims, by
    id, also of records with other mistakes. `first_lines` holds the first line of each file that could be read, by its
    path below the folder.
    """

    folder: Path
    parse: Parser
    contents: Mapping[str, Any]
    partnerships: Mapping[str, Partnership]
    claims: Mapping[str, tuple[Claim, ...]]
    shared_source_ids: frozenset[str]
    first_lines: Mapping[str, str]
    has_errors: bool

    @cached_property
    def sources(self) -> list[tuple[str, PathInFile, Source]]:
        """Every source with its file and the path to it there, the shared ones first."""
        found: list[tuple[str, PathInFile, Source]]
        found = [(SHARED_SOURCES, (index,), source) for index, source in enumerate(self.contents["sources"] or ())]
        for id, partnership in self.partnerships.items():
            found += [(record_file(id), ("sources", at), source) for at, source in enumerate(partnership.sources)]
        return found

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {}

    def spot(self, file: str, path: PathInFile) -> Spot:
        """Where a value stands; the file's first line for an empty path.

        The text is read once more for it: to keep that of a thousand records would fill the memory.
        """
        if not path:
            return START
        if file not in self._documents:
            self._documents[file] = open_file(self.folder, file, self.parse).document
        return self._documents[file].spot(path)


class Finding(NamedTuple):
    """A breach of a rule: the file, by its path below the folder of records, the path to the value there, and why."""

    file: str
    path: PathInFile
    message: str


@dataclass(frozen=True)
class Check:
    """A rule, and whether a breach stops the build or is only told."""

    find: Callable[[ReadRecords], Iterable[Finding]]
    severity: Severity

    @property
    def rule(self) -> str:
        """The rule in one sentence."""
        return (self.find.__doc__ or "").partition("\n")[0]


def problems(records: ReadRecords, checks: Iterable[Check]) -> list[Problem]:
    """Every breach of the rules, each with its place."""
    return [
        Problem(f"{records.folder.name}/{file}", records.spot(file, path), message, check.severity)
        for check in checks
        for file, path, message in check.find(records)
    ]


def record_file(id: str) -> str:
    """The file of a partnership, by its path below the folder of records."""
    return f"{RECORD_FOLDER}/{id}.yml"


def claims_belong_to_one_record(records: ReadRecords) -> Iterator[Finding]:
    """A name, a country code, an address and a source id belong to one record only.

    Whose claim is wrong is not known, so both are told.
    """
    claimants: dict[tuple[str, str], list[tuple[str, Claim]]] = {}
    for id, its_claims in records.claims.items():
        for claim in its_claims:
            claimants.setdefault((claim.what, claim.same), []).append((record_file(id), claim))
    for claiming in claimants.values():
        for file, claim in claiming:
            others = sorted({f"{records.folder.name}/{other}" for other, _ in claiming if other != file})
            if others:
                message = f'{claim.what} "{shown(claim.value)}" is also claimed by {" and ".join(others)}'
                yield Finding(file, claim.path, f"{message}; {claim.remedy}")


# What pages call their own parts, beside which ids of records stand as anchors; files of pages, lanes of the timeline.
_PARTS_OF_PAGES = """
    all areas assessments changes cite compare conflicts contacts counts countries covers dialogues european-parliament
    glance group index instrument legend not-found on-the-way open-questions other-subjects parliament part pipeline
    places resolutions search-script sources stages statements strategic-compass targets ties timeline
"""
_RESERVED_IDS = frozenset(_PARTS_OF_PAGES.split())
_RESERVED_BEGINNINGS = ("area-", "caption-", "cite-", "on-", "source-", "statement-", "target-", "tie-")


def is_reserved(id: str) -> bool:
    """Whether pages use an id for parts of their own."""
    return id in _RESERVED_IDS or id.startswith(_RESERVED_BEGINNINGS)


def ids_are_not_those_of_page_parts(records: ReadRecords) -> Iterator[Finding]:
    """No id repeats one that the pages use themselves, and no partnership has the id of an area."""
    ids: list[tuple[str, PathInFile, str]] = [(record_file(id), (), id) for id in records.claims]
    for name, field in _ANCHORS:
        content = records.contents[name]
        for index, item in enumerate((getattr(content, field) if field else content) if content else ()):
            ids.append((f"{name}.yml", (field, index, "id") if field else (index, "id"), item.id))
    areas = {area.id for area in records.contents["areas"].areas} if records.contents["areas"] else set()
    for file, path, id in ids:
        if is_reserved(id):
            yield Finding(file, path, f'id "{shown(id)}" is used by the pages themselves; choose another')
        elif not path and id in areas:
            yield Finding(file, path, f'id "{shown(id)}" is that of an area; give the file another name')


# Where ids stand that become addresses or anchors: a file, and the list inside it when it holds more.
_ANCHORS = (
    ("areas", "areas"),
    ("ties", ""),
    ("pillars", "pillars"),
    ("parliament", "resolutions"),
    ("pipeline", "prospects"),
    ("sets", ""),
    ("changes", ""),
)


def shared_sources_are_defined_once(records: ReadRecords) -> Iterator[Finding]:
    """A record does not define a shared source again."""
    for id, its_claims in records.claims.items():
        for claim in its_claims:
            if claim.what == SOURCE_ID and claim.value in records.shared_source_ids:
                message = f'source "{shown(claim.value)}" is shared, in data/{SHARED_SOURCES}; delete it here'
                yield Finding(record_file(id), claim.path, message)


def pages_are_defined_once(records: ReadRecords) -> Iterator[Finding]:
    """Each page is defined as a source once. If several records cite it, it is a shared source."""
    first: dict[str, tuple[str, Source]] = {}
    for file, path, source in records.sources:
        other, same = first.setdefault(source.url, (file, source))
        if same is not source:
            if other == file:
                remedy = "keep one"
            elif other == SHARED_SOURCES:
                remedy = "cite that and delete this"
            else:
                remedy = f"define it once, in {records.folder.name}/{SHARED_SOURCES}"
            message = f'this page is also source "{same.id}" of {records.folder.name}/{other}; {remedy}'
            yield Finding(file, (*path, "url"), message)


def sources_support_facts(records: ReadRecords) -> Iterator[Finding]:
    """Every source supports a fact.

    What a file with mistakes would cite is not known: the shared sources are looked at when there are none.
    """
    own = {record_file(id): set(cited(partnership)) for id, partnership in records.partnerships.items()}
    everywhere = set(cited(tuple(records.contents.values()))).union(*own.values())
    for file, path, source in records.sources:
        if file == SHARED_SOURCES and records.has_errors:
            continue
        if source.id not in own.get(file, everywhere):
            yield Finding(file, (*path, "id"), f'source "{source.id}" supports no fact; cite it or delete it')


def sources_are_on_no_banned_host(records: ReadRecords) -> Iterator[Finding]:
    """No source comes from a banned host, such as a mirror or a site of automated pages."""
    reasons = {banned.host: banned.reason for banned in records.contents["banned_hosts"] or ()}
    for file, path, source in records.sources:
        names = (urlsplit(source.url).hostname or "").rstrip(".").split(".")
        hosts = (".".join(names[start:]) for start in range(len(names)))
        if banned := next((host for host in hosts if host in reasons), None):
            why = reasons[banned].rstrip(".")
            yield Finding(file, (*path, "url"), f"{banned} is no source ({why}); cite the original page")


_TELLS_THE_ACT = re.compile(
    r"(?i)partnership\b.*\b(sign|adopt|announc|conclud)\w*|\b(sign|adopt|announc|conclud)\w*\b.*\bpartnership"
)


def the_act_is_told_once(records: ReadRecords) -> Iterator[Finding]:
    """The events do not repeat the act of the instrument, which every timeline shows."""
    for id, partnership in records.partnerships.items():
        act = partnership.instrument.act
        for index, event in enumerate(partnership.events):
            if event.kind == "partnership" and event.date == act.date and _TELLS_THE_ACT.search(event.title):
                message = "this event repeats the act of the instrument; delete it, the timeline already shows the act"
                yield Finding(record_file(id), ("events", index, "title"), message)


_ASKS_WHO_ACTED = re.compile(r"(?i)\bwho\b|\bwhom\b|\bsign")


def who_acted_is_told_or_asked(records: ReadRecords) -> Iterator[Finding]:
    """Each record names who acted for both sides, or asks it as an open question."""
    for id, partnership in records.partnerships.items():
        sides = {signatory.side for signatory in partnership.instrument.signatories}
        asked = [*partnership.open_questions, *(conflict.title for conflict in partnership.conflicts)]
        if len(sides) < 2 and not any(map(_ASKS_WHO_ACTED.search, asked)):
            message = "nothing says who acted for each side"
            remedy = 'name them under "signatories", or ask "Who signed?" under "open_questions"'
            yield Finding(record_file(id), ("instrument",), f"{message}; {remedy}")


def first_lines_name_schemas(records: ReadRecords) -> Iterator[Finding]:
    """The first line of each file names its schema, so that editors can explain fields and mark mistakes."""
    if not (records.folder / SCHEMA_FOLDER).is_dir():
        return
    for file, line in records.first_lines.items():
        if line.strip() != schema_line(file):
            yield Finding(file, (), "the first line does not name the schema; `make schema` writes it")


def schemas_are_current(records: ReadRecords) -> Iterator[Finding]:
    """The schemas for editors match the fields, areas, ties, regions, pillars and languages."""
    folder = records.folder / SCHEMA_FOLDER
    if records.has_errors or not folder.is_dir():
        return
    reference = Reference(**records.contents, partnerships=())
    for name, text in data_schemas(reference).items():
        file = folder / name
        if not file.is_file() or file.read_text("utf-8", errors="replace") != text:
            message = "this schema is not that of today's records; run `make schema`"
            yield Finding(f"{SCHEMA_FOLDER}/{name}", (), message)


CHECKS = (
    Check(claims_belong_to_one_record, Severity.ERROR),
    Check(ids_are_not_those_of_page_parts, Severity.ERROR),
    Check(shared_sources_are_defined_once, Severity.ERROR),
    Check(sources_are_on_no_banned_host, Severity.ERROR),
    Check(the_act_is_told_once, Severity.ERROR),
    Check(schemas_are_current, Severity.ERROR),
    Check(pages_are_defined_once, Severity.WARNING),
    Check(sources_support_facts, Severity.WARNING),
    Check(who_acted_is_told_or_asked, Severity.WARNING),
    Check(first_lines_name_schemas, Severity.WARNING),
)
