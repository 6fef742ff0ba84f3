"""Records → tables: the open data in rows and columns, for CSV, SQLite and the data package.

Every record that cites sources is a row of one table: what has no table of its own is in `other_statements`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

from compass.derived.everything import Derived
from compass.model.records import Conflict, Fact
from compass.open_data.tables import partnerships as of_partnerships
from compass.open_data.tables import reference as of_reference
from compass.open_data.tables.rows import Placed, cites, conflicts, open_questions, placed, positions
from compass.open_data.tables.table import Column, Table, given

_record = attrgetter("record")
_PLACE = Column("place", "Where it stands in dataset.json, as a JSON Pointer (RFC 6901).", attrgetter("place"))
_PARTNERSHIP = Column(
    "partnership",
    "Id of the partnership, where it is about one.",
    attrgetter("partnership"),
    required=False,
    refers_to="partnerships",
)
_SUBJECT = Column("subject", "What it is about.", lambda item: item.subject or None, required=False)

_CONFLICTS = Table(
    "conflicts",
    "one point on which sources disagree, and what this site uses",
    ("place",),
    (_PLACE, _PARTNERSHIP, *given(Conflict, "title", "resolution", of=_record)),
    conflicts,
)
_POSITIONS = Table(
    "conflict_positions",
    "what one side of a conflict says; another side says something else",
    ("place",),
    (
        _PLACE,
        Column(
            "conflict",
            "Place of the conflict.",
            lambda item: item.place.partition("/positions/")[0],
            refers_to="conflicts",
        ),
        _PARTNERSHIP,
        _SUBJECT,
        *given(Fact, of=_record),
    ),
    positions,
)
_OPEN_QUESTIONS = Table(
    "open_questions",
    "one thing that was looked for and not found",
    ("place",),
    (_PLACE, _PARTNERSHIP, _SUBJECT, Column("text", "The question.", _record)),
    open_questions,
)


# Statements of no model of their own that have a table all the same.
_ELSEWHERE = re.compile(r"/positions/\d+$|^/partnerships/\d+/(areas|ties)/\d+/details/")


def _others(derived: Derived) -> Iterator[Placed]:
    held = {model for table in TABLES for model in table.holds}
    for found in placed(derived):
        if cites(found) and type(found.record) not in held and not _ELSEWHERE.search(found.place):
            yield found


_OTHER_STATEMENTS = Table(
    "other_statements",
    "one statement with sources that no other table has: on instruments, on the way, of the Compass and of Parliament",
    ("place",),
    (
        _PLACE,
        _PARTNERSHIP,
        Column("field", "Name of the field in which it stands.", attrgetter("field")),
        _SUBJECT,
        *given(Fact, of=_record),
    ),
    _others,
)

TABLES: tuple[Table, ...] = (
    of_partnerships.PARTNERSHIPS,
    of_partnerships.COVERAGE,
    of_partnerships.TIES,
    of_partnerships.EVENTS,
    of_partnerships.AREA_DETAILS,
    of_partnerships.TIE_DETAILS,
    of_reference.TARGETS,
    of_reference.TARGET_STEPS,
    of_reference.RESOLUTIONS,
    of_reference.SOURCES,
    of_partnerships.DIALOGUES,
    of_partnerships.SIGNATORIES,
    of_partnerships.OTHER_SUBJECTS,
    of_partnerships.ASSESSMENTS,
    _CONFLICTS,
    _POSITIONS,
    _OPEN_QUESTIONS,
    _OTHER_STATEMENTS,
    of_reference.GENERAL_STATEMENTS,
    of_reference.PROSPECTS,
    of_reference.COUNTS,
    of_reference.SETS,
    of_reference.STATEMENTS,
    of_reference.PLACES,
    of_reference.CHANGES,
    of_reference.PILLARS,
    of_reference.AREAS,
    of_reference.TIE_KINDS,
    of_reference.REGIONS,
    of_reference.MEMBERS,
    of_reference.LANGUAGES,
    of_reference.VOCABULARY,
)
