"""What is read of `mkdocs.yml` without MkDocs."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config

from compass.settings import SettingsError, read_settings, site_of
from support.project import PUBLISHED

LEAST = "site_name: A\ndocs_dir: docs\ntheme: {custom_dir: theme}\nextra: {edit_path: edit/}\n"


@pytest.mark.parametrize("environment", [{}, PUBLISHED, {"SITE_URL": "https://example.org", "REPO_URL": ""}])
def test_the_site_is_the_one_that_mkdocs_tells_of(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, project: Path
) -> None:
    for name in PUBLISHED:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    found = site_of(read_settings(project / "mkdocs.yml"))
    assert found == site_of(load_config(str(project / "mkdocs.yml")))
    assert found.address in ("", "https://example.org/", "https://example.org/sdp/")
    assert found.edit_base in ("", "https://github.com/example/sdp/edit/main/")
    assert list(found.flags) == ["IS"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("site_name: [A\n", "mkdocs.yml:1:12: the bracket [ that opens here is not closed"),
        (b"site_name: \xe9\n", "mkdocs.yml: this is not YAML in UTF-8"),
        ("- A\n", "expected site_name, docs_dir, custom_dir of theme and edit_path of extra"),
        (LEAST.replace("A", "5"), "expected site_name, docs_dir, custom_dir of theme and edit_path of extra"),
        (f"{LEAST}site_url: example.org\n", 'site_url "example.org"; expected an address, as in https://example.org/'),
        (f"{LEAST}repo_url: 5\n", 'repo_url "5"; expected an address'),
    ],
)
def test_what_is_wrong_is_told_in_a_line(tmp_path: Path, text: str | bytes, expected: str) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError) as caught:
        read_settings(file)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_tags_are_left_to_the_generator(tmp_path: Path) -> None:
    file = tmp_path / "mkdocs.yml"
    file.write_text(f"{LEAST}markdown_extensions: [toc: {{slugify: !!python/name:os.system }}]\n")
    assert read_settings(file)["markdown_extensions"] == [{"toc": {"slugify": None}}]
