"""A manifestation with all that happened to it, and the acts on it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from feedback import inbox
from feedback.deadline_words import told
from feedback.inbox_admin.act_forms import ACTS, REQUEST_ACTS, Act, ActForm, offered
from feedback.inbox_admin.listing import deadline_of, name_of
from feedback.models import Attachment, BodyRequest, Manifestation
from feedback.naming import titles_of
from feedback.owing import OPEN
from feedback.reading import Reader
from feedback.roles import ANSWER_AS_BODY, CHANGE, VIEW
from services.models import Refused
from services.newsroom.admin_page import AdminPage


class ManifestationView(AdminPage, TemplateView):
    """For those who may read it; others are not told that it is there."""

    template_name = "conecta_feedback/admin/manifestation.html"
    header_icon = "mail"
    manifestation: Manifestation
    #: The form of the act that was refused, by the name of its place on the page.
    refused: dict[str, ActForm]
    contact: dict[str, str] | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look it up."""
        self.reader, self.refused = Reader.of(request.user), {}
        if not self.reader.may(VIEW):
            raise PermissionDenied
        self.manifestation = get_object_or_404(self.reader.manifestations(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        """Its protocol."""
        return self.manifestation.protocol

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list."""
        way = super().get_breadcrumbs_items()
        way.insert(-1, {"url": reverse("conecta_inbox:inbox"), "label": _("Caixa de entrada")})
        return way

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All that this person may read of it."""
        row, reader, today = self.manifestation, self.reader, timezone.localdate()
        whole = reader.bodies(VIEW) is None
        requests = list(row.requests.select_related("asked_by", "answered_by"))
        if not whole:
            requests = [each for each in requests if each.body_id in (reader.bodies(VIEW) or ())]
        names = titles_of({row.body_id, row.service_id, *(each.body_id for each in requests)})
        movements = row.movements.select_related("by")
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "manifestation": row,
            "body": names.get(row.body_id, ""),
            "service": names.get(row.service_id, ""),
            "deadline": deadline_of(row, today),
            "assigned": name_of(row.assigned_to),
            "open": row.state in OPEN,
            "movements": movements if whole else movements.filter(public=True),
            "whole": whole,
            "requests": [self._request(each, names, today) for each in requests],
            "attachments": row.attachments.all(),
            "acts": [self._act(ACTS[name]) for name in offered(row, reader, today)],
            "improvements": row.improvements.all(),
            "may_see_contact": reader.sees_restricted and hasattr(row, "contact"),
            "contact": self.contact,
            "changes": reader.may_everywhere(CHANGE),
        }

    def _act(self, act: Act) -> dict[str, Any]:
        return {
            "act": act,
            "form": self.refused.get(act.name) or act.form(self.manifestation, prefix=act.name),
            "open": act.name in self.refused or act.name == "answer",
            "address": reverse("conecta_inbox:act", args=[self.manifestation.pk, act.name]),
        }

    def _request(self, request: BodyRequest, names: dict[str, str], today: Any) -> dict[str, Any]:
        answered = timezone.localdate(request.answered_at) if request.answered_at else None
        mine = answered is None and self.manifestation.state in OPEN and not self.manifestation.restricted
        mine = mine and self.reader.may(ANSWER_AS_BODY, request.body_id)
        late = today > request.due_on
        acts = [
            {
                "act": act,
                "form": self.refused.get(place) or act.form(request, prefix=place),
                "open": place in self.refused or act.name == "answer",
                "address": reverse("conecta_inbox:request_act", args=[request.pk, act.name]),
            }
            for act in REQUEST_ACTS.values()
            if mine and not (act.name == "extend" and (request.extended_at or late))
            for place in [f"{act.name}-{request.pk}"]
        ]
        return {
            "request": request,
            "body": names.get(request.body_id, ""),
            "deadline": told(request.due_on, today, answered_on=answered),
            "acts": acts,
        }

    def do(self, act: Act, to: Any, place: str) -> HttpResponseBase:
        """Do an act, or show the page with the sentence that says why not."""
        form = act.form(to, self.request.POST, prefix=place)
        if form.is_valid():
            try:
                act.do(to, self.request.user, form.cleaned_data, timezone.now())
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(self.request, str(act.done))
                return redirect(reverse("conecta_inbox:manifestation", args=[self.manifestation.pk]))
        self.refused[place] = form
        # Somebody else may have done it meanwhile: then its form is no more, and the sentence stands above.
        self.manifestation.refresh_from_db()
        context = self.get_context_data()
        offers = [*context["acts"], *(one for each in context["requests"] for one in each["acts"])]
        if place not in {one["form"].prefix for one in offers}:
            for sentence in form.non_field_errors():
                messages.error(self.request, str(sentence))
        return self.render_to_response(context)


class ActView(ManifestationView):
    """An act on a manifestation."""

    http_method_names = ["post"]

    def post(self, _request: HttpRequest, *, act: str, pk: int) -> HttpResponseBase:
        """Do it."""
        if act not in ACTS:
            raise Http404
        return self.do(ACTS[act], self.manifestation, act)


class RequestActView(ManifestationView):
    """What a body does with what the ombudsman asked."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """By the request's number."""
        self.asked = get_object_or_404(BodyRequest, pk=kwargs["request_pk"])
        return super().dispatch(request, *args, **kwargs, pk=self.asked.manifestation_id)

    def post(self, _request: HttpRequest, *, act: str, request_pk: int, pk: int) -> HttpResponseBase:
        """Do it."""
        if act not in REQUEST_ACTS:
            raise Http404
        return self.do(REQUEST_ACTS[act], self.asked, f"{act}-{request_pk}")


class ContactView(ManifestationView):
    """Who brought it, for once: the address of this page shows nothing by itself."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *, pk: int) -> HttpResponse:
        """Show it, and note that it was shown."""
        now: datetime = timezone.now()
        try:
            self.contact = inbox.see_contact(self.manifestation, request.user, at=now)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return self.render_to_response(self.get_context_data())


class AttachmentView(View):
    """A private file, for those who may read what it came with: downloaded, and never shown as part of the admin."""

    def get(self, request: HttpRequest, *, pk: int) -> HttpResponseBase:
        """Its content."""
        reader = Reader.of(request.user)
        if not reader.may(VIEW):
            raise PermissionDenied
        found = get_object_or_404(Attachment, pk=pk, manifestation__in=reader.manifestations())
        response = FileResponse(
            found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type
        )
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response
