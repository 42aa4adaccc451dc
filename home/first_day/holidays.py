"""Days on which a Brazilian town hall does not open: those of the whole country, computed for any year.

Leis 662/1949 and 10.607/2002 (1 January, 21 April, 1 May, 7 September, 2 and 15 November, 25 December), 6.802/1980
(12 October) and 14.759/2023 (20 November). Good Friday is a holiday by each city's own law (Lei 9.093/1995 art. 2),
and every one has it. State and city add their own (same law, arts. 1 and 2).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.easter import easter
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class DayOff:
    """A day, its name, and whether a law or a decree makes it."""

    date: date
    name: str
    type: Literal["holiday", "optional"] = "holiday"


def national(year: int) -> list[DayOff]:
    """The holidays of a year, in their order."""
    sunday = easter(year)
    fixed = (
        (1, 1, _("Confraternização Universal")),
        (4, 21, _("Tiradentes")),
        (5, 1, _("Dia do Trabalho")),
        (9, 7, _("Independência do Brasil")),
        (10, 12, _("Nossa Senhora Aparecida")),
        (11, 2, _("Finados")),
        (11, 15, _("Proclamação da República")),
        (11, 20, _("Dia Nacional de Zumbi e da Consciência Negra")),
        (12, 25, _("Natal")),
    )
    days = [DayOff(date(year, month, day), name) for month, day, name in fixed]
    days.append(DayOff(sunday - timedelta(days=2), _("Sexta-feira da Paixão")))
    return sorted(days, key=lambda each: each.date)


def customary(year: int) -> list[DayOff]:
    """Days that most town halls give by decree each year."""
    sunday = easter(year)
    return [
        DayOff(sunday - timedelta(days=48), _("Segunda-feira de Carnaval"), "optional"),
        DayOff(sunday - timedelta(days=47), _("Terça-feira de Carnaval"), "optional"),
        DayOff(sunday - timedelta(days=46), _("Quarta-feira de Cinzas"), "optional"),
        DayOff(sunday + timedelta(days=60), _("Corpus Christi"), "optional"),
        DayOff(date(year, 10, 28), _("Dia do Servidor Público"), "optional"),
    ]


def years_to_have(today: date) -> list[int]:
    """This year, and from November the next: deadlines in working days reach into it."""
    return [today.year, today.year + 1] if today.month >= 11 else [today.year]


def municipal_election(year: int) -> tuple[date, date] | None:
    """The days of a municipal election year on which a city may not advertise itself, ``None`` in another year.

    From three months before the first Sunday of October until it (Lei 9.504/1997 arts. 1 and 73, VI, b); in a city of
    more than 200,000 voters a second round may follow on the last Sunday.
    """
    if year % 4:
        return None
    october = date(year, 10, 1)
    vote = october + timedelta(days=(6 - october.weekday()) % 7)
    return vote.replace(month=7), vote
