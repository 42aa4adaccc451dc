"""The forms of entries: drafts save freely; publishing shows the gate's gaps beside their fields."""

from collections.abc import Mapping
from typing import Any

from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_m2m_relations
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.models import Locale, Page, Revision, RevisionMixin, TranslatableMixin

from services import completeness
from services.body_permissions import OF_A_BODY, OfItsBody, of_bodies, visible_to
from services.gate import gaps_of
from services.models import Alert

#: Fields that say whose an entry is.
_OWNERS = frozenset({"secretariat", "service", "services", "unit"})


class GatedForm:
    """Shows each required gap as an error of its field, when the form is not a draft's."""

    instance: Any
    fields: dict[str, Any]
    is_deferred_validation: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_source_locale(self.fields)
        keep_in_reach(self)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if sentence := saved_meanwhile(self):
            self.add_error(None, sentence)  # type: ignore[attr-defined]
        if self.is_deferred_validation:
            return
        take_chosen(self.instance, self.cleaned_data)  # type: ignore[attr-defined]
        # Found before any is added: one field may have several.
        wrong = set(self.errors)  # type: ignore[attr-defined]
        for gap in completeness.required(gaps_of(self.instance, parent=getattr(self, "parent_page", None))):
            field = gap.rule.field
            if field not in wrong:
                self.add_error(field if field in self.fields else None, str(gap))  # type: ignore[attr-defined]


def take_chosen(instance: Any, cleaned: Mapping[str, Any]) -> None:
    """Set what was ticked: until a form is saved, the instance has the units and themes that it had before."""
    for field in get_all_child_m2m_relations(type(instance)):
        if field.name in cleaned:
            field.save_form_data(instance, cleaned[field.name])


def offer_source_locale(fields: dict[str, Any]) -> None:
    """Offer each entry once: a record points to entries, and which language they are read in is the reader's choice."""
    choosing = [field for field in fields.values() if isinstance(field, ModelMultipleChoiceField)]
    source = Locale.get_default() if choosing else None
    for field in choosing:
        offered: Any = field.queryset
        if issubclass(offered.model, TranslatableMixin):
            field.queryset = offered.filter(locale=source)
            if issubclass(offered.model, Page):
                field.queryset = field.queryset.order_by("title")


def keep_in_reach(form: Any) -> None:
    """Offer what somebody may know of; and let a body's people write for their body only."""
    user = getattr(form, "for_user", None)
    if user is None:
        return
    for field in form.fields.values():
        if isinstance(field, ModelChoiceField):
            field.queryset = visible_to(user, field.queryset)
    model = type(form.instance)
    if model not in OF_A_BODY:
        return
    reach = OfItsBody(model).reach(user, {"add", "change"})
    if reach is not None:
        for name in _OWNERS.intersection(form.fields):
            field = form.fields[name]
            field.queryset = of_bodies(field.queryset, reach)
            # A visit without services is for all of its unit's; an alert without any is the whole city's.
            field.required = name != "services" or model is Alert


def saved_meanwhile(form: Any) -> str:
    """The sentence for whoever saves over what somebody else saved after the form was opened, else nothing."""
    data, entry = form.data, form.instance
    if not form.is_bound or entry.pk is None or not isinstance(entry, RevisionMixin):
        return ""
    latest = Revision.objects.for_instance(entry).order_by("-created_at", "-pk").select_related("user").first()
    if latest is None:
        return ""
    if overwritten := data.get("overwrite_revision_id"):
        same = overwritten == str(latest.pk)
    elif loaded := data.get("loaded_revision_id"):
        moment = data.get("loaded_revision_created_at") or latest.created_at.isoformat()
        same = loaded == str(latest.pk) and moment == latest.created_at.isoformat()
    else:
        same = True
    if same:
        return ""
    person = latest.user.get_full_name() or latest.user.get_username() if latest.user else _("O sistema")
    time = f"{timezone.localtime(latest.created_at):%H:%M}"
    return _(
        "%(person)s salvou este texto às %(time)s, depois que você o abriu. O que você escreveu está aqui na tela e "
        "não foi salvo. Veja no histórico o que mudou; se salvar de novo, vale o seu texto."
    ) % {"person": person, "time": time}


class EntryPageForm(GatedForm, WagtailAdminPageForm):
    """A page of the charter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "predecessors" in self.fields:
            # A body cannot come from itself.
            offered: Any = self.fields["predecessors"]
            offered.queryset = offered.queryset.exclude(pk=self.instance.pk)


class EntryForm(GatedForm, WagtailAdminModelForm):
    """A snippet of the charter."""


class LiveAtOnceForm(WagtailAdminModelForm):
    """What goes live as it is saved: a suspension, a visit, an alert."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_source_locale(self.fields)
        keep_in_reach(self)

    def clean(self) -> Any:
        """It cannot end before it starts."""
        data = super().clean()
        for first, last in (("starts", "ends"), ("opens", "closes")):
            if data.get(first) and data.get(last) and data[last] < data[first]:
                self.add_error(last, _("O fim vem antes do começo."))
        return data
