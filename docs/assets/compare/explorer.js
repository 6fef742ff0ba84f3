/**
 * The comparison that answers: shows what the reader chooses of the page's tables, and keeps the choice in the address.
 * All that it knows it has from the page: see explorer.html, comparison.html and ties.html among the templates.
 */

import { csv, format, parse, view } from "./choice.js";
import { opensInPlace } from "./evidence.js";
import { asList, asTable, read, sheet, turned } from "./matrix.js";
import { addBoxes, copyAddress, element, notice, paragraph } from "./page.js";

/** More columns than this do not fit. */
const FITS = { paper: 14, phone: 2, screen: Infinity };

/** More cells than this are folded on a screen, to be quick. */
const MANY = 600;

/** @type {HTMLFormElement} */
const form = document.querySelector("form.explorer");
const told = form.querySelector(".told");
const [table, tieTable] = document.querySelectorAll("table[data-evidence]");
const [areas, ties] = [table, tieTable].map(read);
/** @type {HTMLSelectElement} */
const evidence = form.querySelector("[name=evidence]");
const strengths = [...evidence.options];
const selects = [...form.querySelectorAll("select")];
/** @type {HTMLAnchorElement} */
const onward = form.querySelector("a.onward");
/** @type {NodeListOf<HTMLElement>} */
const sets = form.querySelectorAll("[data-members]");
const boxes = addBoxes(form, areas.columns);
const phone = matchMedia("(max-width: 45em)");
const known = {
  partnerships: areas.columns.map(({ id }) => id),
  controls: Object.fromEntries(
    selects.map(({ name, options }) => {
      const initial = [...options].find((option) => option.defaultSelected).value;
      return [name, { values: [...options].map(({ value }) => value), initial }];
    }),
  ),
};
/** @type {import("./choice.js").State} */
let state;
let medium = "";
let shown;
let shownTies;

const ACTIONS = {
  reset: () => choose(parse("", known).state),
  copy: () => copyAddress(told),
  download() {
    const file = new Blob([csv(sheet(layoutOf(seen())))], { type: "text/csv" });
    const link = element("a", { href: URL.createObjectURL(file), download: "areas-by-partnership.csv" });
    link.click();
    URL.revokeObjectURL(link.href);
  },
};

form.addEventListener("click", ({ target }) => {
  const { dataset } = /** @type {HTMLElement} */ (target);
  if ("members" in dataset) choose({ ...state, with: members(dataset) });
  ACTIONS[dataset.action]?.();
});
form.addEventListener("change", () => {
  const picked = boxes.filter(({ checked }) => checked).map(({ value }) => value);
  choose({ ...Object.fromEntries(selects.map(({ name, value }) => [name, value])), with: picked });
});
addEventListener("popstate", restore);
addEventListener("beforeprint", () => fit("paper"));
addEventListener("afterprint", () => fit(""));
phone.addEventListener("change", () => fit(""));
[table, tieTable].forEach(opensInPlace);
restore();

/** @type {(dataset: DOMStringMap) => string[]} */
function members({ members }) {
  return members ? members.split(",") : [];
}

/** Shows a new choice, as a step of the browser's history. */
function choose(next) {
  state = next;
  const query = format(state, known);
  if (query !== location.search) history.pushState(null, "", location.pathname + query);
  show();
}

/** Shows what the address asks for. */
function restore() {
  if (shown === location.search) return;
  const asked = parse(location.search, known);
  state = asked.state;
  show();
  told.append(...notice(asked.ignored));
}

function seen() {
  return view(areas, state, strengths.map(({ value }) => value));
}

function layoutOf(view) {
  const turn = state.rows === "partnerships";
  return turn ? turned(view) : { ...view, corner: areas.corner, items: "Partnerships", total: "Found in" };
}

/** Lays the same choice out for another medium; there is nothing to tell. */
function fit(next) {
  medium = next;
  lay(seen());
}

function show() {
  shown = location.search;
  document.documentElement.classList.toggle("chosen", format(state, known) !== "");
  for (const select of selects) select.value = state[select.name];
  for (const box of boxes) box.checked = state.with.includes(box.value);
  const those = [...state.with].sort().join();
  for (const set of sets) set.ariaPressed = String(members(set.dataset).sort().join() === those);
  const picked = state.with.length ? `: ${state.with.length} picked` : "";
  form.querySelector("summary").textContent = `Pick partnerships${picked}`;
  onward.search = state.with.length > 1 && state.with.length < 5 ? `with=${state.with.join()}` : "";
  const now = seen();
  lay(now);
  told.replaceChildren(...summary(now));
}

function lay(now) {
  fill(table, layoutOf(now), state.sort === "pillar" ? areas.groups : new Map());
  const chosen = medium + phone.matches + state.with;
  if (chosen !== shownTies) {
    const columns = ties.columns.filter(({ id }) => now.columns.some((column) => column.id === id));
    fill(tieTable, { ...ties, columns, items: "Partnerships" }, ties.groups);
    shownTies = chosen;
  }
}

/** Lays a table out, as a list where its columns do not fit. */
function fill(table, layout, groups) {
  const folds = !medium && layout.columns.length * layout.rows.length > MANY;
  const list = folds || layout.columns.length > FITS[medium || (phone.matches ? "phone" : "screen")];
  const order = strengths.map(({ label }) => label);
  table.classList.toggle("listed", list);
  table.replaceChildren(table.caption, ...(list ? asList(layout, groups, order, folds) : asTable(layout, groups)));
}

/** What is shown, in words: also for those who do not see the table change. */
function summary({ columns, rows, common, some, none }) {
  const [weakest] = evidence.selectedOptions;
  const stronger = weakest.index ? " or stronger" : "";
  const accepting = weakest.defaultSelected ? "" : `, accepting “${weakest.label}”${stronger}`;
  const where = columns.length === 1 ? `it and ${none} were not` : `each of them, ${some} in some and ${none} in none`;
  return [
    `${columns.length} of ${areas.columns.length} partnerships, ${rows.length} of ${areas.rows.length} areas shown.`,
    `Of ${common + some + none} areas ${common} were found in ${where}${accepting}.`,
  ].map((text) => paragraph(text));
}
