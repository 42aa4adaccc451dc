"""Fees, times, hours, status and names in plain words, for portal, booklet, extracts and mail.

Each function takes a value of a record and gives a phrase in the active language, without a
capital letter or a full stop unless it is a sentence. ``""`` where there is nothing to say.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from urllib.parse import quote

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services import naming
from services.record import Service
from services.record.service import Channel, DigitalLink, Fee, Validity
from services.record.unit import Hours, Weekday
from services.record.values import Address, Contact, Duration, DurationUnit, TimeEstimate
from services.timing import WEEKDAYS, OpenState, Status

#: Brazil's country code: numbers in records are national.
COUNTRY_CODE = "55"
_NOT_OF_A_NUMBER = re.compile(r"[^\d\s()+.-]")


def money(amount: Decimal, currency: str = "BRL") -> str:
    """``R$ 1.042,50``, in one piece: no line ends between symbol and amount."""
    whole, _dot, cents = f"{amount:,.2f}".partition(".")
    symbol = "R$" if currency == "BRL" else currency
    return f"{symbol}\N{NO-BREAK SPACE}{whole.replace(',', '.')},{cents}"


def fee(value: Fee) -> str:
    """An amount, ``grátis``, or what the amount depends on."""
    if value.amount is None:
        return value.varies or _("valor a consultar")
    return money(value.amount, value.currency) if value.amount else _("grátis")


def cost(service: Service) -> str:
    """What a service costs in all, for its short answer: ``grátis``, an amount, or that it depends."""
    if service.free:
        return _("grátis")
    always = [item for step in service.steps for item in step.fees.default]
    by_case = [item for step in service.steps for case in step.fees.cases for item in case.items]
    if not always and not by_case:
        return _("tem custo") if service.free is False else ""
    if any(item.amount is None for item in always):
        return _("o valor varia")
    total = sum((item.amount for item in always if item.amount is not None), Decimal())
    if not by_case:
        return money(total) if total else _("grátis")
    return _("a partir de %(amount)s") % {"amount": money(total)} if total else _("o custo depende do seu caso")


def quantity(number: int, unit: DurationUnit) -> str:
    """``5 dias úteis``."""
    match unit:
        case "minutes":
            words = ngettext("%(n)s minuto", "%(n)s minutos", number)
        case "hours":
            words = ngettext("%(n)s hora", "%(n)s horas", number)
        case "calendar_days":
            words = ngettext("%(n)s dia", "%(n)s dias", number)
        case "working_days":
            words = ngettext("%(n)s dia útil", "%(n)s dias úteis", number)
        case "months":
            words = ngettext("%(n)s mês", "%(n)s meses", number)
    return words % {"n": number}


def duration(value: Duration) -> str:
    """``15 minutos``; no time at all is ``sem espera``."""
    return quantity(value.quantity, value.unit) if value.quantity else _("sem espera")


def time_estimate(value: TimeEstimate | None) -> str:
    """``na hora``, ``até 5 dias úteis``, ``entre 2 e 7 dias``, ``em média 3 meses``, ``sem prazo estimado``."""
    if value is None:
        return ""
    if value.type == "immediate":
        return _("na hora")
    if value.max is None or value.unit is None or value.type == "not_estimated":
        return _("sem prazo estimado")
    longest = quantity(value.max, value.unit)
    if value.type == "average":
        return _("em média %(time)s") % {"time": longest}
    if value.type == "between" and value.min is not None:
        return _("entre %(least)s e %(most)s") % {"least": value.min, "most": longest}
    return _("até %(time)s") % {"time": longest}


def clock(value: time) -> str:
    """``8h``, ``13h30``; the end of a day is ``meia-noite``."""
    if value == time():
        return _("meia-noite")
    if value.minute:
        return _("%(hour)dh%(minute)02d") % {"hour": value.hour, "minute": value.minute}
    return _("%(hour)dh") % {"hour": value.hour}


def at_clock(value: time) -> str:
    """``às 8h``, ``à 1h30``, ``à meia-noite``."""
    if value.hour in (0, 1):
        return _("à %(time)s") % {"time": clock(value)}
    return _("às %(time)s") % {"time": clock(value)}


def day(value: date) -> str:
    """``23/11/2026``."""
    return f"{value:%d/%m/%Y}"


def whole_day(value: date) -> str:
    """``3 de março de 2026``."""
    text = date_format(value, "DATE_FORMAT")
    # Django writes the months of Portuguese with a capital.
    return text.lower() if " de " in text else text


def day_in_words(value: date, *, today: date | None = None) -> str:
    """``hoje``, ``amanhã``, ``segunda-feira, 23/11``; with the year if it is not this one."""
    if today and value == today:
        return _("hoje")
    if today and (value - today).days == 1:
        return _("amanhã")
    number = f"{value:%d/%m}" if today and value.year == today.year else day(value)
    return f"{weekday_name(WEEKDAYS[value.weekday()])}, {number}"


def moment(value: datetime, zone: tzinfo) -> str:
    """``23/11/2026, às 8h``; midnight is the day alone."""
    local = value.astimezone(zone)
    return day(local.date()) if local.time() == time() else f"{day(local.date())}, {at_clock(local.time())}"


def last_day(value: datetime, zone: tzinfo) -> str:
    """The last day of a time that ends at a moment: midnight ends the day before."""
    local = value.astimezone(zone)
    if local.time() == time():
        return day(date.fromordinal(local.date().toordinal() - 1))
    return moment(value, zone)


def span(starts: datetime, ends: datetime, zone: tzinfo) -> str:
    """``quarta-feira, 02/12/2026, das 8h às 12h``, or both moments if they are on different days."""
    first, last = starts.astimezone(zone), ends.astimezone(zone)
    if first.date() != last.date():
        return _("de %(start)s até %(end)s") % {"start": moment(starts, zone), "end": moment(ends, zone)}
    return _("%(day)s, das %(opens)s às %(closes)s") % {
        "day": day_in_words(first.date()),
        "opens": clock(first.time()),
        "closes": clock(last.time()),
    }


def days_between(starts: date, ends: date) -> str:
    """``24/12/2026``, or ``de 24/12/2026 a 02/01/2027``."""
    if starts == ends:
        return day(starts)
    return _("de %(start)s a %(end)s") % {"start": day(starts), "end": day(ends)}


def weekday_name(value: Weekday) -> str:
    """``segunda-feira``."""
    return str(naming.WEEKDAY_NAMES[value])


def _short_weekday(value: Weekday) -> str:
    return str(naming.SHORT_WEEKDAYS[value])


def weekdays(days: Iterable[Weekday]) -> str:
    """``seg a sex``, ``ter e qui``, ``seg, qua e sex``, ``todos os dias``."""
    places = sorted({WEEKDAYS.index(value) for value in days})
    if not places:
        return ""
    if len(places) == len(WEEKDAYS):
        return _("todos os dias")
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return _("%(first)s a %(last)s") % {
            "first": _short_weekday(WEEKDAYS[places[0]]),
            "last": _short_weekday(WEEKDAYS[places[-1]]),
        }
    return joined([_short_weekday(WEEKDAYS[place]) for place in places])


def hours(value: Hours) -> str:
    """``seg a sex, 8h às 14h``, with its note in brackets."""
    text = ", ".join(part for part in (weekdays(value.days), times(value.opens, value.closes)) if part)
    return f"{text} ({value.note})" if value.note else text


def times(opens: time, closes: time) -> str:
    """``8h às 14h``; a day that closes as it opens has ``24 horas``."""
    if opens == closes:
        return _("24 horas")
    return _("%(opens)s às %(closes)s") % {"opens": clock(opens), "closes": clock(closes)}


def joined(words: Sequence[str]) -> str:
    """``a, b e c``."""
    if len(words) < 2:
        return "".join(words)
    return _("%(others)s e %(last)s") % {"others": ", ".join(words[:-1]), "last": words[-1]}


def either(words: Sequence[str]) -> str:
    """``a, b ou c``."""
    if len(words) < 2:
        return "".join(words)
    return _("%(others)s ou %(last)s") % {"others": ", ".join(words[:-1]), "last": words[-1]}


def status(value: Status, zone: tzinfo) -> str:
    """A sentence on a service's status; ``""`` for a normal one without dates."""
    until = value.until
    if value.name == "suspended":
        if until is None:
            return _("Este serviço está suspenso, sem data para voltar.")
        return _("Este serviço está suspenso até %(until)s.") % {"until": last_day(until, zone)}
    if value.name == "out_of_season":
        if until is None:
            return _("Fora de época: ainda não há data para abrir.")
        return _("Fora de época: abre em %(opens)s.") % {"opens": moment(until, zone)}
    return _("Aberto até %(until)s.") % {"until": last_day(until, zone)} if until else ""


