/**
 * Reads a table of partnerships, and lays the chosen part of it out anew, either way round, or as a list where it would
 * be too wide. Its cells are moved, so that nothing is held twice.
 *
 * @typedef {{node: Element, state?: string, kind: string, mark?: Element}} Cell  With its state or status in words.
 * @typedef {{id: string, name: string, header: HTMLTableCellElement, group?: string}} Column
 * @typedef {Column & {cells: Map<string, Cell>, found?: number}} Row
 * @typedef {{corner: HTMLTableCellElement, columns: Column[], rows: Row[], accepted?: Set<string>}} Matrix
 * @typedef {Matrix & {items: string, total?: string}} Layout  With words for what stands in columns, and for counts.
 * @typedef {Map<string, Element>} Groups  Headers by the id of the group.
 */

import { element, paragraph, words } from "./page.js";

/** @type {(table: HTMLTableElement) => Matrix & {groups: Groups}} */
export function read(table) {
  const [corner, ...headers] = table.tHead.rows[0].cells;
  const groups = new Map();
  const rows = [];
  for (const body of table.tBodies) {
    const group = body.dataset.pillar;
    for (const row of body.rows) {
      if (row.className === "group") groups.set(group, row.cells[0]);
      else rows.push({ ...readRow(row), group });
    }
  }
  const column = (id, index) => ({ id, name: words(headers[index].firstElementChild), header: headers[index] });
  return { corner, columns: [...rows[0].cells.keys()].map(column), groups, rows };
}

/** @type {(row: HTMLTableRowElement) => Row} */
function readRow({ cells: [header, ...rest] }) {
  const nodes = rest.filter(({ dataset }) => dataset.partnership);
  const cell = (node) => ({ node, state: node.dataset.state, kind: words(labelOf(node)) });
  const cells = new Map(nodes.map((node) => [node.dataset.partnership, cell(node)]));
  return { id: nodes[0].dataset.area, name: words(header), header, cells };
}

const labelOf = (node) => node.querySelector(".state, .status");
const count = ({ found }, columns) => `${found} of ${columns.length}`;

/** The node of a cell; where its evidence is too weak to count, it says so. */
function nodeOf(cell, accepted) {
  if (counts(cell, accepted) === Boolean(cell.mark)) {
    cell.mark?.remove();
    cell.mark = cell.mark ? undefined : element("span", { class: "note" }, " not counted");
    if (cell.mark) cell.node.append(cell.mark);
  }
  return cell.node;
}

const nodesOf = ({ cells }, columns, accepted) => columns.map(({ id }) => nodeOf(cells.get(id), accepted));
const counts = ({ state }, accepted) => !state || state === "not-found" || accepted.has(state);

/** A view laid out with partnerships in rows; areas head the columns, each with its count. */
export function turned({ columns, rows, accepted }) {
  const noted = (row) => {
    const note = element("span", { class: "note" }, `in ${count(row, columns)}`);
    return { ...row, header: element("th", {}, ...row.header.cloneNode(true).childNodes, " ", note) };
  };
  const turn = (column) => {
    const cells = new Map(rows.map((row) => [row.id, row.cells.get(column.id)]));
    return { ...column, cells, found: [...cells.values()].filter(({ state }) => accepted.has(state)).length };
  };
  const corner = element("th", {}, "Partnership");
  return { accepted, corner, items: "Areas", total: "Areas found", columns: rows.map(noted), rows: columns.map(turn) };
}

/** A layout in words, without the rows that only name a group. */
export function sheet({ corner, columns, rows, total, accepted }) {
  const line = (row) => [row.header, ...nodesOf(row, columns, accepted)].map(words);
  const head = [corner, ...columns.map(({ header }) => header)].map(words);
  return [[...head, total], ...rows.map((row) => [...line(row), count(row, columns)])];
}

