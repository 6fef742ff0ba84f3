"""Asks axe-core, the reference rules for accessibility, about what a page shows."""

from __future__ import annotations

import itertools
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from support.browser import add_style

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# What is wrong, as lines. What is right would take most of the time to gather, but axe must have looked at something.
_FINDINGS = """([context, options]) => axe.run(context, {resultTypes: ["violations"], preload: false, ...options}).then(
  ({violations, passes, incomplete}) => {
    if (!violations.length && !passes.length && !incomplete.length) throw new Error("axe looked at nothing");
    return violations.flatMap(({id, nodes}) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
  })
"""
# The size of targets is a rule of WCAG 2.2 that axe leaves off unless asked.
_FORM = {"rules": {"color-contrast": {"enabled": False}, "target-size": {"enabled": True}}}
# Nothing but colours changes with the scheme.
_COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
_WIDTHS = (1280, 360)


def violations(page: Page, *parts: str) -> list[str]:
    """What axe finds in parts of the open page, in both schemes, on a phone and on a desktop screen.

    Parts are told by selectors, of which each must find something. The page stays wide.
    """
    for part in parts:
        assert page.locator(part).count(), part
    # What is far from view is checked too.
    add_style(page, "* { content-visibility: visible !important }")
    page.evaluate(_AXE)
    found = []
    for width, scheme in itertools.product(_WIDTHS, ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for options in (_FORM, _COLOURS) if scheme == "light" else (_COLOURS,):
            lines = page.evaluate(_FINDINGS, [{"include": [[part] for part in parts]}, options])
            found += [f"{page.url} ({width}, {scheme}) {line}" for line in lines]
    page.set_viewport_size({"width": _WIDTHS[0], "height": 900})
    page.emulate_media(color_scheme="light")
    return found
