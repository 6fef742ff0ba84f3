"""MkDocs' events → the package `compass`: each event asks it for what MkDocs goes on with.

MkDocs reads this module once, when it starts; the records and templates are read anew for every build.
"""

from __future__ import annotations

import gc
import signal
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger

from compass.model.dates import EpochError
from compass.os_errors import explained
from compass.postprocess.abbreviations import explain
from compass.postprocess.assets import as_sent, is_part
from compass.postprocess.html_blocks import Block, put_back
from compass.postprocess.search_index import Guide, guide, improve
from compass.publication import Site
from compass.reading.problems import RecordsError, Severity, counted
from compass.reading.reader import read
from compass.reading.record_files import RECORD_FOLDER
from compass.reading.yaml_document import parse
from compass.settings import site_of
from compass.site.content_policy import content_policy
from compass.site.pages import waiting
from compass.site.prose import PageError, prose_paths, read_prose
from compass.site.templating import compiled_templates
from compass.site.website import SourceFile, website
from mkdocs_adapter.internals import NO_CONTENTS, search_indexes, stopped_by_warnings
from mkdocs_adapter.preview import Preview
from mkdocs_adapter.sources import Sources, blocks_of, without_blocks
from mkdocs_adapter.staging import Staging

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import TableOfContents
    from mkdocs.utils.templates import TemplateContext

    from compass.model.reference import Reference

_log = get_plugin_logger("compass")


