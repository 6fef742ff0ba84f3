"""Tests of code name no real partner: a new record, a new name or a record that goes must not change their result."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.records import ROOT

TESTS = ROOT / "tests"
# These are about the real records.
EXEMPT = (
    "benchmarks/",
    "build/promise_v1.yml",
    "build/test_new_records.py",
    "build/test_real_records.py",
)
# The page of the map says whose part it is; that is code, whoever becomes a partner.
ABOUT_THE_MAP = re.compile("crimea", re.IGNORECASE)
COUNTRIES = json.loads((ROOT / "hooks/compass/site/world.json").read_text("utf-8"))["world"]["points"]
# A shorter name is part of too many other things.
SHORTEST = 4


def read_yaml(path: Path) -> Any:
    """What a file of records holds."""
    return yaml.safe_load(path.read_text("utf-8"))


def partners(data: Path) -> Iterator[re.Pattern[str]]:
    """What finds a name of each partner: its id and its name in any case, its aliases as they are written.

    Countries on the way to a partnership count as partners: their records may come at any time. Whom no map knows is
    none: the record of a guide or of a trial.
    """
    records = {path.stem: read_yaml(path) for path in sorted((data / "partnerships").glob("*.yml"))}
    for prospect in read_yaml(data / "pipeline.yml")["prospects"]:
        # Without a code it is a group of countries, under any word.
        records.setdefault(prospect["id"], prospect)
    real = {identity: record for identity, record in records.items() if record.get("iso") in COUNTRIES}
    for identity, record in real.items():
        # Files with names of two words write them with a hyphen, a blank or an underline.
        words = "[-_ ]".join(map(re.escape, identity.split("-")))
        name = re.escape(record["name"])
        yield re.compile(rf"(?<![^\W_])(?:{words}|{name})(?![^\W_])", re.IGNORECASE)
        for alias in record.get("aliases", ()):
            if len(alias) >= SHORTEST:
                yield re.compile(rf"(?<![^\W_]){re.escape(alias)}(?![^\W_])")


def findings(folder: Path, names: Iterable[re.Pattern[str]]) -> list[str]:
    """Each line of a test of code that holds one of the names: file, line, name."""
    names = tuple(names)
    found = []
    for path in sorted(path for ending in ("*.py", "*.yml") for path in folder.rglob(ending)):
        place = path.relative_to(folder).as_posix()
        if place.startswith(EXEMPT):
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            match = next((match for name in names if (match := name.search(line))), None)
            if match and not ABOUT_THE_MAP.search(line):
                found.append(f"tests/{place}:{number}: {match[0]}")
    return found


def test_no_test_of_code_names_a_real_partner() -> None:
    found = findings(TESTS, partners(ROOT / "data"))
    assert found == [], "these tests name real partners; use the invented ones of tests/records/:\n" + "\n".join(found)


@pytest.fixture
def atlantis(tmp_path: Path) -> Path:
    """A folder of records with a partner that has two words and aliases, one that no map knows, and a prospect."""
    (tmp_path / "partnerships").mkdir()
    record = "name: New Atlantis\niso: NZ\naliases: [Isle, NA, Republic of Atlantis]\n"
    (tmp_path / "partnerships/new-atlantis.yml").write_text(record, "utf-8")
    (tmp_path / "partnerships/trial.yml").write_text("name: Trial\niso: XA\n", "utf-8")
    (tmp_path / "pipeline.yml").write_text(
        "prospects: [{id: utopia, name: Utopía, iso: FJ}, {id: others, name: Others}]\n", "utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('assert "New Atlantis" in page', "New Atlantis"),
        ("NEW_ATLANTIS = 1", "NEW_ATLANTIS"),
        ("open('new-atlantis.yml')", "new-atlantis"),
        ("def test_new_atlantis_has_a_page()", "new_atlantis"),
        ("# the Isle.", "Isle"),
        ("x = utopia()", "utopia"),
        ("x = 'UTOPÍA'", "UTOPÍA"),
        ("'Crimea is drawn as part of Utopia'", None),
        ("isle of newer atlantis, New Atlantisian, Isles, NA, others, trial", None),
    ],
)
def test_a_name_is_found_in_any_spelling_and_only_as_a_word(
    atlantis: Path, tmp_path: Path, line: str, found: str | None
) -> None:
    folder = tmp_path / "tests"
    for name in ("unit/test_a.py", "records/a.yml", *EXEMPT):
        path = folder / name / ("test_a.py" if name.endswith("/") else "")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"first line\n{line}\n", "utf-8")
    expected = [f"tests/{name}:2: {found}" for name in ("records/a.yml", "unit/test_a.py")]
    assert findings(folder, partners(atlantis)) == (expected if found else [])
