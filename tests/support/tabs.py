"""Tabs that several tests of a module share: opening a profile for each test takes longer than most of them."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Browser, Page, ViewportSize

from support.browser import refusals

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}


def shared_tab(browser: Browser, *, phone: bool = False) -> Iterator[Page]:
    """A tab for tests of pages that keep nothing but their address; no page may want what its policy refuses."""
    context = browser.new_context(
        viewport=PHONE if phone else WIDE,
        has_touch=phone,
        is_mobile=phone,
        permissions=["clipboard-read", "clipboard-write"],
    )
    refused = refusals(context)
    yield context.new_page()
    context.close()
    assert refused == []


def as_before(tab: Page) -> Iterator[Page]:
    """A shared tab on a desktop screen; whatever a test changes of it is undone for the next."""
    yield tab
    tab.unroute_all()
    tab.set_viewport_size(WIDE)
    tab.emulate_media(media="null", color_scheme="null", forced_colors="null")
