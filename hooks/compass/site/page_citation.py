"""How to cite a page, with the date of its data: in a sentence, as BibTeX and as RIS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from compass.model.dates import MONTHS, PartialDate
from compass.publication import Publication

# What means something to TeX, and how it is written so that it shows itself.
_TEX = {char: f"\\{char}" for char in "&%$#_"} | {
    # A brace counts as one even behind a backslash.
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}


@dataclass(frozen=True)
class PageCitation:
    """A page as something to cite: its title, its address (empty while the site has none), the date of its data."""

    title: str
    address: str
    path: str
    as_of: PartialDate
    about: Publication

    @property
    def note(self) -> str:
        """The date of the data, and the terms of its use."""
        return f"Data as of {self.as_of.words}. Licence {self.about.terms}"

    @cached_property
    def _date(self) -> list[str]:
        return self.as_of.iso.split("-")

    @property
    def bibtex(self) -> str:
        """The entry for BibTeX or BibLaTeX."""
        key = re.sub("[^a-z0-9]+", "-", f"sdp-{self.path}").strip("-")
        fields = {
            # In braces of its own a title keeps its capitals, and an author is one name.
            "author": f'"{{{_tex(self.about.author)}}}"',
            "title": f'"{{{_tex(self.title)}}}"',
            "howpublished": f"{{{_tex(self.about.title)}}}",
            "year": self._date[0],
            # BibTeX knows the months by their first three letters.
            "month": "".join(MONTHS[int(month) - 1][:3].lower() for month in self._date[1:2]),
            "note": f"{{{_tex(self.note)}}}",
            "url": f"{{{self.address}}}" if self.address else "",
        }
        lines = [f"  {name} = {value}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{key},", *lines, "}"])

    @property
    def ris(self) -> str:
        """The record in RIS, for EndNote, Zotero and the like."""
        year, month, day = (*self._date, "", "")[:3]
        fields = {
            "TY": "ELEC",
            "TI": self.title,
            "T2": self.about.title,
            "AU": self.about.author,
            "PY": year,
            "DA": f"{year}/{month}/{day}/",
            "UR": self.address,
            "N1": self.note,
        }
        lines = [f"{name}  - {' '.join(value.split())}" for name, value in fields.items() if value]
        return "\n".join([*lines, "ER  - "])


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in " ".join(text.split()))
