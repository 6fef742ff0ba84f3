"""Reads the words of a PDF as Chromium prints it, for tests of what stands on paper. No reader of other PDFs."""

from __future__ import annotations

import re
import unicodedata
import zlib

# A font by its name; a passage that says itself which text it draws; letters that are told by the font's map.
_DRAWN = re.compile(
    rb"/(?P<font>F\d+) [\d.]+ Tf"
    rb"|/ActualText (?:<(?P<hex>[0-9A-F]+)>|\((?P<plain>(?:[^()\\]|\\.)*)\)) >> BDC.*?EMC"
    rb"|<(?P<glyphs>[0-9A-F]+)> Tj",
    re.DOTALL,
)


def text_of(pdf: bytes) -> str:
    """The text of a PDF, a space between passages. No text when Chromium prints differently."""
    objects = dict(re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL))
    maps = {
        name: _characters(_stream(objects[found[1]]).decode()) if found else {}
        for name, number in set(re.findall(rb"/(F\d+) (\d+) 0 R", pdf))
        for found in [re.search(rb"/ToUnicode (\d+) 0 R", objects[number])]
    }
    text: list[str] = []
    for contents in re.findall(rb"/Contents (\d+) 0 R", pdf):
        characters: dict[int, str] = {}
        for drawn in _DRAWN.finditer(_stream(objects[contents])):
            if drawn["font"]:
                characters = maps[drawn["font"]]
                text.append(" ")
            elif drawn["glyphs"]:
                glyphs = drawn["glyphs"]
                # A font without a map draws marks, not letters.
                text += [characters.get(int(glyphs[at : at + 4], 16), "") for at in range(0, len(glyphs), 4)]
            else:
                # Where several letters make one glyph, as fi may, or one letter makes several.
                text.append(_actual(drawn["hex"], drawn["plain"]))
    # Ligatures that are letters of their own become several.
    return " ".join(unicodedata.normalize("NFKC", "".join(text)).split())


def _actual(hexadecimal: bytes | None, plain: bytes | None) -> str:
    if hexadecimal is not None:
        return bytes.fromhex(hexadecimal.decode()).decode("utf-16")
    return re.sub(rb"\\(.)", rb"\1", plain or b"").decode("latin-1")


def _stream(entry: bytes) -> bytes:
    found = re.search(rb"stream\r?\n(.*)\nendstream", entry, re.DOTALL)
    assert found, entry[:80]
    return zlib.decompress(found[1]) if b"/FlateDecode" in entry else found[1]


def _characters(cmap: str) -> dict[int, str]:
    """Glyphs and their characters, from a font's map: single ones, and ranges of ones that follow each other."""
    found = {int(glyph, 16): chr(int(char, 16)) for glyph, char in re.findall(r"^<(\w{4})> <(\w{4})>$", cmap, re.M)}
    for first, last, char in re.findall(r"^<(\w{4})> <(\w{4})> <(\w{4})>$", cmap, re.M):
        for offset in range(int(last, 16) - int(first, 16) + 1):
            found[int(first, 16) + offset] = chr(int(char, 16) + offset)
    return found
