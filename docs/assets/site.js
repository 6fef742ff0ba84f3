/**
 * What scripts add to every page: the search, brought when somebody searches; a choice of light or dark; a menu that
 * Escape closes. Loaded by hooks/theme/main.html; the elements are those of hooks/theme/partials/header.html.
 */

const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
/** The key under which a choice is kept, which main.html takes over before anything is seen. Without one, the scheme is
 * that of the reader's system. */
const KEPT = "scheme";

/** @param {HTMLButtonElement} button the button that changes between light and dark */
function offerSchemes(button) {
  const isDark = () => (root.dataset.scheme ?? (prefersDark.matches ? "dark" : "light")) === "dark";
  const tell = () => {
    button.title = isDark() ? "Light colours" : "Dark colours";
    button.setAttribute("aria-label", button.title);
  };
  button.addEventListener("click", () => {
    const scheme = isDark() ? "light" : "dark";
    const isSystems = scheme === (prefersDark.matches ? "dark" : "light");
    if (isSystems) delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
    // A reader may have forbidden a site to keep anything.
    try {
      if (isSystems) localStorage.removeItem(KEPT);
      else localStorage.setItem(KEPT, scheme);
    } catch {}
    tell();
  });
  prefersDark.addEventListener("change", tell);
  tell();
  button.hidden = false;
}

/**
 * Bring Material's search when somebody wants it, for it weighs more than a page, and mend what it does to keyboards.
 *
 * @param {HTMLElement} search
 * @param {HTMLInputElement} field
 * @param {HTMLInputElement} shown the switch that shows the search
 * @param {HTMLTemplateElement} script Material's script, which waits in the page
 */
function offerSearch(search, field, shown, script) {
  const bring = () => {
    script.content.querySelector("script")?.addEventListener("error", () => {
      const told = search.querySelector(".md-search-result__meta");
      if (told) told.textContent = "The search could not be loaded.";
    });
    document.body.append(script.content);
  };
  /** @param {boolean} wanted */
  const show = (wanted) => {
    if (shown.checked !== wanted) shown.click();
  };
  /** @param {Event} event */
  const open = (event) => {
    opener = event.currentTarget;
    bring();
    show(true);
    field.focus();
  };
  const close = () => {
    show(false);
    if (opener instanceof HTMLElement) opener.focus();
    opener = null;
  };
  /** @type {EventTarget | null} */
  let opener = null;

  for (const sign of ["focus", "pointerdown"]) field.addEventListener(sign, bring, { once: true });
  // The address of a search, or somebody who was quicker than this script.
  if (new URLSearchParams(location.search).has("q") || document.activeElement === field) bring();
  for (const button of document.querySelectorAll("button[data-search]")) {
    button.addEventListener("click", open);
    button.toggleAttribute("hidden", false);
  }
  // What is typed is not sent anywhere, even before the search has come.
  search.addEventListener("submit", (event) => event.preventDefault());
  search.querySelector("[data-search-close]")?.addEventListener("click", close);
  search.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && search.contains(relatedTarget))) show(false);
  });
  field.addEventListener("input", () => show(true));

  // It takes the results away from the Tab key.
  const reachable = () => {
    for (const result of search.querySelectorAll("li [tabindex='-1']")) result.removeAttribute("tabindex");
  };
  new MutationObserver(reachable).observe(search, { childList: true, subtree: true });

  const mend = (/** @type {KeyboardEvent} */ event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, select, textarea");
    // By itself it hides the results from the Tab that leads to them, and takes single letters typed anywhere on a page
    // for itself, which WCAG 2.1.4 forbids.
    const keep = shown.checked ? ["Tab", "Escape"] : typing ? [] : ["f", "s", "p", "n", "/", ",", "."];
    if (keep.includes(event.key)) event.stopImmediatePropagation();
    if (shown.checked && event.key === "Escape") close();
  };
  addEventListener("keydown", mend, { capture: true });
}

/** @param {HTMLDetailsElement} menu */
function closeByEscape(menu) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}

/** Start the page's own scripts, which wait until the page has been seen: what they change is there to be read already. */
function startOwn() {
  const own = [...document.querySelectorAll("link[rel=modulepreload]")].at(-1);
  if (own instanceof HTMLLinkElement) requestAnimationFrame(() => setTimeout(() => import(own.href)));
}

function start() {
  const button = document.querySelector("button[data-colours]");
  if (button instanceof HTMLButtonElement) offerSchemes(button);
  const menu = document.querySelector("details.menu");
  if (menu instanceof HTMLDetailsElement) closeByEscape(menu);
  const [search, field, shown, script] = [".md-search", ".md-search__input", "#__search", "#search-script"].map((one) =>
    document.querySelector(one),
  );
  if (
    search instanceof HTMLElement &&
    field instanceof HTMLInputElement &&
    shown instanceof HTMLInputElement &&
    script instanceof HTMLTemplateElement
  ) {
    offerSearch(search, field, shown, script);
  }
  startOwn();
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
