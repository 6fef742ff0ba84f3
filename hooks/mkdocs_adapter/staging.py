"""A build fills a folder beside the published one, which it replaces only when it has succeeded.

MkDocs by itself empties the published folder and then fills it, so that whatever ends the build leaves half a site.
Here `.site.build/` stands beside `site/` as long as a build goes on. In it are `sources`, of which the site is made;
`next`, which the build fills; and `before`, where the old site waits for an instant while the new one takes its place.
Who is killed in that instant leaves no site instead of half of one; the next build puts the old one back.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class Staging:
    """The folders of one build at a time. What the operating system refuses is an OSError."""

    def __init__(self) -> None:
        self.published = self.sources = self._around = self._next = self._before = Path()
        self._end = ExitStack()

    def start(self, config: MkDocsConfig) -> None:
        """Begin a build, and tidy up after one that was killed; BlockingIOError while another goes on."""
        # A link stays a link: what it leads to is replaced.
        self.published = Path(config.site_dir).resolve()
        self._around = self.published.with_name(f".{self.published.name}.build")
        self.sources, self._next, self._before = (self._around / name for name in ("sources", "next", "before"))
        if self.published.exists() and not self.published.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), config.site_dir)
        # Nobody else has to read what is not published yet.
        self._around.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._end.enter_context(_locked(self._around, config.site_dir))
        self._end.callback(self._tidy)
        self._end.callback(setattr, config, "site_dir", config.site_dir)
        self._settle()
        self._next.mkdir()
        if self.published.exists():
            shutil.copymode(self.published, self._next)
        config.site_dir = str(self._next)

    def publish(self) -> None:
        """Put what the build has made in the place of the published folder."""
        if self.published.exists():
            self.published.rename(self._before)
        self._next.rename(self.published)
        self.stop()

    def stop(self) -> None:
        """End a build, wherever it stands, and leave nothing behind; the configuration names the site again."""
        self._end.close()

    def _tidy(self) -> None:
        # What cannot be put right now is put right when the next build begins.
        with suppress(OSError):
            self._settle()
            self._around.rmdir()

    def _settle(self) -> None:
        """Put the old site back if it has no successor; else hand on its hidden files, which MkDocs spares, too."""
        for folder in (self.sources, self._next):
            shutil.rmtree(folder, ignore_errors=True)
        if not self._before.exists():
            return
        if not self.published.exists():
            self._before.rename(self.published)
            return
        made = {path.name for path in self.published.iterdir()}
        for hidden in self._before.glob(".*"):
            if hidden.name not in made:
                hidden.rename(self.published / hidden.name)
        # Only a whole site may ever have the name from which it would be put back.
        self._before.rename(self._next)
        shutil.rmtree(self._next, ignore_errors=True)


@contextmanager
def _locked(folder: Path, site_dir: str) -> Iterator[None]:
    """Keep a folder from other builds, at most as long as this process lives. Windows knows no such lock."""
    if sys.platform == "win32":
        yield
        return
    lock = os.open(folder, os.O_RDONLY)
    try:
        if not _is_ours(lock, folder):
            raise BlockingIOError(errno.EAGAIN, "another build of this site is going on", site_dir)
        yield
    finally:
        os.close(lock)


def _is_ours(lock: int, folder: Path) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # Some network file systems do not lock folders.
        return True
    # The build that had it may have removed it.
    return os.path.samestat(os.fstat(lock), folder.stat())
