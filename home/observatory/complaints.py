"""Complaints, the bodies with most of them first (Lei 13.460 art. 23 § 2), and whether they were resolved."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.models import Manifestation
from home.observatory import columns
from home.observatory.answers import of_each_body
from home.observatory.numbers import whole
from home.observatory.reading import Reading
from home.observatory.shape import Bars, Column, Figures, Row, Section, Table, Words
from home.observatory.shares import percent
from home.observatory.withholding import HELD

_KIND = Manifestation.Kind.COMPLAINT.value


def _is_complaint(manifestation: Manifestation) -> bool:
    return manifestation.kind == _KIND


def _rows(reading: Reading) -> Iterator[Row]:
    of_bodies = of_each_body(reading, _is_complaint)
    for body_id, name, found in sorted(of_bodies, key=lambda each: (-len(each[2]), each[1].casefold())):
        said = [each.resolved for each in found if each.resolved]
        yield {
            "orgao_id": body_id,
            "orgao": name,
            HELD: "" if (_KIND, body_id) in reading.manifestations_told.cells else "reclamacoes",
            "reclamacoes": len(found),
            "respondidas": sum(each.first_answered_at is not None for each in found),
            "disseram": len(said),
            "resolvidas": percent(said.count(Manifestation.Resolved.YES), len(said)),
            "resolvidas_em_parte": percent(said.count(Manifestation.Resolved.PARTLY), len(said)),
        }


def _said(tables: Figures) -> list[str]:
    told = [row for row in tables["reclamacoes-orgaos"] if row["reclamacoes"] is not None]
    if not told:
        return []
    return [
        _("O órgão com mais reclamações em doze meses é %(body)s, com %(count)s.")
        % {"body": told[0]["orgao"], "count": whole(told[0]["reclamacoes"])},
        _("Mais reclamações podem querer dizer mais atendimentos: compare com o tamanho de cada órgão."),
    ]


def _count(name: str, title: Words, meaning: Words) -> Column:
    return Column(name, title, meaning, "integer", columns.MANIFESTATIONS, person_count=True)


SECTION = Section(
    "reclamacoes",
    gettext_lazy("Reclamações por órgão"),
    gettext_lazy(
        "A lei manda publicar quais órgãos recebem mais reclamações (Lei 13.460/2017, art. 23, § 2º). Quem reclamou "
        "diz, depois da resposta, se o problema foi resolvido. Denúncias aparecem só como total da cidade, na parte "
        "dos prazos."
    ),
    (
        Table(
            "reclamacoes-orgaos",
            gettext_lazy("Reclamações por órgão, em ordem"),
            gettext_lazy(
                "Reclamações recebidas em doze meses, do órgão com mais ao com menos, e a parte resolvida segundo quem "
                "reclamou."
            ),
            columns.FROM_MANIFESTATIONS,
            (
                columns.BODY_ID,
                columns.BODY,
                _count(
                    "reclamacoes",
                    gettext_lazy("Reclamações"),
                    gettext_lazy("Reclamações recebidas em doze meses."),
                ),
                _count(
                    "respondidas",
                    gettext_lazy("Respondidas"),
                    gettext_lazy("Das recebidas, as que já tiveram resposta."),
                ),
                _count(
                    "disseram",
                    gettext_lazy("Disseram se resolveu"),
                    gettext_lazy("Quantas pessoas disseram se o problema foi resolvido."),
                ),
                Column(
                    "resolvidas",
                    gettext_lazy("Resolvidas"),
                    gettext_lazy("De quem disse, a parte para quem o problema foi resolvido."),
                    "percent",
                    columns.PERCENT,
                    of="disseram",
                ),
                Column(
                    "resolvidas_em_parte",
                    gettext_lazy("Em parte"),
                    gettext_lazy("De quem disse, a parte para quem o problema foi resolvido em parte."),
                    "percent",
                    columns.PERCENT,
                    of="disseram",
                    shown=False,
                ),
            ),
            _rows,
            Bars("orgao", "reclamacoes", title=gettext_lazy("Reclamações por órgão")),
            whole=True,
        ),
    ),
    _said,
    gettext_lazy("Nenhum órgão tem dez reclamações ou mais em doze meses."),
)
