"""Abbreviations that explain themselves: the first time one stands on a page, it gets its meaning on hover and focus.

Works on a page's finished HTML, so that prose and records are treated alike. Called by `mkdocs_events`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

# In these elements an explanation would nest what must not nest, or change what must stay as typed.
_UNTOUCHED = {"a", "abbr", "button", "caption", "code", "h1", "h2", "h3", "h4", "h5", "h6", "option", "pre"} | {
    "script",
    "style",
    "summary",
    "svg",
    "title",
}
_TOKEN = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)")


def explain(html: str, abbreviations: Mapping[str, str]) -> str:
    """Mark the first mention of each abbreviation in a page's HTML with its meaning.

    `abbreviations` maps each to its meaning in plain text. Mentions inside links, headings and code are left alone.
    """
    known = {escape(short): escape(meaning) for short, meaning in abbreviations.items()}
    waiting = {short: meaning for short, meaning in known.items() if short in html}
    if not waiting:
        return html
    longest_first = sorted(waiting, key=len, reverse=True)
    mention = re.compile(rf"(?<![\w&#])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")

    def mark(match: re.Match[str]) -> str:
        meaning = waiting.pop(match[0], None)
        return f'<abbr title="{meaning}" tabindex="0">{match[0]}</abbr>' if meaning else match[0]

    within: str | None = None
    depth = 0
    tokens = _TOKEN.split(html)
    for index, token in enumerate(tokens):
        if not waiting:
            break
        if not index % 2:
            if within is None:
                tokens[index] = mention.sub(mark, token)
        elif tag := _TAG.match(token):
            if within is None and tag[2] in _UNTOUCHED and not tag[1]:
                within, depth = tag[2], 1
            elif tag[2] == within:
                depth += -1 if tag[1] else 1
                within = within if depth else None
    return "".join(tokens)
