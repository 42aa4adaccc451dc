"""The phone's program in a browser, without a server: held to the vectors, and to the queries of ordinary people."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from home.offline import modules
from home.offline.items import item_of
from home.offline.pack import told_rules
from home.offline.words import words_for
from search.relevance import evaluate
from search.text import LANGUAGES
from tests import records
from tests.home.offline.demo_pack import demo_pack
from tests.home.offline.test_vectors import VECTORS
from tests.search.test_demo_queries import judgements

ORIGIN = "https://phone.test"


@pytest.fixture
def phone(page: Page) -> Page:
    """A page at which the modules can be asked for; there is no network behind it."""

    def answer(route: Route) -> None:
        file = modules.sources().get(route.request.url.rpartition("/")[2])
        if file is not None:
            route.fulfill(body=file.read_text(encoding="utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>Celular</title>", content_type="text/html")

    page.route(f"{ORIGIN}/**", answer)
    page.goto(f"{ORIGIN}/")
    return page


def run(page: Page, module: str, body: str, given: Any) -> Any:
    """What ``body`` gives, with a module as ``m`` and what it is given as ``given``."""
    return page.evaluate(f"async (given) => {{ const m = await import('/{module}.js'); {body} }}", given)


def test_it_folds_and_matches_as_the_server_does(phone: Page) -> None:
    texts = [text for text, _folded in VECTORS["fold"]]
    assert run(phone, "find", "return given.map((text) => [text, m.fold(text)])", texts) == VECTORS["fold"]
    rules = {code: told_rules(code, []) for code in LANGUAGES}
    asked = [[rules[code], text] for code, text, _words in VECTORS["asked"]]
    told = run(phone, "find", "return given.map(([rules, text]) => m.asked(text, rules))", asked)
    assert told == [words for _code, _text, words in VECTORS["asked"]]
    words, tried = VECTORS["beginning"]
    body = "return given[1].map(([typed]) => [typed, m.beginning(typed, given[0])])"
    assert run(phone, "find", body, [words, tried]) == tried
    body = "return given.map(([one, other]) => [one, other, m.alike(one, other)])"
    assert run(phone, "find", body, VECTORS["alike"]) == VECTORS["alike"]


MOMENTS = """
  const text = (at) => (at === null ? null : new Date(at).toISOString().replace(".000", ""));
