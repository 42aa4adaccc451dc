"""A page comes in pieces, and is drawn before its menu is whole: what stands above does not move meanwhile."""

from typing import Any

import pytest
from playwright.sync_api import Page

from home import demo_face

pytestmark = pytest.mark.django_db(transaction=True)

#: Where name and controls stand, with so many links of the menu.
PLACES = """number => {
  const links = [...document.querySelectorAll("#menu li")];
  links.forEach((link, place) => { link.style.display = place < number ? "" : "none"; });
  return [...document.querySelectorAll(".c-brand, .c-look")].map((part) => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return [x, y, width, height].map(Math.round);
  });
}"""


@pytest.mark.parametrize("width", [320, 360, 640])
def test_the_header_stays_as_its_menu_comes(live_server: Any, page: Page, width: int) -> None:
    demo_face.put_on()
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{live_server.url}/servicos/")
    links = page.locator("#menu li").count()
    assert links == 5
    places = [page.evaluate(PLACES, number) for number in range(1, links + 1)]
    assert len(places[0]) == 2
    assert all(each == places[0] for each in places), places
