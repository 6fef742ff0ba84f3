"""The policy of a page: what it allows, in words that browsers read."""

from __future__ import annotations

from compass.site.content_policy import content_policy
from support.policy import hashed, policy_of


def test_a_script_is_allowed_by_its_hash() -> None:
    assert policy_of(content_policy("alert('Hello, world.');", "é"))["script-src"] == [
        "'self'",
        "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='",
        hashed("é"),
    ]
    assert policy_of(content_policy())["script-src"] == ["'self'"]


def test_a_server_that_adds_scripts_allows_them_and_nothing_else() -> None:
    served = policy_of(content_policy("x", any_script=True))
    assert served.pop("script-src") == ["'self'", "'unsafe-inline'"]
    assert {**served, "script-src": ["'self'"]} == policy_of(content_policy())
