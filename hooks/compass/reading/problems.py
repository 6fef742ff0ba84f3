"""What is wrong with the records, one line for each problem: its place, its message, and whether it stops the build."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from compass.reading.yaml_document import Spot


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

    @property
    def annotation(self) -> str:
        """The problem as a workflow command, by which GitHub shows it beside the line in question."""
        message = self.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        file = self.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        return f"::{self.severity.value} file={file},line={self.spot.line},col={self.spot.column}::{message}"

    def __str__(self) -> str:
        mark = "warning: " if self.severity is Severity.WARNING else ""
        return f"{self.place}: {mark}{self.message}"


class RecordsError(Exception):
    """Raised by `read`: the records cannot be used. `problems` holds all of them, sorted."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.headline = f"The records have {counted(problems)}"
        super().__init__("\n".join(map(str, problems)))


def counted(problems: list[Problem]) -> str:
    """The count that ends a list of problems: `2 problems, 1 warning`."""
    number = Counter(problem.severity for problem in problems)
    words = [f"{number[Severity.ERROR]} problem" + "s" * (number[Severity.ERROR] != 1)]
    if number[Severity.WARNING]:
        words.append(f"{number[Severity.WARNING]} warning" + "s" * (number[Severity.WARNING] != 1))
    return ", ".join(words)
