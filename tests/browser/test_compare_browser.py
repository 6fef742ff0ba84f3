"""The comparison in a real Chromium: every control, the address, evidence in place, side by side, paper, phone."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Download, Locator, Page, Route, expect

from compass import comparison, coverage
from compass.reference import Reference
from compass.vocabulary import State
from support.pdf_text import text_of

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
CHOICES = [
    {},
    {"with": "norway,japan"},
    {"with": "norway,japan", "evidence": "official", "show": "differences"},
    {"evidence": "official", "show": "common"},
    {"with": "moldova,norway,japan,south-korea,north-macedonia,albania", "show": "common"},
    {"with": "canada", "evidence": "instrument", "sort": "name"},
    {"pillar": "secure", "sort": "shared"},
    {"show": "single", "evidence": "reported"},
    {"with": "norway,india,ghana", "pillar": "act", "sort": "name", "rows": "partnerships"},
    {"show": "differences", "rows": "partnerships"},
]
AXE_STATES = [
    "compare/?with=norway,japan&evidence=official&show=differences",
    "compare/?with=norway,atlantis&evidence=nonsense",
    "compare/?rows=partnerships&pillar=act",
    "compare/?with=ghana&evidence=instrument&show=common",
    "compare/side-by-side/?with=norway,japan",
]


def query(choice: dict[str, str]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in choice.items()) if choice else ""


def opened(page: Page, address: str, choice: dict[str, str] | str = "") -> Locator:
    """Open the comparison with a choice; returns its table once the script has laid it out."""
    page.goto(f"{address}compare/{choice if isinstance(choice, str) else query(choice)}")
    expect(page.locator(".told")).to_contain_text("areas shown")
    return page.locator("table", has=page.locator("#caption-comparison"))


def words(text: str) -> str:
    return " ".join(text.split())


def shown(table: Locator) -> tuple[list[str], list[list[str]]]:
    """What a table shows: the names of its columns as they are seen, and its rows, without headers of groups."""
    columns, rows = table.evaluate(
        """table => [
          [...table.tHead.querySelectorAll("th:not([scope=colgroup])")]
            .sort((one, other) => one.getBoundingClientRect().x - other.getBoundingClientRect().x)
            .map(cell => cell.textContent),
          [...table.tBodies].flatMap(body => [...body.rows]).filter(row => row.className !== "group")
            .map(row => [...row.cells].map(cell => cell.textContent))]"""
    )
    return [words(one) for one in columns], [[words(cell) for cell in row] for row in rows]


def expected(reference: Reference, choice: dict[str, str]) -> list[tuple[str, list[str], int]]:
    """What a choice must show, from the records: areas with the words of their cells and how many count."""
    everybody = coverage.in_order(reference.partnerships)
    chosen = choice["with"].split(",") if "with" in choice else [one.id for one in everybody]
    strongest_first = list(State)
    accepted = strongest_first[: strongest_first.index(State(choice.get("evidence", "reported"))) + 1]
    found = []
    for row in coverage.rows(reference.areas.areas, [one for one in everybody if one.id in chosen]):
        if choice.get("pillar", row.area.pillar) != row.area.pillar:
            continue
        number = sum(cell.term in accepted for cell in row.cells)
        kept = {
            "all": True,
            "common": number == len(row.cells),
            "differences": 0 < number < len(row.cells),
            "single": number == 1,
        }
        if kept[choice.get("show", "all")]:
            weak = [bool(cell.entry and cell.entry.state not in accepted) for cell in row.cells]
            caveats = [bool(cell.entry and cell.entry.caveat) for cell in row.cells]
            cells = [
                cell.words + (" with a caveat" if caveat else "") + (" not counted" if not_counted else "")
                for cell, caveat, not_counted in zip(row.cells, caveats, weak, strict=True)
            ]
            found.append((row.area.name, cells, number))
    order = choice.get("sort", "pillar")
    if order != "pillar":
        found.sort(key=lambda one: one[0])
    if order == "shared":
        found.sort(key=lambda one: -one[2])
    return found


@pytest.mark.parametrize("choice", CHOICES, ids=query)
def test_a_choice_shows_what_the_records_hold(
    page: Page, address: str, reference: Reference, choice: dict[str, str]
) -> None:
    columns, rows = shown(opened(page, address, choice))
    wanted = expected(reference, choice)
    number = len(choice["with"].split(",")) if "with" in choice else len(reference.partnerships)
    if choice.get("rows") == "partnerships":
        found = [f"{area} in {count} of {number}" for area, _, count in wanted]
        assert columns == ["Partnership", *found, "Areas found"]
        assert [row[1:-1] for row in rows] == [list(column) for column in zip(*(w[1] for w in wanted), strict=True)]
    else:
        dated = coverage.in_order(reference.partnerships)
        picked = [one for one in dated if one.id in choice.get("with", one.id).split(",")]
        assert columns == ["Area", *(f"{one.name} {one.instrument.act.date.words}" for one in picked), "Found in"]
        assert rows == [[area, *cells, f"{count} of {number}"] for area, cells, count in wanted]


@pytest.mark.parametrize("choice", CHOICES, ids=query)
def test_the_count_of_common_areas_follows_the_choice(
    page: Page, address: str, reference: Reference, choice: dict[str, str]
) -> None:
    opened(page, address, choice)
    counts = [len(expected(reference, {**choice, "show": kind})) for kind in ("all", "common", "differences")]
    told = words(page.locator(".told").inner_text())
    one = "," not in choice.get("with", ",")
    where = f"it and {counts[0] - counts[1]} were not" if one else f"each of them, {counts[2]} in some"
    assert f"Of {counts[0]} areas {counts[1]} were found in {where}" in told


@pytest.mark.parametrize("choice", CHOICES, ids=query)
def test_the_downloaded_view_is_the_visible_table(page: Page, address: str, choice: dict[str, str]) -> None:
    table = opened(page, address, choice)
    text = downloaded(page).read_bytes().decode("utf-8-sig")
    columns, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    visible, cells = shown(table)
    assert rows == cells
    assert columns == visible
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1


def downloaded(page: Page) -> Any:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download this view (CSV)").click()
    download: Download = waiting.value
    assert download.suggested_filename == "areas-by-partnership.csv"
    return download.path()


def test_what_a_spreadsheet_would_run_or_misread_is_made_safe(page: Page, address: str) -> None:
    page.goto(f"{address}compare/")
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", 'a "b", c', "two\nlines", "日本", "", "plain"]
    text = page.evaluate("async cells => (await import('../assets/compare/choice.js')).csv([cells, ['x']])", cells)
    assert text.startswith("\ufeff")
    first, second = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    assert first == [f"'{cell}" for cell in cells[:6]] + cells[6:]
    assert second == ["x"]


def test_every_state_survives_its_address(page: Page, address: str) -> None:
    opened(page, address)
    controls = {
        "evidence": ["instrument", "official", "reported"],
        "show": ["all", "common", "differences", "single"],
        "sort": ["pillar", "shared", "name"],
        "rows": ["areas", "partnerships"],
    }
    states = [
        dict(zip(["with", *controls], [chosen, *values], strict=True))
        for chosen in ([], ["norway"], ["japan", "norway"])
        for values in itertools.product(*controls.values())
    ]
    known = {
        "partnerships": ["norway", "japan"],
        "controls": {
            name: {"values": values, "initial": {"evidence": "reported"}.get(name, values[0])}
            for name, values in controls.items()
        },
    }
    back = page.evaluate(
        """async ([states, known]) => {
          const {parse, format} = await import("../assets/compare/choice.js");
          return states.map(state => parse(format(state, known), known));
        }""",
        [states, known],
    )
    assert back == [{"state": state, "ignored": []} for state in states]


def test_the_choice_survives_reload_back_and_forward(page: Page, address: str) -> None:
    table = opened(page, address)
    everything = shown(table)
    page.get_by_label("Weakest evidence accepted").select_option("official")
    official = shown(table)
    page.get_by_label("Areas", exact=True).select_option("common")
    common = shown(table)
    expect(page).to_have_url(f"{address}compare/?evidence=official&show=common")
    assert len({str(view) for view in (everything, official, common)}) == 3
    page.reload()
    expect(page.locator(".told")).to_contain_text("areas shown")
    assert shown(table) == common
    page.go_back()
    expect(page).to_have_url(f"{address}compare/?evidence=official")
    assert shown(table) == official
    assert page.get_by_label("Areas", exact=True).input_value() == "all"
    page.go_back()
    expect(page).to_have_url(f"{address}compare/")
    assert shown(table) == everything
    page.go_forward()
    page.go_forward()
    expect(page).to_have_url(f"{address}compare/?evidence=official&show=common")
    assert shown(table) == common


def test_what_an_address_asks_for_and_is_not_known_is_told_and_ignored(page: Page, address: str) -> None:
    table = opened(page, address, "?with=norway,atlantis&evidence=rumour&sort=name&utm_source=mail")
    assert page.locator(".told .notice").inner_text() == "Not known here, and ignored: with=atlantis; evidence=rumour."
    assert [words(name) for name in shown(table)[0]] == ["Area", "Norway 28 May 2024", "Found in"]
    page.get_by_label("Order", exact=True).select_option("shared")
    expect(page).to_have_url(f"{address}compare/?with=norway&sort=shared")
    expect(page.locator(".told .notice")).to_have_count(0)


def by_mouse(control: Locator, page: Page) -> None:
    control.click()


def by_keyboard(control: Locator, page: Page) -> None:
    control.focus()
    page.keyboard.press("Space")


@pytest.mark.parametrize("use", [by_mouse, by_keyboard])
def test_partnerships_are_chosen_by_mouse_and_by_keyboard(
    page: Page, address: str, use: Callable[[Locator, Page], None]
) -> None:
    table = opened(page, address)
    use(page.get_by_text("Pick partnerships"), page)
    for name in ("Japan", "Norway"):
        use(page.get_by_role("checkbox", name=name), page)
    expect(page).to_have_url(f"{address}compare/?with=norway,japan")
    assert len(shown(table)[0]) == 4
    use(page.get_by_role("button", name="The six counted by EPRS"), page)
    assert len(shown(table)[0]) == 8
    expect(page.get_by_role("button", name="The six counted by EPRS")).to_have_attribute("aria-pressed", "true")
    use(page.get_by_role("button", name="Show everything"), page)
    expect(page).to_have_url(f"{address}compare/")
    steps = page.evaluate("history.length")
    use(page.get_by_role("button", name=re.compile(r"All \d+$")), page)
    assert page.evaluate("history.length") == steps, "the same choice again is no step"
    expect(page.get_by_role("button", name=re.compile(r"All \d+$"))).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("checkbox", name="Norway")).not_to_be_checked()


@pytest.mark.parametrize(
    ("label", "keys", "address_after"),
    [
        ("Weakest evidence accepted", "n", "?evidence=official"),
        ("Areas", "o", "?show=common"),
        ("Pillar", "s", "?pillar=secure"),
        ("Order", "ArrowDown", "?sort=shared"),
        ("In the rows", "ArrowDown", "?rows=partnerships"),
    ],
)
def test_every_list_of_choices_works_by_keyboard(
    page: Page, address: str, label: str, keys: str, address_after: str
) -> None:
    opened(page, address)
    page.get_by_label(label, exact=True).focus()
    page.keyboard.press(keys)
    page.keyboard.press("Tab")
    expect(page).to_have_url(f"{address}compare/{address_after}")
    expect(page.get_by_label(label, exact=True)).not_to_be_focused()


def test_the_link_is_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    opened(page, address, "?with=norway")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".told .copied")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}compare/?with=norway"
    context.close()


def test_the_link_to_two_side_by_side_is_copied_once_there_are_two(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}compare/side-by-side/?with=norway")
    copy = page.get_by_role("button", name="Copy link")
    expect(page.locator(".told")).to_contain_text("Norway is chosen.")
    expect(copy).to_be_disabled()
    page.get_by_role("checkbox", name="Japan").check()
    expect(page.locator(".told")).to_contain_text(re.compile(r"Areas found: \d+ in both, \d+ only in Norway, "))
    copy.click()
    expect(page.locator(".told .copied")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}compare/side-by-side/?with=norway,japan"
    context.close()


def test_without_the_right_to_copy_the_link_is_shown(page: Page, address: str) -> None:
    opened(page, address, "?with=norway")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".told .copied")).to_have_text(f"Copy this link: {address}compare/?with=norway")


def test_a_table_turned_round_has_headers_of_rows_columns_and_groups(page: Page, address: str) -> None:
    table = opened(page, address, "?rows=partnerships")
    assert table.locator("thead th[scope=colgroup]").all_inner_texts()[0] == "Pillar 1: Act"
    assert table.locator("colgroup").count() == 6
    assert set(table.locator("tbody tr > :first-child").evaluate_all("cells => cells.map(cell => cell.scope)")) == {
        "row"
    }
    spans = table.locator("colgroup").evaluate_all("groups => groups.map(group => group.span)")
    assert sum(spans) == table.locator("tbody tr").first.locator("th, td").count()
    assert table.get_by_role("rowheader", name="Norway").count() == 1


def test_rows_stay_under_their_pillar_unless_sorted_otherwise(page: Page, address: str, reference: Reference) -> None:
    table = opened(page, address, "?show=differences")
    pillars = {area.name: area.pillar for area in reference.areas.areas}
    groups = table.evaluate(
        """table => [...table.tBodies].map(body => [...body.rows].map(row => row.cells[0].textContent.trim()))"""
    )
    names = {pillar.name: pillar.id for pillar in reference.pillars.pillars}
    for head, *areas in groups:
        assert {pillars[area] for area in areas} == {names[head.split(": ")[1]]}
    page.get_by_label("Order", exact=True).select_option("name")
    assert table.locator("tr.group").count() == 0


def test_the_ties_follow_the_choice_of_partnerships(page: Page, address: str) -> None:
    opened(page, address, "?with=norway,canada")
    ties = page.locator("table", has=page.locator("#caption-ties"))
    columns, rows = shown(ties)
    assert columns == ["Tie", "Norway", "Canada"]
    assert rows[0][0] == "SAFE"


# Evidence in place.


def touch(page: Page, cell: Locator) -> None:
    cell.tap()


def enter(page: Page, cell: Locator) -> None:
    cell.focus()
    page.keyboard.press("Enter")


def click(page: Page, cell: Locator) -> None:
    cell.click()


@pytest.mark.parametrize("use", [click, touch, enter])
def test_a_cell_opens_in_place_and_escape_returns_to_it(
    browser: Browser, address: str, reference: Reference, use: Callable[[Page, Locator], None]
) -> None:
    context = browser.new_context(viewport=WIDE, has_touch=True)
    page = context.new_page()
    opened(page, address)
    norway = next(one for one in reference.partnerships if one.id == "norway")
    entry = next(entry for entry in norway.areas if entry.area == "maritime-security")
    cell = page.locator('td[data-area="maritime-security"][data-partnership="norway"] a')
    use(page, cell)
    dialog = page.get_by_role("dialog", name="Maritime security: Norway")
    expect(dialog).to_be_visible()
    text = words(dialog.inner_text())
    assert entry.caveat
    for part in (entry.state.label, entry.summary, entry.caveat):
        assert words(part) in text
    sources = dialog.locator("ol.sources > li")
    assert sources.count() == len(entry.sources)
    by_id = {source.id: source for source in (*norway.sources, *reference.sources)}
    for number, source_id in enumerate(entry.sources):
        source = by_id[source_id]
        line = words(sources.nth(number).inner_text())
        assert words(source.publisher) in line
        assert (source.date.words if source.date else "undated") in line
    link = dialog.get_by_role("link", name="Open the page “Maritime security”")
    expect(link).to_have_attribute("href", f"{address}areas/maritime-security/#norway")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Maritime security")).to_have_count(0)
    expect(cell).to_be_focused()
    expect(page).to_have_url(f"{address}compare/")
    context.close()


def test_a_locator_and_what_was_not_found_are_told_in_place(page: Page, address: str) -> None:
    opened(page, address)
    page.locator('td[data-area="cyber"][data-partnership="south-korea"] a').click()
    dialog = page.locator("dialog.evidence")
    expect(dialog).to_contain_text("Where in the text:")
    dialog.get_by_role("button", name="Close").click()
    page.locator('td[data-area="military-mobility"][data-partnership="japan"] a').click()
    expect(dialog).to_contain_text("Not found")
    expect(dialog).to_contain_text("The text may still cover it. It has not been read in full.")
    expect(dialog.locator("ol.sources > li").first).to_be_visible()
    page.mouse.click(5, 5)
    expect(dialog).to_have_count(0)


def test_a_tie_opens_in_place_with_its_sources(page: Page, address: str) -> None:
    opened(page, address)
    page.locator('td[data-tie="safe"][data-partnership="canada"] a').click()
    dialog = page.get_by_role("dialog", name="Canada: SAFE")
    expect(dialog.locator("ol.sources > li").first).to_be_visible()


def test_evidence_that_cannot_be_loaded_leads_to_its_page(page: Page, address: str) -> None:
    opened(page, address)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/areas/cyber/", hold)
    cell = page.locator('td[data-area="cyber"][data-partnership="norway"] a')
    cell.click()
    dialog = page.locator("dialog.evidence")
    expect(dialog).to_contain_text("Loading the evidence")
    expect(dialog.get_by_role("link", name="Open its page")).to_have_attribute("href", f"{address}areas/cyber/#norway")
    held[0].abort()
    expect(dialog).to_contain_text("could not be loaded")
    expect(dialog.get_by_role("link", name="Open its page")).to_be_visible()
    page.keyboard.press("Escape")
    page.unroute("**/areas/cyber/")
    cell.click()
    expect(page.get_by_role("dialog", name="Cyber security and defence: Norway")).to_be_visible()


def test_a_cell_opened_in_a_new_tab_is_a_link(page: Page, context: BrowserContext, address: str) -> None:
    opened(page, address)
    with context.expect_page() as waiting:
        page.locator('td[data-area="cyber"][data-partnership="norway"] a').click(modifiers=["ControlOrMeta"])
    expect(waiting.value).to_have_url(f"{address}areas/cyber/#norway")
    expect(page.locator("dialog.evidence")).to_have_count(0)


# Side by side.


def test_two_side_by_side_tell_what_both_have_and_what_only_one(page: Page, address: str, reference: Reference) -> None:
    one, other = (next(each for each in reference.partnerships if each.id == name) for name in ("norway", "japan"))
    page.goto(f"{address}compare/side-by-side/?with=norway,japan")
    expect(page.get_by_role("heading", level=2, name="Norway and Japan")).to_be_visible()
    pair = comparison.pair(reference.areas.areas, one, other)
    nowhere = len(reference.areas.areas) - pair.either
    wanted = {"in both": pair.both, "only in Norway": pair.only_one, "only in Japan": pair.only_other}
    counts = [*((where, len(areas)) for where, areas in wanted.items()), ("in none of them", nowhere)]
    told = ", ".join(f"{number} {where}" for where, number in counts)
    assert page.locator(".told").inner_text() == f"Areas found: {told}."
    for where, areas in wanted.items():
        heading = page.get_by_role("heading", level=3, name=f"Areas found {where}: {len(areas)}")
        names = heading.evaluate(
            """node => { const found = []; while ((node = node.nextElementSibling) && node.tagName !== "H3")
              if (node.tagName === "H4") found.push(node.textContent); return found; }"""
        )
        assert set(names) == {area.name for area in areas}
    text = words(page.locator("#chosen").inner_text())
    for each in (one, other):
        for fact in (*each.areas, *each.ties):
            assert words(fact.summary) in text
        assert all(words(dialogue.name) in text for dialogue in each.dialogues)
        assert words(each.instrument.legal_nature.text) in text
    cites = page.locator("#chosen .cites a")
    assert cites.count() > 100
    assert [cite for cite in cites.all_inner_texts() if not re.fullmatch(r"\[\d+ .+, .+\]", cite)] == []
    cites.last.click()
    expect(page.locator("li:target")).to_be_in_viewport()


def test_the_sides_are_chosen_by_ticking_and_the_fifth_is_refused(page: Page, address: str) -> None:
    page.goto(f"{address}compare/side-by-side/?with=norway")
    expect(page.locator(".told")).to_have_text("Norway is chosen. Choose one to three more.")
    for name in ("Japan", "Canada", "India"):
        page.get_by_role("checkbox", name=name).press("Space")
    expect(page).to_have_url(f"{address}compare/side-by-side/?with=norway,japan,canada,india")
    expect(page.get_by_role("checkbox", name="Ghana")).to_be_disabled()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Norway and Japan and Canada and India")
    assert page.locator("#brief ~ .table-scroll tbody tr:visible").count() == 4
    page.go_back()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Norway and Japan and Canada")
    page.goto(f"{address}compare/side-by-side/?with=norway,japan,canada,india,ghana,atlantis")
    expect(page.locator(".told .notice")).to_have_text("Not known here, and ignored: with=atlantis.")
    expect(page.locator(".told")).to_contain_text("More than four were asked for; the first four are shown.")


def test_pages_that_cannot_be_loaded_are_linked(page: Page, address: str) -> None:
    page.route("**/partnerships/japan/", lambda route: route.abort())
    page.goto(f"{address}compare/side-by-side/?with=norway,japan")
    expect(page.locator(".told")).to_have_text("The pages could not be loaded here. The table below leads to them.")
    expect(page.locator("#brief ~ .table-scroll").get_by_role("link", name="Japan").first).to_be_visible()


def test_a_partnership_leads_to_its_nearest_side_by_side(page: Page, address: str) -> None:
    page.goto(f"{address}partnerships/norway/")
    page.locator("tr[data-near] a").first.click()
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile("^Norway and "))


def test_side_by_side_can_be_read_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}compare/side-by-side/?with=norway,japan")
    expect(page.get_by_text("Choosing needs JavaScript")).to_be_visible()
    expect(page.locator("form.explorer")).to_be_hidden()
    page.get_by_role("row", name="Norway").get_by_role("link", name="Norway").first.click()
    expect(page).to_have_url(f"{address}partnerships/norway/")
    context.close()


# Reach.


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def test_on_a_phone_each_area_lists_the_partnerships_by_state(phone: Page, address: str, reference: Reference) -> None:
    table = opened(phone, address)
    region = phone.get_by_role("region", name="Areas of cooperation by partnership")
    assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
    rows = coverage.rows(reference.areas.areas, coverage.in_order(reference.partnerships))
    for row, line in zip(rows, table.locator("tbody tr:not(.group)").all(), strict=True):
        wanted = [
            f"{term.label}: "
            + ", ".join(
                cell.partnership.name + (" with a caveat" if cell.entry and cell.entry.caveat else "") for cell in cells
            )
            for term, cells in coverage.by_term(row.cells)
        ]
        assert [words(item) for item in line.locator("li").all_inner_texts()] == wanted
        expect(line).to_contain_text(f"Found in {len(row.found)} of {len(row.cells)}")
    table.get_by_role("link", name="Norway").first.tap()
    expect(phone.get_by_role("dialog", name="Crisis management: Norway")).to_be_visible()


def test_on_a_phone_two_partnerships_fit_as_a_table(phone: Page, address: str) -> None:
    table = opened(phone, address, "?with=norway,japan")
    assert [words(name) for name in shown(table)[0]] == [
        "Area",
        "Norway 28 May 2024",
        "Japan 1 November 2024",
        "Found in",
    ]
    region = phone.get_by_role("region", name="Areas of cooperation by partnership")
    assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_head_and_the_first_column_stay_in_sight(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 800, "height": 600})
    opened(page, address)
    region = page.get_by_role("region", name="Areas of cooperation by partnership")
    region.evaluate("region => region.scrollTo(300, 900)")
    box = region.bounding_box()
    head = region.locator("thead th").first.bounding_box()
    area = region.get_by_role("rowheader").last.bounding_box()
    assert box
    assert head
    assert area
    assert abs(head["y"] - box["y"]) < 3
    assert abs(head["x"] - box["x"]) < 3
    assert abs(area["x"] - box["x"]) < 3


def test_changes_are_announced_politely(page: Page, address: str) -> None:
    opened(page, address)
    status = page.get_by_role("status")
    page.get_by_label("Areas", exact=True).select_option("single")
    expect(status).to_contain_text(re.compile(r"\d+ of \d+ partnerships, 1 of \d+ areas shown"))


@pytest.mark.parametrize("choice", CHOICES, ids=query)
def test_every_cell_has_words_to_paste(page: Page, address: str, choice: dict[str, str]) -> None:
    columns, rows = shown(opened(page, address, choice))
    assert all(columns)
    assert all(cell for row in rows for cell in row)
    assert {len(row) for row in rows} <= {len(columns)}


def test_print_gives_the_chosen_view_in_black_on_a4_landscape(page: Page, address: str) -> None:
    table = opened(page, address, "?with=norway,japan&show=common")
    rows = shown(table)
    page.emulate_media(media="print")
    for hidden in ("form.explorer fieldset", "#common", "#ties", "#legend", ".md-header", "ol.sources"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".told")).to_contain_text("2 of ")
    region = page.get_by_role("region", name="Areas of cooperation by partnership")
    assert region.evaluate("region => getComputedStyle(region).maxHeight") == "none"
    colours = table.locator("th, td, a, .note").evaluate_all("nodes => nodes.map(node => getComputedStyle(node).color)")
    assert set(colours) == {"rgb(0, 0, 0)"}
    assert table.evaluate("table => parseFloat(getComputedStyle(table).fontSize)") >= 9.5
    paper = page.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper))
    assert [(round(float(width)), round(float(height))) for width, height in boxes] == [(842, 595)]
    told = text_of(paper)
    assert re.match(rf"Compare 2 of \d+ partnerships, {len(rows[1])} of \d+ areas shown\.", told)
    assert [row[0] for row in rows[1] if row[0] not in told] == []
    # Nothing but the view: no area that was not chosen, no other partnership, no other part of the page.
    assert [other for other in ("Civil protection", "Moldova", "SAFE", "Copy link") if other in told] == []


def test_a_table_too_wide_for_paper_is_printed_as_a_list(page: Page, address: str, reference: Reference) -> None:
    opened(page, address, "?rows=partnerships")
    told = text_of(page.pdf(prefer_css_page_size=True))
    for one in reference.partnerships:
        assert f"Areas found {len(one.areas)} of 23." in told
    assert page.locator("table.listed").count() == 0


def test_thousands_of_cells_are_counted_and_unfold(page: Page, address: str, reference: Reference) -> None:
    table = opened(page, address)
    table.evaluate(
        """async table => {
          const {asList, read} = await import("../assets/compare/matrix.js");
          const {corner, columns, rows} = read(table);
          const layouts = {corner, columns, rows, items: "Partnerships", accepted: new Set(["official"])};
          const order = ["Stated in the text", "Named officially", "Reported"];
          table.classList.add("listed");
          table.replaceChildren(table.caption, ...asList(layouts, new Map(), order, true));
        }"""
    )
    row = table.get_by_role("row", name="Conflict prevention and mediation")
    assert row.locator("a").count() == 1
    row.locator("summary").press("Enter")
    compared = coverage.rows(reference.areas.areas, coverage.in_order(reference.partnerships))
    cells = next(one.cells for one in compared if one.area.id == "conflict-prevention")
    kinds = [(term, those) for term, those in coverage.by_term(cells)]
    expect(row.locator("summary")).to_have_text("; ".join(f"{term.label}: {len(those)}" for term, those in kinds))
    expect(row.locator("li")).to_have_count(len(kinds))
    lines = [words(line) for line in row.locator("li").all_inner_texts()]
    for (term, those), line in zip(kinds, lines, strict=True):
        names = [f"{one.partnership.name}{' with a caveat' * bool(one.entry and one.entry.caveat)}" for one in those]
        mark = " not counted" if term in (State.INSTRUMENT, State.REPORTED) else ""
        assert line == f"{term.label}{mark}: {', '.join(names)}"
    assert row.locator("li a").count() == len(cells)


@pytest.mark.parametrize("state", AXE_STATES)
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(browser: Browser, address: str, state: str, viewport: Any, scheme: Any) -> None:
    context = browser.new_context(viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    page.goto(address + state)
    expect(page.locator(".told")).to_contain_text(re.compile("areas shown|Areas found"))
    look_with_axe(page)
    if "side-by-side" not in state and "ghana" not in state:
        page.get_by_text("Pick partnerships").click()
        page.locator("table[data-evidence] td a").first.click()
        expect(page.locator("dialog.evidence ol.sources")).to_be_attached()
        look_with_axe(page)
    context.close()


def look_with_axe(page: Page) -> None:
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


# What analysts ask, from the home page, each with the source in view after at most three actions.


class Reader:
    """Somebody with a mouse or a finger, who counts what it takes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def press(self, control: Locator) -> None:
        self.actions += 1
        control.click()

    def choose(self, label: str, value: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=True).select_option(value)

    def compare(self) -> None:
        self.press(self.page.locator("ul.ways").get_by_role("link", name="Compare"))
        expect(self.page.locator(".told")).to_contain_text("areas shown")

    def sees_evidence(self, *texts: str) -> None:
        dialog = self.page.locator("dialog.evidence")
        expect(dialog.locator("ol.sources > li").first).to_be_visible()
        for text in texts:
            expect(dialog).to_contain_text(text)
        assert self.actions <= 3


