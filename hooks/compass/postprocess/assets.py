"""Files of `docs/assets/` as they are sent: scripts without comments, style sheets in one piece and for older browsers.

What a page's own sheet imports is set in its place: on a slow network a second sheet costs a page a seventh of a second
before anything of it is seen. A sheet whose name begins with `_` is a part of others, as in Sass, and not sent
by itself. Browsers of before 2024, which do not know `light-dark()`, get the light colours.
"""

from __future__ import annotations

import re
from pathlib import Path

from rjsmin import jsmin

_IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)
_BY_SCHEME = re.compile(r"^ *(--[\w-]+): light-dark\(([^(),]+), [^(),]+\);$", re.MULTILINE)


def is_part(path: Path) -> bool:
    """Whether a file is a part of style sheets that import it, and not sent by itself."""
    return path.suffix == ".css" and path.name.startswith("_")


def as_sent(path: Path) -> bytes:
    """What is sent of a file; FileNotFoundError when it, or a sheet that it imports, is not there."""
    match path.suffix:
        case ".js":
            # A template string inside another would lose blanks by it; a test sees that there are none.
            return str(jsmin(path.read_text("utf-8"))).encode()
        case ".css":
            return with_light_colours(in_one_piece(path)).encode()
        case _:
            return path.read_bytes()


def in_one_piece(path: Path) -> str:
    """The text of a style sheet with the sheets that it imports; raises FileNotFoundError when one is not there."""
    return _IMPORT.sub(lambda found: in_one_piece(path.parent / found[1]), path.read_text("utf-8"))


def with_light_colours(sheet: str) -> str:
    """A style sheet that gives the light colours to browsers that do not know two schemes."""
    light = " ".join(f"{name}: {colour};" for name, colour in _BY_SCHEME.findall(sheet))
    return f"{sheet}@supports not (color: light-dark(#fff, #000)) {{ :root {{ {light} }} }}\n" if light else sheet