def status_in_brief(value: Status, zone: tzinfo) -> str:
    """``suspenso até 12/12/2026``, ``fora de época, abre em 01/02/2027``; ``""`` for a normal one without dates."""
    until = value.until
    if value.name == "suspended":
        return _("suspenso até %(until)s") % {"until": _closing_day(until, zone)} if until else _("suspenso")
    if value.name == "out_of_season":
        opens = until and day(until.astimezone(zone).date())
        return _("fora de época, abre em %(opens)s") % {"opens": opens} if opens else _("fora de época")
    return _("aberto até %(until)s") % {"until": _closing_day(until, zone)} if until else ""


def _closing_day(value: datetime, zone: tzinfo) -> str:
    return last_day(value, zone).partition(",")[0]


def open_state(state: OpenState, at: datetime, zone: tzinfo) -> str:
    """``Aberto agora, até as 14h``, ``Fechado agora. Abre amanhã, às 8h``; ``""`` if no hours are known."""
    today = at.astimezone(zone).date()
    if state.reason == "visit":
        return _visiting(state, zone, today)
    if state.open:
        if state.until is None:
            return _("Aberto 24 horas")
        local = state.until.astimezone(zone)
        if local.date() == today:
            return _("Aberto agora, até %(time)s") % {"time": clock(local.time())}
        return _("Aberto agora, até %(day)s, %(time)s") % {
            "day": day_in_words(local.date(), today=today),
            "time": clock(local.time()),
        }
    if state.next_opening is None:
        return "" if state.reason == "unknown" else _("Fechado agora")
    local = state.next_opening.astimezone(zone)
    return _("Fechado agora. Abre %(day)s, %(time)s") % {
        "day": day_in_words(local.date(), today=today),
        "time": at_clock(local.time()),
    }


