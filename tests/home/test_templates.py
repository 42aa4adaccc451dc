"""The shell of every page: what it may load, and that it stands when the rest falls."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from home import bundles, themes

TEMPLATES = [
    path
    for app in ("home", "services", "search", "feedback")
    for path in (Path(settings.BASE_DIR) / app / "templates").rglob("*.html")
]


def test_the_error_page_needs_no_database():
    # No database mark: pytest-django fails any query.
    html = render_to_string("500.html")
    assert "A falha é nossa" in html
    assert 'href="tel:192"' in html


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_have_nothing_inline_and_nothing_from_elsewhere(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape off", source)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\">)", source)
    assert not re.search(r"<(?:link|script|img|iframe)[^>]*=\"(?:https?:)?//", source)


def test_the_stylesheet_asks_for_nothing():
    css = bundles.style_bundle("").body.decode()
    assert set(re.findall(r"url\([\"']?([a-z]+:|.)", css)) <= {"data:"}
    assert "@import" not in css


def test_every_token_that_the_stylesheet_uses_is_declared_and_the_other_way_round():
    css = bundles.joined_styles(bundles.STYLES)
    declared = {f"--{name}" for name in themes.LIGHT} | set(re.findall(r"(?:^|[{;]\s*)(--[\w-]+):", css, re.MULTILINE))
    ours = {name for name in declared if not name.startswith("--conecta-")}
    assert ours == set(re.findall(r"var\((--[\w-]+)", css))


@pytest.mark.django_db
def test_a_page_has_skip_links_to_places_that_exist(client):
    for url in ("/", "/servicos/", "/nada/", "/busca/"):
        html = client.get(url).content.decode()
        for target in re.findall(r'<a href="#([\w-]+)" accesskey="\d"', html):
            assert f'id="{target}"' in html, (url, target)
        assert html.count("<h1") == 1, url
        assert html.count("<main") == 1, url
        assert 'lang="pt-br"' in html
