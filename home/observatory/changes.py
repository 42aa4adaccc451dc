"""What changed because somebody said something: improvements, as the city's own people note them (art. 23 V)."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from feedback.models import Improvement
from home.observatory import columns
from home.observatory.numbers import whole
from home.observatory.reading import Reading
from home.observatory.shape import Bars, Column, Figures, Row, Section, Table

_IMPROVEMENTS = gettext_lazy(
    "Mudanças que a Prefeitura registra ao ler avaliações e manifestações (Lei 13.460/2017, art. 23, V)."
)


def noted(reading: Reading) -> list[Improvement]:
    """Improvements of the days that are counted, the newest first."""
    rows = Improvement.objects.filter(at__gte=reading.first_moment, at__lt=reading.last_moment)
    return list(rows.order_by("-at", "-pk"))


def _rows(reading: Reading) -> Iterator[Row]:
    services = {service.id: service for service in reading.services}
    for each in noted(reading):
        service = services.get(each.entry_id) if each.kind == "service" else None
        body_id = service.body_id if service else each.entry_id if each.kind == "secretariat" else ""
        yield {
            "dia": f"{timezone.localdate(each.at)}",
            "servico_id": service.id if service else "",
            "servico": service.title if service else "",
            "orgao_id": body_id if body_id in reading.bodies else "",
            "orgao": reading.bodies.get(body_id, ""),
            "mudanca": each.sentence,
        }


def _of_bodies(reading: Reading) -> Iterator[Row]:
    rows = list(_rows(reading))
    for body_id, name in reading.bodies.items():
        number = sum(row["orgao_id"] == body_id for row in rows)
        if number:
            yield {"orgao_id": body_id, "orgao": name, "mudancas": number}


def _said(tables: Figures) -> list[str]:
    number = len(tables["mudancas"])
    if not number:
        return []
    return [
        ngettext(
            "%s mudança nasceu do que as pessoas disseram em doze meses.",
            "%s mudanças nasceram do que as pessoas disseram em doze meses.",
            number,
        )
        % whole(number)
    ]


SECTION = Section(
    "mudancas",
    gettext_lazy("O que mudou por causa disso"),
    gettext_lazy(
        "Quando uma avaliação ou uma manifestação faz a Prefeitura mudar um serviço, a mudança é registrada aqui."
    ),
    (
        Table(
            "mudancas",
            gettext_lazy("As mudanças"),
            gettext_lazy("Cada mudança registrada em doze meses, a mais nova primeiro, nas palavras da Prefeitura."),
            _IMPROVEMENTS,
            (
                Column("dia", gettext_lazy("Dia"), gettext_lazy("Dia em que a mudança foi registrada."), "date"),
                columns.SERVICE_ID,
                columns.SERVICE,
                columns.BODY_ID,
                columns.BODY,
                Column(
                    "mudanca",
                    gettext_lazy("O que mudou"),
                    gettext_lazy("A mudança, em uma frase escrita pela Prefeitura."),
                ),
            ),
            _rows,
        ),
        Table(
            "mudancas-orgaos",
            gettext_lazy("Mudanças por órgão"),
            gettext_lazy("Quantas mudanças cada órgão registrou em doze meses."),
            _IMPROVEMENTS,
            (
                columns.BODY_ID,
                columns.BODY,
                Column(
                    "mudancas",
                    gettext_lazy("Mudanças"),
                    gettext_lazy("Mudanças registradas."),
                    "integer",
                    gettext_lazy("mudanças"),
                ),
            ),
            _of_bodies,
            Bars("orgao", "mudancas", title=gettext_lazy("Mudanças por órgão")),
        ),
    ),
    _said,
    gettext_lazy("Nenhuma mudança foi registrada ainda. Quando houver, cada uma aparece aqui com o serviço e o dia."),
)
