"""The contrast of the colours of the site, as WCAG 2.2 asks for it, in both schemes."""

from __future__ import annotations

import re

import pytest

from support.records import ROOT


def tokens() -> dict[str, tuple[str, str]]:
    """The colours of the site by name, light and dark."""
    css = (ROOT / "docs/assets/site/_tokens.css").read_text("utf-8")
    pattern = r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)"
    return {name: (light, dark) for name, light, dark in re.findall(pattern, css)}


def contrast(colour: str, ground: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""
    darker, lighter = sorted(map(luminance, (colour, ground)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_can_be_told_from_every_ground_it_stands_on(scheme: int) -> None:
    colours = {name: pair[scheme] for name, pair in tokens().items()}
    grounds = ("paper", "panel", "panel-strong")
    texts = ("ink", "ink-soft", "link", "accent", "caveat", *(name for name in colours if name.startswith("state-")))
    least = {(text, ground): 4.5 for text in texts for ground in grounds}
    least |= {("brand", "paper"): 4.5, ("brand", "panel"): 4.5, ("on-brand", "brand"): 4.5}
    least |= {("line-strong", ground): 3.0 for ground in grounds}
    assert {pair for pair, asked in least.items() if contrast(*(colours[name] for name in pair)) < asked} == set()
    # A colour that nobody tests is not there.
    assert set(colours) - {name for pair in least for name in pair} == {"line"}
