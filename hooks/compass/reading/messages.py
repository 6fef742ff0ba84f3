"""A mistake in a record in words: what was found, what was expected, what to do.

`reader` finds the mistakes and gives them their place; the rules of `field_types` and `records` bring their own words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from compass.model.json_schema import schema_of
from compass.reading.yaml_document import Document, Spot
from compass.wording import did_you_mean, nearest, shown


def swallowed(document: Document, type_: Any) -> Iterator[tuple[Spot, str]]:
    """Fields that have become text because they stand too far right below another: where, and a sentence."""
    for path, (start, end) in document.blocks.items():
        beside = _fields(type_, path[:-1])
        for number in range(start, min(end, len(document.lines))):
            line = document.lines[number]
            name, colon, rest = line.strip().partition(":")
            if colon and name in beside and rest[:1] in ("", " "):
                remedy = f'begin a field in the column of "{path[-1]}", or break the line of the text elsewhere'
                spot = Spot(number + 1, len(line) - len(line.lstrip()) + 1)
                yield spot, f'"{name}:" stands in the text of "{path[-1]}"; {remedy}'


def only_follows(detail: Any) -> bool:
    """Whether a list is only called too short because items of it are wrong, which is reported anyway."""
    return bool(detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"])


def repeats(data: Any, type_: Any) -> Iterator[tuple[tuple[Any, ...], str]]:
    """What stands twice in a list marked by `field_types.NoRepeats`: the path to it, and a sentence.

    Looks at the data as typed, whatever else is wrong with them.
    """
    schema = schema_of(type_)

    def walk(data: Any, node: dict[str, Any], path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str]]:
        node = _resolved(node, schema)
        if isinstance(data, dict):
            for name, value in data.items():
                yield from walk(value, node.get("properties", {}).get(name, {}), (*path, name))
        elif isinstance(data, list):
            if rule := node.get("noRepeats"):
                yield from _repeated(data, rule["what"], tuple(rule["path"]), path)
            for index, item in enumerate(data):
                yield from walk(item, node.get("items", {}), (*path, index))

    return walk(data, schema, ())


def _repeated(
    items: list[Any], what: str, inside: tuple[str, ...], path: tuple[Any, ...]
) -> Iterator[tuple[tuple[Any, ...], str]]:
    seen = set()
    for index, item in enumerate(items):
        value = item
        for name in inside:
            value = value.get(name) if isinstance(value, dict) else None
        if isinstance(value, str) and value.strip():
            if value in seen:
                yield (*path, index, *inside), f'{what} "{shown(value)}" stands twice in this list; keep one'
            seen.add(value)


def misspelt(details: Iterable[Any], type_: Any) -> set[tuple[Any, ...]]:
    """Where fields are only missing because their names are misspelt, which is reported anyway."""
    unknown = (tuple(detail["loc"]) for detail in details if detail["type"] == "extra_forbidden")
    return {(*path[:-1], nearest(str(path[-1]), _fields(type_, path[:-1]))) for path in unknown}


def in_words(detail: Any, path: tuple[Any, ...], type_: Any, known: Mapping[str, Collection[str]]) -> str:
    """A pydantic error as a sentence: what was found; what was expected, what to do.

    `path` leads to the place inside `type_`; `known` maps what ids stand for to the ids that exist.
    """
    name = shown(next((step for step in reversed(path) if isinstance(step, str)), "record"))
    found, context = detail["input"], detail.get("ctx", {})
    if isinstance(found, str) and not found.strip() and detail["type"] not in ("missing", "extra_forbidden"):
        return _empty(name, path, type_)
    match detail["type"]:
        case "missing":
            return f'"{name}" is missing; add it' + (", every fact names its sources" if name == "sources" else "")
        case "extra_forbidden":
            fields = _fields(type_, path[:-1])
            remedy = did_you_mean(str(path[-1]), fields).strip() or f"expected one of {', '.join(fields)}"
            comma = "" if found else " (or put text that holds a comma in quotes)"
            return f'unknown field "{name}"; {remedy}{comma}'
        case "enum":
            terms = _node(type_, path)["enum"]
            hint = did_you_mean(str(found), terms)
            return f'{name} "{shown(found)}" is not known; {hint}expected one of {", ".join(terms)}'
        case "unknown_id":
            hint = did_you_mean(str(found), known.get(context["what"], ())) or "add it or name another: "
            return f'unknown {context["what"]} "{shown(found)}"; {hint}they are listed in {context["where"]}'
        case "too_short":
            if name == "sources":
                return "no source is named; every fact names its sources"
            return f'"{name}" holds {context["actual_length"]}; expected at least {context["min_length"]}'
        case "string_pattern_mismatch":
            return f'{name} "{shown(found)}"; expected two capital letters, as in NO'
        case "string_type" if isinstance(found, dict):
            return f'"{name}" is read as fields with values; put text that holds a colon and a blank in quotes'
        case "string_type":
            return f'"{name}" is {_shape(found)}; expected a text'
        case "tuple_type" | "list_type":
            ids = "known" in _resolved(_node(type_, path).get("items", {}), schema_of(type_))
            words = shown(found).strip("- []") if isinstance(found, str) else "first, second"
            form = f"[{words}]" if ids else 'begin each item on a line of its own with "- "'
            return f'"{name}" is {_shape(found)}; expected a list: {form}'
        case "model_type" | "dict_type" | "model_attributes_type":
            return f'"{name}" is {_shape(found)}; expected fields with their values, as in "name: value"'
        case "int_parsing" | "int_type" | "int_parsing_size":
            return f'{name} "{shown(found)}"; expected a whole number'
        case "greater_than_equal":
            return f"{name} {shown(found)}; expected {context['ge']} or more"
        case "less_than_equal":
            return f"{name} {shown(found)}; expected {context['le']:,} or less"
        case _:
            return str(detail["msg"])


def _empty(name: str, path: tuple[Any, ...], type_: Any) -> str:
    """What to say of a value that was left blank, as all of a new record are: what belongs there."""
    if not path:
        return "the file holds no fields; see /contribute/fields/"
    if isinstance(path[-1], int):
        return f'an item of "{name}" is empty; write it, or delete the line'
    around = _node(type_, path[:-1])
    meaning = around.get("properties", {}).get(path[-1], {}).get("description", "see /contribute/fields/")
    remedy = "write it" if path[-1] in around.get("required", ()) else "write it, or delete the line"
    terms = _node(type_, path).get("enum")
    return f'"{name}" is empty; {remedy}: {meaning}' + (f" One of {', '.join(terms)}." if terms else "")


def _shape(value: Any) -> str:
    shapes: dict[type, str] = {dict: "a mapping", list: "a list", str: "a text"}
    return shapes.get(type(value), "nothing")


def _resolved(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    target: dict[str, Any] = schema["$defs"][node["$ref"].rsplit("/", 1)[1]] if "$ref" in node else node
    return target


def _node(type_: Any, path: tuple[Any, ...]) -> dict[str, Any]:
    """The part of a type's JSON Schema to which `path` leads; empty when it leads nowhere."""
    schema = schema_of(type_)
    node = _resolved(schema, schema)
    for step in path:
        below = node.get("items", {}) if isinstance(step, int) else node.get("properties", {}).get(step, {})
        node = _resolved(below, schema)
    return node


def _fields(type_: Any, path: tuple[Any, ...]) -> list[str]:
    """The names of the fields that can be typed where `path` ends inside `type_`."""
    return list(_node(type_, path).get("properties", {}))
