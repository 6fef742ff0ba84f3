from bs4 import BeautifulSoup

from mkdocs_adapter.preview import notice, with_notice

PAGE = "<body><header>a</header><main>b</main></body>"


def test_a_notice_stands_above_the_main_part_of_a_page() -> None:
    html = notice("Two problems", ["first", "second"])
    assert with_notice(PAGE, html) == PAGE.replace("<main>", f"{html}<main>")
    assert html.count("<li>") == 2


def test_what_a_notice_quotes_is_text() -> None:
    shown = BeautifulSoup(notice("<b>", ["<script>x</script>", r"\1 <!-- \g<0>"]), "html.parser")
    assert [item.text for item in shown.find_all("li")] == ["<script>x</script>", r"\1 <!-- \g<0>"]
    assert shown.find("script") is None
