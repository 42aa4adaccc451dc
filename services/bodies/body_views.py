"""Two steps each: what is asked, then what will happen, and only then it does."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from services.bodies.forms import MergeForm, RenameForm
from services.bodies.merging import MergePlan, kinds_in_words, merge_bodies, plan_merge
from services.bodies.permissions import may_merge, may_rename
from services.bodies.renaming import rename_body
from services.models import SecretariatPage

TEMPLATE = "conecta_services/admin/change_body.html"
#: The field of the second step.
CONFIRM = "confirmar"


class _BodyView(View):
    """A form over one body; its answer is shown as sentences before it is done."""

    title = ""
    icon = "edit"
    button = ""
    body: SecretariatPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The body, for whoever may change it."""
        super().setup(request, *args, **kwargs)
        self.body = get_object_or_404(SecretariatPage, pk=kwargs["body_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Both acts are for those who may change the body in public."""
        if not may_rename(request.user, self.body):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, body_id: int) -> HttpResponse:
        """The empty form."""
        return self.shown(self.form(None), [])

    def post(self, request: HttpRequest, body_id: int) -> HttpResponse:
        """What will happen; with ``confirmar``, have it happen."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, [])
        try:
            if CONFIRM not in request.POST:
                return self.shown(form, self.told(form))
            done = self.do(form)
        except ValidationError as error:
            for field, faults in getattr(error, "error_dict", {None: error}).items():
                form.add_error(field, faults)
            return self.shown(form, [])
        messages.success(request, done)
        return redirect("wagtailadmin_explore", self.body.pk)

    def shown(self, form: Any, sentences: list[str]) -> HttpResponse:
        """The form, or the sentences with what was entered."""
        context = {
            "page_title": self.title,
            "page_subtitle": self.body.title,
            "header_icon": self.icon,
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_explore", args=[self.body.pk]), "label": self.body.title},
                {"url": "", "label": self.title},
            ],
            "form": form,
            "media": form.media,
            "sentences": sentences,
            "confirm": CONFIRM,
            "button": self.button,
            "back": reverse("wagtailadmin_explore", args=[self.body.pk]),
            "given": [(name, form.data.get(name, "")) for name in form.fields] if sentences else [],
        }
        return TemplateResponse(self.request, TEMPLATE, context)

    def form(self, data: Any) -> Any:
        """The form, empty or with what was entered."""
        raise NotImplementedError

    def told(self, form: Any) -> list[str]:
        """What will happen. Raises ``ValidationError``."""
        raise NotImplementedError

    def do(self, form: Any) -> str:
        """Have it happen, and say so. Raises ``ValidationError``."""
        raise NotImplementedError


class RenameView(_BodyView):
    """Another name."""

    @property
    def title(self) -> str:  # type: ignore[override]
        """In the language of who reads."""
        return _("Mudar o nome do órgão")

    @property
    def button(self) -> str:  # type: ignore[override]
        """As the act is called."""
        return _("Mudar o nome agora")

    def form(self, data: Any) -> RenameForm:
        """With the name it has."""
        held = {"title": self.body.title, "acronym": self.body.acronym, "slug": self.body.slug}
        return RenameForm(data, initial=held)

    def told(self, form: RenameForm) -> list[str]:
        """The new name, the old one, the addresses."""
        name = form.name
        below = self.body.get_descendants().live().count()
        found = [
            _("“%(old)s” passa a se chamar “%(new)s” agora mesmo, na página dele e em todas que falam dele.")
            % {"old": self.body.title, "new": name.title},
            _("O nome antigo continua encontrado na busca, como outro nome do órgão."),
        ]
        if name.slug != self.body.slug:
            found.append(
                ngettext(
                    "O endereço da página dele e de %d página abaixo muda; os endereços antigos levam aos novos.",
                    "O endereço da página dele e de %d páginas abaixo muda; os endereços antigos levam aos novos.",
                    below,
                )
                % below
            )
        else:
            found.append(_("Nenhum endereço muda."))
        if self.body.has_unpublished_changes:
            found.append(_("O rascunho dele também muda de nome, e o resto dele continua rascunho."))
        return found

    def do(self, form: RenameForm) -> str:
        """In one transaction."""
        rename_body(self.body, form.name, user=self.request.user)
        return _("O órgão agora se chama “%s”.") % form.name.title


class MergeView(_BodyView):
    """Into another body."""

    icon = "folder-open-inverse"

    @property
    def title(self) -> str:  # type: ignore[override]
        """In the language of who reads."""
        return _("Juntar a outro órgão")

    @property
    def button(self) -> str:  # type: ignore[override]
        """As the act is called."""
        return _("Juntar agora")

    def form(self, data: Any) -> MergeForm:
        """With the bodies that there are."""
        return MergeForm(data, ending=self.body, today=timezone.localdate(timezone.now()))

    def told(self, form: MergeForm) -> list[str]:
        """What moves, what is pointed again, what stays."""
        staying = form.cleaned_data["staying"]
        if not may_merge(self.request.user, self.body, staying):
            raise ValidationError(_("Você não pode mudar o órgão “%s”.") % staying.title)
        return list(_told(plan_merge(self.body, staying, until=form.cleaned_data["until"])))

    def do(self, form: MergeForm) -> str:
        """In one transaction."""
        plan = merge_bodies(
            self.body,
            form.cleaned_data["staying"],
            until=form.cleaned_data["until"],
            user=self.request.user,
            at=timezone.now(),
        )
        return _("“%(ending)s” agora faz parte de “%(staying)s”.") % {
            "ending": plan.ending.title,
            "staying": plan.staying.title,
        }


def _told(plan: MergePlan) -> Any:
    names = {"ending": plan.ending.title, "staying": plan.staying.title}
    moved = ", ".join(f"{count} {label}" for label, count in kinds_in_words(plan))
    if plan.pages:
        yield _("Passa para “%(staying)s”: %(moved)s.") % (names | {"moved": moved or _("nada que seja público")})
    else:
        yield _("“%(ending)s” não tem serviços nem páginas: nada muda de lugar.") % names
    if plan.drafts:
        yield (
            ngettext(
                "%d rascunho vai junto, e continua rascunho.",
                "%d rascunhos vão juntos, e continuam rascunhos.",
                plan.drafts,
            )
            % plan.drafts
        )
    if plan.translations:
        yield (
            ngettext(
                "%d tradução vai atrás do seu original.",
                "%d traduções vão atrás dos seus originais.",
                plan.translations,
            )
            % plan.translations
        )
    for title, slug in plan.new_slugs.items():
        yield _("“%(title)s” muda de endereço, porque já há um igual: %(slug)s.") % {"title": title, "slug": slug}
    for count, one, more in (
        (plan.units, _("unidade de atendimento"), _("unidades de atendimento")),
        (plan.forms, _("formulário"), _("formulários")),
        (plan.inferiors, _("órgão subordinado"), _("órgãos subordinados")),
    ):
        if count:
            yield _("Passa a ser de “%(staying)s”: %(count)d %(what)s.") % (
                names | {"count": count, "what": one if count == 1 else more}
            )
    yield _("Quem usar um endereço antigo chega ao novo.")
    yield _("A página de “%(ending)s” fica, e diz que o órgão existiu até %(day)s.") % (
        names | {"day": plan.until.strftime("%d/%m/%Y")}
    )
    yield _("“%(staying)s” passa a ser encontrado também pelos nomes de “%(ending)s”.") % names
