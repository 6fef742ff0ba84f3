"""Copies the flags of the partners into docs/assets/flags/: `make flags`, whenever a record has come.

Takes the package flag-icons (MIT) as npm packs it. A record's `iso` decides which flag is its own; a record without a
flag here is shown without one. Pages find the flags by `compass.pages.Site.flags`.
"""

from __future__ import annotations

import re
import sys
import tarfile
from pathlib import Path

from compass.reading.reader import read

ROOT = Path(__file__).parent.parent
FLAGS = ROOT / "docs/assets/flags"


def main(package: Path) -> None:
    """Write one small SVG per partner, and the licence of their drawings beside them."""
    reference, _ = read(ROOT / "data")
    FLAGS.mkdir(parents=True, exist_ok=True)
    with tarfile.open(package) as files:
        for iso in sorted(one.iso.lower() for one in reference.partnerships):
            drawn = files.extractfile(f"package/flags/4x3/{iso}.svg")
            assert drawn
            (FLAGS / f"{iso}.svg").write_text(re.sub(r">\s+<", "><", drawn.read().decode().strip()) + "\n", "utf-8")
        licence = files.extractfile("package/LICENSE")
        assert licence
        (FLAGS / "LICENSE.txt").write_bytes(licence.read())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
