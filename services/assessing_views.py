"""Forms of entries, assessed as they stand while an editor types; kept is only which advice does not fit, and why.

What such a form posts, and who may post it, is what Wagtail's own preview of the same form takes.
"""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import preview as generic
from wagtail.admin.views.pages import preview as pages

from services.assessment import Assessment, assess, is_assessed
from services.dismissing.acts import dismiss, restore
from services.forms import take_chosen
from services.models import ENTRY_MODELS, PublishedEntry, Refused

PANEL = "conecta_services/admin/assessment.html"


class _Assessing:
    """Answers in JSON: ``percent``, ``required`` (how many gaps keep it from going public), ``html`` for the panel.

    Where advice could not be waved away it answers 422 with ``refused``, a sentence.
    """

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Judge the form; a field that is in error counts as it was last saved."""
        entry: Any = self.object  # type: ignore[attr-defined]
        if not is_assessed(type(entry)):
            raise Http404
        if not request.POST:
            # Of nothing Wagtail makes a form that cannot be judged.
            return HttpResponseBadRequest()
        form = self.get_form(request.POST)  # type: ignore[attr-defined]
        form.defer_required_fields()
        # Whether its address is free says nothing of the text, and costs queries.
        form.fields.pop("slug", None)
        try:
            form.is_valid()
        except MultiValueDictKeyError:
            # Not a form of ours: Wagtail's blocks must say how many they are.
            return HttpResponseBadRequest()
        take_chosen(entry, form.cleaned_data)
        # A form cannot do without it, so it is no cleaned value.
        entry.title = request.POST.get("title", "").strip()
        found = assess(entry, parent=getattr(form, "parent_page", None))
        try:
            if self._waved(entry, found):
                found = assess(entry, parent=getattr(form, "parent_page", None))
        except Refused as refusal:
            return JsonResponse({"refused": str(refusal)}, status=422)
        return JsonResponse(
            {
                "percent": found.score.percent,
                "required": len(found.required),
                "html": render_to_string(PANEL, {"found": found}, request),
            }
        )

    def _waved(self, entry: Any, found: Assessment) -> bool:
        """Whether the panel asked, with its form, to wave advice away or to show it again. Raises ``Refused``."""
        posted, user = self.request.POST, self.request.user  # type: ignore[attr-defined]
        dismissed, restored = posted.get("conecta-dismiss"), posted.get("conecta-restore")
        if dismissed:
            advice = next((each for each in found.advice if each.id == dismissed), None)
            if advice is None:
                raise Refused(_("O texto mudou: esta sugestão já não vale."))
            dismiss(entry, advice, posted.get("conecta-reason", ""), user=user, at=timezone.now())
        elif restored:
            restore(entry, restored, user=user)
        return bool(dismissed or restored)


class _OfAPage(_Assessing):
    """Without the title and address that a preview makes up."""

    #: Where the page is, or will be.
    parent: Any

    def get_form(self, posted: QueryDict) -> Any:
        """The page's form, below its parent."""
        page: Any = self.object  # type: ignore[attr-defined]
        return page.get_edit_handler().get_form_class()(
            posted,
            instance=page,
            parent_page=self.parent,
            for_user=self.request.user,  # type: ignore[attr-defined]
        )


class AssessPage(_OfAPage, pages.PreviewOnEditView):
    """A page that is there."""

    def get_object(self) -> Any:
        """Its newest revision; whoever may not edit it is refused."""
        page = super().get_object()
        self.parent = page.get_parent().specific
        return page


class AssessNewPage(_OfAPage, pages.PreviewOnCreateView):
    """A page that is not saved yet."""

    def get_object(self) -> Any:
        """The new page; whoever may not write below its parent is refused."""
        page = super().get_object()
        self.parent = generic.get_object_or_404(pages.Page, id=self.parent_object_id).specific
        return page


class _OfASnippet(_Assessing):
    """A snippet's form is the one of its admin views."""

    model: Any
    kwargs: Mapping[str, Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Which kind of entry it is stands in the address."""
        model: Any = ENTRY_MODELS.get(kwargs["kind"])
        if model is None or not issubclass(model, PublishedEntry):
            raise Http404
        self.model = model
        self.permission_policy = model.snippet_viewset.permission_policy
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def get_form_class(self) -> Any:
        """As the viewset makes it."""
        return self.model.snippet_viewset.get_edit_handler().get_form_class()


class AssessSnippet(_OfASnippet, generic.PreviewOnEdit):
    """A snippet that is there."""


class AssessNewSnippet(_OfASnippet, generic.PreviewOnCreate):
    """A snippet that is not saved yet."""
