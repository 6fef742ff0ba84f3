"""The names that pages may use: every one is explained, and the page of them is up to date."""

from __future__ import annotations

import re

from jinja2 import meta

from compass.site.prose import prose_paths
from compass.site.template_context import NAMES_PAGE, names_page
from compass.site.templating import environment
from support.records import ROOT

TEMPLATES = ROOT / "hooks/compass/site/templates"
# What single templates are given beside: the record of a page, its end, a notice, an address that leads elsewhere.
OWN = {"record", "row", "title", "citation", "linked_data", "lines", "content_policy"}
EXPLAINED = dict(re.findall(r"^- `(\w+)[^`]*`: (.*)$", names_page(), re.MULTILINE))


def test_the_page_of_names_is_up_to_date() -> None:
    written = (ROOT / NAMES_PAGE).read_text("utf-8")
    assert written == names_page(), "write it anew: .venv/bin/python -m compass.site.template_context"


def test_every_name_is_explained() -> None:
    assert [name for name, meaning in EXPLAINED.items() if not meaning.endswith(".")] == []


def test_every_name_that_a_template_uses_is_in_the_page() -> None:
    used = {
        name
        for path in (*TEMPLATES.iterdir(), *prose_paths(ROOT / "docs"))
        for name in meta.find_undeclared_variables(environment().parse(path.read_text("utf-8")))
    }
    # A template that is included may use what the page has set.
    assert used - EXPLAINED.keys() - OWN == {"entries"}
