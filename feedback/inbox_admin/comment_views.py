"""A rating's comment, and what is done with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from feedback import comments
from feedback.improvements import note_change, versions_after
from feedback.inbox_admin.act_forms import AssignForm, ChangeForm
from feedback.inbox_admin.listing import name_of, stars_of
from feedback.models import Rating
from feedback.naming import titles_of
from feedback.officials import official_names
from feedback.reading import Reader
from feedback.reasons import GOOD, TO_BETTER
from feedback.roles import NOTE_IMPROVEMENT, SHOW_COMMENTS, VIEW_COMMENTS
from feedback.screening import marks_of
from services.models import Refused
from services.newsroom.admin_page import AdminPage


class CommentAssignForm(AssignForm):
    """To whom."""

    def beginning(self, said: Any) -> dict[str, Any]:
        """Whose it is."""
        care = getattr(said, "care", None)
        return {"person": care.assigned_to_id if care else None}


class CommentView(AdminPage, TemplateView):
    """For those who may read it."""

    template_name = "conecta_feedback/admin/comment.html"
    header_icon = "comment"
    page_title = _("Comentário de avaliação")
    rating: Rating

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Look it up."""
        self.reader = Reader.of(request.user)
        if not self.reader.may(VIEW_COMMENTS):
            raise PermissionDenied
        rows = self.reader.comments().select_related("care__assigned_to")
        self.rating = get_object_or_404(rows, pk=kwargs["pk"])
        self.refused: dict[str, forms.Form] = {}
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """From the list."""
        way = super().get_breadcrumbs_items()
        way.insert(-1, {"url": reverse("conecta_inbox:inbox"), "label": _("Caixa de entrada")})
        return way

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rating, and what this person may do with its comment."""
        row, care = self.rating, getattr(self.rating, "care", None)
        names, reasons = titles_of({row.body_id, row.service_id}), GOOD | TO_BETTER
        cares = self.reader.may_everywhere(SHOW_COMMENTS)
        improves = self.reader.may(NOTE_IMPROVEMENT, row.body_id) and versions_after(row).exists()
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "rating": row,
            "stars": stars_of(row),
            "reasons": [reasons[key] for key in row.reasons if key in reasons],
            "body": names.get(row.body_id, ""),
            "service": names.get(row.service_id, ""),
            "public": bool(care and care.public),
            "read": bool(care and care.read_at),
            "assigned": name_of(care.assigned_to if care else None),
            "marks": marks_of(row.comment, official_names()),
            "cares": cares,
            "assign": (self.refused.get("assign") or CommentAssignForm(row, prefix="assign")) if cares else None,
            "change": (self.refused.get("change") or ChangeForm(row, prefix="change")) if improves else None,
            "change_open": "change" in self.refused,
            "improvements": row.improvements.all(),
        }

    def post(self, request: HttpRequest, *, pk: int, act: str) -> HttpResponseBase:
        """Do an act, or show the sentence that says why not."""
        kinds: dict[str, Any] = {"assign": CommentAssignForm, "change": ChangeForm}
        if act not in {"show", "hide", "read", *kinds}:
            raise Http404
        form = kinds[act](self.rating, request.POST, prefix=act) if act in kinds else None
        if form is not None and not form.is_valid():
            self.refused[act] = form
            return self.render_to_response(self.get_context_data())
        try:
            self._do(act, form.cleaned_data if form is not None else {})
        except Refused as refusal:
            if form is None:
                messages.error(request, str(refusal))
            else:
                form.add_error(None, str(refusal))
                self.refused[act] = form
                return self.render_to_response(self.get_context_data())
        else:
            messages.success(request, str(_("Salvo.")))
        return redirect(reverse("conecta_inbox:comment", args=[pk]))

    def _do(self, act: str, data: dict[str, Any]) -> None:
        user, now = self.request.user, timezone.now()
        if act == "show":
            comments.show(self.rating, user)
        elif act == "hide":
            comments.hide(self.rating, user)
        elif act == "read":
            comments.mark_read(self.rating, user, at=now)
        elif act == "assign":
            comments.assign_comment(self.rating, user, data["person"])
        else:
            note_change(self.rating, user, sequence=int(data["version"]), sentence=data["text"], at=now)
