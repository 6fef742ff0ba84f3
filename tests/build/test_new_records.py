"""What the check accepts, lands: records are added to the real ones, renamed and removed.

Whenever the check finds no problem, the strict build succeeds and the site keeps every rule of `support.site_rules`.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, reject, settings
from hypothesis import strategies as st

from compass.derived import coverage
from compass.reading.problems import RecordsError
from compass.reading.reader import read
from compass.reading.uniqueness import claims
from compass.reading.yaml_document import parse
from support.examples import examples
from support.generated_records import made, made_at_random
from support.project import PUBLISHED, build, copy_code
from support.records import ROOT
from support.site_rules import RULES, BuiltSite

DATA = ROOT / "data"
RECORDS = sorted(path.stem for path in (DATA / "partnerships").glob("*.yml"))
REFERENCE = read(DATA)[0]
# The ids that a record may use, by what they stand for. Of the shared sources some are enough.
KNOWN = {
    "area": [area.id for area in REFERENCE.areas.areas],
    "tie": [tie.id for tie in REFERENCE.ties],
    "region": [region.id for region in REFERENCE.regions],
    "language": list(REFERENCE.languages),
    "source": [source.id for source in REFERENCE.sources[:5]],
}


def fresh_project(folder: Path) -> Path:
    """Copy the project with its real records."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DATA, copy_code(folder) / "data")
    return folder


def rename(data: Path, record: str, new: str | None) -> None:
    """Give a record another name, or remove it (None), together with what names it."""
    path = data / f"partnerships/{record}.yml"
    if new:
        path.rename(data / f"partnerships/{new}.yml")
    else:
        path.unlink()
    for name, field in (("sets", "members"), ("changes", "records")):
        items = yaml.load((data / f"{name}.yml").read_text("utf-8"), yaml.BaseLoader)
        for item in items:
            named = [new if id == record else id for id in item.get(field, [])]
            item[field] = [id for id in named if id]
        # A set needs a member.
        write(data / f"{name}.yml", [item for item in items if item[field] or name == "changes"])


def write(file: Path, content: Any) -> None:
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120), "utf-8")


def builds(project: Path) -> None:
    """Build a project strictly."""
    done = build(project, project / "site", environment=PUBLISHED)
    assert done.returncode == 0, done.stderr


def claimed(id: str, text: str) -> set[tuple[str, str]]:
    """What only one record can have, as this one claims it."""
    return {(claim.what, claim.same) for claim in claims(id, parse(text).data)}


def add_smallest(data: Path) -> None:
    """Add the record that the guide shows as the smallest; one that claims the same makes room for it."""
    guide = (ROOT / "docs/contribute/add-a-partnership.md").read_text("utf-8")
    example = guide.partition("{ #smallest }")[2].partition("Text with signs")[0]
    text = "".join(line[4:] + "\n" for line in example.splitlines() if line.startswith("    "))
    wanted = claimed("atlantis", text)
    for path in sorted((data / "partnerships").glob("*.yml")):
        if wanted & claimed(path.stem, path.read_text("utf-8")):
            rename(data, path.stem, None)
    (data / "partnerships/atlantis.yml").write_text(text, "utf-8")


def test_the_guides_smallest_record_has_no_problem_and_no_warning(tmp_path: Path) -> None:
    data = fresh_project(tmp_path / "project") / "data"
    add_smallest(data)
    assert [warning for warning in read(data)[1] if "atlantis.yml" in warning.file] == []


@pytest.mark.parametrize("record", RECORDS)
def test_any_record_may_go_and_others_come(tmp_path: Path, record: str) -> None:
    """The guide's smallest record comes, and a full one of a country on the way, while a real one goes."""
    project = fresh_project(tmp_path / "project")
    rename(project / "data", record, None)
    add_smallest(project / "data")
    on_the_way = next(iter(coverage.on_the_way(REFERENCE.pipeline.prospects, REFERENCE.partnerships)), None)
    country = {"name": on_the_way.name, "iso": on_the_way.iso} if on_the_way and on_the_way.iso else {}
    write(project / "data/partnerships/country-on-the-way.yml", {**made(KNOWN), "aliases": ["CW"], **country})
    assert read(project / "data")
    builds(project)


# A failure is not made smaller: each attempt would be a build. EXAMPLES=many tries more.
@settings(examples(few=3, many=60), phases=[Phase.generate])
@given(record=made_at_random(KNOWN), gone=st.sampled_from(RECORDS), renamed=st.sampled_from(RECORDS))
def test_what_the_check_accepts_lands(
    tmp_path_factory: pytest.TempPathFactory, record: dict[str, Any], gone: str, renamed: str
) -> None:
    project = fresh_project(tmp_path_factory.getbasetemp() / "random/project")
    write(project / "data/partnerships/made-at-random.yml", record)
    rename(project / "data", renamed, "renamed")
    if gone != renamed:
        rename(project / "data", gone, None)
    try:
        reference, _ = read(project / "data")
    except RecordsError as error:
        # Whether records are sound is for the check to say; but nearly all must be, or nothing is tried.
        if not all(re.search("claimed by|repeats the act|: warning: ", str(problem)) for problem in error.problems):
            pytest.fail(str(error))
        reject()
    builds(project)
    site = BuiltSite(project / "site", reference, PUBLISHED["SITE_URL"])
    for rule in RULES:
        rule(site)
