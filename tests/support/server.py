"""A real `mkdocs serve` of a project, for the tests of the preview and the benchmark of its reloads."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.programs import started

# Seconds in which a server must answer, or show an edit. It takes about one; a machine that is busy may need many.
PATIENCE = 60


@contextmanager
def served(project: Path, disk: Path | None = None) -> Iterator[str]:
    """Serve a project, with the server's folders on a disk; give the address at which it can be seen."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folders, log = (disk or project.parent) / "folders", project / "serve.log"
    folders.mkdir()
    arguments = ("mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}")
    with started(*arguments, folder=project, log=log, environment={"TMPDIR": str(folders)}) as server:
        _wait(server, port, log)
        yield f"http://127.0.0.1:{port}/"
        assert server.poll() is None, log.read_text("utf-8")
    # Ended as by Ctrl+C, it has removed its folders. Jinja's folder of compiled templates serves the next start.
    assert [path for path in folders.iterdir() if not path.name.startswith("_jinja2-cache")] == []


def _wait(server: subprocess.Popen[str], port: int, log: Path) -> None:
    """Wait until the server answers; show its log when it ends instead, or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text("utf-8")
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"The server does not answer after {PATIENCE} s:\n{log.read_text('utf-8')}")
