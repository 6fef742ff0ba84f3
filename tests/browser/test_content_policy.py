"""What a page may load and run, and what it tells other sites: in its markup, and in a real Chromium."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from compass.content_policy import content_policy
from support.browser import refusals
from support.project import serve
from support.journey import journey

Files = dict[str, BeautifulSoup]
ELSEWHERE = "https://elsewhere.example/"
OWN_ADDRESS = "https://example.org/"
WIDTHS = (1280, 360)
# In these many parts the pages are opened.
PARTS = 4
# Seconds within which something has happened, even on a machine that is busy with other tests.
PATIENCE = 20
# Waits until a page has drawn itself, so that what it was refused has been told.
SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def policy_of(page: BeautifulSoup | str) -> dict[str, list[str]]:
    """What a page's policy allows, by kind."""
    parsed = page if isinstance(page, BeautifulSoup) else BeautifulSoup(page, "html.parser")
    (told,) = parsed.find_all("meta", attrs={"http-equiv": re.compile("^content-security-policy$", re.IGNORECASE)})
    return {kind: sources for kind, *sources in (part.split() for part in str(told["content"]).split(";"))}


def digest(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


@pytest.fixture(scope="module")
def files(site: Path) -> Files:
    """Every HTML file of the built site, those that only lead elsewhere included, by its path."""
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }


