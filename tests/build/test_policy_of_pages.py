"""What the pages may load and run, and what they give other sites, told by their markup."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from support.policy import hashed, policy_of
from support.project import PUBLISHED

Files = dict[str, BeautifulSoup]
# The types of scripts that hold data, which nothing runs.
DATA = ("application/json", "application/ld+json")
# How the host of the published site begins.
OWN_ADDRESS = f"https://{urlsplit(PUBLISHED['SITE_URL']).netloc}/"


@pytest.fixture(scope="module")
def files(site: Path) -> Files:
    """Every HTML file of the built site, those that only lead elsewhere included, by its path."""
    return {
        path.relative_to(site).as_posix(): BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in sorted(site.rglob("*.html"))
    }


def leaves(link: Tag) -> bool:
    """Whether a link leads to another site."""
    address = str(link["href"])
    return bool(urlsplit(address).netloc) and not address.startswith(OWN_ADDRESS)


def test_every_page_allows_the_sites_own_files_and_its_own_script(files: Files, html: Files) -> None:
    assert len(files) > len(html), "no page only leads elsewhere"
    for path, page in files.items():
        policy = policy_of(page)
        assert policy.pop("default-src") == ["'none'"], path
        inline = [script.text for script in page.find_all("script", src=False) if script.get("type") not in DATA]
        assert policy.pop("script-src") == ["'self'", *map(hashed, inline)], path
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


def test_links_that_leave_the_site_say_so_and_give_no_hold_on_it(files: Files) -> None:
    links = [(path, link) for path, page in files.items() for link in page.find_all(["a", "area"], href=True)]
    leaving = [(path, link) for path, link in links if leaves(link)]
    # Every page has some, but those that only lead elsewhere.
    assert len({path for path, _ in leaving}) > 30
    required = {"external", "noopener"}
    assert [(path, link) for path, link in leaving if not required <= {*link.get("rel", [])}] == []
    # In a window that a reader did not ask for, the way back is lost.
    assert [(path, link) for path, link in links if link.has_attr("target")] == []
