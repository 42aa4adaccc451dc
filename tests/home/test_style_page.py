"""``/estilo/`` shows every part from the template that pages include, and only to those who enter the admin."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import get_template

from home.style_page import samples
from home.style_page.components import COMPONENTS

ROOT = Path(settings.BASE_DIR)
PAGES = {
    path: path.read_text(encoding="utf-8")
    for app in ("home", "services", "search", "feedback")
    for path in (ROOT / app / "templates").rglob("*.html")
}


@pytest.mark.django_db
def test_a_stranger_is_asked_to_log_in_and_others_find_nothing(client):
    assert client.get("/estilo/")["Location"] == "/admin/login/?next=/estilo/"
    client.force_login(get_user_model().objects.create_user("gente"))
    assert client.get("/estilo/").status_code == 404


@pytest.mark.django_db
def test_every_part_is_shown_in_every_state(admin_client):
    answer = admin_client.get("/estilo/")
    html = answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    for component in COMPONENTS:
        assert str(component.name) in html
        assert component.template in html
    assert html.count('class="c-sample"') == sum(len(component.shown()) for component in COMPONENTS)
    assert samples.LONG in html
    assert html.count("<h1") == 1


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.template)
def test_a_part_is_the_one_that_pages_include(component):
    """Its template is included somewhere else, or drawn by a view: no second copy is kept for show."""
    own = Path(get_template(component.template).origin.name)
    users = [path for path, text in PAGES.items() if path != own and component.template in text]
    code = [path for path in (ROOT / "feedback").rglob("*.py") if component.template in path.read_text("utf-8")]
    assert users or code


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.template)
def test_the_markup_of_a_part_is_written_once(component):
    marks = {
        "conecta_services/parts/badge.html": 'class="c-badge',
        "conecta_services/parts/pager.html": 'class="c-pager__place',
        "conecta_services/parts/tags.html": 'class="c-tags"',
        "conecta_services/parts/trail.html": 'class="c-breadcrumb"',
        "conecta_services/parts/standard.html": 'class="c-origin"',
        "conecta_home/parts/card.html": 'class="c-card"',
        "conecta_home/parts/tile.html": 'class="c-tile"',
        "conecta_home/emergency.html": 'class="c-emergency"',
    }
    mark = marks.get(component.template)
    own = Path(get_template(component.template).origin.name)
    # The page of a fault knows no city; participation's pages turn leaves of their own; a promise is said in prose
    # too; topics narrow a list.
    apart = {"500.html", "consultation.html", "complain.html", "follow.html", "questions.html"}
    copies = [path.name for path, text in PAGES.items() if mark and mark in text and path != own]
    assert set(copies) <= apart


@pytest.mark.django_db
def test_long_words_and_missing_parts_make_no_broken_links(admin_client):
    html = admin_client.get("/estilo/").content.decode()
    assert 'href=""' not in html
    assert not re.search(r">\s*None\s*<", html)
