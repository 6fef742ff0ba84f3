"""Addresses below the site's root: of a partner, by its name, of a page, by its file, and from one to another."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from functools import lru_cache


def record_id(name: str) -> str:
    """The id of a partner, which is also its file's name and its address: `Côte d’Ivoire` → `cote-d-ivoire`.

    Empty when the name holds no letter or digit that an id can hold.
    """
    letters = (char for char in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(char))
    return re.sub("[^a-z0-9]+", "-", "".join(letters)).strip("-")


def address_of(path: str) -> str:
    """The address of a page below the site's root: `areas/cyber.md` → `areas/cyber/`, `index.md` → ``."""
    stem = path.removesuffix(".md")
    return "" if stem == "index" else stem.removesuffix("/index") + "/"


@lru_cache(maxsize=10_000)
def relative(here: str, target: str) -> str:
    """The way from one address below the site's root to another: from `areas/cyber/` to `data/` it is `../../data/`."""
    folder = here.rpartition("/")[0]
    return posixpath.relpath(f"/{target}", f"/{folder}") + ("/" if target.endswith("/") or not target else "")
