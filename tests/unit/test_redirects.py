from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from compass.reading.problems import RecordsError
from compass.reading.reader import read
from compass.site.website import redirects
from support.records import SITE, SMALLEST, of_another

RECORD = "partnerships/freedonia.yml"
WITH_ALIASES = SMALLEST[RECORD].replace(
    "region: north\n", "region: north\naliases: [Côte <b>d’Or</b>, FR, 日本, Freedonia]\n"
)


def test_each_name_that_can_be_an_address_leads_to_the_page(write: Callable[..., Path]) -> None:
    reference, _ = read(write({RECORD: WITH_ALIASES}))
    made = redirects(reference.partnerships, SITE, ["partnerships/freedonia/", "partnerships/"])
    assert list(made) == ["partnerships/cote-b-d-or-b/index.html", "partnerships/fr/index.html"]
    page = BeautifulSoup(made["partnerships/fr/index.html"], "html.parser")
    assert page.a["href"] == "../freedonia/"
    assert page.find("link", rel="canonical")["href"] == "https://example.org/partnerships/freedonia/"


def test_a_page_is_never_hidden(write: Callable[..., Path]) -> None:
    reference, _ = read(write({RECORD: WITH_ALIASES}))
    assert list(redirects(reference.partnerships, SITE, ["partnerships/fr/"])) == [
        "partnerships/cote-b-d-or-b/index.html",
        "partnerships/freedonia/index.html",
    ]


def test_one_address_cannot_lead_to_two_partnerships(write: Callable[..., Path]) -> None:
    other = of_another(SMALLEST[RECORD], "Sylvania", "SY").replace(
        "region: north\n", "region: north\naliases: [FR, Freedonia]\n"
    )
    with pytest.raises(RecordsError) as caught:
        read(write({RECORD: WITH_ALIASES, "partnerships/sylvania.yml": other}))
    remedy = "an alias can lead to one partnership only"
    assert [str(problem) for problem in caught.value.problems] == [
        f'data/{RECORD}:1:1: address "freedonia" is also claimed by data/partnerships/sylvania.yml; {remedy}',
        f'data/{RECORD}:5:29: address "fr" is also claimed by data/partnerships/sylvania.yml; {remedy}',
        f'data/{RECORD}:5:37: address "freedonia" is also claimed by data/partnerships/sylvania.yml; {remedy}',
        f'data/partnerships/sylvania.yml:5:11: address "fr" is also claimed by data/{RECORD}; {remedy}',
        f'data/partnerships/sylvania.yml:5:15: address "freedonia" is also claimed by data/{RECORD}; {remedy}',
    ]


def test_a_name_is_shown_as_it_was_typed(write: Callable[..., Path]) -> None:
    name = "<script>alert(1)</script> & 'Co' \"Ltd\""
    record = WITH_ALIASES.replace("name: Freedonia\n", f"name: >-\n  {name}\n", 1)
    reference, _ = read(write({RECORD: record}))
    for html in redirects(reference.partnerships, SITE, []).values():
        page = BeautifulSoup(html, "html.parser")
        assert page.find("script") is None
        assert page.a.text == page.title.text == name


def test_a_name_too_long_for_an_address_has_none(write: Callable[..., Path]) -> None:
    reference, _ = read(write({RECORD: WITH_ALIASES.replace("FR,", f"{'x' * 101}, {'y' * 100},")}))
    assert f"partnerships/{'y' * 100}/index.html" in redirects(reference.partnerships, SITE, [])
    assert f"partnerships/{'x' * 101}/index.html" not in redirects(reference.partnerships, SITE, [])