/** @type {(layout: Layout, groups: Groups) => Element[]} The parts of a table. */
export function asTable({ corner, columns, rows, total, accepted }, groups) {
  const end = total ? [element("th", { scope: "col" }, total)] : [];
  const head = element("tr", {}, ...columns.map(({ header }) => heads(header, "col")));
  const over = byGroup(columns, groups).filter(([header]) => header);
  /** @type {HTMLElement[]} */
  const parts = [element("thead", {}, head)];
  for (const cell of [corner, ...end]) cell.rowSpan = over.length ? 2 : 1;
  if (over.length) {
    const names = over.map(([header, members]) => heads(header, "colgroup", members.length));
    parts[0].prepend(element("tr", {}, heads(corner, "col"), ...names, ...end));
    // A header of a group of columns heads what <colgroup> says.
    parts.unshift(...[1, ...names.map(({ colSpan }) => colSpan), 1].map((span) => element("colgroup", { span })));
  } else {
    head.prepend(heads(corner, "col"));
    head.append(...end);
  }
  const line = (row) => {
    const counts = end.map(() => element("td", {}, count(row, columns)));
    return element("tr", {}, heads(row.header, "row"), ...nodesOf(row, columns, accepted), ...counts);
  };
  return [...parts, ...bodies(columns.length ? rows : [], groups, 1 + columns.length + end.length, line)];
}

/**
 * The parts of a table with two columns: each row tells by kind of cell, in the given order, where it was found. Folded,
 * it counts them, and tells the rest when opened: thousands of links make a page slow.
 *
 * @type {(layout: Layout, groups: Groups, order: string[], folds: boolean) => Element[]}
 */
export function asList({ corner, items, columns, rows, total, accepted }, groups, order, folds) {
  corner.rowSpan = 1;
  const head = element("tr", {}, heads(corner, "col"), element("th", { scope: "col" }, items));
  const line = (row) => {
    const members = kinds(row, columns, order);
    const found = total ? `${total} ${count(row, columns)}. ` : "";
    const list = () => element("ul", { class: "kinds" }, ...members.map((kind) => item(kind, accepted)));
    const cell = element("td", {}, ...(folds ? [folded(found + told(members), list)] : [paragraph(found), list()]));
    return element("tr", {}, heads(row.header, "row"), cell);
  };
  return [element("thead", {}, head), ...bodies(columns.length ? rows : [], groups, 2, line)];
}

const told = (kinds) => kinds.map((members) => `${members[0][1].kind}: ${members.length}`).join("; ");

function folded(summary, list) {
  const details = element("details", {}, element("summary", {}, summary));
  details.addEventListener("toggle", () => details.append(list()), { once: true });
  return details;
}

function bodies(rows, groups, span, line) {
  if (!rows.length) return [element("tbody", {}, element("tr", {}, element("td", { colspan: span }, "No area fits.")))];
  return byGroup(rows, groups).map(([header, members]) => {
    const head = header ? [element("tr", { class: "group" }, heads(header, "rowgroup", span))] : [];
    return element("tbody", {}, ...head, ...members.map(line));
  });
}

function heads(header, scope, span = 1) {
  return Object.assign(header, { scope, colSpan: span });
}

/** Pairs of a group's header and its members; all together where there are no groups. */
function byGroup(items, groups) {
  const headers = [...new Set(items.map(({ group }) => groups.get(group)))];
  return headers.map((header) => [header, items.filter(({ group }) => groups.get(group) === header)]);
}

/** The cells of a row by their kind, each with its name; those without evidence last. */
function kinds(row, columns, order) {
  const found = new Map();
  for (const { id, name } of columns) {
    const cell = row.cells.get(id);
    if (!found.has(cell.kind)) found.set(cell.kind, []);
    found.get(cell.kind).push([name, cell]);
  }
  const rank = ([[, { kind, node }]]) => order.indexOf(kind) + 1 || (node.querySelector("a") ? 98 : 99);
  return [...found.values()].sort((one, other) => rank(one) - rank(other));
}

function item(members, accepted) {
  const [, first] = members[0];
  const label = element("span", { class: labelOf(first.node).className }, first.kind);
  const entries = members.flatMap(([name, cell], index) => [index ? ", " : "", ...entryOf(cell, name)]);
  return element("li", {}, label, counts(first, accepted) ? ": " : " not counted: ", ...entries);
}

function entryOf({ node, mark }, name) {
  const link = node.querySelector(".state[href]");
  const notes = [...node.querySelectorAll(".note, .cites")].filter((note) => note !== mark);
  const named = link ? element("a", { href: link.getAttribute("href") }, name) : name;
  return [named, ...notes.flatMap((note) => [" ", note.cloneNode(true)])];
}
