"""What was good, or what to better: the reasons that are offered for each number of stars."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STARS: dict[int, Promise | str] = {
    1: _("Péssima"),
    2: _("Ruim"),
    3: _("Mais ou menos"),
    4: _("Boa"),
    5: _("Excelente"),
}
GOOD: dict[str, Promise | str] = {
    "easy": _("Foi fácil"),
    "fast": _("Foi rápido"),
    "clear": _("As informações eram claras"),
    "kind": _("Fui bem atendido"),
    "near": _("Pude fazer perto de casa ou pela internet"),
}
TO_BETTER: dict[str, Promise | str] = {
    "hard": _("Foi difícil"),
    "slow": _("Demorou"),
    "unclear": _("As informações não eram claras"),
    "unkind": _("Fui mal atendido"),
    "papers": _("Pediram documentos demais"),
    "far": _("Foi longe ou em horário ruim"),
    "unlike": _("Não foi como este site diz"),
}
#: So many at most may be given.
MOST = 3


def offered(stars: int) -> dict[str, Promise | str]:
    """The reasons for so many stars: from four on, what was good."""
    return GOOD if stars >= 4 else TO_BETTER
