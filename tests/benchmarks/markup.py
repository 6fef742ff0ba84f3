"""Lets the Nu HTML checker read every page: `make html`, after `make build` (needs Node and Java).

What it says of a page of stock Material is what this site may say too, and nothing else: a plain page is built for it.
Fails when it says more.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CHECKER = "vnu-jar@26.9.27"
# It takes the site's own files for another's when it reads them from a folder, and blocks of data for scripts.
# tests/browser/test_content_policy.py asks a browser what a policy refuses.
MISTAKEN = ".*violates Content Security Policy.*"
STOCK = "site_name: Stock\ntheme: {name: material, font: false}\n"


def messages(site: Path) -> Counter[str]:
    """What the checker says of the pages of a site, names and numbers left out, and how often."""
    command = ["npx", "--yes", CHECKER, "--format", "json", "--skip-non-html", "--filterpattern", MISTAKEN, str(site)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stderr[done.stderr.index("{") :])["messages"]
    return Counter(f"{one.get('subType', one['type'])}: {re.sub('“[^”]*”', '“…”', one['message'])}" for one in found)


def main() -> int:
    """Print what is said of this site and not of stock Material, and give how many kinds of messages that are."""
    with tempfile.TemporaryDirectory() as folder:
        stock = Path(folder)
        (stock / "docs").mkdir()
        (stock / "docs/index.md").write_text("# Stock\n\n## Part\n\nA text.\n", "utf-8")
        (stock / "mkdocs.yml").write_text(STOCK, "utf-8")
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(stock / "mkdocs.yml")]
        subprocess.run(command, check=True)
        allowed = messages(stock / "site")
    ours = messages(ROOT / "site")
    for whose, said in (("Stock Material:", allowed), ("This site:", ours)):
        print(whose, *(f"{count} × {text}" for text, count in said.items()), sep="\n  ")
    return len(set(ours) - set(allowed))


if __name__ == "__main__":
    sys.exit(main())
