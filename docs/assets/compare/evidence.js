/**
 * What is known of a cell: taken from the page that tells it, with the sources it cites, and opened in place.
 * A link stays what it is: with a modifier key, or when its page cannot be loaded, it leads to that page.
 */

import { element, paragraph } from "./page.js";

/** @type {Map<string, Promise<Document>>} */
const pages = new Map();

/** A page of this site, its links made absolute. Rejects when it cannot be had; the next call tries again. */
export function fetchPage(address) {
  if (!pages.has(address)) {
    pages.set(address, load(address));
    pages.get(address).catch(() => pages.delete(address));
  }
  return pages.get(address);
}

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status} for ${address}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = page.querySelectorAll('article a:not([href^="#"])');
  for (const link of links) {
    link.href = new URL(link.getAttribute("href"), address).href;
  }
  return page;
}

/** What stands below a heading, up to the next of its level or above. */
export function section(heading) {
  const found = [];
  let next = heading;
  while ((next = next.nextElementSibling) && !(/^H\d$/.test(next.tagName) && next.tagName <= heading.tagName)) {
    found.push(next);
  }
  return found;
}

/** Copies pieces of pages, and numbers the sources anew that they cite. */
export class Sources {
  #cited = new Map();

  /** @type {(piece: Element, named?: boolean) => Element} `named`: with publisher and date beside each number. */
  copy(piece, named) {
    const copy = document.importNode(piece, true);
    copy.querySelectorAll(".across").forEach((link) => link.remove());
    copy.querySelectorAll("[id]").forEach((node) => node.removeAttribute("id"));
    /** @type {NodeListOf<HTMLAnchorElement>} */
    const citations = copy.querySelectorAll('a[href^="#source-"]');
    for (const link of citations) {
      const source = piece.ownerDocument.querySelector(link.getAttribute("href"));
      const number = this.#number(source);
      const date = source.querySelector("time")?.textContent ?? "undated";
      const name = named ? ` ${source.querySelector(".publisher").textContent}, ${date}` : "";
      link.href = `#cited-${number}`;
      link.textContent = `[${number}${name}]`;
      link.setAttribute("aria-label", `Source ${number}${name}`);
    }
    return copy;
  }

  #number(source) {
    const { href } = source.querySelector("a");
    if (!this.#cited.has(href)) {
      const entry = document.importNode(source, true);
      entry.querySelector(".backlinks").remove();
      entry.id = `cited-${this.#cited.size + 1}`;
      this.#cited.set(href, entry);
    }
    return [...this.#cited.keys()].indexOf(href) + 1;
  }

  list() {
    return element("ol", { class: "sources" }, ...this.#cited.values());
  }
}

/** Opens in place what the cells of a table link to. */
export function opensInPlace(table) {
  table.addEventListener("click", (event) => {
    const link = event.target.closest("td a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });
}

async function open({ href, hash }) {
  const title = element("h2", { id: "evidence-title" }, "Evidence");
  const close = element("button", { type: "button" }, "Close");
  const content = element("div", { "aria-live": "polite" }, paragraph("Loading the evidence …"));
  const onward = element("a", { href }, "Open its page");
  const inside = element("div", {}, close, title, content, paragraph(onward));
  const dialog = element("dialog", { class: "evidence md-typeset", "aria-labelledby": title.id }, inside);
  const end = () => dialog.close();
  /** @type {EventTarget} */
  let pressed;
  dialog.addEventListener("pointerdown", ({ target }) => (pressed = target));
  dialog.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    // What is hit beside the inside is the dialog itself; a double click, or a selection that ends there, is not meant.
    if (target === close || (target === dialog && pressed === dialog && event.detail === 1)) end();
    const citation = target.closest('a[href^="#cited-"]');
    if (citation) {
      event.preventDefault();
      content.querySelector(citation.getAttribute("href")).scrollIntoView({ block: "nearest" });
    }
  });
  addEventListener("popstate", end);
  dialog.addEventListener("close", () => {
    removeEventListener("popstate", end);
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  try {
    const page = await fetchPage(href.replace(hash, ""));
    const heading = page.getElementById(hash.slice(1));
    const sources = new Sources();
    const about = page.querySelector("h1").textContent;
    content.replaceChildren(...section(heading).map((piece) => sources.copy(piece)), sources.list());
    title.textContent = `${about}: ${heading.textContent}`;
    onward.textContent = `Open the page “${about}”`;
  } catch {
    content.replaceChildren(element("p", { class: "notice" }, "The evidence could not be loaded here."));
  }
}
