"""What is still asked for though the law spares people it (Lei 13.726/2018, Lei 13.460/2017 art. 5): by body."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from home.observatory import columns
from home.observatory.coverage import by_body
from home.observatory.numbers import whole
from home.observatory.reading import Reading
from home.observatory.shape import Bars, Column, Figures, Row, Section, Table
from home.observatory.shares import percent
from services.burdens import BURDENS

_BY_KEY = {burden.key: burden for burden in BURDENS}


def _of_bodies(reading: Reading) -> Iterator[Row]:
    for body_id, name, services in by_body(reading, reading.services):
        asking = [service for service in services if service.burdens]
        yield {
            "orgao_id": body_id,
            "orgao": name,
            "servicos": len(services),
            "pedem": len(asking),
            "parte": percent(len(asking), len(services)),
            "exigencias": sum(len(service.burdens) for service in services),
        }


def _of_services(reading: Reading) -> Iterator[Row]:
    for body_id, name, services in by_body(reading, reading.services):
        for service in services:
            for key, words in service.burdens:
                burden = _BY_KEY[key]
                yield {
                    "servico_id": service.id,
                    "servico": service.title,
                    "orgao_id": body_id,
                    "orgao": name,
                    "exigencia": str(burden.label),
                    "trecho": words,
                    "norma": burden.source,
                    "alternativa": str(burden.alternative),
                }


def _said(tables: Figures) -> list[str]:
    rows = tables["exigencias-orgaos"]
    if not rows:
        return []
    services, asking = (sum(int(row[name] or 0) for row in rows) for name in ("servicos", "pedem"))
    if not asking:
        return [_("Nenhum serviço publicado pede o que a lei dispensa.")]
    return [
        ngettext(
            "%(asking)s de %(services)s serviços parece pedir algo que a lei dispensa.",
            "%(asking)s de %(services)s serviços parecem pedir algo que a lei dispensa.",
            asking,
        )
        % {"asking": whole(asking), "services": whole(services)}
    ]


SECTION = Section(
    "exigencias",
    gettext_lazy("Documentos que a lei dispensa e ainda se pedem"),
    gettext_lazy(
        "Firma reconhecida, cópia autenticada, documento que a própria Prefeitura emite: a lei dispensa (Lei "
        "13.726/2018, art. 3º; Lei 13.460/2017, art. 5º). O portal procura esses pedidos no texto dos serviços; é uma "
        "leitura automática e pode errar. Se pediram isso a você, a Ouvidoria recebe a reclamação como Simplifique."
    ),
    (
        Table(
            "exigencias-orgaos",
            gettext_lazy("Serviços que pedem o que a lei dispensa, por órgão"),
            gettext_lazy("De cada órgão, quantos serviços publicados parecem pedir algo que a lei dispensa."),
            columns.FROM_CHARTER,
            (
                columns.BODY_ID,
                columns.BODY,
                Column(
                    "servicos",
                    gettext_lazy("Serviços"),
                    gettext_lazy("Serviços publicados na carta."),
                    "integer",
                    columns.SERVICES,
                ),
                Column(
                    "pedem",
                    gettext_lazy("Pedem"),
                    gettext_lazy("Serviços em cujo texto há ao menos um pedido que a lei dispensa."),
                    "integer",
                    columns.SERVICES,
                ),
                Column(
                    "parte",
                    gettext_lazy("Parte"),
                    gettext_lazy("Parte dos serviços do órgão."),
                    "percent",
                    columns.PERCENT,
                ),
                Column(
                    "exigencias",
                    gettext_lazy("Pedidos"),
                    gettext_lazy("Quantos pedidos ao todo."),
                    "integer",
                    gettext_lazy("pedidos"),
                    shown=False,
                ),
            ),
            _of_bodies,
            Bars("orgao", "pedem", title=gettext_lazy("Serviços que pedem o que a lei dispensa, por órgão")),
        ),
        Table(
            "exigencias-servicos",
            gettext_lazy("Os serviços e o que pedem"),
            gettext_lazy("Cada pedido encontrado no texto de um serviço, a norma que o dispensa e o que o substitui."),
            columns.FROM_CHARTER,
            (
                columns.SERVICE_ID,
                columns.SERVICE,
                columns.BODY_ID,
                columns.BODY,
                Column("exigencia", gettext_lazy("Pedido"), gettext_lazy("O que se pede."), translated=True),
                Column("trecho", gettext_lazy("No texto"), gettext_lazy("As palavras do serviço que fazem o pedido.")),
                Column("norma", gettext_lazy("Norma"), gettext_lazy("A norma que dispensa o pedido.")),
                Column(
                    "alternativa",
                    gettext_lazy("No lugar"),
                    gettext_lazy("O que pedir no lugar."),
                    translated=True,
                    shown=False,
                ),
            ),
            _of_services,
        ),
    ),
    _said,
    gettext_lazy("Ainda não há serviços publicados."),
)
