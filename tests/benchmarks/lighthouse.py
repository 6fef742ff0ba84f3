"""Measures what a phone gets, with Lighthouse: `make lighthouse`, after `make build` (needs Node).

Serves site/ as a host does, compressed and with a cache, and asks Lighthouse for one page of each kind with its phone
profile. Fails when a page misses what is asked: 100 in every category, and the largest paint within 1.2 seconds.
"""

from __future__ import annotations

import functools
import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support import chromium  # noqa: E402

PAGES = (
    "",
    "partnerships/norway/",
    "areas/cyber/",
    "compare/",
    "timeline/",
    "compass/act/",
    "about/",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
SECONDS = 1.2
LIGHTHOUSE = "lighthouse@13.5.0"


class Compressed(SimpleHTTPRequestHandler):
    """Serves files as hosts of static sites do: texts compressed, and all of them to be kept for a while."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = (path if found else Path(self.directory) / "404.html").read_bytes()
        kind = self.guess_type(str(path)) if found else "text/html"
        text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        body = gzip.compress(body, 6, mtime=0) if text else body
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        if text:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000" if "/assets/" in self.path else "max-age=600")
        self.end_headers()
        return BytesIO(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def measure(address: str) -> tuple[dict[str, int], float, list[str]]:
    """The scores of a page by category, the seconds to its largest paint, and what keeps a score below 100."""
    options = [
        f"--chrome-flags=--headless=new {' '.join(chromium.OPTIONS)}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    environment = os.environ | ({"CHROME_PATH": path} if (path := chromium.find()) else {})
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "report.json"
        command = ["npx", "--yes", LIGHTHOUSE, address, *options, "--output=json", f"--output-path={to}", "--quiet"]
        subprocess.run(command, check=True, env=environment)
        report = json.loads(to.read_text("utf-8"))
    scores = {name: round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES}
    weighed = {ref["id"] for one in report["categories"].values() for ref in one["auditRefs"] if ref["weight"]}
    wanting = [
        f"{audit['title']} {audit.get('displayValue', '')}".strip()
        for name, audit in report["audits"].items()
        if name in weighed and audit["score"] is not None and audit["score"] < 0.9
    ]
    return scores, report["audits"]["largest-contentful-paint"]["numericValue"] / 1000, wanting


def main(pages: Sequence[str]) -> int:
    """Measure the pages, print a line for each, and give how many miss what is asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Compressed, directory=ROOT / "site"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    missed = 0
    for page in pages:
        scores, paint, wanting = measure(f"http://127.0.0.1:{server.server_port}/{page}")
        missed += min(scores.values()) < 100 or paint > SECONDS
        told = ", ".join(f"{name} {score}" for name, score in scores.items())
        print(f"/{page}: {told}; largest paint {paint:.2f} s", *wanting, sep="\n  ", flush=True)
    server.shutdown()
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or PAGES))
