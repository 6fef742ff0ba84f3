"""A partner's name → the file of a new record: every field in order, each with what belongs there.

`python -m compass new` writes it. Made from the models through `field_reference`, so that a new record asks for just
what the check will ask for. Required fields are left blank for `check` to list; the others are commented out.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import yaml

from compass.model.field_reference import Field, fields_of
from compass.model.json_schema import schema_line
from compass.model.records import Partnership, Record
from compass.reading.record_files import RECORD_FOLDER

_HEAD = """\
# {name}: one record of the reference. Fields are explained under /contribute/fields/.
#
# Fill in what is blank; `make check` lists what still is. What begins with # and no blank may be left out: to use it,
# delete the first # of all its lines. Longer text, and text with signs in it, goes on the line below its field after >-
# Every fact names its sources, in your own words; what is missing becomes an open question, never a guess.
# The guide: docs/contribute/add-a-partnership.md. The rules: docs/about/method.md. Delete these comments as you go.
"""


def new_record(name: str) -> str:
    """The text of a new record for the partner called `name`."""
    lines = [schema_line(f"{RECORD_FOLDER}/x.yml"), *_HEAD.format(name=name).splitlines(), ""]
    for field in fields_of(Partnership):
        if field.name == "name":
            lines += [*_comment(field), f"name: {_quoted(name)}"]
        else:
            lines += _field(field)
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return yaml.safe_dump(text, allow_unicode=True, width=1_000_000).removesuffix("...\n").strip()


def _field(field: Field) -> Iterator[str]:
    """The lines of a field: comment, name, and what stands below it; commented out when it may be left out."""
    lines = [*_comment(field), *_blank(field)]
    yield from lines if field.required else (f"#{line}" for line in lines)


def _comment(field: Field) -> Iterator[str]:
    is_one_text = field.value_type is str and not field.id_of and not field.many
    kind = "" if is_one_text or field.model or field.terms else f" ({field.what_to_type})"
    yield from _wrapped(field.meaning + kind)
    for term in field.terms or ():
        yield from _wrapped(f"{term.value}: {term.meaning}", "  ")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, 100, initial_indent=f"# {indent}", subsequent_indent=f"# {indent}  ")


def _blank(field: Field) -> Iterator[str]:
    if field.model is None:
        yield f"{field.name}: []" if field.many else f"{field.name}:"
        return
    yield f"{field.name}:"
    inner = list(_of(field.model))
    if not field.many:
        yield from (f"  {line}" for line in inner)
        return
    # The dash that begins an item stands before its first field, below the comment on that field.
    first = next(index for index, line in enumerate(inner) if not line.startswith("#"))
    for index, line in enumerate(inner):
        yield f"  {'- ' if index == first else '  ' if index > first else ''}{line}"


def _of(model: type[Record]) -> Iterator[str]:
    for field in fields_of(model):
        yield from _field(field)
