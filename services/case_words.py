"""What the questions of a checklist say where the record has no words for it."""

from django.utils.translation import gettext as _

from services.cases import CASE, NONE, Option, Question


def titled(question: Question) -> str:
    """What a question asks: its own words, or ours where it is made of a charter's cases."""
    return _("Qual é o seu caso?") if question.id == CASE else question.title


def helped(question: Question) -> str:
    """What helps to answer it."""
    return _("Marque todos os que valem para você.") if question.many else question.help


def worded(option: Option) -> str:
    """What an option says."""
    return _("Nenhum destes") if option.key == NONE and not option.text else option.text
