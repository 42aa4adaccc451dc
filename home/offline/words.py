"""What the phone says, in a language: sentences that stand in the pages of the shell, beside where things are."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from services import naming
from services.listings import LISTINGS
from services.timing import WEEKDAYS

#: Sentences of ``services.wording``, whose own catalogue has them: named here by constants, so that they are
#: translated in one place. A test holds that each is still one of them.
OF_WORDING = {
    "suspended": "Este serviço está suspenso, sem data para voltar.",
    "suspended_until": "Este serviço está suspenso até %(until)s.",
    "suspended_brief": "suspenso",
    "suspended_brief_until": "suspenso até %(until)s",
    "out_of_season": "Fora de época: ainda não há data para abrir.",
    "out_of_season_until": "Fora de época: abre em %(opens)s.",
    "out_of_season_brief": "fora de época",
    "out_of_season_brief_until": "fora de época, abre em %(opens)s",
    "normal_until": "Aberto até %(until)s.",
    "normal_brief_until": "aberto até %(until)s",
    "always_open": "Aberto 24 horas",
    "open_today": "Aberto agora, até %(time)s",
    "open_other_day": "Aberto agora, até %(day)s, %(time)s",
    "closed": "Fechado agora",
    "closed_until": "Fechado agora. Abre %(day)s, %(time)s",
    "visiting": "Atendendo agora, até %(time)s",
    "next_visit": "Próximo atendimento: %(day)s, %(time)s",
    "today": "hoje",
    "tomorrow": "amanhã",
    "midnight": "meia-noite",
    "hour": "%(hour)dh",
    "hour_minute": "%(hour)dh%(minute)02d",
    "at_one": "à %(time)s",
    "at": "às %(time)s",
}


def words_for(locale: str) -> dict[str, Any]:
    """Sentences, names of days, and addresses of pages, for the program on the phone."""
    with override(locale):
        return {
            "locale": locale,
            "timing": {name: _(sentence) for name, sentence in OF_WORDING.items()},
            "weekdays": [str(naming.WEEKDAY_NAMES[day]) for day in WEEKDAYS],
            "own": _own(),
            "ages": _ages(),
            "listings": {listing.path: _listing(listing) for listing in LISTINGS},
            "addresses": {
                "home": reverse("wagtail_serve", args=[""]),
                "search": reverse("conecta_search:results"),
                "keep": reverse("conecta_offline:keep"),
                "charter": reverse("conecta_home:offline_charter_now", args=[locale]),
                "changes": reverse("conecta_home:offline_changes", args=[locale]),
                "entry": reverse("conecta_home:offline_entry", args=[locale, "service", "0"])[: -len("service/0.json")],
            },
        }


def _listing(listing: Any) -> dict[str, Any]:
    return {
        "address": reverse(f"conecta_services:{listing.path}"),
        "kinds": list(listing.kinds),
        "title": str(listing.title),
    }


def _ages() -> dict[str, list[str]]:
    """How long ago, in each unit: one, and several."""
    return {
        "minutes": [ngettext("há %(n)s minuto", "há %(n)s minutos", n) for n in (1, 2)],
        "hours": [ngettext("há %(n)s hora", "há %(n)s horas", n) for n in (1, 2)],
        "days": [ngettext("há %(n)s dia", "há %(n)s dias", n) for n in (1, 2)],
        "months": [ngettext("há %(n)s mês", "há %(n)s meses", n) for n in (1, 2)],
        "now": [_("agora mesmo"), ""],
    }


def _own() -> dict[str, str]:
    return {
        "offline": _("Você está sem internet"),
        "slow": _("A internet está lenta"),
        "copy": _("Esta é a cópia guardada no seu celular, copiada %(age)s."),
        "copy_checked": _("Esta é a cópia guardada no seu celular, copiada %(age)s e conferida %(checked)s."),
        "copied": _("copiado %(age)s"),
        "copied_checked": _("copiado %(age)s, conferido %(checked)s"),
        "again": _("Tentar de novo"),
        "alert": _("Aviso"),
        "not_kept": _("Esta página não está guardada neste celular. Veja abaixo o que está."),
        "nothing_kept": _("Ainda não há nada guardado neste celular."),
        "how_to_keep": _(
            "Com internet, abra “Guardar no celular” e copie a carta inteira: depois ela abre sem internet."
        ),
        "kept_title": _("O que está guardado"),
        "keep_title": _("Guardar no celular"),
        "results_one": _("1 resultado no que está guardado"),
        "results_many": _("%(n)s resultados no que está guardado"),
        "results_none": _("Nada do que está guardado responde a esta busca. Tente com outras palavras."),
        "results_title": _("Resultados da busca"),
        "where": _("Onde"),
        "visits": _("Próximos atendimentos"),
        "here": _("O que está guardado sobre este assunto"),
        "checklist": _("O que vale para mim"),
        "bring": _("O que levar"),
        "pay": _("Quanto custa"),
        "ask": _("Onde e como pedir"),
        "any_answer": _("Ainda não respondi"),
        "remove": _("Apagar do celular"),
        "remove_this": _("Apagar do celular: %(title)s"),
        "removed": _("Apagado do celular."),
        "whole_kept": _("A carta inteira está guardada: %(n)s páginas, copiada %(age)s, conferida %(checked)s."),
        "whole_none": _("A carta inteira ainda não está guardada neste celular."),
        "whole_keep": _("Guardar a carta no celular"),
        "whole_renew": _("Atualizar agora"),
        "whole_remove": _("Apagar a carta do celular"),
        "keeping": _("Copiando…"),
        "done": _("Pronto: agora isto abre sem internet."),
        "up_to_date": _("A cópia está em dia."),
        "chosen": _("Você escolheu"),
        "seen": _("Você abriu há pouco"),
        "use": _("Espaço usado neste celular: %(size)s."),
        "full": _("O celular está sem espaço para guardar. Apague algo, como fotos ou aplicativos, e tente de novo."),
        "absent": _(
            "Este navegador não deixa guardar páginas. Se a janela é anônima ou privada, abra o site em outra, comum."
        ),
        "unreachable": _("Não deu para copiar agora. Confira a internet e tente de novo."),
    }
