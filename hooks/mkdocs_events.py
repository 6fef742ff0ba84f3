"""MkDocs' events → the package `compass`: the only file of this project that knows MkDocs.

MkDocs reads this module once, when it starts; the records and templates are read anew for every build.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File

from compass.abbreviations import explain
from compass.html_blocks import Block, put_back, take_out
from compass.pages import PageError, Site, render
from compass.problems import RecordsError
from compass.reading import read

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

_log = get_plugin_logger("compass")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the records and render every page, before MkDocs touches the site folder."""
    root, docs = Path(config.config_file_path).parent, Path(config.docs_dir)
    try:
        reference, warnings = read(root / "data")
        prose = {path.relative_to(docs).as_posix(): path.read_text("utf-8") for path in docs.rglob("*.md")}
        pages = render(reference, _site(config), prose)
    except RecordsError as error:
        raise PluginError(f"The records have problems, nothing was built.\n{error}") from None
    except PageError as error:
        raise PluginError(f"A page has a problem, nothing was built.\n{error}") from None
    for warning in warnings:
        _log.warning(f"{warning.place}: {warning.message}")
    taken_out = {page.path: take_out(page.markdown) for page in pages}
    config.extra |= {"pages": taken_out, "abbreviations": reference.abbreviations}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Give the hand-written pages their rendered text, and add the pages made from records."""
    for path, (markdown, _) in config.extra["pages"].items():
        file = files.get_file_from_path(path)
        if file is None:
            files.append(File.generated(config, path, content=markdown))
        else:
            file.content_string = markdown
    return files


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put a page's HTML blocks back, but for those that the search should not read."""
    return put_back(html, _blocks(page, config), asides=False)


@event_priority(-100)
def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
    """Put a page's asides back, after the search has read it, and make its abbreviations explain themselves."""
    whole = put_back(page.content or "", _blocks(page, config), asides=True)
    page.content = explain(whole, config.extra["abbreviations"])


def _blocks(page: Page, config: MkDocsConfig) -> list[Block]:
    blocks: list[Block] = config.extra["pages"][page.file.src_uri][1]
    return blocks


def _site(config: MkDocsConfig) -> Site:
    edit_base = f"{config.repo_url.rstrip('/')}/{config.extra['edit_path']}" if config.repo_url else ""
    return Site(config.site_name, config.site_url or "", edit_base, _today())


def _today() -> date:
    # Time is an input: with SOURCE_DATE_EPOCH the same input gives the same bytes.
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()
