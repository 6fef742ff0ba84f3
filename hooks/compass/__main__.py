"""The command line: check the records, begin a new one, draft what is said of changes, write the schemas for editors.

All commands work on the folder of records, `data/` unless `--data` names another. `pages`, which writes the site for
another generator, finds `mkdocs.yml` beside it.
"""

from __future__ import annotations

import argparse
import codecs
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from compass.addresses import record_id
from compass.authoring.change_drafts import drafts
from compass.authoring.git_history import HistoryError, read_at
from compass.authoring.new_record import new_record
from compass.model.dates import EpochError, today
from compass.model.json_schema import SCHEMA_MARK, data_schemas, schema_line
from compass.model.reference import FILES
from compass.os_errors import explained
from compass.reading.checks import SCHEMA_FOLDER, record_file
from compass.reading.problems import Problem, RecordsError, counted
from compass.reading.reader import read
from compass.reading.record_files import RECORD_FOLDER
from compass.settings import SettingsError, read_settings, site_of
from compass.site.markdown_export import plain_site
from compass.site.prose import PageError, read_prose
from compass.site.website import website
from compass.wording import shown


def main(arguments: list[str] | None = None) -> int:
    """Run a command; return the status for the shell: 0 when all went well, 1 when something has to be mended."""
    parser = argparse.ArgumentParser(prog="python -m compass", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="the folder of records (default: data)")
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="read every record and report every problem, with file, line and column")
    check.set_defaults(run=lambda options: _check(options.data))
    new = commands.add_parser("new", help="write a new record, every field of it explained and still blank")
    new.add_argument("name", help='the partner\'s usual English name, such as "New Zealand"')
    new.set_defaults(run=lambda options: _new(options.data, options.name))
    changes = commands.add_parser(
        "changes", help="draft entries for data/changes.yml from what changed since a revision"
    )
    changes.add_argument("--since", metavar="REV", required=True, help="the git revision to compare with, such as HEAD")
    changes.set_defaults(run=lambda options: _changes(options.data, options.since))
    schema = commands.add_parser("schema", help="write data/schema/, and the first lines that name it")
    schema.set_defaults(run=lambda options: _schema(options.data))
    pages = commands.add_parser("pages", help="write the whole site as plain Markdown, for another generator of sites")
    pages.add_argument("out", type=Path, metavar="OUT", help="the folder to write, which is new or empty")
    pages.set_defaults(run=lambda options: _pages(options.data, options.out))
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        raise
    except RecordsError as error:
        _show(error.problems)
        print(counted(error.problems))
    except (HistoryError, EpochError, PageError, SettingsError) as error:
        print(error)
    except OSError as error:
        print(explained(error, getattr(options, "out", options.data)))
    return 1


def _check(data: Path) -> int:
    reference, warnings = read(data)
    _show(warnings)
    number = len(reference.partnerships)
    print(f"{counted(warnings)} in {number} partnership{'s' * (number != 1)}")
    return 0


def _new(data: Path, name: str) -> int:
    stem = record_id(name)
    if not stem or not name.isprintable():
        print(f'"{shown(name)}" is no name; give the usual English one, as in make new NAME="New Zealand"')
        return 1
    path = data / RECORD_FOLDER / f"{stem}.yml"
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(new_record(" ".join(name.split())))
    except FileExistsError:
        print(f"{path} exists already and stays as it is; open it, or give another name")
        return 1
    except OSError:
        path.unlink(missing_ok=True)
        raise
    print(f"{path} is written. Fill in what is blank; `make check` lists it. Guide: /contribute/add-a-partnership/")
    return 0


def _changes(data: Path, revision: str) -> int:
    after, _ = read(data)
    before = read_at(data, revision)
    made = drafts(before, after, today())
    since = f"since {shown(revision)}"
    if made:
        print(
            f"# Drafts of what changed {since}, for the top of {data / 'changes.yml'}: mend each “what”, and say why."
        )
        print("\n".join(draft.text for draft in made), end="")
    elif before.model_copy(update={"changes": ()}) == after.model_copy(update={"changes": ()}):
        print(f"Nothing has changed {since}")
    else:
        print(f"Nothing to tell has changed {since}; what has is neither a fact nor an open question of a partnership")
    return 0


def _schema(data: Path) -> int:
    # Without the rules, one of which is that the schemas are up to date.
    reference, _ = read(data, checks=())
    folder = data / SCHEMA_FOLDER
    folder.mkdir(exist_ok=True)
    schemas = data_schemas(reference)
    for old in folder.glob("*.json"):
        if old.name not in schemas:
            old.unlink()
    for name, text in schemas.items():
        (folder / name).write_text(text, "utf-8", newline="\n")
    print(f"{folder}: {len(schemas)} schemas are written")
    records = [record_file(partnership.id) for partnership in reference.partnerships]
    for file in (*(f"{name}.yml" for name in FILES), *records):
        if _name_schema(data / file, schema_line(file)):
            print(f"{data / file}: the first line names its schema now")
    return 0


def _name_schema(file: Path, line: str) -> bool:
    """Make a line the first one of a file, in the place of an older one of its kind; tell whether it was not there."""
    content = file.read_bytes()
    text = content.removeprefix(codecs.BOM_UTF8)
    first, _, rest = text.partition(b"\n")
    if first.decode("utf-8").strip() == line:
        return False
    end = b"\r\n" if first.endswith(b"\r") else b"\n"
    kept = rest if first.startswith(SCHEMA_MARK.encode()) else text
    # Beside its place first, so that there is never half of it.
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(content[: len(content) - len(text)] + line.encode() + end + kept)
    beside.replace(file)
    return True


def _pages(data: Path, out: Path) -> int:
    file = data.parent / "mkdocs.yml"
    settings = read_settings(file)
    docs, theme = Path(settings["docs_dir"]), Path(settings["theme"]["custom_dir"])
    for folder in (data, docs, theme):
        if out.resolve().is_relative_to(folder.resolve()):
            print(f"{out} lies in {folder}, from which the site is made; name a folder elsewhere")
            return 1
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        print(f"{out} exists already and stays as it is; name a folder that is new or empty")
        return 1
    reference, warnings = read(data)
    _show(warnings)
    sources = website(reference, site_of(settings), read_prose(docs))
    out.parent.mkdir(parents=True, exist_ok=True)
    # Beside its place first, so that there is never half of it.
    with TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as beside:
        whole = Path(beside, "whole")
        for name, content in plain_site(sources, reference.abbreviations, file.read_text("utf-8"), docs, theme):
            path = whole / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if out.exists():
            out.rmdir()
        whole.rename(out)
    print(f"{out} is written: every page as Markdown, and all else that another generator makes the site of")
    return 0


def _show(problems: Sequence[Problem]) -> None:
    for problem in problems:
        print(problem)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for problem in problems:
            print(problem.annotation)


def _run() -> int:
    """`main` for a terminal: it may know fewer letters than the records, or have read enough of a list."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    return status


if __name__ == "__main__":
    sys.exit(_run())
