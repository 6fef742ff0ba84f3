from compass.postprocess.abbreviations import explain

MEANINGS = {"CSDP": "common security and defence policy", "SDP": "partnership", "SDPs": "partnerships"}
CSDP = '<abbr title="common security and defence policy" tabindex="0">CSDP</abbr>'


def test_the_first_mention_is_explained_and_only_that() -> None:
    assert explain("<p>CSDP and CSDP</p><p>CSDP</p>", MEANINGS) == f"<p>{CSDP} and CSDP</p><p>CSDP</p>"


def test_a_mention_within_a_word_is_none() -> None:
    assert explain("<p>XCSDP CSDPs</p>", MEANINGS) == "<p>XCSDP CSDPs</p>"


def test_the_longer_of_two_is_taken() -> None:
    assert explain("<p>SDPs</p>", MEANINGS) == '<p><abbr title="partnerships" tabindex="0">SDPs</abbr></p>'


def test_links_headings_and_code_stay_as_they_are() -> None:
    html = (
        '<h2>CSDP</h2><a href="/CSDP" title="CSDP">the <b>CSDP</b> CSDP</a>'
        "<pre><code>CSDP</code> CSDP</pre><!-- CSDP -->"
    )
    assert explain(f"{html}<p>CSDP</p>", MEANINGS) == f"{html}<p>{CSDP}</p>"


def test_a_meaning_cannot_become_markup() -> None:
    assert (
        explain("<p>A</p>", {"A": '"><script>'})
        == '<p><abbr title="&quot;&gt;&lt;script&gt;" tabindex="0">A</abbr></p>'
    )


def test_without_abbreviations_nothing_changes() -> None:
    assert explain("<p>CSDP</p>", {}) == "<p>CSDP</p>"


def test_nothing_inside_an_entity_is_a_mention() -> None:
    assert explain("<p>a &#39; b &amp; c</p>", {"39": "x", "amp": "y"}) == "<p>a &#39; b &amp; c</p>"


def test_in_markdown_too_links_headings_and_code_stay_as_they_are() -> None:
    markdown = """\
---
title: CSDP
---

# CSDP { #csdp }

[the CSDP](csdp.md), [CSDP][csdp], `CSDP`, <a href="/CSDP">CSDP</a>

[csdp]: https://example.org/CSDP

    CSDP

```
CSDP
```

- The $, and CSDP
"""
    assert explain(markdown.replace("$", "CSDP"), MEANINGS, markdown=True) == markdown.replace("$", CSDP)
