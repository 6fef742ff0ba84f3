"""HTML blocks take a short cut past Markdown: taken out before it, put back after it.

Templates set their larger blocks between two comments (`MARKS`). They are finished HTML, in which Markdown has nothing
to do; but it, and MkDocs after it, would parse every tag of them, a quarter of the time of a build. Generators that
know nothing of this see the comments as comments. Used by `mkdocs_events`.
"""

from __future__ import annotations

import re

MARKS = ("<!--html-->", "<!--/html-->")
_BLOCK = re.compile(f"{MARKS[0]}\n(.*?){MARKS[1]}", re.DOTALL)


def take_out(markdown: str) -> tuple[str, list[str]]:
    """Markdown with a placeholder for every marked block, and the blocks in their order."""
    blocks: list[str] = []

    def placeholder(block: re.Match[str]) -> str:
        blocks.append(block[1])
        return _placeholder(len(blocks))

    return _BLOCK.sub(placeholder, markdown), blocks


def put_back(html: str, blocks: list[str]) -> str:
    """HTML made from what `take_out` left, with the blocks in the places of their placeholders."""
    for number, block in enumerate(blocks, 1):
        html = html.replace(_placeholder(number), block, 1)
    return html


def _placeholder(number: int) -> str:
    # Text from records is escaped, so none of it can look like this.
    return f'<div data-block="{number}"></div>'
