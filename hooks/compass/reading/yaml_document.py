"""YAML text → plain data that remembers where each value stands: the first step of reading.

YAML 1.1 guesses types, and guesses wrong for this site (`NO` becomes false, `12:30` becomes 750, `1.10` becomes 1.1).
Here every scalar is the text that was typed; the models say what it must be. Tags, anchors and aliases have no use in
a record and are refused, so that nothing in it can be executed, hidden or multiplied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from sys import intern
from typing import Any, NamedTuple

import yaml

from compass.reading.yaml_hints import explain
from compass.wording import FORBIDDEN, shown

# libyaml's parser where PyYAML brings it: the same events some ten times faster.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Records are five levels deep; far deeper ones are no records, and would exhaust the stack.
_DEEPEST = 30
# A file with more of them is not text, and every one more says nothing new.
_MOST_CONTROL_CHARACTERS = 20
# The largest file of records holds some two thousand values; far more are no records, and would take minutes to check.
_MOST_VALUES = 20_000

Path = tuple[str | int, ...]


class Spot(NamedTuple):
    """A place in a file as editors count: lines and columns from 1."""

    line: int
    column: int


@dataclass
class Document:
    """A file's data, what is wrong with its YAML, and where each key and value stands."""

    data: Any = None
    findings: list[tuple[Spot, str]] = field(default_factory=list)
    keys: dict[Path, Spot] = field(default_factory=dict)
    values: dict[Path, Spot] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    # The lines of each text that stands below its field: from one number (counted from 0) up to another.
    blocks: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def spot(self, path: Path, *, of_key: bool = False) -> Spot:
        """Where the value (or the key) at `path` stands; the nearest value around it when there is none."""
        if of_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Spot(1, 1))


def parse(text: str) -> Document:
    """Parse one YAML document. The same text gives the same result, which nobody changes, so that it can be remembered.

    Mappings become dicts, sequences lists, scalars the text as typed. Never raises: what is wrong with the YAML is in
    the result's `findings`, each with its place; after a fault of syntax there are no `data`.
    """
    document = Document()
    for match in FORBIDDEN.finditer(text):
        line_start = text.rfind("\n", 0, match.start()) + 1
        spot = Spot(text.count("\n", 0, line_start) + 1, match.start() - line_start + 1)
        document.findings.append((spot, f"control character U+{ord(match[0]):04X}; delete it"))
        if len(document.findings) > _MOST_CONTROL_CHARACTERS:
            return document
    text = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    try:
        document.lines = text.splitlines()
        _Builder(yaml.parse(text, Loader=_Loader), document).build()
    except _TooMuchError:
        pass
    except yaml.MarkedYAMLError as error:
        line, column, message = explain(error, document.lines)
        # What else is found in the line is the cause.
        if line not in {spot.line for spot, _ in document.findings}:
            document.findings.append((Spot(line, column), message))
    except yaml.YAMLError as error:
        document.findings.append((Spot(1, 1), f"this is not YAML: {shown(' '.join(str(error).split()))}"))
    return document


def _spot(mark: Any) -> Spot:
    return Spot(mark.line + 1, mark.column + 1) if mark else Spot(1, 1)


class _TooMuchError(Exception):
    """Ends the building of a document that cannot be a record; what is too much of it has been found already."""


class _Builder:
    """Builds the data of a document from PyYAML's events, one value at a time."""

    def __init__(self, events: Iterator[Any], document: Document) -> None:
        self.events, self.document = events, document
        self.values = 0

    def build(self) -> None:
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._find(event, "a second document starts here; a file holds one record: delete the line ---")
                    return
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                self.document.data = self._value(event, ())

    def _find(self, event: Any, message: str) -> None:
        self.document.findings.append((_spot(event.start_mark), message))

    def _value(self, event: Any, path: Path) -> Any:
        # What is missing at the end of a file can stand after its last line.
        spot, last = _spot(event.start_mark), max(1, len(self.document.lines))
        self.document.values[path] = spot if spot.line <= last else Spot(last, 1)
        self.values += 1
        if self.values > _MOST_VALUES:
            self._find(event, f"more than {_MOST_VALUES:,} values; a file of records holds far fewer, split it")
            raise _TooMuchError
        if isinstance(event, yaml.AliasEvent):
            self._find(event, "text that begins with *; put it in quotes (records have no aliases)")
            return f"*{event.anchor}"
        if event.anchor:
            self._find(event, "text that begins with &; put it in quotes (records have no anchors)")
        if event.tag:
            self._find(
                event,
                f"a tag, {shown(event.tag)}; delete it, records have no tags (put text that starts with ! in quotes)",
            )
        if isinstance(event, yaml.ScalarEvent):
            if not event.style:
                self._refuse_what_is_no_text(event)
            elif event.style in "|>":
                self.document.blocks[path] = (_spot(event.start_mark).line, _spot(event.end_mark).line - 1)
            # Ids, dates and codes are typed again and again; one copy of each will do.
            return event.value if " " in event.value else intern(event.value)
        if len(path) >= _DEEPEST:
            self._find(event, f"nested more than {_DEEPEST} levels deep; no record is, check the brackets")
            raise _TooMuchError
        return self._list(path) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(path)

    def _refuse_what_is_no_text(self, event: Any) -> None:
        """Refuse, of unquoted text, what YAML would take for nothing or drop without a word."""
        if event.value in ("~", "null", "Null", "NULL"):
            self._find(event, f"{event.value} means nothing; leave the field out, or put the text in quotes")
        mark, lines = event.end_mark, self.document.lines
        rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
        if re.match(r"\s+#", rest):
            message = (
                "the text ends before this #, the rest would be lost; put the text in quotes, or below its field "
                "after >- (a comment goes on a line of its own)"
            )
            column = mark.column + rest.index("#") + 1
            self.document.findings.append((Spot(mark.line + 1, column), message))

    def _list(self, path: Path) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            spot = _spot(event.start_mark)
            key = self._value(event, (*path, -1)) if not isinstance(event, yaml.ScalarEvent) else event.value
            if not isinstance(key, str):
                self._find(event, "a list or mapping where a field's name is expected; write name: value")
                key = str(key)
            value_at = (*path, key)
            if key in mapping:
                within_list = any(isinstance(step, int) for step in path)
                remedy = 'keep one, or begin a new item of the list with "- "' if within_list else "keep one"
                first = self.document.keys[value_at].line
                self._find(event, f'"{shown(key)}" stands here a second time (first in line {first}); {remedy}')
                self._value(next(self.events), (*value_at, "again"))
                continue
            self.document.keys[value_at] = spot
            mapping[key] = self._value(next(self.events), value_at)
        return mapping
