"""Takes the pictures of the site that the README shows: `make screenshots`, after `make build`.

The home page and the comparison on a desktop screen, light and dark. They lie in .github/, which no page loads from, as
JPEG: small, and shown by every host of code.
"""

from __future__ import annotations

import functools
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from support import chromium  # noqa: E402

PICTURES = ROOT / ".github/screenshots"
PAGES = {"home": "", "compare": "compare/"}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def main() -> None:
    """Write a picture of each page in each scheme."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=ROOT / "site"))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.OPTIONS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        for name, address in PAGES.items():
            page.goto(f"http://127.0.0.1:{server.server_port}/{address}", wait_until="networkidle")
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                page.screenshot(path=PICTURES / f"{name}-{scheme}.jpg", type="jpeg", quality=72)
        page.set_viewport_size({"width": 1200, "height": 630})
        page.emulate_media(color_scheme="light")
        page.goto((ROOT / "tools/card.html").as_uri())
        page.screenshot(path=ROOT / "docs/assets/card.png")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
