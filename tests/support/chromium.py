"""Finds the Chromium that the browser tests drive, and installs one where there is none: `python -m support.chromium`.

One on the PATH is used, else Playwright's own. Where that cannot be had or does not start, root gets Debian's package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from playwright.sync_api import Error, sync_playwright

from support.programs import install_packages

# Root may not use Chromium's sandbox; the rest keeps it from talking to anybody but the test's own server.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find() -> str | None:
    """The path of a Chromium on the PATH; None when Playwright's own is to be used."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


def install() -> None:
    """Install a Chromium unless there is one; exit with advice when none can be had."""
    if find():
        return
    fetched = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if fetched.returncode == 0 and _starts():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        install_packages(["chromium"])
    else:
        sys.exit("No Chromium that starts was found or fetched: install Chromium, then try again.")


def _starts() -> bool:
    """Whether Playwright's own Chromium finds all the libraries that it needs."""
    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch(args=OPTIONS).close()
        except Error as error:
            print(error)
            return False
    return True


if __name__ == "__main__":
    install()
