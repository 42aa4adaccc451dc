"""What a worker does about subscriptions besides sending: it tells of pauses, and forgets old attempts."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from services.models import Staff, Webhook, WebhookDelivery
from services.telling import admin_address, tell

#: How long attempts are kept.
KEPT = timedelta(days=30)


def forget_old(at: datetime) -> int:
    """Delete the attempts that are too old."""
    return WebhookDelivery.objects.filter(at__lt=at - KEPT).delete()[0]


def tell_of_pauses(at: datetime) -> int:
    """Tell Administração, once, of each subscriber that is sent nothing more; how many mails went out."""
    paused = list(Webhook.objects.filter(paused_at__isnull=False, told_at=None, active=True))
    # Taken one by one, so that of two workers each tells of what it took.
    taken = [webhook for webhook in paused if Webhook.objects.filter(pk=webhook.pk, told_at=None).update(told_at=at)]
    sent = 0
    for webhook in taken:
        people = _administration(at)
        went = [tell(user, lambda: _mail(user, webhook), reference=_reference(webhook, user)) for user in people]  # noqa: B023 - called at once
        sent += sum(went)
        if people and not any(went):
            Webhook.objects.filter(pk=webhook.pk).update(told_at=None)
    return sent


def _administration(at: datetime) -> list[Any]:
    """Who is there with an address; superusers where there are no roles."""
    users = get_user_model()._default_manager.filter(is_active=True).exclude(email="").order_by("pk")
    staff = Staff.on(timezone.localdate(at))
    if not staff.is_set_up:
        return list(users.filter(is_superuser=True))
    return list(users.filter(pk__in=staff.people(*Staff.ADMINISTRATION)))


def _reference(webhook: Webhook, user: Any) -> str:
    return f"webhook-{webhook.pk}-{webhook.paused_at:%Y%m%d%H%M%S}-{user.pk}"


def _mail(user: Any, webhook: Webhook) -> tuple[str, str]:
    subject = _("Envios parados: %(name)s") % {"name": webhook.name}
    lines = [
        _("Olá, %(name)s.") % {"name": get_user_display_name(user)},
        "",
        _("A carta de serviços não avisa mais o sistema “%(name)s” do que muda: %(why)s.")
        % {"name": webhook.name, "why": webhook.get_pause_display()},
        "",
        _("Nada se perdeu: quando os envios forem retomados, seguem de onde pararam."),
        _("Fale com quem cuida do outro sistema e, depois, retome os envios aqui:"),
        admin_address(reverse("conecta_webhooks:inspect", args=[webhook.pk])),
    ]
    return subject, "\n".join(lines) + "\n"
