"""How much of the charter is written, how fresh it is, and in which languages (Lei 13.460 art. 7 §§ 2 to 4)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from home.observatory import columns
from home.observatory.numbers import decimal, whole
from home.observatory.reading import Described, Reading
from home.observatory.shape import Bars, Column, Figures, Row, Section, Table
from home.observatory.shares import percent
from services.completeness import rules_for
from services.languages import source_locale, wire_tag

_SERVICES = Column(
    "servicos", gettext_lazy("Serviços"), gettext_lazy("Serviços publicados na carta."), "integer", columns.SERVICES
)
_COMPLETE = Column(
    "completos",
    gettext_lazy("Completos"),
    gettext_lazy("Parte dos serviços que diz tudo o que a lei manda dizer."),
    "percent",
    columns.PERCENT,
)
_FRESH = (
    Column(
        "em_dia",
        gettext_lazy("Revisados em dia"),
        gettext_lazy("Parte dos serviços cuja revisão não está vencida."),
        "percent",
        columns.PERCENT,
    ),
    Column(
        "revisados",
        gettext_lazy("Já revisados"),
        gettext_lazy("Parte dos serviços que alguém do órgão já conferiu depois de publicado."),
        "percent",
        columns.PERCENT,
        shown=False,
    ),
)
_REQUIRED = frozenset(rule.key for rule in rules_for("service") if rule.severity == "required")


def _told(services: list[Described], reading: Reading) -> Row:
    complete = sum(not service.gaps & _REQUIRED for service in services)
    in_time = sum(bool(service.review_due and service.review_due >= reading.today) for service in services)
    return {
        "servicos": len(services),
        "completos": percent(complete, len(services)),
        "em_dia": percent(in_time, len(services)),
        "revisados": percent(sum(service.reviewed_on is not None for service in services), len(services)),
    }


def _of_the_city(reading: Reading) -> Iterator[Row]:
    yield {"dia": f"{reading.today}", **_told(reading.services, reading)}


def _of_bodies(reading: Reading) -> Iterator[Row]:
    for body_id, name, services in by_body(reading, reading.services):
        yield {"orgao_id": body_id, "orgao": name, **_told(services, reading)}


def by_body(reading: Reading, services: Iterable[Described]) -> Iterator[tuple[str, str, list[Described]]]:
    """Id, name and services of each body that has any; last those of none."""
    found: dict[str, list[Described]] = {}
    for service in services:
        found.setdefault(service.body_id if service.body_id in reading.bodies else "", []).append(service)
    for body_id, name in reading.bodies.items():
        if body_id in found:
            yield body_id, name, found[body_id]
    if "" in found:
        yield "", _("Sem órgão definido"), found[""]


def _of_rules(reading: Reading) -> Iterator[Row]:
    unmet = Counter(key for service in reading.services for key in service.gaps)
    number = len(reading.services)
    if not number:
        return
    for rule in rules_for("service"):
        yield {
            "regra": rule.key,
            "item": str(rule.label),
            "norma": rule.article,
            "exigencia": _("obrigatório") if rule.severity == "required" else _("recomendado"),
            "servicos": number,
            "cumprem": percent(number - unmet[rule.key], number),
        }


def _of_languages(reading: Reading) -> Iterator[Row]:
    source = source_locale()
    number = len(reading.services)
    if not number:
        return
    for locale, name in settings.WAGTAIL_CONTENT_LANGUAGES:
        said = number if locale == source else min(reading.in_languages.get(locale, 0), number)
        yield {"lingua": wire_tag(locale), "nome": name, "servicos": said, "parte": percent(said, number)}


def _said(tables: Figures) -> list[str]:
    for row in tables["cobertura-cidade"]:
        if not row["servicos"]:
            continue
        number = row["servicos"] if isinstance(row["servicos"], int) else 0
        return [
            ngettext(
                "A carta tem %(count)s serviço publicado; %(complete)s%% diz tudo o que a lei manda.",
                "A carta tem %(count)s serviços publicados; %(complete)s%% dizem tudo o que a lei manda.",
                number,
            )
            % {"count": whole(number), "complete": decimal(row["completos"])},
            _("%s%% estão com a revisão em dia.") % decimal(row["em_dia"]),
        ]
    return []


SECTION = Section(
    "carta",
    gettext_lazy("A carta de serviços está completa e em dia?"),
    gettext_lazy(
        "A lei diz o que a carta deve contar de cada serviço e manda atualizá-la. O portal confere cada serviço "
        "publicado por estas regras, todo dia."
    ),
    (
        Table(
            "cobertura-orgaos",
            gettext_lazy("Carta por órgão"),
            gettext_lazy("Serviços publicados de cada órgão: quantos são, e que parte está completa e em dia."),
            columns.FROM_CHARTER,
            (columns.BODY_ID, columns.BODY, _SERVICES, _COMPLETE, *_FRESH),
            _of_bodies,
            Bars("orgao", "completos", full=100, title=gettext_lazy("Serviços completos por órgão, em por cento")),
        ),
        Table(
            "cobertura-regras",
            gettext_lazy("Carta por item da lei"),
            gettext_lazy("Que parte dos serviços publicados cumpre cada item que a lei manda ou recomenda dizer."),
            columns.FROM_CHARTER,
            (
                Column("regra", gettext_lazy("Regra"), gettext_lazy("Nome da regra no sistema."), shown=False),
                Column("item", gettext_lazy("Item"), gettext_lazy("O que o serviço deve dizer."), translated=True),
                Column("norma", gettext_lazy("Norma"), gettext_lazy("Onde está escrito.")),
                Column(
                    "exigencia",
                    gettext_lazy("Exigência"),
                    gettext_lazy("Se a lei manda dizer ou se é uma recomendação."),
                    translated=True,
                ),
                _SERVICES,
                Column(
                    "cumprem",
                    gettext_lazy("Cumprem"),
                    gettext_lazy("Parte dos serviços que cumpre o item."),
                    "percent",
                    columns.PERCENT,
                ),
            ),
            _of_rules,
        ),
        Table(
            "cobertura-linguas",
            gettext_lazy("Carta por língua"),
            gettext_lazy("Quantos serviços publicados podem ser lidos em cada língua."),
            columns.FROM_CHARTER,
            (
                Column("lingua", gettext_lazy("Código"), gettext_lazy("Código da língua (BCP 47)."), shown=False),
                Column("nome", gettext_lazy("Língua"), gettext_lazy("Nome da língua, nela mesma.")),
                _SERVICES,
                Column(
                    "parte",
                    gettext_lazy("Parte da carta"),
                    gettext_lazy("Parte dos serviços publicados."),
                    "percent",
                    columns.PERCENT,
                ),
            ),
            _of_languages,
        ),
        Table(
            "cobertura-cidade",
            gettext_lazy("Carta da cidade"),
            gettext_lazy("Serviços publicados de toda a cidade: quantos são, e que parte está completa e em dia."),
            columns.FROM_CHARTER,
            (
                Column("dia", gettext_lazy("Dia"), gettext_lazy("Dia em que se contou."), "date"),
                _SERVICES,
                _COMPLETE,
                *_FRESH,
            ),
            _of_the_city,
        ),
    ),
    _said,
    gettext_lazy("Ainda não há serviços publicados."),
)
