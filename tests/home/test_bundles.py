"""One stylesheet and one script for every page, under addresses made of their bytes."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from wagtail.models import Site

from home import bundles
from home.models import CityIdentity
from services.joined import is_joined

TEMPLATES = [
    path
    for app in ("home", "services", "search", "feedback")
    for path in (Path(settings.BASE_DIR) / app / "templates").rglob("*.html")
    if "admin" not in path.as_posix()
]


def linked(html):
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
    return styles, re.findall(r'<script[^>]* src="([^"]+)"', html)


def tag(library):
    return Template("{% load parts %}" + library).render(Context())


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/servicos/", "/busca/?q=iptu", "/nada/", "/visitas/"])
def test_a_page_asks_for_one_stylesheet_and_one_script(client, path):
    html = client.get(path).content.decode()
    styles, scripts = linked(html)
    assert len(styles) == len(scripts) == 1
    for address in (*styles, *scripts):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    # The sign of the browser's tab is in the page: else a browser asks for one.
    assert 'rel="icon" href="data:' in html


@pytest.mark.django_db
def test_a_bundle_comes_compressed_to_those_who_take_it(client):
    styles, _scripts = linked(client.get("/").content.decode())
    plain = client.get(styles[0])
    assert not plain.has_header("Content-Encoding")
    squeezed = client.get(styles[0], headers={"Accept-Encoding": "gzip, br"})
    zipped = client.get(styles[0], headers={"Accept-Encoding": "gzip;q=0.8, deflate"})
    assert brotli.decompress(squeezed.content) == gzip.decompress(zipped.content) == plain.content
    assert all("Accept-Encoding" in answer["Vary"] for answer in (plain, squeezed, zipped))


@pytest.mark.django_db
def test_another_colour_is_another_address_and_an_old_one_is_answered(client):
    identity = CityIdentity(site=Site.objects.get(is_default_site=True), primary_colour="#0b6e4f")
    identity.save()
    [old], _scripts = linked(client.get("/").content.decode())
    assert b"#0b6e4f" in client.get(old).content
    identity.primary_colour = "#7a1f1f"
    identity.save()
    [new], _scripts = linked(client.get("/").content.decode())
    assert new != old
    answer = client.get(old)
    assert b"#7a1f1f" in answer.content
    # Not for good: it is not what the address says.
    assert answer["Cache-Control"] == "public, max-age=60"


@pytest.mark.django_db
def test_a_process_that_has_not_heard_of_a_colour_asks_before_it_answers(client):
    identity = CityIdentity(site=Site.objects.get(is_default_site=True), primary_colour="#0b6e4f")
    identity.save()
    client.get("/")
    # What another process saved sends no signal here.
    CityIdentity.objects.update(primary_colour="#7a1f1f")
    digest = bundles.style_bundle("#7a1f1f").name
    answer = client.get(f"/conecta-{digest}")
    assert b"#7a1f1f" in answer.content
    assert "immutable" in answer["Cache-Control"]


def test_every_part_is_there_and_what_pages_link_is_a_part():
    parts = {*bundles.STYLES, *bundles.SCRIPTS}
    apart = set(bundles.STYLES_APART)
    for part in parts | apart:
        assert finders.find(part), part
        assert is_joined(part) == (part in parts)
    asked = {
        name
        for path in TEMPLATES
        for name in re.findall(r"\{% (?:style|script) '([^']+)' %\}", path.read_text("utf-8"))
    }
    assert asked
    assert apart <= asked <= parts | apart
    for path in TEMPLATES:
        assert "{% static" not in path.read_text("utf-8"), path


def test_a_site_without_the_bundle_links_each_part():
    assert tag("{% style 'conecta_feedback/rating.css' %}{% script 'conecta_search/suggest.js' %}") == ""
    assert tag("{% style 'x/a.css' %}{% script 'x/a.js' %}") == (
        '<link rel="stylesheet" href="/static/x/a.css"><script src="/static/x/a.js" defer></script>'
    )


@pytest.mark.django_db
def test_what_few_pages_need_comes_with_those_pages_alone(client):
    own = "/static/conecta_feedback/manifestations.css"
    styles, _scripts = linked(client.get("/manifestacoes/").content.decode())
    assert styles[1:] == [own]
    for path in ("/", "/servicos/"):
        styles, _scripts = linked(client.get(path).content.decode())
        assert len(styles) == 1, path


def test_scripts_can_be_joined_line_by_line():
    for part in bundles.SCRIPTS:
        source = Path(finders.find(part)).read_text(encoding="utf-8")
        # A text over more than one line would lose its indentation, and a module's words mean nothing here.
        assert not any(line.count("`") % 2 for line in source.splitlines()), part
        assert not re.search(r"^\s*(?:import|export)\b|currentScript", source, re.MULTILINE), part


def test_a_joined_style_has_no_comment_and_every_rule():
    css = bundles.joined_styles(bundles.STYLES)
    assert "/*" not in css
    whole = sum(Path(finders.find(part)).read_text(encoding="utf-8").count("{") for part in bundles.STYLES)
    assert css.count("{") == css.count("}") == whole
