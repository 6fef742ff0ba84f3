"""MkDocs' events → the package `compass`. Only this file and its neighbours `mkdocs_*.py` know MkDocs.

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
from mkdocs.structure.toc import TableOfContents

from compass.model.dates import EpochError
from compass.os_errors import explained
from compass.postprocess.abbreviations import explain
from compass.postprocess.assets import as_sent
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
from mkdocs_adapter.preview import Preview
from mkdocs_adapter.sources import Sources, blocks_of, without_blocks
from mkdocs_adapter.staging import Staging, stopped_by_warnings

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from compass.model.reference import Reference

_log = get_plugin_logger("compass")
# MkDocs calls the functions below for each build; between the builds of one server, only these remember anything.
_staging = Staging()
_sources = Sources()
_preview = Preview()
# While serving, all files but the one that was edited are the same text as before.
_remembered = lru_cache(maxsize=1000)(parse)
# What is kept of a page while the search reads it: its HTML blocks, and its table of contents.
_kept: dict[str, tuple[list[Block], TableOfContents]] = {}
_NO_CONTENTS = TableOfContents([])


def on_startup(*, command: str, dirty: bool) -> None:
    """Learn whether the site is built or served, and end as by Ctrl+C, with everything tidy, when told to terminate."""
    _preview.serving = command == "serve"
    # What has been imported stays: Python need not look through it for garbage again and again.
    gc.freeze()
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the records and render every page, before MkDocs begins to fill the folder in which the site is built."""
    _staging.start(config)
    _preview.start()
    data, site, docs = Path(config.config_file_path).parent / "data", site_of(config), Path(config.docs_dir)
    shown: Reference | None
    try:
        shown, warnings = read(data, parse=_remembered if _preview.serving else parse)
        _sources.lay_out(_staging.sources, website(shown, site, read_prose(docs)))
    except (RecordsError, PageError) as error:
        if not _preview.begins:
            _preview.tell(f"{error.headline}; you see the last good site", str(error).splitlines())
            raise PluginError(f"{error.headline}; nothing was built.\n{error}") from None
        _log.error(f"{error.headline}.\n{error}")
        shown, seen = _show_what_is_sound(error, data, site, docs)
        _preview.tell(f"{error.headline}; {seen}", str(error).splitlines())
        warnings = []
    for warning in warnings:
        # Told, but not as a warning of MkDocs, which would stop a strict build: what the check accepts is published.
        _log.info(str(warning))
    if warnings:
        _preview.tell(
            f"The site is up to date; the records have {counted(warnings)}", [str(warning) for warning in warnings]
        )
    config.extra["abbreviations"] = shown.abbreviations if shown else {}
    config.extra["search"] = guide(shown) if shown else Guide()
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Give the hand-written pages their rendered text, add what is made from records, and send less."""
    _sources.hand_over(files, config)
    for file in (*files.javascript_files(), *files.css_files()):
        if file.src_dir == config.docs_dir:
            file.content_bytes = as_sent(Path(file.src_dir, file.src_uri))
    return files


@event_priority(-100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let a page's HTML blocks pass Markdown by; while serving, render only what has changed."""
    markdown = without_blocks(markdown)
    return _preview.pages.spare(markdown, page, config, files) if _preview.serving else markdown


@event_priority(100)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """While serving, take what has not changed as it was rendered."""
    return _preview.pages.restore(html, page, files) if _preview.serving else html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give the theme the policy of a page, and spare its templates from being compiled for each build."""
    # MkDocs' server adds a script to each page.
    env.globals["content_policy"] = partial(content_policy, any_script=_preview.serving)
    env.bytecode_cache = compiled_templates()


@event_priority(100)
def _reuse(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    blocks: list[Block] = []
    if not (_preview.serving and _preview.pages.reuse(context, page, config, nav)):
        blocks = blocks_of(page)
        page.content = put_back(page.content or "", blocks, asides=False)
    # For each section the search would go through all of the contents, only to find the address that it has already.
    _kept[page.url] = blocks, page.toc
    page.toc = _NO_CONTENTS


@event_priority(-100)
def _complete(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    blocks, page.toc = _kept.pop(page.url)
    if page.content:
        whole = put_back(page.content, blocks, asides=True)
        page.content = explain(whole, config.extra["abbreviations"])


# Before the search reads a page: take it from the last build if it is as it was, or else put its HTML blocks back, but
# for the asides. After it: put those back, too, and make the page's abbreviations explain themselves.
on_page_context = CombinedEvent(_reuse, _complete)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> None:
    """Let the server remember the finished page, and MkDocs forget it: a later event of a build sees no page's text."""
    if _preview.serving:
        _preview.pages.keep(output, page)
    page.markdown = page.content = None
    page.toc = _NO_CONTENTS


@event_priority(100)
def _complete_search(config: MkDocsConfig) -> None:
    if _preview.serving:
        _preview.pages.complete_search(config)
    for plugin in config.plugins.values():
        if index := getattr(plugin, "search_index", None):
            index.entries = improve(index.entries, config.extra["search"])


@event_priority(-100)
def _publish(config: MkDocsConfig) -> None:
    if _preview.serving or not stopped_by_warnings():
        _staging.publish()
        _preview.finish()
        if not _preview.serving:
            _log.info(f"The new site is in its place: {config.site_dir}")


# Before the search writes its index, and after everybody has written their files.
on_post_build = CombinedEvent(_complete_search, _publish)


def on_build_error(error: Exception) -> None:
    """Leave nothing of the build behind; say in one line what to do about a fault of its surroundings."""
    _staging.stop()
    if isinstance(error, OSError):
        _log.debug("What was refused:", exc_info=error)
        raise PluginError(explained(error, _staging.published)) from None
    if isinstance(error, EpochError):
        raise PluginError(str(error)) from None


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> None:
    """Make the server go on through mistakes."""
    _preview.attend(server, config)


def on_shutdown() -> None:
    """Leave nothing of a build behind that was interrupted."""
    _staging.stop()


def _show_what_is_sound(
    error: RecordsError | PageError, data: Path, site: Site, docs: Path
) -> tuple[Reference | None, str]:
    """Begin a server in spite of mistakes: with the site without the broken records, or with pages that wait.

    Gives the records that can be shown, and says in words what is seen.
    """
    if isinstance(error, RecordsError):
        broken = {Path(problem.file).stem for problem in error.problems if problem.severity is Severity.ERROR}
        try:
            reference, _ = read(data, leave_out=broken, parse=_remembered)
            _sources.lay_out(_staging.sources, website(reference, site, read_prose(docs)))
        except (RecordsError, PageError):
            pass
        else:
            return reference, f"you see the site without {', '.join(sorted(broken))}"
    records = {f"{RECORD_FOLDER}/{path.stem}.md" for path in (data / RECORD_FOLDER).glob("*.yml")}
    written = {path.relative_to(docs).as_posix() for path in prose_paths(docs)}
    waits = (SourceFile(page.path, page.markdown.encode()) for page in waiting(records | written))
    _sources.lay_out(_staging.sources, waits)
    return None, "all pages wait for the repair"
