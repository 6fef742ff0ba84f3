"""Measures the comparison with 200 partnerships; run by hand: `python tests/benchmarks/comparison_at_scale.py`.

Builds the site with synthetic partnerships, and tells in a Chromium slowed down four times how long each choice takes
until the page is drawn anew, and what the page weighs. To hold: 200 ms, 300 KB compressed.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from synthetic import copy_real, set_count

sys.path.insert(0, str(Path(__file__).parent.parent))
from support import chromium
from support.project import build, serve

COUNT = 200
SLOWER = 4
# Each sets the controls one after the other; the page shows what came of it before the next.
CHOICES = {
    "evidence": ["official", "instrument", "reported"],
    "show": ["common", "differences", "single", "all"],
    "pillar": ["secure", "all"],
    "sort": ["shared", "name", "pillar"],
    "rows": ["partnerships", "areas"],
}
# Until the next frame has been drawn: what a reader waits for after a choice.
DRAWN = """([name, value]) => new Promise((done) => {
  const control = document.querySelector(`form.explorer [name=${name}]`);
  control.value = value;
  const start = performance.now();
  control.dispatchEvent(new Event("change", {bubbles: true}));
  const script = performance.now() - start;
  requestAnimationFrame(() => setTimeout(() => done([script, performance.now() - start])));
})"""
PICKED = """(number) => new Promise((done) => {
  const box = document.querySelectorAll("form.explorer input[name=with]")[number];
  const start = performance.now();
  box.click();
  const script = performance.now() - start;
  requestAnimationFrame(() => setTimeout(() => done([script, performance.now() - start])));
})"""


def time_choices(page: Page) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of script and until the page is drawn, for each kind of choice."""
    found: dict[str, list[tuple[float, float]]] = {}
    for _ in range(3):
        for name, values in CHOICES.items():
            found.setdefault(name, []).extend(page.evaluate(DRAWN, [name, value]) for value in values)
        found.setdefault("pick", []).extend(page.evaluate(PICKED, number) for number in (3, 30, 60, 3, 30, 60))
    return found


def main() -> None:
    """Build, serve, measure, tell."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project, site = Path(folder) / "project", Path(folder) / "site"
        set_count(copy_real(project), COUNT)
        started = time.perf_counter()
        done = build(project, site, strict=False)
        if done.returncode:
            sys.exit(done.stderr[-2000:])
        print(f"{COUNT} partnerships built in {time.perf_counter() - started:.1f} s")
        for path in ("compare", "compare/side-by-side"):
            print(
                f"/{path}/ {len(gzip.compress((site / path / 'index.html').read_bytes(), 9)) / 1000:.1f} KB compressed"
            )
        with serve(site) as address:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.OPTIONS)
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(f"{address}compare/")
            page.locator("form.explorer").scroll_into_view_if_needed()
            page.wait_for_timeout(2000)
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            for name, times in time_choices(page).items():
                script, drawn = (sorted(kind) for kind in zip(*times, strict=True))
                print(
                    f"{name:9} script median {statistics.median(script):5.0f} ms, "
                    f"drawn median {statistics.median(drawn):5.0f} ms, slowest {drawn[-1]:5.0f} ms"
                )
            browser.close()


if __name__ == "__main__":
    main()
