"""Kept figures in words and tables: the page and the PDF show the same. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.models import Manifestation, Rating
from feedback.panel.words import elapsed
from feedback.reasons import GOOD, STARS, TO_BETTER
from feedback.statistics import LEAST
from feedback.yearly.cells import FEW, KEPT, Cell
from feedback.yearly.law import FIGURES, article_of
from services import wording

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """A table: its first column names the rows."""

    caption: str
    headings: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Section:
    """What the figures say of one item of the law."""

    key: str
    title: str
    article: str = ""
    sentences: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def section(figures: Figures, kind: str, key: str) -> Section:
    """One section of a report. Raises ``KeyError`` for one that no report has."""
    sentences, tables = _WRITERS[key](figures)
    return Section(key, str(FIGURES[key]), article_of(kind, key), sentences, [each for each in tables if each.rows])


def opening(figures: Figures) -> str:
    """When the figures were counted, and what is not told."""
    return _(
        "Números de 1º de janeiro a 31 de dezembro de %(year)s, contados em %(day)s e guardados como estavam nesse "
        "dia. Onde se lê “menos de %(least)s”, o número é pequeno e poderia mostrar quem foi; “protegido” é o que, por "
        "subtração, revelaria um desses."
    ) % {
        "year": figures["year"],
        "day": wording.day(date.fromisoformat(figures["counted_on"])),
        "least": LEAST,
    }


def sent(authority: str, day: str) -> str:
    """That a report went to the top authority (art. 15, sole paragraph, I)."""
    return _("Enviado a: %(authority)s, em %(day)s. Publicado aqui na íntegra.") % {
        "authority": authority,
        "day": day,
    }


def cell(value: Cell) -> str:
    """A count as it is written in Portuguese."""
    if value == FEW:
        return _("menos de %d") % LEAST
    if value == KEPT:
        return _("protegido")
    return _grouped(int(value))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _decimal(number: float, places: int = 1) -> str:
    return f"{number:.{places}f}".replace(".", ",")


def _labelled(cells: Mapping[str, Cell], labels: Mapping[Any, Promise | str]) -> list[list[str]]:
    # What a later version no longer knows keeps the name that it was counted under.
    # PostgreSQL keeps JSON without the order of its keys.
    keys = [*(key for key in labels if key in cells), *sorted(key for key in cells if key not in labels)]
    names = {key: str(labels.get(key, key)) for key in keys}
    return [[names[key][:1].upper() + names[key][1:], cell(cells[key])] for key in keys]


def _ranking(rows: Iterable[tuple[str, Cell]]) -> list[list[str]]:
    return [[name, cell(value)] for name, value in rows]


Written = tuple[list[str], list[Table]]


def _satisfaction(figures: Figures) -> Written:
    ratings = figures["ratings"]
    opinion = ratings["opinion"]
    sentences = [
        _(
            "Avaliações recebidas: %(received)s. Postas de lado por parecerem de programas ou de uma só origem: "
            "%(aside)s."
        )
        % {"received": cell(ratings["received"]), "aside": cell(ratings["set_aside"])}
    ]
    if opinion is None:
        sentences.append(_("Houve menos de %d avaliações válidas: não há nota média.") % LEAST)
    else:
        sentences += [
            _("Nota média: %(mean)s de 5 (intervalo de 95%%: de %(low)s a %(high)s), em %(count)s avaliações.")
            % {
                "mean": _decimal(opinion["mean"], 2),
                "low": _decimal(opinion["low"], 2),
                "high": _decimal(opinion["high"], 2),
                "count": _grouped(opinion["count"]),
            },
            _("Satisfeitas com a última experiência (notas Boa e Excelente): %s%% das pessoas que avaliaram.")
            % _decimal(opinion["satisfied"] * 100),
        ]
    stars = {str(number): word for number, word in STARS.items()}
    rows = [[name, _grouped(count), _decimal(mean, 2)] for name, count, mean in ratings["bodies"]]
    tables = [
        Table(_("Notas que as pessoas deram"), [_("Nota"), _("Avaliações")], _labelled(ratings["stars"], stars)),
        Table(
            _("Nota média por órgão, com %d avaliações ou mais") % LEAST,
            [_("Órgão"), _("Avaliações"), _("Nota média")],
            rows,
        ),
    ]
    return sentences, tables


def _quality(figures: Figures) -> Written:
    ratings = figures["ratings"]
    labels = dict(Rating.Managed.choices)
    return [], [
        Table(_("Conseguiu o que foi fazer?"), [_("Resposta"), _("Avaliações")], _labelled(ratings["managed"], labels)),
        _reasons(figures),
    ]


def _reasons(figures: Figures) -> Table:
    labels = GOOD | TO_BETTER
    rows = [[str(labels.get(key, key)), cell(value)] for key, value in figures["ratings"]["reasons"]]
    return Table(_("O que as pessoas mais disseram do atendimento"), [_("Motivo"), _("Vezes")], rows)


def _punctuality(found: Figures, caption: str) -> tuple[list[str], Table]:
    words = {
        "in_time": _("Respondidas no prazo"),
        "late": _("Respondidas depois do prazo"),
        "waiting": _("Sem resposta, ainda no prazo"),
        "overdue": _("Sem resposta, com o prazo vencido"),
    }
    sentences = [_("Com o prazo prorrogado: %s.") % cell(found["extended"])]
    if found["mean_days"] is not None:
        sentences.append(_("Tempo médio até a resposta: %s dias.") % _decimal(found["mean_days"]))
    rows = [*_labelled(found["states"], words), [_("Total"), cell(found["asked"])]]
    return sentences, Table(caption, [_("Situação"), _("Quantas")], rows)


def _answering(figures: Figures) -> Written:
    own, table = _punctuality(
        figures["answers"], _("Respostas da Ouvidoria: 30 dias, prorrogáveis uma vez por mais 30")
    )
    said = [_("À pessoa que se manifestou. %s") % sentence for sentence in own]
    if figures["body_answers"]["asked"] == 0:
        return [*said, _("A Ouvidoria não precisou perguntar nada aos órgãos.")], [table]
    bodies, other = _punctuality(
        figures["body_answers"], _("Respostas dos órgãos à Ouvidoria: 20 dias, prorrogáveis uma vez por mais 20")
    )
    return [*said, *(_("Dos órgãos à Ouvidoria. %s") % sentence for sentence in bodies)], [table, other]


def _commitments(figures: Figures) -> Written:
    sentences, tables = _answering(figures)
    reasons = dict(figures["ratings"]["reasons"])
    rows = [[str(TO_BETTER[key]), cell(reasons[key])] for key in ("unlike", "slow") if key in reasons]
    told = Table(_("O que as pessoas disseram de prazos e compromissos"), [_("Motivo"), _("Vezes")], rows)
    measured, promised = _took(figures)
    return [*measured, *sentences], [*promised, told, *tables]


def _took(figures: Figures) -> Written:
    """Promised against measured time. Reports of before it was counted say nothing of it."""
    took = figures.get("took")
    if not took or took["said"] == 0:
        return [], []
    sentences = [_("Disseram quanto tempo o serviço levou: %s pessoas.") % cell(took["said"])]
    if took["median"] is not None:
        sentences.append(
            _("Metade esperou até %(median)s; nove em cada dez, até %(ninetieth)s.")
            % {"median": elapsed(took["median"]), "ninetieth": elapsed(took["ninetieth"])}
        )
    words = {"kept": _("No prazo que a carta promete"), "late": _("Depois desse prazo")}
    rows = [
        [
            each["service"],
            _grouped(each["said"]),
            elapsed(each["promised"]),
            elapsed(each["median"]),
            elapsed(each["ninetieth"]),
            f"{_decimal(each['kept'] * 100)}%",
        ]
        for each in took["services"]
    ]
    times = [_("Prometido"), _("Metade esperou até"), _("Nove em dez, até"), _("No prazo")]
    tables = [
        Table(
            _("Atendidas no prazo, segundo quem disse quanto tempo levou"),
            [_("Quando"), _("Pessoas")],
            _labelled(took["promises"], words) if any(took["promises"].values()) else [],
        ),
        Table(
            _("Prazo prometido e tempo de verdade: os serviços mais longe do que prometem"),
            [_("Serviço"), _("Pessoas"), *times],
            rows,
        ),
    ]
    return sentences, tables


def _kinds(figures: Figures) -> list[Table]:
    found = figures["manifestations"]
    kinds = [*_labelled(found["kinds"], dict(Manifestation.Kind.choices)), [_("Total"), cell(found["received"])]]
    ways = _labelled(found["ways"], dict(Manifestation.Way.choices))
    return [
        Table(_("Manifestações por tipo"), [_("Tipo"), _("Quantas")], kinds),
        Table(_("Manifestações por forma de entrada"), [_("Forma de entrada"), _("Quantas")], ways),
    ]


def _received(figures: Figures) -> Written:
    received = figures["manifestations"]["received"]
    return [
        _("Manifestações recebidas em %(year)s: %(received)s.") % {"year": figures["year"], "received": cell(received)}
    ], _kinds(figures)


def _motives(figures: Figures) -> Written:
    found = figures["manifestations"]
    kinds = _labelled(found["kinds"], dict(Manifestation.Kind.choices))
    return [], [
        Table(_("Por que as pessoas procuraram a Ouvidoria"), [_("Tipo"), _("Quantas")], kinds),
        Table(_("De que órgão falaram"), [_("Órgão"), _("Quantas")], _ranking(found["bodies"])),
    ]


def _recurrent(figures: Figures) -> Written:
    found = figures["manifestations"]
    return [], [
        Table(_("Serviços de que mais se falou"), [_("Serviço"), _("Manifestações")], _ranking(found["subjects"])),
        _reasons(figures),
    ]


def _complaints(figures: Figures) -> Written:
    rows = _ranking(figures["manifestations"]["complaints"])
    if not rows:
        return [_("Nenhum órgão teve reclamações no ano.")], []
    said = _("Do órgão com mais reclamações para o com menos. Onde o número não aparece, a ordem é alfabética.")
    return [said], [Table(_("Reclamações por órgão"), [_("Órgão"), _("Reclamações")], rows)]


def _improvements(figures: Figures) -> Written:
    changes = figures["changes"]
    if isinstance(changes, int):
        sentence = ngettext(
            "%(number)s manifestação do ano virou mudança em um serviço ou na página dele.",
            "%(number)s manifestações do ano viraram mudança em um serviço ou na página dele.",
            changes,
        ) % {"number": cell(changes)}
    else:
        sentence = _("Viraram mudança em um serviço ou na página dele: %s.") % cell(changes)
    rows = _ranking(figures["changes_by_body"])
    resolved = _labelled(figures["manifestations"]["resolved"], dict(Manifestation.Resolved.choices))
    return [sentence], [
        Table(_("Mudanças por órgão"), [_("Órgão"), _("Mudanças")], rows),
        Table(
            _("“O seu problema foi resolvido?”, segundo quem recebeu a resposta"),
            [_("Resposta"), _("Quantas")],
            resolved,
        ),
    ]


_WRITERS: dict[str, Callable[[Figures], Written]] = {
    "satisfaction": _satisfaction,
    "quality": _quality,
    "commitments": _commitments,
    "manifestations": _received,
    "received": _received,
    "ranking": _complaints,
    "improvements": _improvements,
    "motives": _motives,
    "recurrent": _recurrent,
    "answering": _answering,
}
