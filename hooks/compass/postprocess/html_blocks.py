"""HTML blocks take a short cut past Markdown: taken out before it, put back after it.

Templates set their larger blocks between comments. They are finished HTML, in which Markdown has nothing to do; but it,
and MkDocs after it, would parse every tag of them. A block that is marked as an aside (the numbered sources, and what
stands on another page too) also passes the search by. For generators that know nothing of this the comments are left
out, so a block has to begin with an element that Markdown takes for a block.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BLOCK = re.compile(r"<!--html( aside)?-->\n(.*?)<!--/html-->", re.DOTALL)
_PLACEHOLDER = re.compile(r'<div data-block="(\d+)"></div>')


class Block(NamedTuple):
    """A block of HTML that was taken out: its text, and whether it is an aside."""

    html: str
    aside: bool


def take_out(markdown: str) -> tuple[str, list[Block]]:
    """Markdown with a placeholder for every marked block, and the blocks in their order."""
    blocks: list[Block] = []

    def replace(found: re.Match[str]) -> str:
        # Text from records is escaped, so none of it can look like a placeholder.
        blocks.append(Block(found[2], bool(found[1])))
        return f'<div data-block="{len(blocks)}"></div>'

    return _BLOCK.sub(replace, markdown), blocks


def put_back(html: str, blocks: list[Block], *, asides: bool) -> str:
    """HTML with the asides, or with the other blocks, in the places of their placeholders."""

    def replace(found: re.Match[str]) -> str:
        block = blocks[int(found[1]) - 1]
        return block.html if block.aside is asides else found[0]

    return _PLACEHOLDER.sub(replace, html)


def unmarked(markdown: str) -> str:
    """Markdown with its blocks in place, and without the comments around them."""
    return _BLOCK.sub(r"\2", markdown)
