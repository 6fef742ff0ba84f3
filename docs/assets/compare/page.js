/** Parts of a page that compares: elements, boxes to pick partnerships, the link to copy, the notice. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {object} attributes
 * @param {...(Node|string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @type {(...children: (Node|string)[]) => HTMLElement} */
export const paragraph = (...children) => element("p", {}, ...children);

/** @type {(node: Node) => string} */
export const words = (node) => node.textContent.replace(/\s+/g, " ").trim();

/**
 * Adds a box for each partnership to a form, and opens it for use.
 *
 * @type {(form: HTMLFormElement, partnerships: {id: string, name: string}[]) => HTMLInputElement[]}
 */
export function addBoxes(form, partnerships) {
  const boxes = partnerships.map(({ id }) => element("input", { type: "checkbox", name: "with", value: id }));
  const labels = boxes.map((box, index) => element("label", {}, box, ` ${partnerships[index].name}`));
  form.querySelector(".picks").append(element("div", { class: "boxes" }, ...labels));
  form.querySelector("fieldset").disabled = false;
  // Browsers that do not know the media feature `scripting` hide it.
  form.style.display = "block";
  form.addEventListener("submit", (event) => event.preventDefault());
  return boxes;
}

/** Copies the page's address, or shows it where the browser does not allow that, below what is told already. */
export async function copyAddress(told) {
  const copied = paragraph("Link copied.");
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    copied.replaceChildren("Copy this link: ", element("code", {}, location.href));
  }
  copied.className = "copied";
  told.querySelector(".copied")?.remove();
  told.append(copied);
}

/** Names what an address asks for and the page does not know. */
export function notice(ignored) {
  const short = ignored.map((text) => (text.length > 40 ? `${text.slice(0, 40)}…` : text));
  return short.length ? [element("p", { class: "notice" }, `Not known here, and ignored: ${short.join("; ")}.`)] : [];
}