@pytest.fixture(params=["desktop", "phone"])
def reader(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Reader]:
    kind: dict[str, Any] = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**(kind if request.param == "phone" else {"viewport": WIDE}))
    page = context.new_page()
    page.goto(address)
    yield Reader(page)
    context.close()


def first_cell(page: Page) -> Locator:
    return page.locator("table[data-evidence] td a").first


def test_what_do_all_of_them_share(reader: Reader, reference: Reference) -> None:
    reader.compare()
    reader.choose("Areas", "common")
    common = len(expected(reference, {"show": "common"}))
    expect(reader.page.locator(".told")).to_contain_text(f"{common} of {len(reference.areas.areas)} areas shown")
    reader.press(first_cell(reader.page))
    reader.sees_evidence("Cyber security and defence:")


def test_what_does_only_one_have(reader: Reader) -> None:
    reader.compare()
    reader.choose("Areas", "single")
    reader.press(
        reader.page.locator("table[data-evidence]").first.get_by_role("link", name=re.compile("Moldova|Reported")).last
    )
    reader.sees_evidence("Civil protection: Moldova", "Reported")


def test_how_does_norways_differ_from_japans(reader: Reader) -> None:
    page = reader.page
    reader.press(page.locator("ol.years").get_by_role("link", name="Norway"))
    reader.press(page.get_by_role("link", name="Compare Norway with another partnership"))
    reader.press(page.get_by_role("checkbox", name="Japan"))
    expect(page.get_by_role("heading", name="Areas found only in Norway")).to_be_visible()
    expect(page.locator("#chosen .cites a", has_text="Government of Norway, 28 May 2024").first).to_be_visible()
    assert reader.actions == 3


def test_how_good_is_the_evidence(reader: Reader) -> None:
    reader.compare()
    reader.choose("Weakest evidence accepted", "instrument")
    expect(reader.page.locator(".told")).to_contain_text("accepting “Stated in the text”.")
    reader.press(reader.page.locator('table[data-evidence] a[href$="cyber/#south-korea"]'))
    reader.sees_evidence("Stated in the text", "Where in the text:")


def test_is_something_not_found_or_not_in_the_text(reader: Reader) -> None:
    reader.compare()
    reader.press(reader.page.locator('table[data-evidence] a[href$="military-mobility/#japan"]'))
    reader.sees_evidence("Not found", "The text may still cover it. It has not been read in full.")
