"""The programs in which the examples of /data/ are tried; `python tests/programs.py` installs them where it can.

They are Debian's, installed where apt-get and root are there. Where one is missing, the test of its example is skipped
and says so; no other test needs it.
"""

from __future__ import annotations

import os
import shutil
import subprocess

# Each program, and the package of Debian that brings it.
PACKAGES = {"curl": "curl", "jq": "jq", "Rscript": "r-base-core", "soffice": "libreoffice-calc-nogui"}


def install() -> None:
    """Install what is missing; raise CalledProcessError when that fails."""
    missing = [package for program, package in PACKAGES.items() if not shutil.which(program)]
    if missing and shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "--quiet"], check=True, env=environment)
        command = ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", *missing]
        subprocess.run(command, check=True, env=environment)


if __name__ == "__main__":
    install()
