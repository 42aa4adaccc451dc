"""What the templates of checklists and of steps to tick need."""

from django import template

from services.case_words import helped, titled, worded
from services.cases import Question, key_of, questions_of
from services.record import Procedure, Service

register = template.Library()
register.filter(titled)
register.filter(helped)
register.filter(worded)
register.filter("tick", key_of)


@register.filter
def questions(record: Service) -> list[Question]:
    """What a service's checklist asks."""
    return questions_of(record)


@register.filter
def counted(words: str, total: int) -> str:
    """Words on progress, such as ``# de ## etapas``, before anything is done."""
    return words.replace("##", str(total)).replace("#", "0")


@register.filter
def ticked_steps(record: Procedure) -> list[dict[str, object]]:
    """Steps with the name by which a device remembers that one is done: the same when their order changes."""
    seen: dict[str, int] = {}
    found = []
    for number, step in enumerate(record.steps, start=1):
        times = seen[step.title] = seen.get(step.title, 0) + 1
        found.append({"number": number, "step": step, "tick": key_of(f"{step.title} {times}")})
    return found
