"""Who is let in at every address of the site: what rules.py says, and so what docs/url-matrix.md says."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.template.backends.django import Template
from django.urls import resolve
from django.utils.safestring import SafeString

from tests.conecta_site.matrix.addresses import Address, addresses
from tests.conecta_site.matrix.asking import Answer, Browser, answer_of
from tests.conecta_site.matrix.page import page
from tests.conecta_site.matrix.rules import PEOPLE, RULES, Rule, rule_of
from tests.conecta_site.matrix.town import Town
from tests.conecta_site.matrix.values import queries, values

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "url-matrix.md"
#: Four processes share the roles; each makes a town of its own.
BY_ROLE = [pytest.param(who, marks=pytest.mark.xdist_group(f"matrix-{n % 4}")) for n, who in enumerate(PEOPLE)]
#: By address and method.
Answers = dict[tuple[Address, str], Answer]


@pytest.fixture
def ask(town: Town, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """What a person is answered everywhere, asked for once."""
    filled, beside = values(town), queries(town)

    def asked(who: str) -> Answers:
        if who not in _ASKED:
            if who not in ("Public", "Superuser"):
                # Who may is told before anything is drawn; test_crawl.py has all of them draw.
                monkeypatch.setattr(Template, "render", lambda *_args, **_more: SafeString(" "))
            browser = Browser(town.people.get(who))
            _ASKED[who] = {
                (each, method): answer_of(browser.ask(method, each.asked(filled, beside)))
                for each in addresses()
                for method in each.methods
            }
        return _ASKED[who]

    return asked


_ASKED: dict[str, Answers] = {}


@cache
def _rules() -> dict[Address, Rule | None]:
    return {each: rule_of(each) for each in addresses()}


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    assert [f"{each.name or each.route}" for each, rule in _rules().items() if rule is None] == []
    assert [rule.names for rule in RULES if rule not in _rules().values()] == []


def test_what_is_open_to_nobody_says_why() -> None:
    assert [rule.names for rule in RULES if not (rule.read or rule.write or rule.why)] == []


@pytest.mark.django_db
@pytest.mark.xdist_group("matrix-0")
def test_every_address_that_is_asked_is_the_one_that_is_meant(town: Town) -> None:
    filled = values(town)
    found = {each: resolve(unquote(each.path(filled))) for each in addresses()}
    # One that stands behind another of the same name is that one to whoever asks.
    wrong = [each for each, match in found.items() if match.func is not each.view and match.view_name != each.name]
    assert [each.route for each in wrong if not (rule_of(each) or RULES[0]).why] == []


@pytest.mark.parametrize("who", BY_ROLE)
def test_each_role_is_let_in_where_the_table_says(ask, who: str) -> None:  # type: ignore[no-untyped-def]
    answers = ask(who)
    wrong = {}
    for each, rule in _rules().items():
        if rule is None:
            continue
        reads = answers[each, "get"] == "let in"
        writes = any(answers[each, method] == "let in" for method in each.methods[1:])
        if (reads, writes) != (who in rule.read, who in rule.write):
            wrong[each.name or each.route] = [answers[each, method] for method in each.methods]
    assert wrong == {}


@pytest.mark.parametrize("who", BY_ROLE)
def test_nothing_breaks(ask, who: str) -> None:  # type: ignore[no-untyped-def]
    assert [f"{method} {each.name}" for (each, method), answer in ask(who).items() if answer == "broken"] == []


@pytest.mark.django_db
@pytest.mark.xdist_group("matrix-0")
@pytest.mark.parametrize("method", ["put", "delete"])
def test_nothing_is_changed_by_a_method_that_no_screen_uses(town: Town, method: str) -> None:
    """Django's own ``delete`` would delete without Wagtail's hooks, its log and our rules."""
    browser, filled = Browser(town.people["Superuser"]), values(town)
    asked = [each for each in addresses() if each.inherits(method) and each.route.startswith("admin/")]
    assert len(asked) > 20
    answers = {each.route: browser.ask(method, each.path(filled)).status_code for each in asked}
    assert set(answers.values()) <= {404, 405}, answers


def test_the_page_says_what_the_rules_say() -> None:
    """``CONECTA_WRITE_URL_MATRIX=1`` writes it."""
    said = page([(each, rule) for each, rule in _rules().items() if rule is not None])
    if os.environ.get("CONECTA_WRITE_URL_MATRIX"):
        DOCUMENT.write_text(said, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == said
