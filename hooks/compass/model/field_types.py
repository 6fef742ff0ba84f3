"""The kinds of value a record's field can hold, and the rule each must keep: text, date, address, id, reference.

Every refusal is a `PydanticCustomError` whose message says what was found and what to do; `reading` adds where.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    InstanceOf,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from compass.model.dates import PartialDate
from compass.wording import FORBIDDEN, shown


def _plain_text(text: str) -> str:
    # A block scalar (`>` or `|`) ends in a line feed that nobody typed.
    text = text.rstrip("\n")
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise PydanticCustomError("empty_text", "empty text; write it, or leave the field out")
    if found := FORBIDDEN.search(text) or re.search("[\t\r]", text):
        raise PydanticCustomError(
            "control_character", "control character U+{code} in the text; delete it", {"code": f"{ord(found[0]):04X}"}
        )
    return text


def _without_full_stop(text: str) -> str:
    if text.endswith(".") and not text.endswith("..."):
        raise PydanticCustomError("full_stop", "a full stop at the end; delete it, a headline has none")
    return text


# The same dates come again and again.
_date = lru_cache(maxsize=10_000)(PartialDate)


def _partial_date(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value
    try:
        return _date(str(value))
    except ValueError as error:
        raise PydanticCustomError(
            "partial_date",
            '"{value}": {reason}; write it as precisely as the source does',
            {"value": shown(value), "reason": str(error)},
        ) from None


def _web_address(address: str) -> str:
    try:
        parts = urlsplit(address)
        scheme, host, _ = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        scheme = host = ""
    if scheme not in ("http", "https") or not host or re.search(r"[\s\"<>\\\x00-\x1f]", address):
        raise PydanticCustomError(
            "web_address",
            '"{value}" is not a web address; it must start with https:// or http:// and hold no blanks',
            {"value": shown(address)},
        )
    if "…" in address or address.endswith("..."):
        raise PydanticCustomError("cut_off", '"{value}" is cut off; write the whole address', {"value": shown(address)})
    # A name is made of words with points between them. The last is no number, as it is in an IP address.
    if not re.fullmatch(r"[\w-]+(\.[\w-]+)+\.?", host) or re.search(r"(^|\.)(\d+|0x[\da-f]*)\.?$", host):
        message = '"{value}" is a bare IP address or no name; cite the page by its name, as in https://www.example.org/'
        raise PydanticCustomError("bare_ip", message, {"value": shown(address)})
    return address


def _host(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", name):
        message = '"{value}" is no name of a host; write it in small letters, without https://, as in example.org'
        raise PydanticCustomError("host", message, {"value": shown(name)})
    return name


def _yes_or_no(value: Any) -> Any:
    if str(value).lower() not in ("true", "false"):
        raise PydanticCustomError(
            "yes_or_no", '"{value}" is neither true nor false; write one of them', {"value": shown(value)}
        )
    return str(value).lower() == "true"


def _slug(value: str) -> str:
    if not re.fullmatch(_SLUG, value):
        raise PydanticCustomError(
            "slug",
            '"{value}" cannot be an id; use lower-case letters, digits and single hyphens, as in north-macedonia',
            {"value": shown(value)},
        )
    return value


class Known:
    """Marks a field as the id of something defined elsewhere.

    The validation context maps `what` to the ids that exist. Without a context nothing is checked, so that a model
    can be built from a single file; `reading` always gives one, and `reading.messages` adds the nearest known id.
    """

    def __init__(self, what: str, where: str) -> None:
        """Take what the id stands for ("area") and where such ids are listed ("data/areas.yml")."""
        self.what, self.where = what, where

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        # `json_schema` puts the ids themselves in the place of this mark.
        return {**handler(schema), "known": self.what}

    def _check(self, value: str, info: ValidationInfo) -> str:
        known: Mapping[str, Collection[str]] = info.context or {}
        if self.what in known and value not in known[self.what]:
            raise PydanticCustomError(
                "unknown_id",
                'unknown {what} "{value}"; they are listed in {where}',
                {"what": self.what, "value": shown(value), "where": self.where},
            )
        return value


class NoRepeats:
    """Marks a list in which no two items have the same value at `path` (the item itself when there is no path).

    `reading.messages` looks for repeats in what was typed, also when other things are wrong with it.
    """

    def __init__(self, what: str, *path: str) -> None:
        """Take what the value stands for ("area") and the path to it inside an item."""
        self.what, self.path = what, path

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return handler(source)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        mark = {"noRepeats": {"what": self.what, "path": list(self.path)}}
        return {**handler(schema), **mark, **({} if self.path else {"uniqueItems": True})}


# YAML reads an unquoted 2024 or true as a number or a truth value, where this site takes it as the text that was typed.
_TYPED = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
DATE_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"

Text = Annotated[str, AfterValidator(_plain_text), WithJsonSchema(_TYPED, mode="validation")]
Headline = Annotated[Text, AfterValidator(_without_full_stop)]
Date = Annotated[
    InstanceOf[PartialDate],
    BeforeValidator(_partial_date),
    PlainSerializer(attrgetter("iso")),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": DATE_PATTERN, "minimum": 1000, "maximum": 9999}, "validation"
    ),
    WithJsonSchema({"type": "string", "pattern": DATE_PATTERN}, "serialization"),
]
WebAddress = Annotated[str, AfterValidator(_web_address), WithJsonSchema({"type": "string", "pattern": "^https?://"})]
Host = Annotated[str, AfterValidator(_host), WithJsonSchema({"type": "string"})]
YesOrNo = Annotated[bool, BeforeValidator(_yes_or_no), WithJsonSchema({"type": "boolean"})]
Slug = Annotated[str, AfterValidator(_slug), WithJsonSchema({"type": "string", "pattern": f"^{_SLUG}$"})]
# What is counted here is votes and partnerships; a longer number is a slip.
Number = Annotated[int, Field(ge=0, le=1_000_000)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
LanguageCode = Annotated[str, Known("language", "data/languages.yml")]

AreaId = Annotated[str, Known("area", "data/areas.yml")]
PillarId = Annotated[str, Known("pillar", "data/pillars.yml")]
TieId = Annotated[str, Known("tie", "data/ties.yml")]
RegionId = Annotated[str, Known("region", "data/regions.yml")]
StatementId = Annotated[str, Known("statement", "the statements of data/parliament.yml")]
PartnershipId = Annotated[str, Known("partnership", "data/partnerships/")]
SourceId = Annotated[str, Known("source", "this record's sources and data/sources.yml")]

# Fields that many records share, each with its meaning.
Citations = Annotated[
    tuple[SourceId, ...],
    Field(min_length=1, description="Ids of the sources that support it; at least one."),
    NoRepeats("source"),
]
Caveat = Annotated[Text | None, Field(description="What limits the statement.")]
DateNote = Annotated[
    Text | None,
    Field(description="What the date leaves open, such as “planned”, “about” or “day inferred from context”."),
]
