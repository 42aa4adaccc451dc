"""Figures in the words that a reader says them in."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.elapsed import MINUTES
from feedback.statistics import Figures, Share

_HOUR, _DAY = MINUTES["hours"], MINUTES["calendar_days"]


def stars(value: float, decimals: int = 1) -> str:
    """``4,2``."""
    return number_format(round(value, decimals), decimal_pos=decimals)


def between(found: Figures) -> str:
    """``entre 3,9 e 4,3``; where both ends are said alike, to two places."""
    for decimals in (1, 2):
        low, high = stars(found.low, decimals), stars(found.high, decimals)
        if low != high:
            break
    return _("entre %(low)s e %(high)s") % {"low": low, "high": high}


def percent(share: float) -> str:
    """``71%``; what is not nothing is not told as nothing."""
    if 0 < share < 0.005:
        return _("menos de 1%")
    return f"{share * 100:.0f}%"


def percents(share: Share) -> str:
    """``71% (entre 66% e 76%)``."""
    said = {"share": percent(share.share), "low": f"{share.low * 100:.0f}%", "high": f"{share.high * 100:.0f}%"}
    return _("%(share)s (entre %(low)s e %(high)s)") % said


def whole(number: int) -> str:
    """``1.234``."""
    return number_format(number, force_grouping=True)


def ratings(number: int) -> str:
    """``1.234 avaliações``."""
    return ngettext("%(number)s avaliação", "%(number)s avaliações", number) % {"number": whole(number)}


def elapsed(minutes: float) -> str:
    """``40 minutos``, ``3 horas``, ``8 dias``: in the largest unit of which there are two, or one exactly."""
    if minutes < 2 * _HOUR and minutes != _HOUR:
        number = round(minutes)
        return ngettext("%(n)s minuto", "%(n)s minutos", number) % {"n": number}
    if minutes < 2 * _DAY and minutes != _DAY:
        number = round(minutes / _HOUR)
        return ngettext("%(n)s hora", "%(n)s horas", number) % {"n": number}
    number = round(minutes / _DAY)
    return ngettext("%(n)s dia", "%(n)s dias", number) % {"n": number}


def month(day: date) -> str:
    """``novembro de 2026``."""
    return date_format(day, "YEAR_MONTH_FORMAT")


def short_month(day: date) -> str:
    """``nov``."""
    return date_format(day, "b")[:3]
