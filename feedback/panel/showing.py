"""A panel as its page shows it: sentences, charts, and a table beside each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from feedback import charts
from feedback.channels import CHANNELS
from feedback.counts import Apart, Counts
from feedback.models import Manifestation
from feedback.panel import words
from feedback.panel.manifestations import Manifested
from feedback.panel.names import Named
from feedback.panel.reading import Panel
from feedback.reasons import GOOD, STARS, TO_BETTER


@dataclass(frozen=True)
class Line:
    """A line of a table: whose, where it leads, how many, the mean, and between what it surely lies."""

    name: str
    url: str
    count: str
    mean: str
    between: str
    resolved: str = ""


@dataclass(frozen=True)
class Table:
    """Lines below a heading."""

    key: str
    title: str
    column: str
    lines: list[Line]


@dataclass(frozen=True)
class Chart:
    """A picture, and the same numbers as a table of two or more columns."""

    key: str
    title: str
    picture: SafeString
    columns: list[str]
    rows: list[list[str]]


def star_chart(whole: Counts) -> Chart:
    """How many gave each number of stars, the best first."""
    rows = [(str(STARS[n]), whole.stars[n - 1], whole.stars[n - 1] / whole.count) for n in (5, 4, 3, 2, 1)]
    said = "; ".join(f"{name}: {words.percent(share)}" for name, _number, share in rows)
    title = _("Notas que as pessoas deram")
    picture = charts.bars(
        "notas",
        [charts.Bar(name, number, words.percent(share)) for name, number, share in rows],
        title=title,
        text=said,
    )
    told = [[name, words.whole(number), words.percent(share)] for name, number, share in rows]
    return Chart("notas", title, picture, [_("Nota"), _("Avaliações"), _("Parte do total")], told)


def month_chart(months: list[tuple[date, Counts | None]]) -> Chart | None:
    """The mean of each month, where there are two to compare."""
    told = [(day, counts.figures if counts else None, counts) for day, counts in months]
    if sum(found is not None for _day, found, _counts in told) < 2:
        return None
    points = [
        charts.Point(words.short_month(day), found.mean, found.low, found.high)
        if found
        else charts.Point(words.short_month(day))
        for day, found, _counts in told
    ]
    rows = [
        [words.month(day), words.whole(found.count), words.stars(found.mean), words.between(found)]
        if found
        else [words.month(day), _("poucas para mostrar"), "–", "–"]
        for day, found, _counts in told
    ]
    said = "; ".join(f"{words.month(day)}: {words.stars(found.mean)}" for day, found, _counts in told if found)
    title = _("Nota média de cada mês")
    picture = charts.line("meses", points, title=title, text=said)
    return Chart("meses", title, picture, [_("Mês"), _("Avaliações"), _("Média"), _("Com segurança")], rows)


def reason_charts(reasons: Mapping[str, Counts]) -> list[Chart]:
    """What was good and what is to be better, as often as it was said."""
    found = []
    for key, title, offered in (
        ("bom", _("O que foi bom"), GOOD),
        ("melhorar", _("O que precisa melhorar"), TO_BETTER),
    ):
        rows = [(str(offered[name]), counts.count) for name, counts in reasons.items() if name in offered]
        if rows:
            found.append(_list_chart(key, title, _("Motivo"), rows))
    return found


def _list_chart(key: str, title: str, column: str, rows: list[tuple[str, int]]) -> Chart:
    said = "; ".join(f"{name}: {words.whole(number)}" for name, number in rows)
    shown = [charts.Bar(name, number, words.whole(number)) for name, number in rows]
    picture = charts.tall_bars(key, shown, title=title, text=said)
    return Chart(key, title, picture, [column, _("Vezes")], [[name, words.whole(number)] for name, number in rows])


def resolved_chart(whole: Counts) -> Chart | None:
    """Whether people did what they came for."""
    share = whole.resolved
    if share is None:
        return None
    names = (_("Sim"), _("Em parte"), _("Não"))
    rows = [(name, number, number / share.count) for name, number in zip(names, whole.managed, strict=True)]
    said = "; ".join(f"{name}: {words.percent(part)}" for name, _number, part in rows)
    title = _("As pessoas conseguiram o que foram fazer?")
    picture = charts.bars(
        "conseguiu",
        [charts.Bar(name, number, words.percent(part)) for name, number, part in rows],
        title=title,
        text=said,
    )
    told = [[name, words.whole(number), words.percent(part)] for name, number, part in rows]
    return Chart("conseguiu", title, picture, [_("Resposta"), _("Pessoas"), _("Parte do total")], told)


def tables(panel: Panel) -> list[Table]:
    """Bodies, channels, units and districts, of which two or more may be told."""
    found = [
        _table("orgaos", _("Por órgão"), _("Órgão"), _of_names(panel.bodies, panel.names, kind="secretariat")),
        _table("canais", _("Por forma de atendimento"), _("Atendimento"), _of_words(panel.channels, CHANNELS)),
        _table("unidades", _("Por unidade de atendimento"), _("Unidade"), _of_names(panel.units, panel.names)),
        _table("distritos", _("Por distrito da unidade"), _("Distrito"), _of_words(panel.districts, {})),
    ]
    return [table for table in found if len(table.lines) > 1]


def service_lines(panel: Panel) -> list[Line]:
    """The services of the city or of a body, in the order that was asked for."""
    return [_line(service.title, _panel_of(service), counts) for service, counts in panel.services]


def _table(key: str, title: str, column: str, lines: Iterable[Line]) -> Table:
    return Table(key, title, column, list(lines))


def _of_names(apart: Apart, names: Mapping[str, Named], kind: str = "") -> Iterable[Line]:
    for name, counts in _most_first(apart.parts):
        yield _line(names[name].title, _panel_of(names[name]) if kind else names[name].url, counts)
    yield from _rest(apart)


def _of_words(apart: Apart, offered: Mapping[str, Promise | str]) -> Iterable[Line]:
    for name, counts in _most_first(apart.parts):
        yield _line(str(offered.get(name, name)), "", counts)
    yield from _rest(apart)


def _rest(apart: Apart) -> Iterable[Line]:
    if apart.parts and apart.rest:
        yield _line(_("Outros ou não informado"), "", apart.rest)


def _most_first(parts: Mapping[str, Counts]) -> list[tuple[str, Counts]]:
    return sorted(parts.items(), key=lambda item: (-item[1].count, item[0]))


def _line(name: str, url: str, counts: Counts) -> Line:
    found = counts.figures
    assert found is not None  # noqa: S101 - of what is told there is enough
    resolved = words.percent(counts.resolved.share) if counts.resolved else "–"
    return Line(name, url, words.whole(found.count), words.stars(found.mean), words.between(found), resolved)


def _panel_of(entry: Named) -> str:
    return reverse(f"conecta_feedback:panel_{entry.kind}", args=[entry.id])


def kinds(found: Manifested) -> list[tuple[str, str]]:
    """Kinds of manifestation with how many there were."""
    labels = dict(Manifestation.Kind.choices)
    return [
        (str(labels[kind]), _("poucas para mostrar") if number is None else words.whole(number))
        for kind, number in found.of_kind.items()
    ]


def ranking(found: Manifested, names: Mapping[str, Named]) -> list[tuple[int, str, str]]:
    """Bodies by how many complaints there were (art. 23 §2)."""
    lines = [(names[name].title, number) for name, number in found.ranking if name in names]
    return [(place, title, words.whole(number)) for place, (title, number) in enumerate(lines, start=1)]
