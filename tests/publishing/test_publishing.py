"""What publishes the site and looks after it: workflows, the check of links, Dependabot, examples for other hosts."""

from __future__ import annotations

import gzip
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ruamel.yaml import YAML

from compass.derived.everything import derived
from compass.model.reference import Reference
from compass.open_data.export import exported
from compass.publication import published
from support.records import ROOT, SITE

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
PUBLISH, LINKS, DEPENDABOT = (
    ROOT / ".github" / name for name in ("workflows/publish.yml", "workflows/links.yml", "dependabot.yml")
)
Headers = dict[str, str]


def workflow(text: str) -> dict[str, Any]:
    """A workflow, read by YAML 1.2: by 1.1, its `on` would be `True`."""
    found = YAML(typ="safe", pure=True).load(text)
    assert isinstance(found, dict)
    return found


def followed(schema: str, *files: Path) -> list[Path]:
    """Those of the files that follow a schema which check-jsonschema knows."""
    command = [sys.executable, "-m", "check_jsonschema", "--output-format", "json", "--verbose"]
    command += ["--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    found = json.loads(done.stdout)
    assert found["parse_errors"] == []
    return [Path(file) for file in found.get("successes", [])]


@pytest.mark.parametrize(
    ("schema", "files", "old", "new"),
    [
        ("vendor.github-workflows", WORKFLOWS, "steps:", "step:"),
        ("custom.github-workflows-require-timeout", WORKFLOWS, "timeout-minutes:", "# timeout-minutes:"),
        ("vendor.dependabot", [DEPENDABOT], "interval: weekly", "interval: sometimes"),
    ],
)
def test_the_files_for_github_follow_their_schemas(
    schema: str, files: list[Path], old: str, new: str, tmp_path: Path
) -> None:
    text, wrong = files[0].read_text("utf-8"), tmp_path / files[0].name
    assert old in text
    wrong.write_text(text.replace(old, new), "utf-8")
    assert sorted(followed(schema, wrong, *files)) == files


def test_dependabot_is_told_to_renew_all_that_is_pinned() -> None:
    found = {entry["package-ecosystem"] for entry in workflow(DEPENDABOT.read_text("utf-8"))["updates"]}
    assert found == {"github-actions", "pip"}


Step = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def step(tmp_path: Path) -> Step:
    """Runs the step of a job that has a command, as GitHub does: in an empty folder, with programs that only note."""

    def step(
        file: Path, job: str, command: str, fakes: Mapping[str, str], **environment: str
    ) -> subprocess.CompletedProcess[str]:
        steps = [part.get("run", "") for part in workflow(file.read_text("utf-8"))["jobs"][job]["steps"]]
        (commands,) = [text for text in steps if command in text]
        (tmp_path / "bin").mkdir(exist_ok=True)
        for name, text in fakes.items():
            (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
            (tmp_path / "bin" / name).chmod(0o755)
        kept = {"PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "HOME": str(tmp_path), **environment}
        return subprocess.run(
            ["bash", "-e", "-c", commands],
            cwd=tmp_path,
            env=kept,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return step


def test_the_day_of_the_build_is_that_of_the_commit(step: Step) -> None:
    make, git = 'echo "$1 $SOURCE_DATE_EPOCH"', 'test "$*" = "log -1 --format=%ct" && echo 1772323200'
    done = step(PUBLISH, "build", "make build", {"make": make, "git": git})
    assert done.stdout == "build 1772323200\n"
    assert step(PUBLISH, "build", "make build", {"make": make, "git": "exit 128"}).returncode != 0


@pytest.mark.parametrize("lines", [3, 3000])
def test_the_report_of_links_fits_into_an_issue(step: Step, tmp_path: Path, lines: int) -> None:
    report = "* [404] <https://example.org/ä>\n" * lines
    (tmp_path / "lychee").mkdir()
    (tmp_path / "lychee/out.md").write_text(report, "utf-8")
    output = tmp_path / "output"
    done = step(LINKS, "ask", "lychee/out.md", {}, STATUS="2", GITHUB_OUTPUT=str(output))
    assert done.returncode == 0, done.stderr
    first, *kept, last = output.read_text("utf-8").splitlines(keepends=True)
    assert first == f"report<<{last}"
    assert "".join(kept) == report[: len("".join(kept))]
    assert min(len(report.encode()), 59_900) <= len("".join(kept).encode()) <= 60_000


def test_a_check_of_links_that_could_not_ask_says_nothing_of_them(step: Step, tmp_path: Path) -> None:
    done = step(LINKS, "ask", "lychee/out.md", {}, STATUS="3", GITHUB_OUTPUT=str(tmp_path / "output"))
    assert done.returncode == 1
    assert "lychee could not ask" in done.stdout
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(
    ("status", "open_issue", "called"),
    [("2", "", "issue create --title"), ("2", "7", "issue edit 7 --body"), ("0", "7", "issue close 7"), ("0", "", "")],
)
def test_there_is_one_issue_of_links_while_one_is_needed(
    step: Step, tmp_path: Path, status: str, open_issue: str, called: str
) -> None:
    gh = f'if [ "$2" = list ]; then echo "{open_issue}"; else echo "$@" >> calls; fi'
    github = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "you/compass", "GITHUB_RUN_ID": "1"}
    done = step(LINKS, "tell", "gh issue", {"gh": gh}, STATUS=status, REPORT="* [404] `$(id)`", TITLE="T", **github)
    assert done.returncode == 0, done.stderr
    calls = (tmp_path / "calls").read_text("utf-8") if called else ""
    assert calls.startswith(called)
    assert len(re.findall("^issue ", calls, re.MULTILINE)) == bool(called)
    assert ("* [404] `$(id)`" in calls) is (status == "2")


def test_every_address_that_the_site_leads_to_is_asked(html: dict[str, BeautifulSoup], project: Path) -> None:
    (ask,) = [part for part in workflow(LINKS.read_text("utf-8"))["jobs"]["ask"]["steps"] if part.get("id") == "lychee"]
    patterns = [argument for argument in ask["with"]["args"].split() if not argument.startswith("-")]
    asked = "".join(file.read_text("utf-8") for pattern in patterns for file in project.glob(pattern))
    led_to = {str(link["href"]) for page in html.values() for link in page.select("a[href^=http]")}
    own = ("https://example.org/sdp/", "https://github.com/example/sdp", "https://creativecommons.org/licenses/by/4.0/")
    assert {"https://institution.example/all", "https://ministry.example/nyheter/enige"} < led_to
    assert {address for address in led_to if address not in asked and not address.startswith(own)} == set()


def unexplained(config: str) -> list[str]:
    """The entries of lychee.toml that keep an answer out of the report, and have no reason on the line above them."""
    settings, lines = tomllib.loads(config), config.splitlines()
    entries = [entry for key in ("accept", "exclude", "exclude_path", "remap") for entry in settings.get(key, [])]
    above = {line.strip().rstrip(","): before.strip() for before, line in pairwise(lines)}
    return [entry for entry in entries if not above.get(f'"{entry}"', above.get(f"'{entry}'", "")).startswith("# ")]


def test_whatever_the_check_of_links_passes_over_has_its_reason() -> None:
    config = (ROOT / "lychee.toml").read_text("utf-8")
    assert unexplained(config) == []
    assert unexplained(config + "exclude = [\n    'scribd',\n]\n") == ["scribd"]
    assert unexplained(config.replace('    "429",', '    "429",\n    "999",')) == ["999"]
    # What is gone is told.
    assert set(tomllib.loads(config)["accept"]).isdisjoint({"404", "410"})


@pytest.fixture
def examples(html: dict[str, BeautifulSoup]) -> dict[str, list[str]]:
    """The blocks of code of the page, by the id of their heading."""
    found: dict[str, list[str]] = {}
    for code in html["contribute/publish/"].select("article pre > code"):
        heading = code.find_previous("h2")
        assert heading
        found.setdefault(str(heading["id"]), []).append(code.text)
    return found


def rules(text: str) -> dict[str, Headers]:
    """The rules of a file `_headers`: of each pattern of addresses, the headers."""
    found: dict[str, Headers] = {}
    for line in filter(None, text.splitlines()):
        if line.startswith("/"):
            pattern = found.setdefault(line, {})
        else:
            name, value = line.strip().split(": ", 1)
            assert name not in pattern
            pattern[name] = value
    return found


def mistakes(text: str, site: Path) -> Iterator[str]:
    """What in a file `_headers` would do nothing or harm."""
    files = [f"/{file.relative_to(site).as_posix()}" for file in site.rglob("*") if file.is_file()]
    for pattern in rules(text):
        if not any(fnmatchcase(file, pattern) for file in files):
            yield f"{pattern} is no file"
    for file in files:
        sent = [headers for pattern, headers in rules(text).items() if fnmatchcase(file, pattern)]
        names = [name for headers in sent for name in headers]
        if len(names) != len(set(names)):
            yield f"{file} gets a header twice"
        cached = any("immutable" in headers.get("Cache-Control", "") for headers in sent)
        if cached and not re.search(r"\.[0-9a-f]{8}\.", file):
            yield f"{file} is kept for ever and changes"


def test_the_example_of_headers_fits_the_site(examples: dict[str, list[str]], site: Path, reference: Reference) -> None:
    (example,) = examples["headers"]
    assert list(mistakes(example, site)) == []
    files = exported(derived(reference), published(reference, SITE))
    media_types = {f"/{file.path}": file.media_type for file, _ in files}
    named = {
        pattern: headers["Content-Type"] for pattern, headers in rules(example).items() if "Content-Type" in headers
    }
    assert named == {path: media_types[path] for path in named}
    assert len(named) == 3


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/assets/javascripts/workers/*", "/assets/javascripts/*"),
        ("/assets/javascripts/bundle.*", "/assets/*"),
        ("/data/v1/dcat.jsonld", "/data/v1/catalogue.jsonld"),
        ("/data/*\n", "/data/*\n  Referrer-Policy: no-referrer\n"),
    ],
)
def test_an_example_of_headers_that_does_not_fit_is_told(
    examples: dict[str, list[str]], site: Path, old: str, new: str
) -> None:
    (example,) = examples["headers"]
    assert old in example
    assert list(mistakes(example.replace(old, new), site))


def test_nginx_is_told_the_same(examples: dict[str, list[str]], site: Path) -> None:
    config, expected = examples["nginx"][0], rules(examples["headers"][0])
    sent = dict(re.findall(r'add_header (\S+) "?([^";]+)"? always;', config))
    assert {name: value for name, value in sent.items() if not value.startswith("$")} == expected["/*"]
    maps = {
        name: re.findall(r'~(\S+) "(.+)";', body)
        for name, body in re.findall(r"map \$uri \$(\w+) {(.*?)\n}", config, re.DOTALL)
    }
    for file in (f"/{path.relative_to(site).as_posix()}" for path in site.rglob("*") if path.is_file()):
        headers: Headers = {}
        for pattern in (pattern for pattern in expected if fnmatchcase(file, pattern)):
            headers |= expected[pattern]
        for name in ("Cache-Control", "Access-Control-Allow-Origin"):
            values = [value for pattern, value in maps[sent[name][1:]] if re.search(pattern, file)]
            assert values == [headers[name] for name in {name} & headers.keys()], file
        if media_type := headers.get("Content-Type"):
            assert re.search(rf"{re.escape(media_type)}(;| {Path(file).suffix[1:]};)", config)


def test_a_release_is_compressed_and_takes_the_place_of_the_last_one(
    examples: dict[str, list[str]], tmp_path: Path
) -> None:
    for folder in ("site", "srv/old"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "index.html").write_text(folder, "utf-8")
    (tmp_path / "srv/current").symlink_to(tmp_path / "srv/old")
    commands = examples["nginx"][1].replace("/srv/sdp", shlex.quote(f"{tmp_path}/srv"))
    subprocess.run(["bash", "-e", "-c", commands], cwd=tmp_path, check=True)
    served = tmp_path / "srv/current"
    assert served.is_symlink()
    assert {file.name for file in served.iterdir()} == {"index.html", "index.html.gz"}
    assert gzip.decompress((served / "index.html.gz").read_bytes()) == b"site"
    assert (tmp_path / "srv/old/index.html").read_text("utf-8") == "srv/old"
