"""What the documentation of MkDocs, Material, pydantic and Jinja does not promise is there, and does what it is for."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import BytecodeCache
from mkdocs.commands.build import get_context
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from pydantic import BaseModel
from watchdog.observers.polling import PollingObserverVFS

from compass.internals import CompiledTemplates, forget_fields_set
from mkdocs_adapter.internals import (
    NO_CONTENTS,
    Anchors,
    anchors_of,
    give_anchors,
    guard_builds,
    observe,
    search_indexes,
    stopped_by_warnings,
)


class Model(BaseModel, frozen=True):
    given: int


@pytest.fixture
def config(tmp_path: Path) -> MkDocsConfig:
    (tmp_path / "docs").mkdir()
    settings = tmp_path / "mkdocs.yml"
    settings.write_text("site_name: S\ntheme: material\nplugins: [search]\nvalidation: {anchors: warn}\n", "utf-8")
    return load_config(str(settings))


def file_of(path: str, config: MkDocsConfig) -> File:
    return File(path, config.docs_dir, config.site_dir, use_directory_urls=True)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveReloadServer]:
    with LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path)) as server:
        yield server


def test_the_names_exist_in_the_installed_versions(server: LiveReloadServer) -> None:
    names = {
        "MkDocs, server": (server, {"_watched_paths", "build_delay", "builder", "observer"}),
        "MkDocs, page": (Page, {"links_to_anchors", "present_anchor_ids"}),
        "MkDocs, warnings": (CountHandler, {"get_counts"}),
        "pydantic": (Model(given=1), {"__pydantic_fields_set__"}),
        "Jinja": (BytecodeCache, {"get_cache_key"}),
    }
    gone = {of: {name for name in wanted if not hasattr(owner, name)} for of, (owner, wanted) in names.items()}
    assert not any(gone.values()), gone


def test_a_page_takes_over_the_anchors_that_it_had(config: MkDocsConfig) -> None:
    texts = {"a.md": "# A\n\n[b](b.md#c) [gone](gone.md#d)\n", "b.md": "# B\n", "gone.md": "# Gone\n"}
    files = Files([file_of(path, config) for path in texts])
    for path, text in texts.items():
        Path(config.docs_dir, path).write_text(text, "utf-8")
    page, again = (Page(None, files.src_uris["a.md"], config) for _ in range(2))
    page.read_source(config)
    page.render(config, files)
    anchors = anchors_of(page)
    assert anchors == Anchors({"a"}, {"b.md": {"c": "b.md#c"}, "gone.md": {"d": "gone.md#d"}})
    files.remove(files.src_uris["gone.md"])
    give_anchors(again, anchors, files)
    assert anchors_of(again) == Anchors({"a"}, {"b.md": {"c": "b.md#c"}})
    assert list(NO_CONTENTS) == []


def test_the_search_has_an_index_of_entries(config: MkDocsConfig) -> None:
    # MkDocs keeps the plugins of earlier settings, with what they hold.
    for plugin in config.plugins.values():
        vars(plugin).pop("search_index", None)
    assert list(search_indexes(config)) == []
    config.plugins.on_config(config)
    page = Page("A", file_of("a.md", config), config)
    page.content, page.toc = '<h1 id="a">A</h1><p>Text</p><h2 id="b">B</h2>', NO_CONTENTS
    context = get_context(Navigation([], []), Files([]), config, page)
    config.plugins.on_page_context(context, page=page, config=config, nav=Navigation([], []))
    (index,) = search_indexes(config)
    assert [(entry["location"], entry["title"]) for entry in index.entries] == [("a/", "A"), ("a/#b", "B")]


def test_a_warning_stops_a_strict_build() -> None:
    logger, counter = logging.getLogger("mkdocs"), CountHandler()
    counter.setLevel(logging.WARNING)
    logger.addHandler(counter)
    try:
        assert not stopped_by_warnings()
        logging.getLogger("mkdocs.some").warning("Oh")
        assert stopped_by_warnings()
    finally:
        logger.removeHandler(counter)


def test_a_server_has_its_builds_guarded_and_its_files_observed(server: LiveReloadServer, tmp_path: Path) -> None:
    guarded: list[object] = []
    observer = PollingObserverVFS(stat=os.stat, listdir=os.scandir)
    server.watch(str(tmp_path))
    guard_builds(server, guarded.append)
    server.builder()
    observe(server, observer, 0.01)
    assert len(guarded) == len(observer.emitters) == 1


def test_a_frozen_model_forgets_which_fields_were_given() -> None:
    model = Model(given=1)
    forget_fields_set(model)
    assert model.model_fields_set == set()
    assert model.model_copy(update={"given": 2}).model_fields_set == {"given"}
    assert model.model_fields_set == set()


def test_a_template_may_lie_in_a_folder_whose_name_is_no_utf_8(tmp_path: Path) -> None:
    cache = CompiledTemplates(str(tmp_path))
    assert cache.get_cache_key("a.html", "/\udcff/a.html") != cache.get_cache_key("a.html", "/\udcfe/a.html")
