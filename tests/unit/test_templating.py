"""Text that gets into templates: letter by letter, in HTML, in Markdown and in front matter."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup
from markdown import Markdown
from markupsafe import Markup

from compass.site.templating import as_typed, compiled_templates, front_matter

TYPED = '<script>alert(1)</script> | *a* {{ d }} {% e %} [f](g) &amp; # 日本 "q" back\\slash: x'


def test_front_matter_holds_any_text_escaped_for_html() -> None:
    escaped = yaml.safe_load(f"title: {front_matter(TYPED)}")["title"]
    assert escaped == TYPED.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")


@pytest.mark.parametrize("typed", ["*a* { #b }", "<b> & \\", "a\n# b", "`x` __y__ ~~z~~ ![i](u)"])
def test_text_means_nothing_to_markdown_or_html(typed: str) -> None:
    shown = Markdown(extensions=["attr_list", "extra"]).convert(f"# x {as_typed(typed)}")
    heading = BeautifulSoup(shown, "html.parser")
    assert [element.name for element in heading.find_all(True)] == ["h1"]
    assert typed.replace("\n", " ") in heading.text


def test_what_is_no_text_or_finished_html_stays_as_it_is() -> None:
    assert as_typed(Markup("<b>")) == "<b>"
    assert as_typed(7) == 7


def test_without_a_safe_folder_templates_are_compiled_each_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    # Somebody else could write into it.
    folder = tmp_path / f"_jinja2-cache-{os.getuid()}"
    folder.write_text("no folder")
    assert compiled_templates.__wrapped__() is None
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "away"))
    assert compiled_templates.__wrapped__() is None
