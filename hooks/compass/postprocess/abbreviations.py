"""Abbreviations that explain themselves: the first time one stands on a page, it gets its meaning on hover and focus.

Works on a page's finished HTML, so that prose and records are treated alike. For generators that run no hooks the same
is done to a page's Markdown.
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
_TAG = r"<!--.*?-->|<(?P<end>/?)(?P<tag>[a-zA-Z0-9]+)[^>]*>"
# What of Markdown is left alone for the same reasons.
_UNTOUCHED_MARKDOWN = (
    r"\A---\n.*?^---\n",  # front matter
    r"^#[^\n]*",  # a heading
    r"^ {4}[^\n]*",  # indented code
    r"^(?P<fence>```|~~~).*?^(?P=fence)",  # fenced code
    r"\[[^]\n]*\](?:\([^)\n]*\)|\[[^]\n]*\])",  # a link
    r"^\[[^]\n]*\]:[^\n]*",  # the address of a link
    r"`[^`\n]*`",  # code in a line
)


def explain(text: str, abbreviations: Mapping[str, str], *, markdown: bool = False) -> str:
    """Mark the first mention of each abbreviation in a page's HTML, or Markdown with HTML, with its meaning.

    `abbreviations` maps each to its meaning in plain text. Mentions inside links, headings and code are left alone.
    """
    known = {escape(short): escape(meaning) for short, meaning in abbreviations.items()}
    waiting = {short: meaning for short, meaning in known.items() if short in text}
    longest_first = sorted(known, key=len, reverse=True)
    mention = rf"(?<![\w&#])(?P<short>{'|'.join(map(re.escape, longest_first))})(?!\w)"
    looked_for = [*(_UNTOUCHED_MARKDOWN if markdown else ()), _TAG, mention]

    within: str | None = None
    depth = at = 0
    pieces: list[str] = []
    for found in re.finditer("|".join(looked_for), text, re.DOTALL | re.MULTILINE) if waiting else ():
        short, tag = found["short"], found["tag"]
        if short and within is None and (meaning := waiting.pop(short, None)):
            pieces += [text[at : found.start()], f'<abbr title="{meaning}" tabindex="0">{short}</abbr>']
            at = found.end()
            if not waiting:
                break
        elif tag and within is None and tag in _UNTOUCHED and not found["end"]:
            within, depth = tag, 1
        elif tag and tag == within:
            depth += -1 if found["end"] else 1
            within = within if depth else None
    return "".join([*pieces, text[at:]])
