"""The names of pydantic and Jinja that their documentation does not promise: the package uses them only here.

Each says what it is for, and what to do when a new version breaks it. `tests/unit/test_internals.py` finds a name that
is gone.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

if TYPE_CHECKING:
    from jinja2.bccache import Bucket
    from pydantic import BaseModel

# Shared by all models; pydantic copies it before it changes it.
_NO_FIELDS_SET: set[str] = set()


def forget_fields_set(model: BaseModel) -> None:
    """Make a model, frozen or not, forget which fields were given.

    For less memory: it would be a fifth of what records weigh, and nobody asks. When it breaks: leave it out.
    """
    object.__setattr__(model, "__pydantic_fields_set__", _NO_FIELDS_SET)


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates in the folder that Jinja has for each user; what cannot be kept is compiled again."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The key of a template, by its name and file.

        For folders whose names are not UTF-8, which Jinja takes for granted. When it breaks: leave it out; the project
        then cannot stand in such a folder.
        """
        return super().get_cache_key(name, ascii(filename))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a compiled template, if the disk lets it."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
