"""`mkdocs.yml` → what is said of the site: its name, its address, where its files are.

The adapter has the settings from MkDocs; who makes the site without MkDocs reads them here. Either makes the same
`Site` of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import add_env_tag

from compass.model.dates import today
from compass.publication import Site
from compass.reading.yaml_hints import explain
from compass.wording import shown

_ADDRESSES = ("site_url", "repo_url")
_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")


class SettingsError(Exception):
    """Raised by `read_settings`: says what is wrong with the settings, where, and what to do."""


class _Loader(yaml.SafeLoader):
    """Reads `!ENV` as MkDocs does."""


add_env_tag(_Loader)
# What other tags mean is for the site's generator to say.
_Loader.add_multi_constructor("", lambda *_: None)


def read_settings(path: Path) -> dict[str, Any]:
    """The settings in a file, with whole paths of pages and theme; SettingsError when the site cannot be made by them.

    A setting that is a variable of the environment is looked up. Raises OSError when the file is not there.
    """
    try:
        text = path.read_text("utf-8")
        settings = yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        line, column, message = explain(error, text.splitlines())
        raise SettingsError(f"{path}:{line}:{column}: {message}") from None
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"{path}: this is not YAML in UTF-8: {shown(str(error))}; mend it") from None
    match settings:
        case {
            "site_name": str(),
            "docs_dir": str(docs),
            "theme": {"custom_dir": str(theme)},
            "extra": {"edit_path": str()},
        }:
            folders = {"docs_dir": str(path.parent / docs), "theme": {"custom_dir": str(path.parent / theme)}}
        case _:
            wanted = "site_name, docs_dir, custom_dir of theme and edit_path of extra"
            raise SettingsError(f"{path}: a setting is missing or no text; expected {wanted}")
    for name in _ADDRESSES:
        address = str(settings.get(name) or "")
        if address and not _ADDRESS.fullmatch(address):
            message = f'{name} "{shown(address)}"; expected an address, as in https://example.org/'
            raise SettingsError(f"{path}: {message}")
    return {**settings, **folders}


def site_of(settings: Mapping[str, Any]) -> Site:
    """What settings say of the site, as `read_settings` or MkDocs gives them."""
    name, address, repository = (settings.get(one) or "" for one in ("site_name", *_ADDRESSES))
    return Site(
        name,
        settings.get("site_description") or name,
        settings.get("site_author") or name,
        f"{address.rstrip('/')}/" if address else "",
        f"{repository.rstrip('/')}/{settings['extra']['edit_path']}" if repository else "",
        today(),
        frozenset(path.stem.upper() for path in Path(settings["docs_dir"], "assets/flags").glob("*.svg")),
        repository,
    )
