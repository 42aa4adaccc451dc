"""Why a link does not open, in words for whoever has to mend it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WHY = {
    "gone": gettext_lazy("A página não existe mais (resposta %(status)s)."),
    "error": gettext_lazy("O site responde com erro (resposta %(status)s)."),
    "silent": gettext_lazy("O site não responde."),
    "unknown_host": gettext_lazy("Este site não existe: confira se o endereço está certo."),
    "certificate": gettext_lazy("O certificado de segurança do site não vale; o navegador mostra um alerta."),
    "loop": gettext_lazy("O site manda de uma página para outra sem chegar a nenhuma."),
    "written": gettext_lazy("O endereço está escrito de um jeito que não abre."),
    "internal": gettext_lazy("O endereço só abre dentro da rede da Prefeitura, não para o cidadão."),
}


def why(problem: str, status: int | None) -> str:
    """A sentence for a problem of ``services.link_check``; ``""`` if there is none."""
    if not problem:
        return ""
    return str(_WHY.get(problem, _("O link não abre."))) % {"status": status or ""}
