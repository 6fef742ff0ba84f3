"""How messages word a value: quoted on one line, with the nearest known word; which characters no file may hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection

# Longer ones are quoted by their beginning: a message is read in one line.
_LONGEST_SHOWN = 60
_MOST_TYPOS = 4
_MOST_COMPARED = 300
# What YAML does not allow in a file, and the line breaks that editors and YAML count differently.
FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def shown(value: object) -> str:
    """A value as messages quote it: on one line, at most 60 characters, invisible ones by their code."""
    begins = str(value)[: _LONGEST_SHOWN + 1]
    text = "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in begins)
    return text[:_LONGEST_SHOWN] + ("…" if len(text) > _LONGEST_SHOWN else "")


def nearest(word: str, known: Collection[str]) -> str:
    """The known word that is most like this one; empty when none is near."""
    similar = [other for other in known if abs(len(other) - len(word)) <= _MOST_TYPOS]
    # Comparing takes time with the square of the length; so many words of one length are no vocabulary.
    if len(word) > _LONGEST_SHOWN or len(similar) > _MOST_COMPARED:
        return ""
    return next(iter(difflib.get_close_matches(word, similar, n=1)), "")


def did_you_mean(word: str, known: Collection[str]) -> str:
    """The nearest known word as a question, or an empty string when none is near."""
    near = nearest(word, known)
    return f'did you mean "{shown(near)}"? ' if near else ""
