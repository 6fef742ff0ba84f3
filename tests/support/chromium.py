"""Finds the Chromium that the browser tests drive, and installs one where there is none: `python -m support.chromium`.

One on the PATH is used, else Playwright's own. Where that cannot be fetched, root gets Debian's package.
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
    """Install a Chromium unless there is one; exit with advice when none can be had."""
    if find() or subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False).returncode == 0:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet"], check=True, env=environment)
        command = ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", "chromium"]
        subprocess.run(command, check=True, env=environment)
    else:
        sys.exit("No Chromium was found, and Playwright could not fetch its own: install Chromium, then try again.")


if __name__ == "__main__":
    install()