@pytest.fixture(scope="module")
def root(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root of a host that has the built site at its address, by which 404.html links."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "sdp").symlink_to(site)
    return folder


@pytest.fixture(scope="module")
def host(root: Path) -> Iterator[str]:
    with serve(root) as address:
        yield address


def test_a_script_is_allowed_by_its_hash() -> None:
    assert policy_of(content_policy("alert('Hello, world.');", "é"))["script-src"] == [
        "'self'",
        "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
        digest("é"),
    ]
    assert policy_of(content_policy())["script-src"] == ["'self'"]


def test_a_server_that_adds_scripts_allows_them_and_nothing_else() -> None:
    served = policy_of(content_policy("x", any_script=True))
    assert served.pop("script-src") == ["'self'", "'unsafe-inline'"]
    assert {**served, "script-src": ["'self'"]} == policy_of(content_policy())


def test_every_page_allows_the_sites_own_files_and_its_own_script(files: Files) -> None:
    assert len(files) > 60
    for path, page in files.items():
        policy = policy_of(page)
        assert policy.pop("default-src") == ["'none'"], path
        inline = [
            digest(script.text)
            for script in page.find_all("script", src=False)
            if script.get("type") not in ("application/json", "application/ld+json")
        ]
        assert policy.pop("script-src") == ["'self'", *inline], path
        assert {source for sources in policy.values() for source in sources} == {"'self'", "'none'"}, path


def test_the_policies_come_before_anything_that_they_rule(files: Files, site: Path) -> None:
    for path, page in files.items():
        first = [tag for tag in page.head.find_all(True) if not tag.has_attr("charset")][:2]
        assert [tag.get("http-equiv") or tag.get("name") for tag in first] == ["Content-Security-Policy", "referrer"]
        # Browsers look for it no further.
        assert b'<meta charset="utf-8">' in (site / path).read_bytes()[:1024], path


def test_no_page_holds_what_its_policy_would_refuse(files: Files) -> None:
    for path, page in files.items():
        assert page.find_all(["style", "base", "iframe", "object", "embed"]) == [], path
        assert [tag for tag in page.find_all(True) for name in tag.attrs if re.match("style$|on", name)] == [], path


def leaves(link: Tag) -> bool:
    """Whether a link leads to another site."""
    return bool(urlsplit(str(link["href"])).netloc) and not str(link["href"]).startswith(OWN_ADDRESS)


def test_links_that_leave_the_site_say_so_and_give_no_hold_on_it(files: Files) -> None:
    links = [(path, link) for path, page in files.items() for link in page.find_all(["a", "area"], href=True)]
    assert sum(leaves(link) for _, link in links) > 1000
    told = {"external", "noopener"}
    assert [(path, link) for path, link in links if leaves(link) and not told <= {*link.get("rel", [])}] == []
    # In a window that a reader did not ask for, the way back is lost.
    assert [(path, link) for path, link in links if link.has_attr("target")] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_wants_what_its_policy_refuses(browser: Browser, host: str, files: Files, part: int) -> None:
    context = browser.new_context()
    refused, failures = watched(context)
    page = context.new_page()
    for path in sorted(files)[part::PARTS]:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{host}sdp/{path.removesuffix('index.html')}")
            # A page that only leads elsewhere has none, so this waits for the other.
            page.get_by_role("heading", level=1).wait_for()
            page.evaluate(SETTLED)
    context.close()
    assert (refused, failures) == ([], [])


@pytest.mark.parametrize("width", WIDTHS)
def test_all_that_answers_works_under_the_policy_and_keeps_nothing_of_the_reader(
    browser: Browser, address: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    refused, failures = watched(context)
    page = context.new_page()
    steps = []
    for step in journey(page, address, "Norway"):
        steps.append(step)
        links = page.locator("a[href^=http]:not([rel~=noopener])").evaluate_all("links => links.map(({href}) => href)")
        assert [link for link in links if not link.startswith((OWN_ADDRESS, address))] == [], step
        assert page.evaluate("[document.cookie, sessionStorage.length, ...Object.keys(localStorage)]") == [
            "",
            0,
            "scheme",
        ], step
    assert len(steps) > 30
    context.close()
    assert (refused, failures) == ([], [])


def watched(context: BrowserContext) -> tuple[list[str], list[str]]:
    """What is refused in a context and what fails there, as it happens."""
    failures: list[str] = []
    context.on("console", lambda message: message.type == "error" and failures.append(message.text))
    context.on("weberror", lambda error: failures.append(str(error.error)))
    context.on("dialog", lambda dialog: failures.append(dialog.message))
    return refusals(context), failures


@pytest.mark.parametrize(
    "spoilt",
    [
        ("'sha256-", "'sha256-A", "script-src-elem inline"),
        ("<h1 ", '<h1 style="color: red" ', "style-src-attr inline"),
        ("</h1>", "</h1><script>1</script>", "script-src-elem inline"),
        ("</h1>", '</h1><p onclick="1">', "script-src-attr inline"),
        ("</h1>", '</h1><img src="data:," alt="">', "img-src data"),
    ],
)
def test_what_is_refused_is_noticed(browser: Browser, root: Path, host: str, spoilt: tuple[str, str, str]) -> None:
    old, new, told = spoilt
    html = (root / "sdp/404.html").read_text("utf-8")
    assert old in html
    (root / "spoilt.html").write_text(html.replace(old, new, 1), "utf-8")
    context = browser.new_context()
    refused = refusals(context)
    page = context.new_page()
    page.goto(f"{host}spoilt.html")
    page.evaluate(SETTLED)
    context.close()
    assert len(refused) == 1
    assert told in refused[0]


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


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("ruled", [True, False], ids=["with the policy", "without it"])
def test_what_gets_into_a_page_neither_runs_nor_asks_others(
    browser: Browser, root: Path, host: str, attack: str, ruled: bool
) -> None:
    """Without the policy each of them works, so that it is the policy that stops it."""
    html = (root / "sdp/404.html").read_text("utf-8")
    (root / "attacked.html").write_text(html.replace("<article ", f"{ATTACKS[attack]}<article ", 1), "utf-8")
    context = browser.new_context(bypass_csp=not ruled)
    done: list[str] = []
    refused = refusals(context)

    def note(what: str) -> None:
        done.append(what)

    def answer(route: Route) -> None:
        done.append(urlsplit(route.request.url).path.strip("/"))
        route.fulfill(status=200, body="", headers={"Access-Control-Allow-Origin": "*"})

    context.expose_function("hacked", note)
    context.route(f"{ELSEWHERE}**", answer)
    page = context.new_page()
    page.goto(f"{host}attacked.html")
    if attack == "fetch":
        page.evaluate("address => fetch(address).catch(() => {})", f"{ELSEWHERE}fetch")
    if page.locator("#attack").count():
        page.locator("#attack").dispatch_event("click")
    deadline = time.monotonic() + PATIENCE
    while not (done or refused) and time.monotonic() < deadline:
        page.wait_for_timeout(20)
    context.close()
    assert (done[:1], bool(refused)) == (([], True) if ruled else ([attack], False))


@pytest.mark.parametrize("ruled", [True, False], ids=["with the policy", "without it"])
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
