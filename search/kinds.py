"""What the kinds of entries that can be found are called on screens."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

#: Many of them.
KIND_NAMES: dict[str, str | Promise] = {
    "service": gettext_lazy("Serviços"),
    "procedure": gettext_lazy("Passo a passo"),
    "information": gettext_lazy("Informações"),
    "secretariat": gettext_lazy("Órgãos"),
    "unit": gettext_lazy("Unidades de atendimento"),
    "form": gettext_lazy("Formulários"),
    "topic": gettext_lazy("Temas"),
    "life_event": gettext_lazy("Momentos da vida"),
}
#: One of them.
KIND_LABELS: dict[str, str | Promise] = {
    "service": pgettext_lazy("kind", "Serviço"),
    "procedure": pgettext_lazy("kind", "Passo a passo"),
    "information": pgettext_lazy("kind", "Informação"),
    "secretariat": pgettext_lazy("kind", "Órgão"),
    "unit": pgettext_lazy("kind", "Unidade de atendimento"),
    "form": pgettext_lazy("kind", "Formulário"),
    "topic": pgettext_lazy("kind", "Tema"),
    "life_event": pgettext_lazy("kind", "Momento da vida"),
}
