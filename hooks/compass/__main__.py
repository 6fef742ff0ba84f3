"""The command line: `python -m compass check` reads every record and reports every problem."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from compass.problems import RecordsError, counted
from compass.reading import read


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the status for the shell: 0 when the records are sound, 1 when they are not."""
    parser = argparse.ArgumentParser(prog="python -m compass", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="read every record and report every problem, with file, line and column")
    check.add_argument("--data", type=Path, default=Path("data"), help="the folder of records (default: data)")
    options = parser.parse_args(arguments)
    try:
        reference, warnings = read(options.data)
    except RecordsError as error:
        print(error)
        return 1
    for warning in warnings:
        print(warning)
    print(f"{counted(warnings)} in {len(reference.partnerships)} partnerships")
    return 0


if __name__ == "__main__":
    sys.exit(main())
