"""What is wrong with a record, in words: where, what was found, what was expected, what to do.

`reading` finds the problems and gives them their place; the rules of `values` and `records` bring their own words.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from compass.values import did_you_mean
from compass.yaml_text import Spot


class Severity(StrEnum):
    """An error stops the build; a warning is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Problem:
    """Something to mend: where, and what was found, expected and to be done."""

    file: str
    spot: Spot
    message: str
    severity: Severity = Severity.ERROR

    @property
    def place(self) -> str:
        """File, line and column, in the form that editors and terminals turn into a link."""
        return f"{self.file}:{self.spot.line}:{self.spot.column}"

    def __str__(self) -> str:
        mark = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.place}: {mark}{self.message}"


class RecordsError(Exception):
    """Raised by `read`: the records cannot be used. `problems` holds all of them, sorted."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join([*map(str, problems), counted(problems)]))


def counted(problems: list[Problem]) -> str:
    """The count that ends a list of problems: `2 problems, 1 warning`."""
    number = Counter(problem.severity for problem in problems)
    words = [f"{number[Severity.ERROR]} problem" + "s" * (number[Severity.ERROR] != 1)]
    if number[Severity.WARNING]:
        words.append(f"{number[Severity.WARNING]} warning" + "s" * (number[Severity.WARNING] != 1))
    return ", ".join(words)


def only_follows(detail: Any) -> bool:
    """Whether a list is only called too short because items of it are wrong, which is reported anyway."""
    return bool(detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"])


def _shape(value: Any) -> str:
    shapes: dict[type, str] = {dict: "a mapping", list: "a list", str: "a text"}
    return shapes.get(type(value), "nothing")


@cache
def _schema(type_: Any) -> dict[str, Any]:
    # A file full of unknown fields asks for it once for each.
    return TypeAdapter(type_).json_schema()


def _fields(type_: Any, path: tuple[Any, ...]) -> list[str]:
    """The names of the fields that can be typed where `path` ends inside `type_`."""
    schema = _schema(type_)

    def inner(node: Any) -> Any:
        while "$ref" in node or "anyOf" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node["anyOf"][0]
        return node

    node = inner(schema)
    for step in path:
        node = inner(node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {}))
    return [name for name, schema in node.get("properties", {}).items() if not schema.get("readOnly")]


def in_words(detail: Any, path: tuple[Any, ...], type_: Any) -> str:
    """A pydantic error as a sentence: what was found; what was expected, what to do."""
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "record")
    found, context = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return f'"{name}" is missing; add it' + (", every fact names its sources" if name == "sources" else "")
        case "extra_forbidden":
            known = _fields(type_, path[:-1])
            return f'unknown field "{name}"; {did_you_mean(name, known)}expected one of {", ".join(known)}'
        case "enum":
            known = [word.strip(" '") for word in context["expected"].replace(" or ", ", ").split(",")]
            return f'{name} "{found}" is not known; {did_you_mean(str(found), known)}expected one of {", ".join(known)}'
        case "too_short":
            least = context["min_length"]
            end = "; every fact names its sources" if name == "sources" else ""
            return f'"{name}" holds {context["actual_length"]}; expected at least {least}{end}'
        case "string_pattern_mismatch":
            return f'{name} "{found}"; expected two capital letters, as in NO'
        case "string_type":
            return f'"{name}" is {_shape(found)}; expected a text'
        case "tuple_type" | "list_type":
            return f'"{name}" is {_shape(found)}; expected a list: start each item on its own line with "- "'
        case "model_type" | "dict_type" | "model_attributes_type":
            return f'"{name}" is {_shape(found)}; expected fields with their values, as in "name: value"'
        case "int_parsing" | "int_type":
            return f'{name} "{found}"; expected a whole number'
        case "greater_than_equal":
            return f"{name} {found}; expected {context['ge']} or more"
        case _:
            return str(detail["msg"])
