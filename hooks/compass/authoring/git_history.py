"""A git revision → the records as they were then, so that two states can be compared.

Git is asked for nothing but the files below the folder of records; the ordinary reader reads them, by today's rules.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from compass.model.reference import Reference
from compass.reading.problems import RecordsError, Severity
from compass.reading.reader import read
from compass.wording import shown

_MOST_PROBLEMS = 3
# Files of records that came later than others, and what they would have held before.
_LATER = {"banned_hosts.yml": "[]\n"}


class HistoryError(Exception):
    """Raised by `read_at`: the earlier state cannot be had. Its text tells why and what to do."""


def read_at(data: Path, revision: str) -> Reference:
    """Read the folder of records `data` as it was at a git revision, whatever warnings there were; HistoryError."""
    name = shown(revision)
    if _git(data, "rev-parse", "--git-dir").returncode:
        raise HistoryError(
            f"{data} is in no repository that git can read, so that nothing tells how it was; run this in a clone"
        )
    # A revision never begins with a dash: what does would be taken for an option.
    found = (
        None if revision.startswith("-") else _git(data, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    )
    if found is None or found.returncode:
        raise HistoryError(f'unknown revision "{name}"; give a commit, a branch or a tag that this repository has')
    archive = _git(data, "archive", "--format=tar", found.stdout.decode().strip(), ".")
    if archive.returncode:
        raise HistoryError(f'{data} was not there at revision "{name}"; give a later one')
    with TemporaryDirectory() as folder:
        then = Path(folder, data.resolve().name)
        try:
            with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
                files.extractall(then, filter="data")
            for file, content in _LATER.items():
                if not (then / file).exists():
                    (then / file).write_text(content, "utf-8")
            # What the rules of today say of it does not matter: it is only compared.
            return read(then, checks=())[0]
        except tarfile.TarError as error:
            raise HistoryError(f'{data} at revision "{name}" cannot be unpacked: {shown(error)}') from None
        except RecordsError as error:
            errors = [problem for problem in error.problems if problem.severity is Severity.ERROR]
            raise HistoryError(_unreadable(name, [f"{name}:{problem}" for problem in errors])) from None


def _unreadable(name: str, problems: list[str]) -> str:
    number = f"{len(problems)} problem{'s' * (len(problems) != 1)}"
    first = ", the first of which are above" if len(problems) > _MOST_PROBLEMS else ""
    reason = f'the records at revision "{name}" have {number} by today’s rules{first}'
    return "\n".join([*problems[:_MOST_PROBLEMS], f"{reason}; only what can be read today can be compared"])


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=False, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError:
        raise HistoryError("git was not found; install it, the earlier records come from it") from None
