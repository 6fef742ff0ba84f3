"""The real records: what holds for all that the check accepts. Nothing here names, counts or dates any of them."""

from __future__ import annotations

import pytest

from compass.reading.reader import read
from support.project import PUBLISHED, build, cited_by_pages
from support.records import ROOT
from support.site_rules import RULES, BuiltSite, Rule


@pytest.fixture(scope="module")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of the real records, built strictly."""
    folder = tmp_path_factory.mktemp("real")
    done = build(ROOT, folder, environment=PUBLISHED)
    assert done.returncode == 0, done.stderr
    return BuiltSite(folder, read(ROOT / "data")[0], PUBLISHED["SITE_URL"])


@pytest.mark.xdist_group("the real site")
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_site_keeps_the_rules(real_site: BuiltSite, rule: Rule) -> None:
    rule(real_site)


def test_every_source_that_a_page_cites_is_shared() -> None:
    shared = {source.id for source in read(ROOT / "data")[0].sources}
    assert set(cited_by_pages(ROOT / "docs")) <= shared
