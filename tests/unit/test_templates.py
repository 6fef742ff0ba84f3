"""The templates of the pages as files that people read."""

from __future__ import annotations

import pytest

from compass.site.templating import environment
from support.records import ROOT

TEMPLATES = sorted((ROOT / "hooks/compass/site/templates").iterdir())


@pytest.mark.parametrize("name", [path.name for path in TEMPLATES])
def test_every_line_fits_a_screen(name: str) -> None:
    lines = (ROOT / "hooks/compass/site/templates" / name).read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 120] == []


def test_an_empty_comment_at_the_start_of_a_line_joins_it_to_the_one_before() -> None:
    template = environment().from_string("<td>a</td>\n{#-#}<td>b\n{#-#} c</td>\n")
    assert template.render() == "<td>a</td><td>b c</td>"
