from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from compass.model.field_types import AreaId, Citations, Date, Slug, Text, WebAddress, YesOrNo
from compass.wording import did_you_mean, shown


def refusal(type_: Any, value: Any, context: Any = None) -> str:
    """Why a value is refused; the test fails when it is not."""
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(type_).validate_python(value, context=context)
    return str(caught.value.errors()[0]["msg"])


@pytest.mark.parametrize(
    "text", ["plain", "a|b *c* <d> {{ e }} `f` “g”", "日本", "שלום", "👩🏽‍🚀", "two\nlines", "soft\u00adhyphen"]
)
def test_any_readable_text_is_taken_as_it_is(text: str) -> None:
    assert TypeAdapter(Text).validate_python(text) == text


def test_the_line_feed_that_ends_a_block_of_text_is_dropped() -> None:
    assert TypeAdapter(Text).validate_python("text\n") == "text"


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_empty_text_is_refused(text: str) -> None:
    assert "empty text" in refusal(Text, text)


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\x85"])
def test_a_control_character_is_refused_by_its_code(char: str) -> None:
    assert f"U+{ord(char):04X}" in refusal(Text, f"a{char}b")


@pytest.mark.parametrize("address", ["https://example.org", "http://www.example.org/a?b=c#d", "https://例え.jp/日本"])
def test_a_web_address_is_taken(address: str) -> None:
    assert TypeAdapter(WebAddress).validate_python(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "https://",
        "https://a b.org",
        'https://a.org/"x',
        "http://[::1",
        "https://a.org\\@b.org",
        "https://a.org/\x07",
        "https://a.org:999999/",
    ],
)
def test_what_is_no_web_address_is_refused(address: str) -> None:
    assert "is not a web address" in refusal(WebAddress, address)


IP_ADDRESSES = [
    "http://192.0.2.1/x",
    "https://192.0.2.1:8080",
    "http://[2001:db8::1]/",
    "http://0xC0.0/",
    "http://3221225985/",
    "http://127.0.0.%31/",
    "http://127\u30020\u30020\u30021/",
    "http://localhost/",
    "https://../",
]


@pytest.mark.parametrize("address", IP_ADDRESSES)
def test_a_bare_ip_address_is_refused(address: str) -> None:
    assert "is a bare IP address" in refusal(WebAddress, address)


@pytest.mark.parametrize("value", ["yes", "1", "", "no", "TRUE!"])
def test_only_true_and_false_are_true_or_false(value: str) -> None:
    assert "neither true nor false" in refusal(YesOrNo, value)
    assert TypeAdapter(YesOrNo).validate_python("true") is True
    assert TypeAdapter(YesOrNo).validate_python("false") is False


@pytest.mark.parametrize("value", ["", "North", "grand_fenwick", "-north", "grand--fenwick", "fenwïck"])
def test_an_id_is_lower_case_with_single_hyphens(value: str) -> None:
    assert "cannot be an id" in refusal(Slug, value)
    assert TypeAdapter(Slug).validate_python("grand-fenwick") == "grand-fenwick"


def test_an_impossible_date_is_refused() -> None:
    assert "no such day" in refusal(Date, "2026-02-30")


def test_an_unknown_id_is_refused() -> None:
    message = refusal(AreaId, "cybr", {"area": {"cyber", "space"}})
    assert message == 'unknown area "cybr"; they are listed in data/areas.yml'
    assert TypeAdapter(AreaId).validate_python("cyber", context={"area": {"cyber"}}) == "cyber"


def test_a_fact_without_sources_is_refused() -> None:
    assert "at least 1" in refusal(Citations, [])
    assert TypeAdapter(Citations).validate_python(["a", "b"]) == ("a", "b")


def test_the_nearest_known_word_is_meant() -> None:
    assert did_you_mean("cybr", {"cyber", "space"}) == 'did you mean "cyber"? '


def test_nothing_is_meant_when_nothing_is_near() -> None:
    assert did_you_mean("zzz", {"cyber"}) == ""


@pytest.mark.parametrize(
    ("value", "quoted"),
    [
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 60 + "…"),
        ("a\nb", "a\\u000ab"),
        ("\U00018d09" * 70, "\\u18d09" * 8 + "\\u18…"),
    ],
)
def test_a_quoted_value_is_short_and_printable(value: str, quoted: str) -> None:
    assert shown(value) == quoted
    assert len(shown(value)) <= 61
