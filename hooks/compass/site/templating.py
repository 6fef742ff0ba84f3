"""The templates of this package, and how text gets into them: letter by letter, wherever it is put.

`as_typed` takes away what the characters of a text mean to HTML and to Markdown. `compiled_templates` also keeps those
of the theme.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from compass.internals import CompiledTemplates

_TEMPLATES = Path(__file__).parent / "templates"
# What means something to HTML or, within a line, to Markdown; and the line break, so that no text makes a line begin.
_AS_TYPED = str.maketrans({char: f"&#{ord(char)};" for char in "&<>\"'\\`*_{}[]#~!"} | {"\n": " "})
_MEANINGFUL = re.compile(f"[{re.escape(''.join(map(chr, _AS_TYPED)))}]")


def as_typed(value: object) -> object:
    """Text as HTML and Markdown that show it letter by letter; anything else, finished HTML included, as it is."""
    # Finished HTML is of a type of its own. Most text holds nothing to translate, and to see that is quick.
    if type(value) is not str:
        return value
    return Markup(value.translate(_AS_TYPED)) if _MEANINGFUL.search(value) else Markup(value)


def front_matter(text: str) -> Markup:
    """Text as a value in a page's front matter; MkDocs puts it into HTML as it is, so it is escaped here."""
    plain = str(escape(text)).replace("\n", " ").replace("\\", "\\\\")
    return Markup(f'"{plain}"')


@lru_cache(maxsize=100)
def template_of(text: str) -> Template:
    """A text as a template; TemplateSyntaxError when it is none."""
    return environment().from_string(text)


@cache
def compiled_templates() -> BytecodeCache | None:
    """Compiled templates, kept from one build to the next: to compile them takes longer than to render them.

    They are in the folder that Jinja has for each user, and made anew when a template changes; None where that folder
    is not safe or cannot be made.
    """
    try:
        return CompiledTemplates()
    except (RuntimeError, OSError):
        return None


@cache
def environment() -> Environment:
    """The templates of this package. They are compiled once, and again when their files change."""
    templates = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        finalize=as_typed,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled_templates(),
    )
    templates.filters["front_matter"] = front_matter
    return templates
