"""What axe finds on a page."""

from playwright.sync_api import Page

from tests.offered import axe_path

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page, *, within: str = "html") -> list[tuple[str, list[str]]]:
    """What axe finds on the page as it is, or in a part of it: what stands around ours in the admin is Wagtail's."""
    script = axe_path()
    assert script is not None
    page.evaluate(script.read_text(encoding="utf-8"))
    # What fades in is read once it is there.
    page.evaluate(
        "Promise.race([new Promise((done) => setTimeout(done, 3000)),"
        " Promise.allSettled(document.getAnimations().map((each) => each.finished))]).then(() => null)"
    )
    found = page.evaluate(
        "([part, tags]) => axe.run(part === 'html' ? document : part, {runOnly: {type: 'tag', values: tags}})",
        [within, RULES],
    )
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]
