"""What tests ask of a page in a real Chromium, beside what Playwright offers."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page


def refusals(context: BrowserContext) -> list[str]:
    """What the policies of the pages of a context refuse, from now on, as it happens."""
    refused: list[str] = []

    def note(what: str) -> None:
        refused.append(what)

    context.expose_function("refused", note)
    context.add_init_script(
        """addEventListener("securitypolicyviolation", ({documentURI, effectiveDirective, blockedURI, sample}) =>
          refused(`${documentURI}: ${effectiveDirective} ${blockedURI} ${sample}`))"""
    )
    return refused


def add_style(page: Page, css: str) -> None:
    """Add rules to a page, in the one way that its policy leaves open."""
    page.evaluate(
        """css => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          document.adoptedStyleSheets.push(sheet);
        }""",
        css,
    )
