"""Finds the Chromium that the browser tests drive, and installs one where there is none: `python tests/chromium.py`.

One on the PATH is used; else Debian's package, where apt-get and root are there; else Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

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
    """Install a Chromium unless there is one; raise CalledProcessError when that fails."""
    if find():
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet"], check=True, env=environment)
        command = ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", "chromium"]
        subprocess.run(command, check=True, env=environment)
    else:
        subprocess.run([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=True)


if __name__ == "__main__":
    install()
