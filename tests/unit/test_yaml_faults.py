"""Each fault of typing, put into a sound record, is named in an editor's words at the place that has to be mended."""

import pytest

from compass.reading.yaml_document import parse

SOUND = """\
name: Lemuria
official_name: Republic
iso: XL
instrument:
  title:
    text: A partnership
    sources: [a]
areas:
  - area: cyber
    state: official
    summary: >-
      Some text: "with quotes" and
      more # text.
    sources: [a, b]
  - area: space
    summary: 'It''s fine'
    sources: [a]
open_questions:
  - Who signed
  - Where
"""
LATER = "; any other problems of this file show when this is mended"


def test_the_sound_record_has_no_faults() -> None:
    assert parse(SOUND).findings == []


@pytest.mark.parametrize(
    ("old", "new", "place", "told"),
    [
        ("A partnership", "A partnership: b", "6:24", "text that holds a colon and a blank; put it in quotes, or on"),
        ("A partnership", "A partnership:", "6:24", "text that holds a colon and a blank; put it in quotes, or on"),
        ("    state: o", "      state: o", "10:7", "indented by 6, the field in line 9 by 4; line up what"),
        ("    state: o", "   state: o", "10:4", "indented by 3, the field in line 9 by 4; line up what"),
        ("    state: o", "\tstate: o", "10:1", "a tab; write blanks in its place, as many as line it up with"),
        ("    state: o", "    \tstate: o", "10:5", "a tab; write blanks in its place, as many as line it up with"),
        ("Republic", '"Republic', "2:16", 'the quote " that opens here is not closed; close it'),
        ("Republic", "'Republic", "2:16", "the quote ' that opens here is not closed; close it"),
        ("Where", '"Where', "20:5", 'the quote " that opens here is not closed; close it'),
        ("'It''s fine'", "'It''s fine", "16:14", "the quote ' that opens here is not closed; close it"),
        ("A partnership", '"A" partnership', "6:14", "text follows the closing quote; put all of it on the line below"),
        (
            "A partnership",
            "'A tank's view'",
            "6:19",
            "text follows the closing quote (or is this ' an apostrophe?)",
        ),
        ("  - area: cyber", "  - area:cyber", "9:10", "no blank after the colon; put one there"),
        ("  - area: space", "  -area: space", "15:3", "no blank after the dash; put one there"),
        ("  - area: space", "    - area: space", "15:5", "this dash stands in column 5, the one in line 9 in column 3"),
        ("  - area: space", "- area: space", "15:1", "this dash stands in column 1, the one in line 9 in column 3"),
        ("  title:\n", "  title\n", "5:3", '"title" without a colon; write title:'),
        ("    sources: [a, b]", "  sources: [a, b]", "14:3", "indented by 2, the field in line 11 by 4; line up what"),
        (">-\n      Some", ">- Some", "11:17", "text on the same line as >-; begin it on the next line"),
        ("A partnership", "[Text] where", "6:11", "text that begins with [; put it in quotes, or on the line below"),
        ("A partnership", '"a\\qb"', "6:13", "a backslash inside double quotes; put the text on the line below"),
        ("[a, b]", "[a, b", "14:14", "the bracket [ that opens here is not closed, or a comma is missing in it"),
        ("A partnership", "{a: b", "6:11", "the bracket { that opens here is not closed, or a comma is missing in it"),
        ("state: o", "state:o", "10:11", "no blank after the colon; put one there"),
        ("iso: XL", "iso:XL", "3:5", "no blank after the colon; put one there"),
        ("  - Where", "  -Where", "20:3", "no blank after the dash; put one there"),
        ("iso: XL", "iso XL", "3:1", "neither a field nor text; write name: value, or indent it"),
        (
            "      Some text: ",
            "Some text, ",
            "12:1",
            "text that is not indented; begin it two blanks further right than the field",
        ),
        ("A partnership", "`A`", "6:11", "text that begins with `; put it in quotes, or on the line below its field"),
        ("A partnership", "- A", "6:11", "text that begins with a dash; put it in quotes, or on the line below"),
    ],
)
def test_what_is_no_yaml_is_told_where_it_is_mended(old: str, new: str, place: str, told: str) -> None:
    assert SOUND.count(old) >= 1
    [(spot, message)] = parse(SOUND.replace(old, new, 1)).findings
    assert f"{spot.line}:{spot.column}" == place
    assert message.startswith(told)
    assert message.endswith(LATER)


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("A partnership", "names #3 things", "6:17"),
        ("A partnership", "names  #3 things", "6:18"),
        ("A partnership", "#3 things", "6:11"),
        ("A partnership", "one\n      line # and", "7:12"),
        ("Who signed", "Who #signed", "19:9"),
    ],
)
def test_text_is_not_lost_as_a_comment(old: str, new: str, place: str) -> None:
    [(spot, message)] = parse(SOUND.replace(old, new, 1)).findings
    assert f"{spot.line}:{spot.column}" == place
    assert message.startswith("the text ends before this #, the rest would be lost; put the text in quotes")


@pytest.mark.parametrize("new", ["# a comment\nname: L", "name: L\n  # deeper", 'name: "L # x"', "name: L#x"])
def test_comments_of_their_own_and_quoted_signs_are_fine(new: str) -> None:
    assert parse(SOUND.replace("name: Lemuria", new, 1)).findings == []


def test_a_forgotten_dash_is_told_as_such() -> None:
    findings = parse(SOUND.replace("  - area: space", "    area: space")).findings
    assert [message.partition("; ")[2] for _, message in findings] == [
        'keep one, or begin a new item of the list with "- "'
    ] * 3
