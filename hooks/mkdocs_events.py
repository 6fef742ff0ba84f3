"""MkDocs' events → the package `compass`. Only this file, `mkdocs_preview` and `mkdocs_unchanged` know MkDocs.

MkDocs reads this module once, when it starts; the records and templates are read anew for every build.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File
from rjsmin import jsmin

from compass.abbreviations import explain
from compass.dates import today
from compass.files import RECORD_FOLDER
from compass.html_blocks import Block, put_back, take_out
from compass.pages import PageError, waiting
from compass.policies import policies
from compass.problems import RecordsError, Severity, counted
from compass.prose import prose_paths, read_prose
from compass.publication import Site
from compass.reading import read
from compass.search import improve
from compass.styles import as_sent
from compass.templating import compiled_templates
from compass.website import Website, website
from mkdocs_preview import Preview

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

_log = get_plugin_logger("compass")
# MkDocs calls the functions below for each build; between the builds of one server, only this remembers anything.
_preview = Preview()


def on_startup(*, command: str, dirty: bool) -> None:
    """Learn whether the site is built or served."""
    _preview.serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the records and render every page, before MkDocs touches the site folder."""
    _preview.start(config)
    data, site, docs = Path(config.config_file_path).parent / "data", _site(config), Path(config.docs_dir)
    try:
        reference, warnings = read(data)
        made = website(reference, site, read_prose(docs))
    except (RecordsError, PageError) as error:
        if not _preview.begins:
            _preview.tell(f"{error.headline}; you see the last good site", str(error).splitlines())
            raise PluginError(f"{error.headline}; nothing was built.\n{error}") from None
        _log.error(f"{error.headline}.\n{error}")
        made, seen = _what_is_sound(error, data, site, docs)
        _preview.tell(f"{error.headline}; {seen}", str(error).splitlines())
        warnings = []
    for warning in warnings:
        _log.warning(f"{warning.place}: {warning.message}")
    if warnings:
        _preview.tell(
            f"The site is up to date; the records have {counted(warnings)}", [str(warning) for warning in warnings]
        )
    taken_out = {page.path: take_out(page.markdown) for page in made.pages}
    config.extra |= {
        "pages": taken_out,
        "files": made.files,
        "abbreviations": made.abbreviations,
        "search": made.search,
    }
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Give the hand-written pages their rendered text, add what is made from records, and send less."""
    for path, (markdown, _) in config.extra["pages"].items():
        file = files.get_file_from_path(path)
        if file is None:
            files.append(File.generated(config, path, content=markdown))
        else:
            file.content_string = markdown
    for path, content in config.extra["files"].items():
        files.append(File.generated(config, path, content=content))
    for file in files.javascript_files():
        if file.src_dir == config.docs_dir:
            # A template string inside another would lose blanks by it; a test sees that there are none.
            file.content_string = jsmin(file.content_string)
    for file in files.css_files():
        if file.src_dir == config.docs_dir:
            file.content_string = as_sent(Path(file.src_dir, file.src_uri))
    return files


@event_priority(-100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """While serving, render only what has changed."""
    return _preview.pages.spare(markdown, page, files) if _preview.serving else markdown


@event_priority(100)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put a page's HTML blocks back, but for those that the search should not read."""
    if _preview.serving:
        html = _preview.pages.restore(html, page, files)
    return put_back(html, _blocks(page, config), asides=False)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give the theme the policies of a page, and spare its templates from being compiled for each build."""
    # MkDocs' server adds a script to each page.
    env.globals["policies"] = partial(policies, any_script=_preview.serving)
    env.bytecode_cache = compiled_templates()


@event_priority(100)
def _reuse(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    if _preview.serving:
        _preview.pages.reuse(context, page, config, nav)


@event_priority(-100)
def _complete(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    whole = put_back(page.content or "", _blocks(page, config), asides=True)
    page.content = explain(whole, config.extra["abbreviations"])


# Before the search reads a page: take it from the last build if it is as it was. After it: put the page's asides back,
# and make its abbreviations explain themselves.
on_page_context = CombinedEvent(_reuse, _complete)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> None:
    """Let the server remember the finished page."""
    if _preview.serving:
        _preview.pages.keep(output, page)


@event_priority(100)
def _complete_search(config: MkDocsConfig) -> None:
    if _preview.serving:
        _preview.pages.complete_search(config)
    for plugin in config.plugins.values():
        if index := getattr(plugin, "search_index", None):
            index.entries = improve(index.entries, config.extra["search"])


@event_priority(-100)
def _serve_it(config: MkDocsConfig) -> None:
    _preview.finish()


# Before the search writes its index, and after everybody has written their files.
on_post_build = CombinedEvent(_complete_search, _serve_it)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[[], None]) -> None:
    """Make the server go on through mistakes."""
    _preview.attend(server, config)


def on_shutdown() -> None:
    """Leave nothing of the server's builds behind."""
    _preview.stop()


def _what_is_sound(error: RecordsError | PageError, data: Path, site: Site, docs: Path) -> tuple[Website, str]:
    """What a server shows that begins with mistakes: the site without the broken records, or pages that wait.

    Says in words, too, what is seen.
    """
    if isinstance(error, RecordsError):
        broken = {Path(problem.file).stem for problem in error.problems if problem.severity is Severity.ERROR}
        try:
            reference, _ = read(data, leave_out=broken)
            made = website(reference, site, read_prose(docs))
        except (RecordsError, PageError):
            pass
        else:
            return made, f"you see the site without {', '.join(sorted(broken))}"
    records = {f"{RECORD_FOLDER}/{path.stem}.md" for path in (data / RECORD_FOLDER).glob("*.yml")}
    written = {path.relative_to(docs).as_posix() for path in prose_paths(docs)}
    return Website(waiting(records | written)), "all pages wait for the repair"


def _blocks(page: Page, config: MkDocsConfig) -> list[Block]:
    _, blocks = config.extra["pages"].get(page.file.src_uri, ("", []))
    return list(blocks)


def _site(config: MkDocsConfig) -> Site:
    edit_base = f"{config.repo_url.rstrip('/')}/{config.extra['edit_path']}" if config.repo_url else ""
    description, author = config.site_description or config.site_name, config.site_author or config.site_name
    flags = frozenset(path.stem.upper() for path in Path(config.docs_dir, "assets/flags").glob("*.svg"))
    return Site(
        config.site_name, description, author, config.site_url or "", edit_base, today(), flags, config.repo_url or ""
    )
