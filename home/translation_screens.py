"""What wagtail-localize's screens say and offer, and to whom, where a newsroom decides what is public."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import convert, edit_translation
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.update_translations import UpdateTranslationsForm
from wagtail_localize.wagtail_hooks import TranslationsReportMenuItem

from home.letting_out import wrap
from home.translations import says_more_than
from services.languages import source_locale
from services.mapping import locale_of
from services.models import Refused, newsroom_is_set_up
from services.newsroom.places import act_address
from services.newsroom.standing import sees_all, standing
from services.newsroom.telling import told


def install() -> None:
    """Wrap wagtail-localize's views. Called once. Its hooks look each up when they are called."""
    wrap(edit_translation, "edit_translation", _with_the_news)
    wrap(convert, "convert_to_alias", _once_down)
    wrap(UnpublishView, "dispatch", _with_a_reason)
    wrap(UpdateTranslationsForm, "__init__", _truly_labelled)
    wrap(TranslationsReportView, "dispatch", _for_who_sees_all)
    wrap(TranslationsReportMenuItem, "is_shown", _shown_to_who_sees_all)


def _with_the_news(view: Callable[..., Any]) -> Callable[..., Any]:
    """Tells translators that the original says something else by now."""

    def wrapped(request: HttpRequest, translation: Translation, instance: Any) -> HttpResponseBase:
        if request.method == "GET" and says_more_than(translation.source):
            _tell_of_news(request, translation.source)
        response: HttpResponseBase = view(request, translation, instance)
        return response

    return wrapped


def _tell_of_news(request: HttpRequest, source: TranslationSource) -> None:
    sentence = _("O original mudou depois que esta tradução começou.")
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        messages.warning(request, sentence)
        return
    address = f"{reverse('wagtail_localize:update_translations', args=[source.pk])}?next={request.path}"
    link = format_html('{} <a href="{}">{}</a>', sentence, address, _("Buscar os textos novos"))
    messages.warning(request, link)


def _once_down(view: Callable[..., Any]) -> Callable[..., Any]:
    """An alias is never public, for it says the words of the original: one that is public comes down with a reason."""

    def wrapped(request: HttpRequest, page_id: int) -> HttpResponseBase:
        page = Page.objects.filter(pk=page_id, live=True).first()
        if request.method == "POST" and page is not None and newsroom_is_set_up():
            refusal = Refused(_("Esta tradução está no ar: tire do ar, com o motivo, antes de converter em alias."))
            return told(request, refusal, reverse("wagtailadmin_pages:edit", args=[page_id]))  # type: ignore[no-any-return]
        response: HttpResponseBase = view(request, page_id)
        return response

    return wrapped


def _with_a_reason(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    """wagtail-localize links to Wagtail's page, which asks for a permission that no role holds, and for no reason."""

    def wrapped(self: UnpublishView, request: HttpRequest, page_id: int) -> HttpResponseBase:
        page = Page.objects.filter(pk=page_id).first()
        if page is None or locale_of(page) == source_locale() or not newsroom_is_set_up():
            response: HttpResponseBase = dispatch(self, request, page_id)
            return response
        return redirect(act_address("take_down", page.specific))

    return wrapped


def _truly_labelled(init: Callable[..., None]) -> Callable[..., None]:
    def wrapped(self: Any, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        field = self.fields["publish_translations"]
        field.label = _("Publicar já as traduções completas")
        field.help_text = _("As que têm textos por traduzir ficam como estão no portal, até que alguém as complete.")

    return wrapped


def _for_who_sees_all(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    """The report names every body's drafts."""

    def wrapped(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if newsroom_is_set_up() and not sees_all(request.user):
            raise PermissionDenied
        return dispatch(self, request, *args, **kwargs)

    return wrapped


def _shown_to_who_sees_all(_is_shown: Callable[..., bool]) -> Callable[..., bool]:
    return lambda _self, request: sees_all(request.user) or not standing(request.user).is_set_up


class _Catalogue(JavaScriptCatalog):
    """The words of wagtail-localize's scripts. Its Portuguese lost a space before languages' names, and speaks of POs.

    In scripts, Django lets an app's catalogue win over ``LOCALE_PATHS``, so ours can not mend it there.
    """

    packages = ["wagtail_localize"]

    def get_catalog(self) -> dict[str, Any]:
        ours = {
            "Publish in ": _("Publicar em") + " ",
            "More actions": _("Mais ações"),
            "%s to %s translation": _("De {source} para {target}").format(source="%s", target="%s"),
            "Download PO file and input translations offline": _("Para traduzir em outro programa:"),
            "Download PO file": _("Baixar os textos"),
            "Upload translated PO file to submit translations": _("Depois de traduzir em outro programa:"),
            "Upload PO file": _("Enviar os textos traduzidos"),
        }
        return {**super().get_catalog(), **ours}


@hooks.register("insert_editor_js")
def editor_js() -> str:
    """Words that wagtail-localize's editor asks no catalogue for."""
    return format_html('<script src="{}"></script>', static("conecta_home/translation_editor.js"))


@hooks.register("register_admin_urls", order=-1)
def before_wagtail_localize() -> list[URLPattern]:
    """Found first, since wagtail-localize names it the same."""
    return [path("localize/jsi18n/", _Catalogue.as_view())]