"""


def test_it_tells_time_as_the_server_does(phone: Page) -> None:
    words = words_for("pt-br")
    body = f"""{MOMENTS}
      const w = await import("/wording.js");
      return given.tried.map(([record, at]) => {{
        const {{ name, since, until, message }} = m.status(record, Date.parse(at));
        const told = {{ name, since: text(since), until: text(until), message }};
        const zone = "America/Bahia";
        const status = {{ name, since, until, message }};
        const sentences = [w.statusSentence, w.statusBrief].map((say) => say(status, zone, given.words));
        return [record, at, told, ...sentences];
      }})"""
    assert run(phone, "timing", body, {"tried": VECTORS["status"], "words": words}) == VECTORS["status"]
    body = f"""{MOMENTS}
      const w = await import("/wording.js");
      return given.tried.map(([unit, at]) => {{
        const state = m.openNow(unit, given.city, Date.parse(at));
        const told = {{ ...state, until: text(state.until), next: text(state.next) }};
        return [unit, at, told, w.openSentence(state, Date.parse(at), given.city.timezone, given.words)];
      }})"""
    for name in ("open", "zones"):
        city, tried = VECTORS[name]["city"], VECTORS[name]["states"]
        assert run(phone, "timing", body, {"city": city, "tried": tried, "words": words}) == tried


def test_what_comes_first_is_what_the_server_puts_first(phone: Page) -> None:
    services = [records.service(**told) for told in VECTORS["ranking"]["services"]]
    items = [item_of(service, city=None, locale="pt-br") for service in services]
    queries = [query for query, _first in VECTORS["ranking"]["first"]]
    given = {"items": items, "rules": told_rules("pt-br", items), "queries": [*queries, *VECTORS["ranking"]["nothing"]]}
    body = """
      const index = m.indexOf(given.items, { ...given.rules, meanings: {}, said: new Set() });
      return given.queries.map((query) => m.find(query, index).map(({ entry }) => entry.title));
    """
    found = run(phone, "find", body, given)
    first = {query: titles[:1] for query, titles in zip(queries, found, strict=False)}
    assert first == {query: [services[place].title] for query, place in VECTORS["ranking"]["first"]}
    assert found[len(queries) :] == [[] for _query in VECTORS["ranking"]["nothing"]]


def test_ordinary_people_find_what_they_need_among_the_first_five(phone: Page) -> None:
    names = {item["id"]: item["url"].strip("/").rpartition("/")[2] for item in demo_pack()["items"]}
    asked = {judgement.query for judgement in judgements()}
    body = """
      const said = new Set(Object.keys(given.rules.meanings).flatMap((key) => key.split(" ")));
      const rules = { ...given.rules, said };
      const index = m.indexOf(given.items.filter((item) => item.tokens), rules);
      const first = (query) => m.find(query, index).slice(0, 10).map(({ entry }) => entry.id);
      return Object.fromEntries(given.asked.map((query) => [query, first(query)]));
    """
    found = run(phone, "find", body, {**demo_pack(), "asked": sorted(asked)})
    scores = evaluate(judgements(), lambda query: [{names[entry_id]} for entry_id in found[query]], clock=lambda: 0.0)
    assert scores["all"].success_at_5 >= 0.92
    assert min(score.success_at_5 for score in scores.values()) >= 0.7


def test_a_checklist_is_looked_up_with_its_words(phone: Page) -> None:
    services = [item for item in demo_pack()["items"] if item["kind"] == "service" and item["table"]["questions"]]
    assert len(services) >= 25
    found = run(
        phone, "checklist", "return given.map((table) => m.itemsFor(table, 'documents', {}))", _tables(services)
    )
    for service, items in zip(services, found, strict=True):
        for_all = {word for row, words in _pairs(service["table"]) if row[:3:2] == ["documents", 0] for word in words}
        assert for_all <= {each["item"] for each in items}, service["title"]
    # An answer brings what hangs on it; another does not.
    tried = 0
    for table in _tables(services):
        always = {word for row, words in _pairs(table) if len(row) == 3 for word in words}
        for row, words in _hanging(table):
            given = {"table": table, "answers": [{row[3]: row[4]}, {row[3]: ["outra"]}]}
            body = "return given.answers.map((a) => m.itemsFor(given.table, 'documents', a).map((e) => e.item))"
            chosen, other = run(phone, "checklist", body, given)
            assert set(words) <= set(chosen)
            assert set(words).isdisjoint(set(other) - always) or _elsewhere(table, row, words)
            tried += 1
    assert tried >= 25


def _elsewhere(table: dict[str, Any], row: list[Any], words: list[str]) -> bool:
    """Whether another question brings one of the words too."""
    return any(set(words) & set(others) for other, others in _hanging(table) if other[3] != row[3])


def _tables(services: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [service["table"] for service in services]


def _pairs(table: dict[str, Any]) -> list[tuple[list[Any], list[str]]]:
    return list(zip(table["rows"], table["items"], strict=True))


def _hanging(table: dict[str, Any]) -> list[tuple[list[Any], list[str]]]:
    return [(row, words) for row, words in _pairs(table) if row[0] == "documents" and len(row) > 3 and row[3]]


def test_only_safe_elements_of_a_record_are_built_again(phone: Page) -> None:
    hostile = (
        '<p onclick="x()" class="c-small evil" style="color:red">Um <b>texto</b><script>document.title="taken"</script>'
        '<img src=x onerror="document.title=1"><a href="javascript:x()">a</a><a href="//evil.example/">b</a>'
        '<a href="https://a.example/" target="_blank">c</a><iframe src="/x"></iframe><svg><script>1</script></svg></p>'
    )
    body = "const box = document.createElement('div'); box.append(m.safe(given)); return box.innerHTML"
    assert run(phone, "draw", body, hostile) == (
        '<p class="c-small">Um <b>texto</b><a>a</a><a>b</a><a href="https://a.example/" rel="noopener">c</a></p>'
    )
    assert phone.title() == "Celular"


def test_ages_are_told_in_words(phone: Page) -> None:
    minute = 60_000
    ages = [0, minute, 59 * minute, 60 * minute, 26 * 60 * minute, 3 * 1440 * minute, 400 * 1440 * minute, -minute]
    body = "return given.ages.map((age) => m.age(1e12, 1e12 + age, given.words))"
    told = run(phone, "wording", body, {"ages": ages, "words": words_for("pt-br")})
    now, one_minute, minutes, hour, day, days, months, ahead = told
    assert (now, ahead) == ("agora mesmo", "agora mesmo")
    assert (one_minute, minutes, hour) == ("há 1 minuto", "há 59 minutos", "há 1 hora")
    assert (day, days, months) == ("há 1 dia", "há 3 dias", "há 13 meses")
