"""Records of which every field is filled with typed text, and texts that would do harm if they were not only shown."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

from compass.model.json_schema import schema_of
from compass.model.records import Partnership
from compass.model.reference import FILES
from support.project import cited_by_pages

# What would run, or be an element with this class, if it meant what it says: in a text, an attribute, a title, a
# script, a comment, JSON, XML, Markdown or a template, at once or when it is escaped too seldom.
ATTACKS = [
    "<script class=attack>hacked()</script>",
    "<img class=attack src=x onerror='hacked()'>",
    '"><svg class=attack onload=hacked()>',
    "'><svg class=attack onload=hacked()>",
    "' class=attack autofocus tabindex=0 onfocus='hacked()",
    '" class=attack autofocus tabindex=0 onfocus="hacked()',
    "</title></textarea></style><script class=attack>hacked()</script>",
    "</script><script class=attack>hacked()</script>",
    "--><script class=attack>hacked()</script>",
    "]]><script class=attack xmlns='http://www.w3.org/1999/xhtml'>hacked()</script>",
    "&lt;script class=attack&gt;hacked()&lt;/script&gt;",
    "&#60;img class=attack src=x onerror=hacked()&#62;",
    "\\u003cimg class=attack src=x onerror=hacked()\\u003e",
    "<a class=attack href=javascript:hacked()>link</a>",
    "<iframe class=attack srcdoc='<script>parent.hacked()</script>'></iframe>",
    "javascript:hacked()",
    "[link](javascript:hacked()) ![image](x){ .attack onerror=hacked() } <javascript:hacked()>",
    "{: .attack onclick=hacked() }",
    "<!--html--><script class=attack>hacked()</script><!--/html-->",
    "{{ '<script class=attack>hacked()</script>' | safe }}{% raw %}<script class=attack>hacked()</script>{% endraw %}",
    "${hacked()} `-hacked()-` ');hacked();//",
]
# What means something to HTML, Markdown, its extensions, Jinja, MkDocs or YAML.
MEANINGFUL = [
    *ATTACKS,
    "</p></td></table></main>",
    "<!--html-->\n<!--/html-->",
    "<!--notice-->",
    '"><b>bold</b>',
    "&amp; &lt; &#42; &copy",
    "*a* **b** _c_ __d__ `e` ~~f~~ ==g== ^^h^^",
    "# heading",
    "- item\n- item",
    "1. item",
    "> quote",
    "    code",
    "```\ncode\n```",
    "| a | b |\n|---|---|",
    "[link](https://example.org) ![image](x.png) <https://example.org>",
    "[TOC]",
    "[^1]",
    "[ref]: https://example.org",
    "--8<-- 'mkdocs.yml'",
    ":smile: :material-home: (c) (tm) -- ...",
    "{{ site.name }} {% if x %} {# comment #} ${x} %s {0}",
    "{: .class #id }",
    "{ #id .class }",
    "*[EU]: x",
    "\\ \\* \\\\ \\1 \\g<0>",
    "---\ntitle: x\n---",
    '<div data-block="1"></div>',
    "שלום עולם",
    "مرحبا",
    "日本国",
    "👩🏽‍🚀🇳🇴",
    "e\u0301\u00ad\u200d\u202e",
    "x" * 300,
]
_IDS = {name: f"one-{name}" for name in ("area", "tie", "region", "pillar", "source", "statement")} | {
    "language": "no",
    "partnership": "freedonia",
}


class Texts:
    """Gives each field a text of its own: one of the first texts, a number to find it by, and one of the last texts.

    So a text is tried where a field begins, and another where it ends.
    """

    def __init__(self, first: Sequence[str], last: Sequence[str]) -> None:
        self.given: list[str] = []
        self._pairs = itertools.cycle(zip(first, last, strict=True))

    def __call__(self) -> str:
        first, last = next(self._pairs)
        self.given.append(f"{first} Field {len(self.given)}; {last}")
        return self.given[-1]


def all_in_each(texts: Sequence[str]) -> Texts:
    """Texts that hold all of the given ones, each with a different one at its beginning and at its end."""
    turned = [[*texts[first:], *texts[:first]] for first in range(len(texts))]
    half = len(texts) // 2
    return Texts([" ".join(turn[:half]) for turn in turned], [" ".join(turn[half:]) for turn in turned])


def filled(type_: Any, text: Callable[[], str], source_id: str) -> Any:
    """A value of a type of the records: every field is there, with `text()` wherever text can be typed."""
    schema = schema_of(type_)
    numbers = itertools.count()

    def value(node: dict[str, Any], name: str = "") -> Any:
        if "$ref" in node:
            title = node["$ref"].rsplit("/", 1)[1]
            return value(schema["$defs"][title], title)
        if "enum" in node:
            return node["enum"][0]
        if "known" in node:
            return source_id if node["known"] == "source" else _IDS[node["known"]]
        if "properties" in node:
            return {
                field: identifier(name) if field == "id" else value(inner, name)
                for field, inner in node["properties"].items()
            }
        match node["type"]:
            case "array":
                return [value(node["items"], name) for _ in range(node.get("minItems", 1))]
            case "object":
                return {"CSDP" if type_ is FILES["abbreviations"] else "no": text()}
            case "boolean":
                return "false"
            case "integer":
                return "1"
            case "string" if name == "BannedHost":
                return "mirror.example"
            case "string":
                # A country on the way to a partnership is shown while it has none.
                code = "XB" if name == "Prospect" else "FR"
                return f"https://example.org/{source_id}/{next(numbers)}" if "https" in node["pattern"] else code
        return "2024-05-28" if "maximum" in node else text()

    def identifier(title: str) -> str:
        if title == "Source":
            return source_id
        return _IDS.get(title.lower(), f"id-{next(numbers)}")

    return value(schema, schema.get("title", ""))


def fill(project: Path, text: Callable[[], str], partnerships: int = 1) -> None:
    """Write the records of a project: every field is filled, and there are one or two partnerships."""
    data = project / "data"
    shutil.rmtree(data, ignore_errors=True)
    (data / "partnerships").mkdir(parents=True)
    for name, type_ in FILES.items():
        content = filled(type_, text, _IDS["source"])
        if name == "sources":
            # Hand-written pages cite some that must be there.
            content += [filled(type_, text, source)[0] for source in cited_by_pages(project / "docs")]
        _write(data / f"{name}.yml", content)
    _write(data / "partnerships/freedonia.yml", filled(Partnership, text, "own"))
    if partnerships > 1:
        # Another name leads to the second: long texts make no address.
        other = filled(Partnership, text, "other-source") | {"iso": "SY", "aliases": ["Another name"]}
        _write(data / "partnerships/sylvania.yml", other)


def _write(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def build(project: Path) -> None:
    """Build the site of a project into its folder `site`, in this process."""
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(project / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    build_site(config)
