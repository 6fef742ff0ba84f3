from markdown import Markdown

from compass.postprocess.html_blocks import put_back, take_out, unmarked

TEXT = """\
# A *b*

<!--html-->
<p>*c*</p>

<ul><li>d</li></ul>
<!--/html-->

*e*

<!--html-->
<p>f</p>
<!--/html-->
"""


def test_blocks_pass_markdown_untouched_and_in_place() -> None:
    left, blocks = take_out(TEXT)
    assert [block.html for block in blocks] == ["<p>*c*</p>\n\n<ul><li>d</li></ul>\n", "<p>f</p>\n"]
    html = put_back(Markdown().convert(left), blocks, asides=False)
    assert "".join(html.split("\n")) == "<h1>A <em>b</em></h1><p>*c*</p><ul><li>d</li></ul><p><em>e</em></p><p>f</p>"


def test_without_blocks_nothing_changes() -> None:
    assert take_out("# A\n") == ("# A\n", [])
    assert put_back("<h1>A</h1>", [], asides=False) == "<h1>A</h1>"


def test_asides_are_put_back_by_themselves() -> None:
    left, blocks = take_out("<!--html-->\n<p>a</p>\n<!--/html-->\n\n<!--html aside-->\n<p>b</p>\n<!--/html-->")
    half = put_back(left, blocks, asides=False)
    assert "<p>a</p>" in half
    assert "<p>b</p>" not in half
    assert put_back(half, blocks, asides=True).split() == ["<p>a</p>", "<p>b</p>"]


def test_more_than_nine_blocks_keep_their_order() -> None:
    many = "\n\n".join(f"<!--html-->\n<p>{number}</p>\n<!--/html-->" for number in range(12))
    left, blocks = take_out(many)
    assert put_back(left, blocks, asides=False).split() == [f"<p>{number}</p>" for number in range(12)]


def test_marks_are_left_out_for_others() -> None:
    assert unmarked(TEXT) == "# A *b*\n\n<p>*c*</p>\n\n<ul><li>d</li></ul>\n\n\n*e*\n\n<p>f</p>\n\n"
    assert unmarked("# A\n") == "# A\n"
