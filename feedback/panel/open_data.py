"""Every figure of the panels as open data (LAI art. 8 §3): no comment, contact or text, and nothing of few people."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.channels import CHANNELS
from feedback.counts import MANAGED, Apart, Counts, told_apart
from feedback.panel.leaving_out import left_out, less
from feedback.panel.names import Named, named
from feedback.panel.reading import in_districts, times
from feedback.reasons import GOOD, TO_BETTER
from feedback.sums import Parts, in_parts, of_services, since
from feedback.ways.response_rates import ResponseRate, of_the_city, response_rates

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_KINDS = {"": "cidade", "secretariat": "orgao", "service": "servico"}
_STARS = tuple(f"estrelas_{number}" for number in range(1, 6))
_MANAGED = ("conseguiu_sim", "conseguiu_em_parte", "conseguiu_nao")

Row = dict[str, Any]


def fields() -> list[dict[str, Any]]:
    """The columns, as a Table Schema (frictionlessdata.io) describes them."""
    number = {"minimum": 0}
    stars = {"minimum": 1, "maximum": 5}
    share = {"minimum": 0, "maximum": 1}
    told: list[tuple[str, str, str, dict[str, Any]]] = [
        ("inicio", "date", _("Primeiro dia do período"), {"required": True}),
        ("fim", "date", _("Último dia do período"), {"required": True}),
        ("de_que", "string", _("De que trata a linha"), {"required": True, "enum": list(_KINDS.values())}),
        ("codigo", "string", _("Código do órgão ou do serviço neste portal; vazio na cidade toda"), {}),
        ("nome", "string", _("Nome do órgão ou do serviço; vazio na cidade toda"), {}),
        (
            "recorte",
            "string",
            _("Por que se separa: total, mês, forma de atendimento, unidade, distrito (só na cidade) ou motivo"),
            {"required": True, "enum": ["total", "mes", "atendimento", "unidade", "distrito", "motivo"]},
        ),
        ("parte", "string", _("Qual parte do recorte; vazia no total; “outros” junta as que não se mostram"), {}),
        (
            "avaliacoes",
            "integer",
            _("Quantas avaliações contam; nunca menos de dez"),
            {"required": True, "minimum": 10},
        ),
        ("media", "number", _("Média das estrelas"), stars),
        ("media_de", "number", _("Começo do intervalo de 95% da média"), stars),
        ("media_ate", "number", _("Fim do intervalo de 95% da média"), stars),
        *((name, "integer", _("Quantas avaliações com esta nota"), number) for name in _STARS),
        *(
            (
                name,
                "integer",
                _("Quantas pessoas responderam assim se conseguiram; vazio se menos de dez disseram, ou se revelaria"),
                number,
            )
            for name in _MANAGED
        ),
        ("separadas", "number", _("Parte do que chegou que foi separada e não conta; só no total e no mês"), share),
        ("tempo_mediano", "integer", _("Minutos que metade esperou no máximo; só no total"), number),
        ("tempo_9_de_10", "integer", _("Minutos que nove em dez esperaram no máximo; só no total"), number),
        ("no_prazo", "number", _("Parte atendida no prazo prometido; só no total"), share),
        ("links_enviados", "integer", _("Links de avaliação enviados depois do atendimento; só no total"), number),
        ("links_usados", "integer", _("Quantos deles voltaram com uma avaliação; só no total"), number),
    ]
    return [
        {"name": name, "type": kind, "description": text, **({"constraints": limits} if limits else {})}
        for name, kind, text, limits in told
    ]


def rows(at: datetime, *, language: str) -> Iterator[Row]:
    """The city's rows, then each body's and each service's: four queries."""
    first = since(at)
    services_of = of_services(first=first)
    parts = in_parts(first=first)
    units = {unit for held in parts.values() for unit in held.get("unit", {})}
    names = named({*filter(None, parts), *units}, language=language)
    subjects = [None, *sorted((names[s] for s in parts if s in names), key=lambda n: (n.kind, n.title, n.id))]
    yesterday = timezone.localdate(at) - timedelta(days=1)
    rates = response_rates(first=timezone.make_aware(datetime.combine(first, datetime.min.time())))
    for subject in subjects:
        name = subject.id if subject else ""
        rate = rates.get(name) if subject else of_the_city(rates.values())
        without = left_out(name, services_of) if subject is None or subject.kind == "secretariat" else []
        held = less(parts.get(name, {}), [parts[service] for service in without if service in parts])
        for row in _of_subject(held, names, rate if rate and rate.enough else None, of_city=subject is None):
            yield _whose(subject, first, yesterday) | row


def _whose(subject: Named | None, first: date, last: date) -> Row:
    return {
        "inicio": first.isoformat(),
        "fim": last.isoformat(),
        "de_que": _KINDS[subject.kind if subject else ""],
        "codigo": subject.id if subject else "",
        "nome": subject.title if subject else "",
    }


def _of_subject(parts: Parts, names: dict[str, Named], rate: ResponseRate | None, *, of_city: bool) -> Iterator[Row]:
    whole = parts.get("", {}).get("", Counts())
    if not whole.enough:
        return
    found = times(parts.get("time", {}), parts.get("promise", {}))
    measured: Row = {}
    if found:
        measured = {"tempo_mediano": round(found.median), "tempo_9_de_10": round(found.ninetieth)}
        if found.kept:
            measured["no_prazo"] = round(found.kept.share, 4)
    if rate:
        measured |= {"links_enviados": rate.given, "links_usados": rate.used}
    yield _row("total", "", whole, aside=True) | measured
    for month, counts in sorted(told_apart(parts.get("month", {}), whole).parts.items()):
        yield _row("mes", month[:7], counts, aside=True)
    by_unit = {name: counts for name, counts in parts.get("unit", {}).items() if name in names}
    titles = {name: f"{names[name].title} ({name})" for name in by_unit}
    yield from _apart(
        "atendimento", told_apart(parts.get("channel", {}), whole), {k: str(v) for k, v in CHANNELS.items()}
    )
    yield from _apart("unidade", told_apart(by_unit, whole), titles)
    if of_city:
        yield from _apart("distrito", told_apart(in_districts(by_unit, names), whole), {})
    reasons = {**GOOD, **TO_BETTER}
    for name, counts in sorted(parts.get("reason", {}).items()):
        if counts.enough:
            yield _row("motivo", str(reasons.get(name, name)), replace(counts, kept_back=MANAGED))


def _apart(cut: str, apart: Apart, titles: dict[str, str]) -> Iterator[Row]:
    for name, counts in sorted(apart.parts.items()):
        yield _row(cut, titles.get(name, name), counts)
    if apart.parts and apart.rest:
        yield _row(cut, "outros", apart.rest)


def _row(cut: str, part: str, counts: Counts, *, aside: bool = False) -> Row:
    found = counts.figures
    assert found is not None  # noqa: S101 - of what is told there is enough
    row: Row = {
        "recorte": cut,
        "parte": part,
        "avaliacoes": found.count,
        "media": round(found.mean, 2),
        "media_de": round(found.low, 2),
        "media_ate": round(found.high, 2),
        **dict(zip(_STARS, counts.stars, strict=True)),
    }
    if counts.resolved:
        row |= dict(zip(_MANAGED, counts.managed, strict=True))
    if aside:
        row["separadas"] = round(counts.set_aside, 4)
    return row
