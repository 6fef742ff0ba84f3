"""Attacks that somebody types into records, in a real Chromium: none comes through, and nothing is cut off."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Dialog, ViewportSize, WebError

from compass.open_data.atom_feed import FEED
from support.browser import refusals
from support.journey import journey
from support.project import copy_project, serve
from support.typed import ATTACKS, MEANINGFUL, Texts, all_in_each, build, fill

# What has become an element, or would run when somebody touches it.
COME_THROUGH = """[...document.querySelectorAll("*")].filter((element) =>
  element.matches(".attack, iframe, [srcdoc]") ||
  [...element.attributes].some(({name, value}) => name.startsWith("on") || /^\\s*javascript:/i.test(value))
).map(({outerHTML}) => outerHTML.slice(0, 200))"""
SCROLLS = "document.documentElement.scrollWidth > innerWidth"
WIDE, PHONE, NARROW = (ViewportSize(width=width, height=900) for width in (1280, 360, 320))


def built(project: Path, texts: Texts) -> Path:
    """The site of two partnerships, so that they can be compared, with a text in each field of every record."""
    copy_project(project)
    fill(project, texts, partnerships=2)
    build(project)
    return project / "site"


def attack(browser: Browser, *, ruled: bool) -> tuple[BrowserContext, list[str]]:
    """A context with or without the pages' policy, and what attacks have done there, as it happens."""
    context = browser.new_context(bypass_csp=not ruled, viewport=WIDE)
    done: list[str] = []

    def note(*_: object) -> None:
        done.append("hacked")

    def note_dialog(dialog: Dialog) -> None:
        done.append(dialog.message)
        dialog.dismiss()

    def note_error(error: WebError) -> None:
        done.append(str(error.error))

    context.expose_function("hacked", note)
    context.on("dialog", note_dialog)
    context.on("weberror", note_error)
    return context, done


def test_no_attack_comes_through_on_any_page_and_nothing_is_cut_off(tmp_path: Path, browser: Browser) -> None:
    typed = built(tmp_path / "project", all_in_each(MEANINGFUL))
    files = sorted(typed.rglob("*.html"))
    # Those that only lead elsewhere are left by a browser before they can be looked at.
    assert [path for path in files if BeautifulSoup(path.read_text("utf-8"), "html.parser").select(".attack")] == []
    context, done = attack(browser, ruled=True)
    refused = refusals(context)
    page = context.new_page()
    with serve(typed) as address:
        for path in [*files, typed / FEED]:
            page.set_viewport_size(WIDE)
            page.goto(f"{address}{path.relative_to(typed).as_posix()}")
            page.locator("h1, feed").first.wait_for(state="attached")
            assert page.evaluate(COME_THROUGH) == [], path
            if path.suffix == ".html":
                page.set_viewport_size(NARROW)
                assert not page.evaluate(SCROLLS), path
    context.close()
    assert (done, refused) == ([], [])


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("attacked") / "project", all_in_each(ATTACKS))


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["desktop", "phone"])
def test_no_attack_comes_through_while_a_reader_uses_the_site(
    attacked: Path, browser: Browser, screen: ViewportSize
) -> None:
    # Without the policy, which would stop what comes through.
    context, done = attack(browser, ruled=False)
    page = context.new_page()
    page.set_viewport_size(screen)
    with serve(attacked) as address:
        for step in journey(page, address, "Field", asked=" ".join(ATTACKS)):
            assert page.evaluate(COME_THROUGH) == [], step
    context.close()
    assert done == []


def test_what_a_page_forgets_to_escape_is_noticed_and_stopped_by_the_policy(tmp_path: Path, browser: Browser) -> None:
    project = copy_project(tmp_path / "project")
    with (project / "docs/about/index.md").open("a", encoding="utf-8") as prose:
        prose.write("\n<p>{{ partnerships[0].summary | safe }}</p>\n")
    fill(project, all_in_each(ATTACKS))
    build(project)
    with serve(project / "site") as address:
        for ruled in (True, False):
            context, done = attack(browser, ruled=ruled)
            refused = refusals(context)
            page = context.new_page()
            page.goto(f"{address}about/", wait_until="networkidle")
            assert len(page.evaluate(COME_THROUGH)) > 3
            context.close()
            assert (bool(done), bool(refused)) == (not ruled, ruled)
