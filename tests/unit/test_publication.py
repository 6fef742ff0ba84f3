from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from compass.derived.everything import derived
from compass.model.reference import Reference
from compass.open_data.export import exported
from compass.open_data.published_file import Export
from compass.publication import data_date, published
from compass.reading.reader import read
from support.records import SITE


def test_the_data_is_as_old_as_its_last_evidence_or_change(edited: Callable[[str, str, str], Path]) -> None:
    reference, _ = read(edited("changes.yml", "2026-01-02", "2025"))
    assert published(reference, SITE).modified.iso == "2026-01-01"
    reference, _ = read(edited("partnerships/freedonia.yml", "evidence_as_of: 2026-01-01", "evidence_as_of: 2025-12"))
    assert published(reference, SITE).modified.iso == "2026-01-02"


def test_a_partnerships_data_is_as_old_as_its_last_change(smallest: Reference) -> None:
    (partnership,) = smallest.partnerships
    assert data_date(partnership, smallest.changes).iso == "2026-01-02"
    assert data_date(partnership, ()).iso == "2026-01-01"


def test_without_any_record_the_data_is_of_today(write: Callable[..., Path]) -> None:
    empty = {"partnerships/freedonia.yml": None, "changes.yml": "[]\n", "sets.yml": "[]\n"}
    reference, _ = read(write(empty))
    about = published(reference, SITE)
    assert about.modified.iso == "2026-02-01"
    files = {export.name: (export, content) for export, content in exported(derived(reference), about)}
    coverage, content = files["coverage.csv"]
    assert coverage.rows == 0
    assert content.startswith(b"area,pillar,partnership,state,")


def test_the_description_tells_how_many_partnerships_there_are(smallest: Reference) -> None:
    assert published(smallest, SITE).description.startswith("What public sources show of 1 Security and Defence")


def test_addresses_begin_with_the_sites_own_or_lead_from_where_they_stand(smallest: Reference) -> None:
    assert published(smallest, SITE).at("data/") == "https://example.org/data/"
    assert published(smallest, replace(SITE, address="https://example.org/sdp/")).at("") == "https://example.org/sdp/"
    without = published(smallest, replace(SITE, address=""))
    assert without.at("data/v1/coverage.csv", "data/v1/dcat.jsonld") == "coverage.csv"
    assert without.at("data/", "data/v1/dcat.jsonld") == "../"
    assert without.at("", "areas/cyber/") == "../../"


@pytest.mark.parametrize(
    ("size", "words"), [(79, "79 bytes"), (1000, "1 kB"), (811_600, "812 kB"), (1_150_976, "1.2 MB")]
)
def test_a_size_is_told_in_words(size: int, words: str) -> None:
    assert Export("data/v1/x.csv", "", "text/csv", size, "").size == words
