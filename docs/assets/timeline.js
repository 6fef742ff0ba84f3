/**
 * The timeline that answers: shows what the reader chooses of the list and of the picture, and keeps the choice in the
 * address. All that it knows it has from the page: see timeline.html among the templates.
 */

import { format, parse } from "./compare/choice.js";
import { addBoxes, notice, paragraph, words } from "./compare/page.js";

/** @type {HTMLFormElement} */
const form = document.querySelector("form.filter");
const told = form.querySelector(".told");
const kind = form.querySelector("select");
/** @type {(selector: string) => HTMLElement[]} */
const all = (selector) => [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector))];
const entries = all("ol.dated > li");
const names = all(".time-chart li[data-with]");
const lanes = names.map((name) => ({ id: name.dataset.with, name: words(name) }));
const boxes = addBoxes(form, lanes);
const known = {
  partnerships: lanes.map(({ id }) => id),
  controls: { kind: { values: [...kind.options].map(({ value }) => value), initial: "all" } },
};
// A lane's marks stand in the order of its entries in the list.
const marks = new Map(
  lanes.flatMap(({ id }) => {
    const own = entries.filter(({ dataset }) => dataset.with === id);
    const drawn = document.querySelectorAll(`.time-chart g[data-with="${id}"] use`);
    return own.map((entry, index) => /** @type {const} */ ([drawn[index], entry]));
  }),
);
let shown;

form.addEventListener("change", () => {
  choose({ with: boxes.filter(({ checked }) => checked).map(({ value }) => value), kind: kind.value });
});
form.querySelector("[data-action=reset]").addEventListener("click", () => choose({ with: [], kind: "all" }));
addEventListener("popstate", restore);
const picture = document.querySelector(".time-chart svg[role=img]");
picture.addEventListener("pointerover", ({ target }) => name(/** @type {Element} */ (target)));
picture.addEventListener("click", ({ target }) => marks.get(/** @type {Element} */ (target))?.querySelector("a").focus());
restore();

/** Shows a new choice, as a step of the browser's history. */
function choose(state) {
  const query = format(state, known);
  if (query !== location.search) history.pushState(null, "", location.pathname + query);
  restore();
}

/** Shows what the address asks for. */
function restore() {
  if (shown === location.search) return;
  shown = location.search;
  const { state, ignored } = parse(shown, known);
  kind.value = state.kind;
  for (const box of boxes) box.checked = state.with.includes(box.value);
  /** @type {(of: DOMStringMap) => boolean} */
  const chosen = (of) => !state.with.length || state.with.includes(of.with);
  for (const entry of entries) {
    entry.hidden = !chosen(entry.dataset) || (state.kind !== "all" && state.kind !== entry.dataset.kind);
  }
  for (const [mark, entry] of marks) mark.classList.toggle("off", entry.hidden);
  for (const name of names) name.classList.toggle("off", !chosen(name.dataset));
  all("ol.dated").forEach(hide);
  const left = entries.filter(({ hidden }) => !hidden);
  const picked = state.with.length ? `: ${state.with.length} picked` : "";
  form.querySelector("summary").textContent = `Pick subjects${picked}`;
  told.replaceChildren(paragraph(`${left.length} of ${entries.length} entries shown.`), ...notice(ignored));
}

/**
 * Hides a year in which nothing is left, here and in the table of contents.
 *
 * @param {HTMLElement} list the list of its entries, below its heading
 */
function hide(list) {
  const heading = /** @type {HTMLElement} */ (list.previousElementSibling);
  heading.hidden = list.hidden = [...list.children].every((entry) => /** @type {HTMLElement} */ (entry).hidden);
  for (const link of all(`nav a[href="#${heading.id}"]`)) link.closest("li").hidden = heading.hidden;
}

/** Lets a mark tell its entry to who points at it. */
function name(mark) {
  if (!marks.has(mark) || mark.childElementCount) return;
  const title = document.createElementNS(mark.namespaceURI, "title");
  title.textContent = words(marks.get(mark));
  mark.append(title);
}
