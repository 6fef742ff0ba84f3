"""Synthetic partnerships for measuring: as many as asked for, each as rich as a real one, the same ones every time.

The real records stand at the beginning; each of the others is one of them with another name, date and areas, and with
sources of its own. Used by the benchmarks beside this file.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from string import ascii_uppercase

sys.path.insert(0, str(Path(__file__).parent.parent))
from support.project import change, copy_code
from support.records import ROOT, of_another

SEED = 2026
# The span of time over which partnerships are made, as the real ones are.
_FIRST, _DAYS = date(2024, 1, 1), 1000
# The schemas are not those of the longer codes of countries below.
_NOT_COPIED = shutil.ignore_patterns("schema")


def copy_real(folder: Path) -> Path:
    """Copy what the site is built from into a folder, with the real records; give the folder."""
    shutil.copytree(ROOT / "data", copy_code(folder) / "data", ignore=_NOT_COPIED)
    return folder


def set_count(project: Path, count: int) -> None:
    """Make a copy of the project hold so many partnerships: leave some of the real out, or add others."""
    folder, chance = project / "data/partnerships", random.Random(SEED)
    # The six that EPRS counted were made first, and the sets and the prose speak of them.
    real = sorted(folder.glob("*.yml"), key=lambda path: (_act(path), path.name))
    for path in real[count:]:
        path.unlink()
        _forget(project / "data/changes.yml", path.stem)
    if count <= len(real):
        return
    areas = re.findall(r"^  - id: (.*)$", (project / "data/areas.yml").read_text("utf-8"), re.MULTILINE)
    # There are fewer codes of two letters than partnerships are asked for.
    change(project, "hooks/compass/model/field_types.py", "[A-Z]{2}$", "[A-Z]{2,3}$")
    codes = map("".join, product(ascii_uppercase, repeat=3))
    for number, code in zip(range(count - len(real)), codes, strict=False):
        model = real[number % len(real)]
        text = of_another(model.read_text("utf-8"), f"{model.stem} {number}", code)
        # A page is cited by one source only.
        text = re.sub(r"^( +url: \S+)$", rf"\1#{number}", text, flags=re.MULTILINE)
        made = _FIRST + timedelta(days=chance.randrange(_DAYS))
        text = re.sub(r"(\n  act:\n    kind: \w+\n    date: )\S+", rf"\g<1>{made}", text)
        text = _with_areas(text, chance.sample(areas, len(areas)))
        (folder / f"synthetic-{number}.yml").write_text(text, "utf-8")


def _with_areas(text: str, areas: list[str]) -> str:
    others = iter(areas)
    return re.sub(r"^  - area: .*$", lambda _: f"  - area: {next(others)}", text, flags=re.MULTILINE)


def _act(path: Path) -> str:
    found = re.search(r"\n  act:\n    kind: \w+\n    date: (\S+)", path.read_text("utf-8"))
    assert found, f"{path} has no act"
    return found[1]


def _forget(changes: Path, record: str) -> None:
    """Take a record out of the lists of those that a change concerns."""
    text = re.sub(rf"(?<=[\[ ]){record}(?:, |(?=\]))", "", changes.read_text("utf-8"))
    changes.write_text(text.replace(", ]", "]"), "utf-8")
