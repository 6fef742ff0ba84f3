"""Why a text is no YAML, in an editor's words: what is said where the parser stops.

The parser points at the place where it can go no further, often far below the fault and in its own terms. Here the
usual faults of typing are looked for: a quote or bracket left open, a colon in text, a tab, lines that do not line up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from compass.wording import shown

# A value that begins with a quotation mark, and how such a value ends.
_QUOTED_VALUE = re.compile(r"""[ ]*(?:-[ ]+)*(?:[\w-]+:[ ]+)?(?=["'])""")
_QUOTED = re.compile(r"""\"(?:[^"\\]|\\.)*\"|'(?:[^']|'')*'(?!')""", re.DOTALL)
_AFTER_QUOTED = re.compile(r"[ ]*(?:$|[ ]#|[,:\]}])", re.MULTILINE)
# A field whose text stands on the lines below it.
_BLOCK = re.compile(r"[ ]*(?:-[ ]+)*(?:[\w-]+:)?[ ]+[>|][+-]?[ ]*$")
_KEY = re.compile(r"[ ]*(?:-[ ]+)*[\w-]+")
_AFTER_SIGN = "on the line below its field after >- (where any sign is text)"
_BELOW = f"put it in quotes, or {_AFTER_SIGN}"
_LATER = "; any other problems of this file show when this is mended"


def explain(error: Any, lines: list[str]) -> tuple[int, int, str]:
    """Line and column (from 1) of what an editor has to mend, and what it is.

    `error` is the parser's (a `yaml.MarkedYAMLError`) on a text of these lines.
    """
    lines = lines or [""]
    mark = error.problem_mark or error.context_mark
    # At what is never closed, the parser points behind the last line.
    line, column = (mark.line, mark.column) if mark.line < len(lines) else (len(lines) - 1, len(lines[-1]))
    found = (
        _tab(lines, line, column)
        or _quote(lines, line)
        or _bracket(error)
        or _colon(error, lines, line, column)
        or _no_field(error, lines)
        or _other(error, lines, line, column)
    )
    return found[0] + 1, found[1] + 1, found[2] + _LATER


def _tab(lines: list[str], line: int, column: int) -> tuple[int, int, str] | None:
    if "\t" in lines[line][: _indentation(lines[line])] or lines[line][column : column + 1] == "\t":
        at = lines[line].index("\t")
        return line, at, "a tab; write blanks in its place, as many as line it up with the lines beside it"
    return None


def _quote(lines: list[str], last: int) -> tuple[int, int, str] | None:
    """The first value up to a line that begins with a quotation mark and does not end with its closing."""
    for number in _fields_of(lines[: last + 1]):
        line = lines[number]
        opened = _QUOTED_VALUE.match(line)
        if not opened:
            continue
        rest = "\n".join([line[opened.end() :], *lines[number + 1 :]])
        closed = _QUOTED.match(rest)
        if closed and _AFTER_QUOTED.match(rest, closed.end()):
            continue
        if closed and "\n" not in closed[0]:
            apostrophe = " (or is this ' an apostrophe?)" if closed[0][0] == "'" else ""
            message = f"text follows the closing quote{apostrophe}; put all of it {_AFTER_SIGN}"
            return number, opened.end() + closed.end(), message
        return number, opened.end(), f"the quote {line[opened.end()]} that opens here is not closed; close it"
    return None


def _bracket(error: Any) -> tuple[int, int, str] | None:
    bracket = {"while parsing a flow sequence": "[", "while parsing a flow mapping": "{"}.get(error.context or "")
    if not bracket:
        return None
    message = f"the bracket {bracket} that opens here is not closed, or a comma is missing in it"
    return error.context_mark.line, error.context_mark.column, message


def _colon(error: Any, lines: list[str], line: int, column: int) -> tuple[int, int, str] | None:
    if not str(error.problem).startswith("mapping values are not allowed"):
        return None
    if not _KEY.fullmatch(lines[line][:column]):
        return line, column, f"text that holds a colon and a blank; {_BELOW}"
    # A field deeper than the one above it, which holds text, is read as more of that text.
    above = _field_above(lines, line)
    return _glued(lines, above) or _out_of_line(lines, line)


def _no_field(error: Any, lines: list[str]) -> tuple[int, int, str] | None:
    if not str(error.problem).startswith("could not find expected ':'") or not error.context_mark:
        return None
    line, column = error.context_mark.line, error.context_mark.column
    if glued := _glued(lines, line):
        return glued
    above = next((other for other in reversed(lines[:line]) if other.strip()), "")
    if _BLOCK.match(above):
        return line, column, "text that is not indented; begin it two blanks further right than the field above it"
    return line, column, "neither a field nor text; write name: value, or indent it as more of the text above"


def _glued(lines: list[str], line: int) -> tuple[int, int, str] | None:
    """A blank that is missing after a dash or a colon."""
    if dash := re.match(r"[ ]*-(?=[^ -])", lines[line]):
        return line, dash.end() - 1, "no blank after the dash; put one there"
    if colon := re.match(r"[ ]*(?:-[ ]+)*[\w-]+:(?=[^ /])", lines[line]):
        return line, colon.end(), "no blank after the colon; put one there"
    return None


def _fields_of(lines: list[str]) -> Iterator[int]:
    """The numbers of the lines that hold fields or items: neither comments nor the text below a field."""
    inside: int | None = None
    for number, line in enumerate(lines):
        if not line.strip() or (inside is not None and _indentation(line) > inside):
            continue
        inside = _indentation(line) if _BLOCK.match(line) else None
        if line.lstrip()[0] != "#":
            yield number


def _field_above(lines: list[str], line: int) -> int:
    """The number of the last line above that begins a field or an item; the first line's when there is none."""
    return max(_fields_of(lines[:line]), default=0)


def _indentation(text: str) -> int:
    return len(text) - len(text.lstrip())


def _out_of_line(lines: list[str], line: int) -> tuple[int, int, str]:
    """Why a line fits none of those above it."""
    own, above = _indentation(lines[line]), _field_above(lines, line)
    if glued := _glued(lines, line) or _glued(lines, above):
        return glued
    if re.fullmatch(r"[ ]*[\w-]+[ ]*", lines[above]):
        name = lines[above].strip()
        return above, _indentation(lines[above]), f'"{shown(name)}" without a colon; write {shown(name)}:'
    items = [number for number in range(line) if lines[number].lstrip().startswith("- ")]
    if lines[line].lstrip().startswith("- ") and items and _indentation(lines[items[-1]]) != own:
        before = f"the one in line {items[-1] + 1} in column {_indentation(lines[items[-1]]) + 1}"
        return line, own, f"this dash stands in column {own + 1}, {before}; line them up"
    for number in (line, above):
        if bracket := re.search(r":[ ]+(?=\[[^]]*\][ ]*[^ #])", lines[number]):
            return number, bracket.end(), f"text that begins with [; {_BELOW}"
    beside = len(lines[above]) - len(lines[above].lstrip(" -"))
    if own == beside:
        return line, own, f"does not go on from line {above + 1}; check the colons, dashes and quotes of both lines"
    return line, own, f"indented by {own}, the field in line {above + 1} by {beside}; line up what belongs together"


def _other(error: Any, lines: list[str], line: int, column: int) -> tuple[int, int, str]:
    problem = str(error.problem)
    if problem.startswith("did not find expected") and ("key" in problem or "-" in problem):
        return _out_of_line(lines, line)
    message = f"not YAML ({problem}); check indentation, quotes and brackets"
    if problem.startswith("found character that cannot start any token"):
        message = f"text that begins with {shown(lines[line][column : column + 1])}; {_BELOW}"
    elif problem.startswith("block sequence entries are not allowed"):
        message = f"text that begins with a dash; {_BELOW}"
    elif problem.startswith("did not find expected comment or line break"):
        message = "text on the same line as >-; begin it on the next line, two blanks further right than the field"
    elif problem.startswith("found unknown escape character"):
        message = f"a backslash inside double quotes; put the text {_AFTER_SIGN}"
    return line, column, message
