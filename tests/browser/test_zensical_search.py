"""The search of the site that Zensical builds of the plain Markdown, in a real Chromium."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from support.plain import build_with_zensical, write_plain
from support.project import serve


def test_the_search_of_zensical_opens_and_leads_to_a_section(page: Page, project: Path, tmp_path: Path) -> None:
    site = build_with_zensical(write_plain(project, tmp_path / "plain"))
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("response", lambda response: failures.extend([response.url] * (response.status >= 400)))
    with serve(site) as address:
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"{address}compare/")
            # Enter twice: the first brings the search, the second finds it brought.
            page.get_by_role("button", name="Search").press("Enter")
            field = page.get_by_role("dialog").get_by_role("combobox")
            expect(field).to_be_focused()
            page.keyboard.press("Escape")
            expect(page.get_by_role("button", name="Search")).to_be_focused()
            page.keyboard.press("Enter")
            field.fill("cyber Ruritania")
            page.get_by_role("option", name="Ruritania").first.click()
            expect(page).to_have_url(f"{address}areas/cyber/#ruritania")
    assert failures == []
