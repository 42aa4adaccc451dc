"""What is done with a rating's comment: it is read, given to somebody, shown to everybody or hidden again.

Each act is in the register of acts; none of its entries holds what was said.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from feedback.models import CommentCare, Rating
from feedback.reading import Reader
from feedback.refusals import NotYours, WrongOrder
from feedback.roles import ANSWER, SHOW_COMMENTS

SHOWN = "conecta.comment_shown"
HIDDEN = "conecta.comment_hidden"


@transaction.atomic
def show(rating: Rating, user: Any) -> None:
    """Let the portal show a comment. Raises ``Refused``."""
    care = _held(rating, user)
    if rating.set_aside:
        raise WrongOrder(_("Este comentário veio com muitos outros do mesmo lugar. Não é contado nem mostrado."))
    _set_public(care, user, public=True)


@transaction.atomic
def hide(rating: Rating, user: Any) -> None:
    """Let it show it no more. Raises ``Refused``."""
    _set_public(_held(rating, user), user, public=False)


@transaction.atomic
def mark_read(rating: Rating, user: Any, *, at: datetime) -> None:
    """Nothing is left to do about it. Raises ``Refused``."""
    care = _held(rating, user)
    care.read_at = care.read_at or at
    care.save()


@transaction.atomic
def assign_comment(rating: Rating, user: Any, person: Any) -> None:
    """Give it to somebody who answers, or with ``None`` to nobody. Raises ``Refused``."""
    care = _held(rating, user)
    if person is not None and not Reader.of(person).may_everywhere(ANSWER):
        raise WrongOrder(_("Esta pessoa não responde a manifestações."))
    care.assigned_to = person
    care.save()


def _held(rating: Rating, user: Any) -> CommentCare:
    if not Reader.of(user).may_everywhere(SHOW_COMMENTS):
        raise NotYours
    care, _new = CommentCare.objects.select_for_update().get_or_create(rating=rating)
    return care


def _set_public(care: CommentCare, user: Any, *, public: bool) -> None:
    if care.public == public:
        raise WrongOrder(_("Já está assim."))
    care.public = public
    care.save()
    log(instance=care.rating, action=SHOWN if public else HIDDEN, user=user)
