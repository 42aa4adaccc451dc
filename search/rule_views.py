"""A rule is saved in two steps: what it does is shown first, and what it spoils has to be agreed to."""

import hashlib
from copy import copy
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import CreateView, DeleteView, EditView

from search.engines.base import EngineError
from search.models import JudgedQuery, Rule
from search.trial import Change, Trial, try_out

#: Fields of the second step.
_TRIED = "conecta-tried"
_KNOWING = "conecta-knowing"
_BACK = "conecta-back"
_OURS = frozenset({_TRIED, _KNOWING, _BACK, "csrfmiddlewaretoken"})
_SALT = "conecta.search.trial"
#: What was shown an hour ago may be otherwise now.
_HOLDS_SECONDS = 3600


def _digest(given: QueryDict, subject: object) -> str:
    told = repr([subject, *sorted((name, values) for name, values in given.lists() if name not in _OURS)])
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


class TriedFirst:
    """For views that save or delete a rule."""

    request: HttpRequest

    def was_shown(self, subject: object) -> bool:
        """Whether what this very change does was shown, and agreed to where it spoils something."""
        try:
            shown = signing.loads(self.request.POST.get(_TRIED, ""), salt=_SALT, max_age=_HOLDS_SECONDS)
        except signing.BadSignature:
            return False
        agreed = not shown["lowers"] or _KNOWING in self.request.POST
        return bool(agreed and shown["change"] == _digest(self.request.POST, subject))

    def tried(self, change: Change, given: QueryDict, subject: object) -> dict[str, Any]:
        """For the template of the second step."""
        trial: Trial | None
        try:
            trial = try_out(change, today=timezone.localdate(timezone.now()))
        except EngineError:
            trial = None
        told = {"change": _digest(given, subject), "lowers": bool(trial and trial.lowers)}
        return {
            "trial": trial,
            "token": signing.dumps(told, salt=_SALT),
            "given": [(name, value) for name, values in given.lists() if name not in _OURS for value in values],
            "not_agreed": bool(trial and trial.lowers and _TRIED in self.request.POST),
        }


class _SavedInTwoSteps(TriedFirst):
    trial_template_name = "conecta_search/admin/trial.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Back from the second step, the form is as it was filled in."""
        if _BACK not in request.POST:
            response: HttpResponseBase = super().post(request, *args, **kwargs)  # type: ignore[misc]
            return response
        self.object = self._stored()
        form = self.get_form()  # type: ignore[attr-defined]
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[attr-defined, no-any-return]

    def _stored(self) -> Any:
        return None

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Save what was shown; else show it."""
        before = self._stored()
        subject = before.pk if before else None
        if self.was_shown(subject):
            response: HttpResponseBase = super().form_valid(form)  # type: ignore[misc]
            return response
        after = copy(form.instance)
        self.form = form
        context = self.get_context_data(form=form)  # type: ignore[attr-defined]
        return TemplateResponse(
            self.request,
            self.trial_template_name,
            context | self.tried(Change(before, after), self.request.POST, subject),
        )


class RuleCreateView(_SavedInTwoSteps, CreateView):
    """A new rule; an address may fill in its fields."""

    def get_initial(self) -> dict[str, Any]:
        """From the report, or wherever a rule is called for."""
        return {name: value for name, value in self.request.GET.items() if name in self.form_class.base_fields}


class RuleEditView(_SavedInTwoSteps, EditView):
    """A rule as it stands, and as it would be."""

    def _stored(self) -> Rule:
        # Fresh: the form has changed its own.
        stored: Rule = self.model._default_manager.get(pk=self.object_pk)
        return stored


class RuleDeleteView(TriedFirst, DeleteView):
    """What a rule did shows when it goes."""

    template_name = "conecta_search/admin/rule_delete.html"
    confirmation_message = gettext_lazy("Nada foi apagado ainda. Veja o que muda na busca, depois confirme.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what the search does without it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | self.tried(Change(self.object, None), QueryDict(), self.object.pk)

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Delete what was shown to go; else show it."""
        if self.was_shown(self.object.pk):
            response: HttpResponseBase = super().form_valid(form)
            return response
        return self.render_to_response(self.get_context_data())  # type: ignore[no-any-return]


class JudgedCreateView(CreateView):
    """First the query, then its results to tick."""

    ask_template_name = "conecta_search/admin/judged_query_ask.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without a query, ask for it."""
        if not request.GET.get("query", "").strip():
            self.object = None
            return TemplateResponse(request, self.ask_template_name, self.get_context_data())
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def get_initial(self) -> dict[str, Any]:
        """The query that was asked for."""
        return {"query": " ".join(self.request.GET.get("query", "").split())}

    def save_instance(self) -> JudgedQuery:
        """By whom."""
        self.form.instance.added_by = self.request.user
        saved: JudgedQuery = super().save_instance()
        return saved
