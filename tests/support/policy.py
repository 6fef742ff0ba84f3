"""Reads the Content-Security-Policy of pages, for tests of what they may load and run."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from bs4 import BeautifulSoup


def policy_of(page: BeautifulSoup | str) -> dict[str, list[str]]:
    """What a page's policy allows, by kind."""
    parsed = page if isinstance(page, BeautifulSoup) else BeautifulSoup(page, "html.parser")
    (policy,) = parsed.find_all("meta", attrs={"http-equiv": re.compile("^content-security-policy$", re.IGNORECASE)})
    return {kind: sources for kind, *sources in (part.split() for part in str(policy["content"]).split(";"))}


def hashed(script: str) -> str:
    """The source by which a policy allows an inline script."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
