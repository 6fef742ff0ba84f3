/**
 * Two to four partnerships side by side: takes what each partnership's own page tells, and puts it together by area,
 * instrument, dialogue and tie. The choice stands in the address. See chooser.html and in_brief.html.
 */

import { format, parse } from "./choice.js";
import { fetchPage, section, Sources } from "./evidence.js";
import { addBoxes, copyAddress, element, notice, paragraph, words } from "./page.js";

const MOST = 4;
/** The query whose choice is shown, or being loaded. */
let shown;
/** @type {HTMLFormElement} */
const form = document.querySelector("form.explorer");
const told = form.querySelector(".told");
const chosen = document.querySelector("#chosen");
/** @type {NodeListOf<HTMLTableRowElement>} */
const rowsInBrief = document.querySelectorAll("tr[data-partnership]");
const lines = [...rowsInBrief];
const partnerships = lines.map(({ dataset, cells: [header] }) => ({
  id: dataset.partnership,
  name: words(header),
  address: header.querySelector("a").href,
}));
const known = { partnerships: partnerships.map(({ id }) => id), controls: {} };
const boxes = addBoxes(form, partnerships);
const copy = form.querySelector("button");

copy.addEventListener("click", () => copyAddress(told));
form.addEventListener("change", ({ target }) => {
  const { value, checked } = /** @type {HTMLInputElement} */ (target);
  const others = parse(location.search, known).state.with.filter((id) => id !== value);
  history.pushState(null, "", location.pathname + format({ with: checked ? [...others, value] : others }, known));
  show();
});
addEventListener("popstate", () => shown === location.search || show());
show();

async function show() {
  const { state, ignored } = parse(location.search, known);
  const ids = state.with.splice(0, MOST);
  const asked = location.search;
  shown = asked;
  const more = state.with.length ? " More than four were asked for; the first four are shown." : "";
  const tell = (text) => told.replaceChildren(paragraph(text + more), ...notice(ignored));
  for (const box of boxes) {
    box.checked = ids.includes(box.value);
    box.disabled = !box.checked && ids.length === MOST;
  }
  for (const line of lines) line.hidden = ids.length > 1 && !ids.includes(line.dataset.partnership);
  chosen.replaceChildren();
  copy.disabled = ids.length < 2;
  const sides = ids.map((id) => partnerships.find((one) => one.id === id));
  if (sides.length < 2) {
    tell(sides.length ? `${sides[0].name} is chosen. Choose one to three more.` : "Choose two to four.");
    return;
  }
  tell("Loading their pages …");
  const pages = await Promise.all(sides.map(({ address }) => fetchPage(address))).catch(() => null);
  // Another choice may have been made while these pages were on their way.
  if (asked !== location.search) return;
  if (!pages) {
    tell("The pages could not be loaded here. The table below leads to them.");
    return;
  }
  const [summary, ...parts] = compare(sides.map(({ name }, index) => ({ name, page: pages[index] })));
  chosen.replaceChildren(...parts);
  tell(summary);
}

/** @type {(sides: {name: string, page: Document}[]) => (string|Node)[]} A summary in words, then the parts to show. */
function compare(sides) {
  const sources = new Sources();
  const take = (node) => sources.copy(node, true);
  const below = (heading) => section(heading).map(take);
  /** @type {(level: 2|3|4, text: string) => HTMLElement} */
  const title = (level, text) => element(`h${level}`, {}, text);
  const maps = (selector, key) =>
    sides.map(({ page }) => new Map([...page.querySelectorAll(selector)].map((node) => [node.dataset[key], node])));
  const abreast = (tell) => {
    const side = (one, index) => element("div", {}, element("p", { class: "side" }, one.name), ...tell(index));
    return element("div", { class: "abreast" }, ...sides.map(side));
  };
  /** What the sides have under the same key, abreast below a heading. */
  const byKey = (maps, tell) =>
    [...new Set(maps.flatMap((map) => [...map.keys()]))].flatMap((key) => {
      const nodes = maps.map((map) => map.get(key));
      const names = nodes.map((node) => node && words(node.cells?.[0] ?? node));
      const headings = [...new Set(names.filter(Boolean))];
      const own = (index) => (headings.length > 1 ? [`${names[index]}: `] : []);
      const told = (index) => (nodes[index] ? [...own(index), ...tell(nodes[index])] : [notFound()]);
      return [title(4, headings.join(" / ")), abreast(told)];
    });
  const rows = maps("tr[data-area]", "area");
  const area = (id) => [
    title(4, words(rows[0].get(id).cells[0])),
    abreast((index) => {
      const heading = sides[index].page.getElementById(`area-${id}`);
      return heading ? below(heading) : [leadingOn(rows[index].get(id))];
    }),
  ];
  const groups = grouped(sides, rows);
  const counts = groups.map(([where, ids]) => `${ids.length} ${where}`);
  const dialogues = (index) => {
    /** @type {NodeListOf<HTMLTableRowElement>} */
    const rows = sides[index].page.querySelectorAll("tr[data-dialogue]");
    return rows.length ? [element("ul", {}, ...[...rows].map(({ cells }) => dialogue(cells, take)))] : [notFound()];
  };
  return [
    `Areas found: ${counts.join(", ")}.`,
    title(2, sides.map(({ name }) => name).join(" and ")),
    ...groups.flatMap(([where, ids]) => [title(3, `Areas found ${where}: ${ids.length}`), ...ids.flatMap(area)]),
    title(3, "Instruments"),
    ...byKey(maps("tr[data-item]", "item"), (row) => take(row.cells[1]).childNodes),
    title(3, "Dialogues"),
    abreast(dialogues),
    title(3, "Ties to EU security and defence"),
    ...byKey(maps("h3[data-tie]", "tie"), below),
    title(3, "Sources of this comparison"),
    sources.list(),
  ];
}

/** The ids of the areas by the sides that they were found in: pairs of words and ids. */
function grouped(sides, rows) {
  const having = (id) => sides.filter((_, index) => !rows[index].get(id).querySelector(".state-not-found"));
  const kinds = [
    [sides.length > 2 ? `in all ${sides.length}` : "in both", (those) => those.length === sides.length],
    ["in some", (those) => those.length > 1 && those.length < sides.length],
    ...sides.map((side) => [`only in ${side.name}`, (those) => those.length === 1 && those[0] === side]),
    ["in none of them", (those) => !those.length],
  ];
  const ids = [...rows[0].keys()];
  return kinds.map(([where, keeps]) => [where, ids.filter((id) => keeps(having(id)))]).filter(([, found]) => found.length);
}

/** A state without evidence, as a link to what was looked for. */
function leadingOn(row) {
  const state = row.querySelector(".state");
  return paragraph(element("a", { class: state.className, href: row.querySelector("a").href }, words(state)));
}

/** @type {(cells: HTMLCollectionOf<HTMLTableCellElement>, take: (node: Element) => Element) => HTMLElement} */
function dialogue([name, level, frequency, known], take) {
  const [title, ...about] = [name, level, frequency].map(words);
  return element("li", {}, element("b", {}, title), `. Level: ${about[0]}. Frequency: ${about[1]}. `, ...take(known).childNodes);
}

function notFound() {
  return element("p", { class: "state state-not-found" }, "Not found");
}