def _visiting(state: OpenState, zone: tzinfo, today: date) -> str:
    if state.open and state.until:
        return _("Atendendo agora, até %(time)s") % {"time": clock(state.until.astimezone(zone).time())}
    if state.next_opening is None:
        return ""
    local = state.next_opening.astimezone(zone)
    return _("Próximo atendimento: %(day)s, %(time)s") % {
        "day": day_in_words(local.date(), today=today),
        "time": at_clock(local.time()),
    }


def channel_name(channel: Channel) -> str:
    """What a form of provision is called: ``Presencial``, ``Pela internet``."""
    return str(naming.CHANNEL_NAMES[channel.type])


def asking(service: Service) -> set[str]:
    """Ways to ask for a service: types of channel, those on the web together as ``online``.

    The asking is the first step that names a channel for everybody: a telephone number for
    following the request, later on, does not spare the person the counter.
    """
    first = next((step.channels.default for step in service.steps if step.channels.default), [])
    found = {"online" if channel.type.startswith("web") else channel.type for channel in first}
    return found | {"online"} if service.digital_link or service.online else found


def ways(service: Service) -> str:
    """How a service is asked for: ``pode fazer pela internet ou por telefone``; ``""`` if its record does not tell."""
    found = asking(service)
    if found == {"in_person"}:
        return _("é preciso ir pessoalmente")
    if found == {"home_visit"}:
        return _("a equipe vai até você")
    names = [str(name) for way, name in naming.WAYS.items() if way in found]
    return _("pode fazer %(ways)s") % {"ways": either(names)} if names else ""


