"""The examples of /data/, run as they stand there: each gives the numbers that the page shows."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pandas
import pytest
from bs4 import BeautifulSoup

from compass.derived.coverage import in_order
from compass.model.reference import Reference
from support.programs import PACKAGES
from support.project import PUBLISHED

V1 = "data/v1/"
# Seconds that a program may take; a first start of LibreOffice is slow.
LONGEST = 150
Counts = dict[tuple[str, str], int]


def sheet(site: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table, from its CSV file."""
    with (site / V1 / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def expected(site: Path) -> Counts:
    """How many areas there are of each pillar and state."""
    return dict(Counter((row["pillar"], row["state"]) for row in sheet(site, "coverage")))


@pytest.fixture
def examples(html: dict[str, BeautifulSoup], address: str) -> dict[str, list[str]]:
    """The blocks of code below each heading of the page, with the address at which the site is served."""
    found: dict[str, list[str]] = {}
    for code in html["data/"].select("article pre > code"):
        heading = code.find_previous("h3")
        if heading and heading.get("id") and not code.find_parent("details"):
            found.setdefault(str(heading["id"]), []).append(code.text.replace(PUBLISHED["SITE_URL"], address))
    return found


def run(folder: Path, *command: str) -> str:
    """What a command prints, run in a folder of its own, which is its home too."""
    if command[0] in PACKAGES and not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed; make test-programs installs it")
    # Without the proxy of a network, for the site is on this machine.
    kept = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "no_proxy": "*"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=kept, timeout=LONGEST)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_shows_the_numbers(html: dict[str, BeautifulSoup], expected: Counts) -> None:
    table = html["data/"].find(id="caption-pivot").find_parent("table")
    states = [cell.text for cell in table.thead.find_all("th")][2:]
    shown = {
        (str(row["data-pillar"]), state): int(cell.text)
        for row in table.tbody.find_all("tr")
        for state, cell in zip(states, row.find_all("td")[1:], strict=True)
    }
    assert {key: number for key, number in shown.items() if number} == expected


def crossed(states: list[str], lines: Iterable[Sequence[str]]) -> Counts:
    """The numbers of a pivot: a line for each pillar, a column for each state."""
    return counted(
        (pillar, state, number) for pillar, *numbers in lines for state, number in zip(states, numbers, strict=True)
    )


def counted(rows: Iterable[Sequence[str]]) -> Counts:
    """The numbers of a list: pillar, state and how many; none are left out."""
    return {(pillar, state): int(number) for pillar, state, number in rows if int(number)}


def test_pandas(examples: dict[str, list[str]], expected: Counts, tmp_path: Path) -> None:
    (code,) = examples["pandas"]
    header, _, *lines = run(tmp_path, sys.executable, "-c", code).splitlines()
    assert crossed(header.split()[1:], map(str.split, lines)) == expected


# The extension that reads over HTTP comes as a package here; DuckDB by itself fetches it when it is needed.
RUN_DUCKDB = """
import sys, duckdb
from duckdb_extensions import import_extension
import_extension("httpfs")
found = duckdb.sql(sys.argv[1])
for row in [found.columns, *found.fetchall()]:
    print(*row, sep="\\t")
"""


def test_duckdb(examples: dict[str, list[str]], expected: Counts, tmp_path: Path, site: Path) -> None:
    pivot, behind = (rows(run(tmp_path, sys.executable, "-c", RUN_DUCKDB, code)) for code in examples["duckdb"])
    assert crossed(pivot[0][1:], pivot[1:]) == expected
    reported = [row for row in sheet(site, "coverage") if row["state"] == "reported"]
    assert reported
    assert Counter(tuple(row[:2]) for row in behind[1:]) == Counter(
        {(row["partnership"], row["area"]): len(row["sources"].split("; ")) for row in reported}
    )


def rows(printed: str) -> list[list[str]]:
    """What was printed with tabs between the cells."""
    return [line.split("\t") for line in printed.splitlines()]


def test_r(examples: dict[str, list[str]], expected: Counts, tmp_path: Path) -> None:
    (code,) = examples["r"]
    _, header, *lines = run(tmp_path, "Rscript", "-e", code).splitlines()
    assert crossed(header.split(), map(str.split, lines)) == expected


def test_curl_and_jq(examples: dict[str, list[str]], expected: Counts, tmp_path: Path, reference: Reference) -> None:
    for program in ("curl", "jq"):
        run(tmp_path, program, "--version")
    pivot, ties = (rows(run(tmp_path, "bash", "-c", f"set -o pipefail; {code}")) for code in examples["jq"])
    assert counted(pivot) == expected
    shown = in_order(reference.partnerships)[0]
    assert f"/partnerships/{shown.id}.json" in examples["jq"][1]
    assert [row[:2] for row in ties] == [[tie.tie, tie.status.value] for tie in shown.ties]
    assert ties


RUN_SQLITE = """
import sqlite3, sys
for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print(*row, sep="\\t")
"""


def test_sqlite(examples: dict[str, list[str]], expected: Counts, tmp_path: Path, site: Path) -> None:
    (code,) = examples["sqlite"]
    database = str(site / V1 / "sdp.sqlite")
    pivot, publishers = (
        rows(run(tmp_path, sys.executable, "-c", RUN_SQLITE, database, query)) for query in code.split(";\n\n")
    )
    assert counted(pivot) == expected
    by_source = {row["id"]: row["publisher"] for row in sheet(site, "sources")}
    cited = Counter(by_source[id] for row in sheet(site, "coverage") for id in row["sources"].split("; ") if id)
    assert [int(number) for _, number in publishers] == sorted(cited.values(), reverse=True)[:10]
    assert {publisher: int(number) for publisher, number in publishers}.items() <= cited.items()


def test_a_spreadsheet(tmp_path: Path, site: Path) -> None:
    source = (site / V1 / "coverage.csv").read_bytes()
    hostile = b"partner,act,freedonia,official,'=1+1,,,\r\n"
    (tmp_path / "coverage.csv").write_bytes(source + hostile)
    # Comma, quotes, UTF-8 (76), from the first line: what the page says to choose.
    run(tmp_path, "soffice", "--headless", "--infilter=CSV:44,34,76,1", "--convert-to", "fods", "coverage.csv")
    converted = ElementTree.parse(tmp_path / "coverage.fods").getroot()
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    assert [cell for cell in converted.iter(f"{table}table-cell") if f"{table}formula" in cell.attrib] == []
    read = pandas.read_csv(site / V1 / "coverage.csv")
    lines = [" ".join("".join(row.itertext()).split()) for row in converted.iter(f"{table}table-row")]
    assert len([line for line in lines if line]) == len(read) + 2
    shown = " ".join(lines)
    for summary in read["summary"].dropna():
        assert " ".join(summary.split()) in shown
