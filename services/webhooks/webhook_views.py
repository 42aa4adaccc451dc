"""The screens of one subscription: how it goes, its attempts, its secret, and what may be done about it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from services import changes, naming
from services.languages import source_locale
from services.models import PublishedRecord, Webhook, WebhookDelivery
from services.webhooks import acts, events, outcomes, signing, words
from services.webhooks.replaying import replay
from services.webhooks.webhook_forms import ReplayForm

PER_PAGE = 25
#: For how long the secret before a new one signs too.
BOTH_SIGN = timedelta(days=1)


class ListView(generic.IndexView):
    """All subscriptions."""

    @cached_property
    def columns(self) -> list[Column]:
        """Name, how it is, when it last went well."""
        return [
            self._get_title_column_class(TitleColumn)(
                "name", label=_("Nome"), sort_key="name", url_name="conecta_webhooks:inspect"
            ),
            Column("state", label=_("Situação"), accessor=words.state),
            Column("url", label=_("Endereço")),
            DateColumn("delivered_at", label=_("Última mensagem recebida")),
        ]


class AddView(generic.CreateView):
    """A new subscription; its secret is shown next."""

    def get_success_url(self) -> str:
        """Where the secret is shown."""
        return reverse("conecta_webhooks:secret", args=[self.object.pk])


class ChangeView(generic.EditView):
    """Back to the subscription."""

    def get_success_url(self) -> str:
        """Where one sees what comes of it."""
        return reverse("conecta_webhooks:inspect", args=[self.object.pk])


class DeleteView(generic.DeleteView):
    """Said in whole sentences; nothing else refers to a subscription."""

    @property
    def confirmation_message(self) -> str:
        """What is lost."""
        return _("O sistema não será mais avisado, e a lista de envios é apagada. Excluir mesmo assim?")

    def get_usage_url(self) -> None:
        """There is none."""
        return


class ShowView(generic.InspectView):
    """How it goes, and every attempt of the last days."""

    page_title = gettext_lazy("Sistema avisado")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the attempts, a page at a time: three queries."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        hook: Webhook = self.object
        attempts = hook.deliveries.order_by("-pk")
        if self.request.GET.get("falhas"):
            attempts = attempts.exclude(problem="")
        page = Paginator(attempts, PER_PAGE).get_page(self.request.GET.get("p"))
        return context | {
            "hook": hook,
            "state": words.state(hook),
            "kinds": ", ".join(naming.kind(kind) for kind in hook.kinds),
            "bodies": ", ".join(_titles("secretariat", hook.bodies).get(each, each) for each in hook.bodies),
            "attempts": [shown(each) for each in with_titles(page.object_list)],
            "page": page,
            "only_failures": bool(self.request.GET.get("falhas")),
            "waiting": _waiting(hook),
            "may_skip": _failing(hook) is not None,
        }


def _waiting(hook: Webhook) -> int | None:
    """How many changes it was not told of yet, of those that it may not even ask for; None after a restored backup."""
    epoch = changes.head()[0]
    if hook.cursor != changes.START and not hook.cursor.startswith(f"{epoch}."):
        return None
    return PublishedRecord.objects.after(changes.sequence_of(hook.cursor)).count()


def _titles(kind: str, ids: Any) -> dict[str, str]:
    rows = PublishedRecord.objects.public().filter(kind=kind, locale=source_locale(), entry_id__in=list(ids))
    return dict(rows.values_list("entry_id", "title"))


def with_titles(deliveries: Any) -> list[WebhookDelivery]:
    """Attempts, each with the ``title`` of its record: one query more."""
    found = list(deliveries)
    ids = {each.entry_id for each in found if each.entry_id}
    rows = PublishedRecord.objects.public().filter(entry_id__in=ids)
    titles = {
        (kind, entry_id, locale): title
        for kind, entry_id, locale, title in rows.values_list("kind", "entry_id", "locale", "title")
    }
    for each in found:
        each.title = titles.get((each.kind, each.entry_id, each.locale), "")
    return found


def shown(delivery: Any) -> dict[str, Any]:
    """What the screens say of an attempt."""
    about = ": ".join(part for part in (delivery.kind and naming.kind(delivery.kind), delivery.title) if part)
    return {
        "delivery": delivery,
        "type": words.event_type(delivery.type),
        "about": about,
        "became": words.became(delivery.problem, delivery.status),
        "well": not delivery.problem,
        "seconds": delivery.milliseconds / 1000,
    }


class _OfOne(WagtailAdminTemplateMixin, View):
    """A screen or an act of one subscription, for those who may change it."""

    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Nobody else."""
        if not request.user.has_perm("conecta_services.change_webhook"):
            raise PermissionDenied
        self.hook = get_object_or_404(Webhook, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def back(self) -> str:
        """The subscription's own screen."""
        return reverse("conecta_webhooks:inspect", args=[self.hook.pk])

    def get_page_subtitle(self) -> str:
        """Whose."""
        return self.hook.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list to here."""
        index = {
            "url": reverse("conecta_webhooks:index"),
            "label": capfirst(str(Webhook._meta.verbose_name_plural)),
        }
        last = {"url": "", "label": self.get_page_title(), "sublabel": self.hook.name}
        here = [{"url": self.back, "label": self.hook.name}, last]
        return [*super().get_breadcrumbs_items(), index, *here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the subscription and the way back."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"hook": self.hook, "back": self.back}


class SecretView(_OfOne, TemplateView):
    """The secret: shown once, by a press of a button, and from then on only exchanged for another."""

    page_title = gettext_lazy("Segredo")
    template_name = "conecta_services/admin/webhook_secret.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The only answer that holds it."""
        hook, now = self.hook, timezone.now()
        if hook.shown_at is not None:
            # Whoever is sending now looks again before the next message.
            Webhook.objects.filter(pk=hook.pk).update(
                seal=signing.new_seal(), old_seal=hook.seal, old_until=now + BOTH_SIGN, taken_by=""
            )
            hook.refresh_from_db()
            if hook.pause == Webhook.KEY:
                outcomes.resume(hook)
        # Of two who press at once, one sees it; the other exchanged it without knowing, and presses again.
        Webhook.objects.filter(pk=hook.pk).update(shown_at=now)
        log(hook, acts.NEW_SECRET)
        response = self.render_to_response(
            self.get_context_data(secret=signing.secret_of(hook.seal), changed=hook.shown_at is not None)
        )
        response["Cache-Control"] = "no-store"
        return response


class ReplayView(_OfOne, FormView):  # type: ignore[type-arg]
    """Send again from a place."""

    page_title = gettext_lazy("Enviar de novo")
    template_name = "conecta_services/admin/act.html"
    form_class = ReplayForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Moved."""
        after, before = form.cleaned_data["after"], self.hook.cursor
        replay(self.hook, after)
        log(self.hook, acts.MOVED, data={"after": after, "before": before})
        messages.success(self.request, _("Os envios recomeçam em instantes, do ponto escolhido."))
        return redirect(self.back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page says."""
        lead = _(
            "O outro sistema recebe outra vez o estado atual de cada item que mudou desde o ponto escolhido. "
            "Mensagens repetidas levam a mesma identificação."
        )
        return super().get_context_data(**kwargs) | {"lead": lead, "button": _("Enviar de novo")}


class PingView(_OfOne):
    """A message that says nothing, sent now; its answer is shown at once."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Sent, whatever comes of it."""
        hook, now = self.hook, timezone.now()
        event = events.ping(uid=hook.uid, at=now)
        # It brings httpx along, which only the worker needs otherwise.
        from services.webhooks.sending import Answer, Sender

        try:
            headers = signing.headers([hook.seal], event.id, event.body, at=now)
        except signing.KeyChanged:
            answer = Answer("key")
        else:
            answer = Sender().send(hook.url, headers, event.body)
        delivery = outcomes.keep(hook, event, answer, at=now)
        log(hook, acts.TESTED)
        return redirect("conecta_webhooks:delivery", pk=hook.pk, delivery=delivery.pk)


class DeliveryView(_OfOne, TemplateView):
    """One attempt, with what came back."""

    page_title = gettext_lazy("Envio")
    template_name = "conecta_services/admin/webhook_delivery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All that is known of it."""
        delivery = get_object_or_404(self.hook.deliveries, pk=self.kwargs["delivery"])
        return super().get_context_data(**kwargs) | shown(with_titles([delivery])[0])


class ResumeView(_OfOne):
    """Try again at once."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """From where it stopped."""
        outcomes.resume(self.hook)
        log(self.hook, acts.RESUMED)
        messages.success(request, _("Os envios seguem em instantes, de onde pararam."))
        return redirect(self.back)


class SkipView(_OfOne):
    """Leave out the message that the receiver does not take."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Go on behind it."""
        failing = _failing(self.hook)
        if failing is None:
            messages.warning(request, _("Nenhuma mensagem está falhando agora."))
            return redirect(self.back)
        after = changes.cursor(changes.head()[0], failing)
        replay(self.hook, after)
        log(self.hook, acts.MOVED, data={"after": after, "before": self.hook.cursor})
        messages.success(request, _("A mensagem foi pulada. Os envios seguem em instantes."))
        return redirect(self.back)


def _failing(hook: Webhook) -> int | None:
    """The number of the change that a receiver does not take, if it is one of now."""
    if not hook.failures or hook.restarted_at is not None:
        return None
    last = hook.deliveries.exclude(type=events.PING).order_by("-pk").first()
    if last is None or not last.problem or last.sequence is None:
        return None
    epoch, head = changes.head()
    its_epoch, _dot, number = hook.cursor.partition(".")
    reached = int(number) if its_epoch == epoch else 0
    return last.sequence if reached < last.sequence <= head else None
