/**
 * The reader's choice: from and to the page's address, and what it shows. Pure: knows no document.
 *
 * @typedef {{with: string[], [control: string]: any}} State  Partnerships (none: all), and a value for each control.
 * @typedef {{partnerships: string[], controls: Record<string, {values: string[], initial: string}>}} Known
 * @typedef {{id: string, group?: string, name: string, cells: Map<string, {state?: string}>, found?: number}} Row
 */

/** @type {(query: string, known: Known) => {state: State, ignored: string[]}} `ignored`: what is not known. */
export function parse(query, { partnerships, controls }) {
  const given = new URLSearchParams(query);
  const asked = [...new Set(given.getAll("with").join().split(","))].filter(Boolean);
  const state = { with: asked.filter((id) => partnerships.includes(id)) };
  const ignored = asked.filter((id) => !partnerships.includes(id)).map((id) => `with=${id}`);
  for (const [name, { values, initial }] of Object.entries(controls)) {
    const value = given.get(name) ?? initial;
    state[name] = values.includes(value) ? value : initial;
    if (state[name] !== value) ignored.push(`${name}=${value}`);
  }
  return { state, ignored };
}

/** @type {(state: State, known: Known) => string} A query with what differs from the initial choice. */
export function format(state, { controls }) {
  const changed = Object.keys(controls).filter((name) => state[name] !== controls[name].initial);
  const parts = changed.map((name) => `${name}=${state[name]}`);
  if (state.with.length) parts.unshift(`with=${state.with.join()}`);
  return parts.length ? `?${parts.join("&")}` : "";
}

/** Which areas a choice of “show” keeps, by the number of partnerships with the area. */
const KEEPS = {
  all: () => true,
  common: (found, of) => found === of,
  differences: (found, of) => found > 0 && found < of,
  single: (found) => found === 1,
};

/**
 * What a choice shows of a table; `strengths` are the states of evidence, strongest first.
 *
 * @type {(table: {columns: {id: string}[], rows: Row[]}, state: State, strengths: string[]) => object}
 */
export function view(table, state, strengths) {
  const columns = table.columns.filter(({ id }) => !state.with.length || state.with.includes(id));
  const accepted = new Set(strengths.slice(0, strengths.indexOf(state.evidence) + 1));
  const all = table.rows
    .filter(({ group }) => [group, "all"].includes(state.pillar))
    .map((row) => ({ ...row, found: columns.filter(({ id }) => accepted.has(row.cells.get(id).state)).length }));
  const keeping = (show) => all.filter(({ found }) => KEEPS[show](found, columns.length));
  const rows = keeping(state.show);
  const byName = (one, other) => one.name.localeCompare(other.name, "en");
  if (state.sort === "name") rows.sort(byName);
  if (state.sort === "shared") rows.sort((one, other) => other.found - one.found || byName(one, other));
  const [common, some] = [keeping("common").length, keeping("differences").length];
  return { columns, rows, accepted, common, some, none: all.length - common - some };
}

/**
 * Comma-separated values after RFC 4180, with the byte order mark that Excel needs.
 *
 * @type {(rows: string[][]) => string}
 */
export function csv(rows) {
  const cell = (text) => {
    // An apostrophe keeps spreadsheets from running a cell as a formula.
    const safe = text.replace(/^[=+\-@\t\r]/, "'$&");
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = rows.map((row) => `${row.map(cell).join()}\r\n`);
  return `\uFEFF${lines.join("")}`;
}