class Adapter:
    """What MkDocs calls, by the names of its events, and all that is remembered between two of them."""

    def __init__(self) -> None:
        self._staging = Staging()
        self._sources = Sources()
        self._preview = Preview()
        # While serving, all files but the one that was edited are the same text as before.
        self._remembered = lru_cache(maxsize=1000)(parse)
        # What is kept of a page while the search reads it: its HTML blocks, and its table of contents.
        self._kept: dict[str, tuple[list[Block], TableOfContents]] = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Learn whether the site is built or served; from now on, let SIGTERM end it as Ctrl+C does, with all tidy."""
        self._preview.serving = command == "serve"
        # What has been imported stays: Python need not look through it for garbage again and again.
        gc.freeze()
        signal.signal(signal.SIGTERM, _terminate)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the records and render every page, before MkDocs begins to fill the folder of the new site."""
        self._staging.start(config)
        self._preview.start()
        data, site, docs = Path(config.config_file_path).parent / "data", site_of(config), Path(config.docs_dir)
        shown: Reference | None
        try:
            shown, warnings = read(data, parse=self._remembered if self._preview.serving else parse)
            self._sources.lay_out(self._staging.sources, website(shown, site, read_prose(docs)))
        except (RecordsError, PageError) as error:
            if not self._preview.begins:
                self._preview.tell(f"{error.headline}; you see the last good site", str(error).splitlines())
                raise PluginError(f"{error.headline}; nothing was built.\n{error}") from None
            _log.error(f"{error.headline}.\n{error}")
            shown, seen = self._show_what_is_sound(error, data, site, docs)
            self._preview.tell(f"{error.headline}; {seen}", str(error).splitlines())
            warnings = []
        for warning in warnings:
            # No warning of MkDocs, which would stop a strict build: what the check accepts is published.
            _log.info(str(warning))
        if warnings:
            self._preview.tell(
                f"The site is up to date; the records have {counted(warnings)}", [str(warning) for warning in warnings]
            )
        config.extra["abbreviations"] = shown.abbreviations if shown else {}
        config.extra["search"] = guide(shown) if shown else Guide()
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Give the hand-written pages their rendered text, add what is made from records, and send less."""
        self._sources.hand_over(files, config)
        for file in (*files.javascript_files(), *files.css_files()):
            path = Path(file.src_dir or "", file.src_uri)
            if file.src_dir == config.docs_dir and is_part(path):
                files.remove(file)
            elif file.src_dir == config.docs_dir:
                file.content_bytes = as_sent(path)
        return files

    @event_priority(-100)
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let a page's HTML blocks pass Markdown by; while serving, render only what has changed."""
        markdown = without_blocks(markdown)
        return self._preview.pages.spare(markdown, page, config, files) if self._preview.serving else markdown

    @event_priority(100)
    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """While serving, take what has not changed as it was rendered."""
        return self._preview.pages.restore(html, page, files) if self._preview.serving else html

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Give the theme the policy of a page, and spare its templates from being compiled for each build."""
        # MkDocs' server adds a script to each page.
        env.globals["content_policy"] = partial(content_policy, any_script=self._preview.serving)
        return env.overlay(bytecode_cache=compiled_templates())

    @event_priority(100)
    def _reuse(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        blocks: list[Block] = []
        if not (self._preview.serving and self._preview.pages.reuse(context, page, config, nav)):
            blocks = blocks_of(page)
            page.content = put_back(page.content or "", blocks, asides=False)
        # For each section the search would go through all of the contents, to find the address that it has already.
        self._kept[page.url] = blocks, page.toc
        page.toc = NO_CONTENTS

    @event_priority(-100)
    def _complete(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        blocks, page.toc = self._kept.pop(page.url)
        if page.content:
            whole = put_back(page.content, blocks, asides=True)
            page.content = explain(whole, config.extra["abbreviations"])

    # Before the search reads a page: take it from the last build if it is as it was, or else put its HTML blocks back,
    # but for the asides. After it: put those back, too, and make the page's abbreviations explain themselves.
    on_page_context = CombinedEvent(_reuse, _complete)

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> None:
        """Let the server remember the finished page, and MkDocs forget it: later events see no page's text."""
        if self._preview.serving:
            self._preview.pages.keep(output, page)
        page.markdown = page.content = None
        page.toc = NO_CONTENTS

    @event_priority(100)
    def _complete_search(self, config: MkDocsConfig) -> None:
        if self._preview.serving:
            self._preview.pages.complete_search(config)
        for index in search_indexes(config):
            index.entries = improve(index.entries, config.extra["search"])

    @event_priority(-100)
    def _publish(self, config: MkDocsConfig) -> None:
        if self._preview.serving or not stopped_by_warnings():
            self._staging.publish()
            self._preview.finish()
            if not self._preview.serving:
                _log.info(f"The new site is in its place: {config.site_dir}")

    # Before the search writes its index, and after everybody has written their files.
    on_post_build = CombinedEvent(_complete_search, _publish)

    def on_build_error(self, error: Exception) -> None:
        """Leave nothing of the build behind; say in one line what to do about a fault of its surroundings."""
        self._staging.stop()
        if isinstance(error, OSError):
            _log.debug("What was refused:", exc_info=error)
            raise PluginError(explained(error, self._staging.published)) from None
        if isinstance(error, EpochError):
            raise PluginError(str(error)) from None

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> None:
        """Make the server go on through mistakes."""
        self._preview.attend(server, config)

    def on_shutdown(self) -> None:
        """Leave nothing of a build behind that was interrupted."""
        self._staging.stop()

    def _show_what_is_sound(
        self, error: RecordsError | PageError, data: Path, site: Site, docs: Path
    ) -> tuple[Reference | None, str]:
        """Begin a server in spite of mistakes: with the site without the broken records, or with pages that wait.

        Gives the records that can be shown, and says in words what is seen.
        """
        if isinstance(error, RecordsError):
            broken = {Path(problem.file).stem for problem in error.problems if problem.severity is Severity.ERROR}
            try:
                reference, _ = read(data, leave_out=broken, parse=self._remembered)
                self._sources.lay_out(self._staging.sources, website(reference, site, read_prose(docs)))
            except (RecordsError, PageError):
                pass
            else:
                return reference, f"you see the site without {', '.join(sorted(broken))}"
        records = {f"{RECORD_FOLDER}/{path.stem}.md" for path in (data / RECORD_FOLDER).glob("*.yml")}
        written = {path.relative_to(docs).as_posix() for path in prose_paths(docs)}
        waits = (SourceFile(page.path, page.markdown.encode()) for page in waiting(records | written))
        self._sources.lay_out(self._staging.sources, waits)
        return None, "all pages wait for the repair"


def _terminate(*_: object) -> None:
    """End as by Ctrl+C. `timeout` and `make` both send the signal: the second must not break off the tidying up."""
    signal.signal(signal.SIGTERM, lambda *_: None)
    raise KeyboardInterrupt


# MkDocs takes a file of hooks as a plugin whose events are functions of the module.
_adapter = Adapter()
on_startup = _adapter.on_startup
on_config = _adapter.on_config
on_files = _adapter.on_files
on_page_markdown = _adapter.on_page_markdown
on_page_content = _adapter.on_page_content
on_env = _adapter.on_env
on_page_context = _adapter.on_page_context
on_post_page = _adapter.on_post_page
on_post_build = _adapter.on_post_build
on_build_error = _adapter.on_build_error
on_serve = _adapter.on_serve
on_shutdown = _adapter.on_shutdown
