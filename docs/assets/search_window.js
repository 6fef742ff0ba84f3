/**
 * The search of a site that Zensical builds: it has a window of its own, which a click on its element opens. Like
 * Material's it is brought when somebody searches, for it weighs more than a page. Loaded by hooks/theme/main.html.
 */

const search = document.querySelector(".md-search");
const script = document.querySelector("#search-script");

function openSearch() {
  if (!(search instanceof HTMLElement && script instanceof HTMLTemplateElement)) return;
  const brought = script.content.querySelector("script");
  if (brought) {
    brought.addEventListener("load", () => search.click());
    document.body.append(script.content);
  } else search.click();
}

for (const button of document.querySelectorAll("button[data-search]")) {
  button.addEventListener("click", openSearch);
  button.toggleAttribute("hidden", false);
}
