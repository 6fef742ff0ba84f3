import pytest
from bs4 import BeautifulSoup

from compass.model.reference import Reference, all_sources
from compass.site.footnotes import Citations, Library


def test_sources_are_numbered_by_first_mention_and_linked_back(smallest: Reference) -> None:
    citations = Citations(Library(smallest))
    markup = citations.cite(["release", "shared"]) + citations.cite(["release"])
    links = BeautifulSoup(markup, "html.parser").find_all("a")
    assert [(link["id"], link["href"], link.text) for link in links] == [
        ("cite-1-1", "#source-1", "[1]"),
        ("cite-2-1", "#source-2", "[2]"),
        ("cite-1-2", "#source-1", "[1]"),
    ]
    assert links[0]["aria-label"] == "Source 1"
    assert [(entry.number, entry.source.id, entry.uses) for entry in citations.numbered] == [
        (1, "release", 2),
        (2, "shared", 1),
    ]
    back = BeautifulSoup(citations.numbered[0].backlinks, "html.parser").find_all("a")
    assert [(link["href"], link.text) for link in back] == [("#cite-1-1", "1"), ("#cite-1-2", "2")]


def test_an_unknown_source_is_not_passed_over(smallest: Reference) -> None:
    with pytest.raises(KeyError):
        Citations(Library(smallest)).cite(["unknown"])


def test_all_sources_stand_by_their_ids(smallest: Reference) -> None:
    assert [source.id for source in all_sources(smallest)] == ["release", "shared"]
