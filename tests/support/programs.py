"""Programs that tests start: each ends when its test ends, whatever signals it or the tests ignore.

`python -m support.programs` (see `make test-programs`) installs those in which the examples of /data/ are tried.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from support.records import ROOT

# What a program is to find in its environment, beside what every program needs.
Environment = Mapping[str, str] | None
# Seconds in which a program must end after it was asked to, before it is killed.
_GRACE = 20
# Seconds in which a program that ends by itself must have ended.
_LONGEST = 180
# Each program of an example of /data/, and the package of Debian that brings it.
PACKAGES = {"curl": "curl", "jq": "jq", "Rscript": "r-base-core", "soffice": "libreoffice-calc-nogui"}


@contextmanager
def started(
    *arguments: str | Path, folder: Path = ROOT, log: Path | None = None, environment: Environment = None
) -> Iterator[subprocess.Popen[str]]:
    """Start a Python module in a folder as a user does; end it with the block.

    It knows nothing of this environment but what is given. Its output goes to the log, or can be read from it.
    """
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    output = log.open("w") if log else subprocess.PIPE
    running = subprocess.Popen(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=folder,
        env={**kept, "NO_MKDOCS_2_WARNING": "1", **(environment or {})},
        stdout=output,
        stderr=output,
        text=True,
    )
    try:
        yield running
    finally:
        end(running)
        for stream in (running.stdout, running.stderr, None if isinstance(output, int) else output):
            if stream:
                stream.close()


def end(running: subprocess.Popen[str]) -> None:
    """End a program that still runs: by Ctrl+C, so that it tidies up; then by TERM, then by KILL."""
    for how in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if running.poll() is not None:
            return
        # A program that was stopped hears nothing.
        running.send_signal(signal.SIGCONT)
        running.send_signal(how)
        try:
            running.wait(_GRACE)
        except subprocess.TimeoutExpired:
            continue


def run(
    *arguments: str | Path, folder: Path = ROOT, environment: Environment = None
) -> subprocess.CompletedProcess[str]:
    """Run a Python module to its end."""
    with started(*arguments, folder=folder, environment=environment) as running:
        stdout, stderr = running.communicate(timeout=_LONGEST)
    return subprocess.CompletedProcess(running.args, running.returncode, stdout, stderr)


def install_packages(packages: list[str]) -> None:
    """Install packages of Debian, as root; raise CalledProcessError on failure."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet"], check=True, env=environment)
    command = ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", *packages]
    subprocess.run(command, check=True, env=environment)


def install() -> None:
    """Install what is missing of the programs of the examples, from Debian; raise CalledProcessError on failure."""
    missing = [package for program, package in PACKAGES.items() if not shutil.which(program)]
    if not missing:
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        sys.exit(f"Install these yourself, or run this as root on Debian or Ubuntu: {' '.join(missing)}")
    install_packages(missing)


if __name__ == "__main__":
    install()