def short_answer(service: Service) -> list[str]:
    """How a service is asked for, what it costs and how long it takes: what its record tells of these."""
    return [phrase for phrase in (ways(service), cost(service), time_estimate(service.time)) if phrase]


def login(value: DigitalLink) -> str:
    """What one needs to enter: ``precisa de conta gov.br (prata)``; ``""`` if the city does not say."""
    return str(naming.LOGINS[value.login])


def device(value: DigitalLink) -> str:
    """Where it works: ``funciona no celular e no computador``."""
    return str(naming.DEVICES[value.device])


def validity(value: Validity | None) -> str:
    """How long a result holds: ``vale por 6 meses``, ``não perde a validade``."""
    if value is None or value.type == "unstated":
        return value.note if value else ""
    if value.type == "unlimited":
        return _("não perde a validade")
    if value.quantity is None or value.unit is None:
        return value.note
    words = {
        "days": ngettext("vale por %(n)s dia", "vale por %(n)s dias", value.quantity),
        "months": ngettext("vale por %(n)s mês", "vale por %(n)s meses", value.quantity),
        "years": ngettext("vale por %(n)s ano", "vale por %(n)s anos", value.quantity),
    }
    return words[value.unit] % {"n": value.quantity}


def phone(value: str) -> str:
    """``(77) 3000-0123``; short and unusual numbers stay as they are written."""
    digits = _national(value)
    if len(digits) == 10:
        return f"({digits[:2]}) {digits[2:6]}-{digits[6:]}"
    if len(digits) == 11 and digits[0] != "0":
        return f"({digits[:2]}) {digits[2:7]}-{digits[7:]}"
    return value


def phone_link(value: str) -> str:
    """``tel:+557730000123``; ``tel:192`` for a short number; ``""`` if it is not one number."""
    digits = _national(value)
    if len(digits) in (10, 11) and digits[0] != "0":
        return f"tel:+{COUNTRY_CODE}{digits}"
    return f"tel:{digits}" if 3 <= len(digits) <= 15 else ""


def whatsapp_link(value: str, text: str = "") -> str:
    """``https://wa.me/5577900000123``; ``""`` if it is no whole number."""
    digits = _national(value)
    if len(digits) not in (10, 11) or digits[0] == "0":
        return ""
    return f"https://wa.me/{COUNTRY_CODE}{digits}" + (f"?text={quote(text, safe='')}" if text else "")


def share_link(title: str, url: str) -> str:
    """A WhatsApp address that lets one send a page to somebody, without a script."""
    return "https://wa.me/?text=" + quote(f"{title}\n{url}", safe="")


def contact_name(contact: Contact) -> str:
    """What a contact is called: ``Telefone``."""
    return str(naming.CONTACT_NAMES[contact.type])


def address(value: Address | None) -> str:
    """``Rua A, 10, sala 2, Centro, CEP 45000-000``."""
    if value is None:
        return ""
    parts = [value.street, value.number, value.complement, value.neighbourhood]
    if value.postal_code:
        digits = re.sub(r"\D", "", value.postal_code)
        parts.append(f"CEP {digits[:5]}-{digits[5:]}" if len(digits) == 8 else f"CEP {value.postal_code}")
    return ", ".join(part for part in parts if part)


def _national(value: str) -> str:
    """The digits of one number; of a text with words in it, none: it may hold two."""
    digits = "" if _NOT_OF_A_NUMBER.search(value) else re.sub(r"\D", "", value)
    return digits[2:] if digits.startswith(COUNTRY_CODE) and len(digits) in (12, 13) else digits
