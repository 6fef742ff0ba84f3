"""`mkdocs serve` through mistakes: the last good site stays up, with a notice on each page that lists the problems.

MkDocs by itself lets the browser wait until a mistake is mended, and stops when it finds one at the start. Here a build
that fails changes nothing of what is served (`staging` sees to that), and the server puts the notice on every page
that it sends.
"""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.plugins import get_plugin_logger
from watchdog.observers.polling import PollingObserverVFS

from compass.site.templating import environment
from mkdocs_adapter.internals import guard_builds, observe
from mkdocs_adapter.unchanged import UnchangedPages

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

_log = get_plugin_logger("compass")
# Seconds between two looks at the files, and of quiet after a change: together what an editor waits before a build.
_POLLING_INTERVAL = 0.05
_QUIET = 0.05
_MAIN = "<main"


def notice(title: str, lines: Sequence[str]) -> str:
    """A notice as HTML: its title and a list of lines, each shown as it is written."""
    return environment().get_template("notice.html").render(title=title, lines=lines)


def with_notice(html: str, notice: str) -> str:
    """A page's HTML with this notice, an empty string for none, above its main part."""
    return html.replace(_MAIN, notice + _MAIN, 1)


class Preview:
    """What the server remembers from one build to the next. While a site is only built, it does nothing."""

    def __init__(self) -> None:
        self.serving = False
        self._has_site = False
        self._has_built = False
        self._notice = ""
        self.pages = UnchangedPages()

    @property
    def begins(self) -> bool:
        """Whether there is no site yet that could stay up."""
        return self.serving and not self._has_site

    def start(self) -> None:
        """Begin a build."""
        self._notice, self._has_built = "", False
        self.pages.start()

    def tell(self, title: str, lines: Sequence[str]) -> None:
        """Show a notice on each page from the end of this build to the next."""
        self._notice = notice(title, lines) if self.serving else ""

    def finish(self) -> None:
        """End a build that has succeeded: what it made is served from now on."""
        if self.serving:
            self._has_site = self._has_built = True
            self.pages.finish()

    def attend(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """Make the server go on after a failed build, notice changes sooner, and never lose sight of a folder."""
        host, port = config.dev_addr
        with socket.socket() as other:
            if other.connect_ex((host, port)) == 0:
                raise PluginError(f"Port {port} is in use, perhaps by another server; try make serve PORT={port + 1}")
        if not self.serving:
            return
        guard_builds(server, self._build)
        server.set_app(partial(self._answer, cast("WSGIApplication", server.get_app())))
        observer = PollingObserverVFS(stat=_stat, listdir=os.scandir, polling_interval=_POLLING_INTERVAL)
        observe(server, observer, _QUIET)

    def _build(self, build: Callable[[], None]) -> None:
        self._notice, self._has_built = "", False
        try:
            build()
        except (Exception, SystemExit) as error:
            # Who stops the build by a SystemExit has written to the terminal why.
            if not isinstance(error, SystemExit):
                known = isinstance(error, MkDocsException)
                _log.error(str(error) if known else "The site cannot be built.", exc_info=not known)
            if not self._notice:
                seen = "The site is up to date, but" if self._has_built else "You see the last good site:"
                self.tell(f"{seen} something is wrong", [str(error), "The terminal tells more."])

    def _answer(
        self, application: WSGIApplication, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """What the server answers, with the notice on each page. No file is changed: the disk may be full."""
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        # MkDocs does not use what this returns.
        body = application(environ, lambda *start: begun.append(start))  # type: ignore[arg-type]
        # After a failure MkDocs begins a second answer.
        status, headers = begun[-1]
        if dict(headers).get("Content-Type") == "text/html":
            # Whatever a page holds that is no UTF-8, and whatever its line ends are, is kept.
            html = with_notice(b"".join(body).decode("utf-8", "surrogateescape"), self._notice)
            body = [html.encode("utf-8", "surrogateescape")]
            headers = [("Content-Type", "text/html"), ("Content-Length", str(len(body[0])))]
        start_response(status, headers)
        return body


def _stat(path: str) -> os.stat_result:
    """`os.stat`, for which a folder that is away is a passing fault: watchdog gives up one that it is told is gone."""
    try:
        return Path(path).stat()
    except FileNotFoundError as error:
        raise BlockingIOError(errno.EAGAIN, "is away for the moment", path) from error
