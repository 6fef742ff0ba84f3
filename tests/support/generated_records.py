"""Valid records made from the models: by Hypothesis at random, or one with every field filled.

Both follow the schema of the model, so that a new field is tried as soon as it is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from compass.model.field_types import DATE_PATTERN
from compass.model.json_schema import schema_of
from compass.model.records import Partnership
from compass.wording import FORBIDDEN

Node = dict[str, Any]
# What an editor may type, and a page has to show letter by letter.
_ODD_TEXTS = [
    "None",
    "0",
    "a {{ b }} {% c %}",
    "&amp; <b>bold</b> <script>alert(1)</script>",
    "*a* _b_ `c` [d](e) # f",
    "安全保障・防衛パートナーシップ",
    "שותפות ביטחון",
    "الشراكة الأمنية: ما الجديد؟",
    "two\nlines",
    "Donaudampfschifffahrtsgesellschaft" * 6,
    "It is agreed that both sides meet once a year, and that they tell each other of what they have learned, " * 8,
    "\"quoted\", 'single', “typographic” – and a dash",
    "=1+1",
    "a | b | c",
    "👩🏽‍🚀 in space",
]


def _is_text(text: str) -> bool:
    return any(char.isprintable() and not char.isspace() for char in text) and not FORBIDDEN.search(text)


_CHARACTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])
# No full stop at the end: some of the texts are headlines.
_TEXTS = st.sampled_from(_ODD_TEXTS) | st.text(_CHARACTERS, min_size=1, max_size=60).map(
    lambda text: text.rstrip(".")
).filter(_is_text)
_DATES = st.builds(
    lambda day, length: day.isoformat()[:length],
    st.dates(date(1990, 1, 1), date(2026, 1, 1)),
    st.sampled_from([4, 7, 10]),
)


class _Maker:
    """Makes values of the nodes of a schema: by draws, or, without any, the first choice of each and every field."""

    def __init__(self, schema: Node, known: Mapping[str, Sequence[str]], draw: st.DrawFn | None) -> None:
        self.schema, self.known, self.draw = schema, known, draw

    def value(self, node: Node, name: str) -> Any:
        """A value that a node of the schema allows; `name` is that of its field."""
        if "$ref" in node:
            return self.value(self.schema["$defs"][node["$ref"].rpartition("/")[2]], name)
        if "known" in node:
            return self._one_of(self.known[node["known"]])
        if "enum" in node:
            return self._one_of(node["enum"])
        match node.get("type"):
            case "object":
                return self._object(node)
            case "array":
                return self._list(node, name)
            case "boolean":
                return self._one_of([True, False])
        if node.get("pattern") == DATE_PATTERN:
            return self.draw(_DATES) if self.draw else "2025-06"
        if name == "url":
            return f"https://made.example/{self._one_of(range(1000))}"
        return self.draw(_TEXTS) if self.draw else f"The {name} of a record that is made"

    def _one_of(self, choices: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(choices)) if self.draw else choices[0]

    def _object(self, node: Node) -> dict[str, Any]:
        required = node.get("required", ())
        made = {
            name: self.value(inner, name)
            for name, inner in node["properties"].items()
            if name in required or self._one_of([True, False])
        }
        if made.get("end", "9") < made.get("date", ""):
            del made["end"]
        return made

    def _list(self, node: Node, name: str) -> list[Any]:
        least = max(1 if not self.draw else 0, node.get("minItems", 0))
        length = self._one_of(range(least, least + 4)) if self.draw else max(least, 2)
        items = [self.value(node["items"], name) for _ in range(length)]
        if rule := node.get("noRepeats"):
            inside = rule["path"]
            items = list({str(item[inside[0]] if inside else item): item for item in items}.values())
        return items


def made(known: Mapping[str, Sequence[str]], draw: st.DrawFn | None = None) -> dict[str, Any]:
    """A partnership's record as it is typed. `known` holds the ids that it may use, by what they stand for.

    Its three own sources and some shared ones support its facts. Without draws every field is filled.
    """
    schema = schema_of(Partnership)
    own = ["made-1", "made-2", "made-3"]
    maker = _Maker(schema, {**known, "source": [*own, *known["source"]]}, draw)
    record = maker.value(schema, "")
    source = schema["$defs"]["Source"]
    record["sources"] = [{**maker.value(source, ""), "id": id, "url": f"https://made.example/{id}"} for id in own]
    return {**record, "iso": "XM"}


@st.composite
def made_at_random(draw: st.DrawFn, known: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Records such as `made` gives, at random."""
    return made(known, draw)
