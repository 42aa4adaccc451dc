"""A translation goes public whole, by whoever may let it out, through any of wagtail-localize's buttons.

wagtail-localize publishes after the commit and in nobody's name, with the source's words where some are missing.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter, log
from wagtail.models import DraftStateMixin, Page, PagePermissionTester
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import edit_translation
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.update_translations import UpdateTranslationsForm, UpdateTranslationsView
from wagtail_localize.wagtail_hooks import TranslationsReportMenuItem

from home.translations import says_more_than, strings_missing
from services.completeness import Incomplete
from services.leave import translates
from services.models import Refused, newsroom_is_set_up
from services.newsroom.standing import sees_all
from services.newsroom.telling import told
from services.publishing import publishing

TRANSLATED = "conecta.translated"


def install() -> None:
    """Wrap wagtail-localize's doors, once. Its hooks and views look each up when they are called."""
    _wrap(TranslationSource, "create_or_update_translation", _whole)
    _wrap(edit_translation, "edit_translation", _for_who_may)
    _wrap(edit_translation, "user_can_edit_instance", _within_reach)
    _wrap(UpdateTranslationsForm, "__init__", _truly_labelled)
    _wrap(UpdateTranslationsView, "form_valid", _each_that_is_whole)
    _wrap(TranslationsReportView, "dispatch", _for_who_sees_all)
    _wrap(TranslationsReportMenuItem, "is_shown", _shown_to_who_sees_all)


def require_translator(user: Any) -> None:
    """Raises ``Refused`` if a person may not let out translations; code has no user."""
    if user is not None and newsroom_is_set_up() and not translates(user):
        raise Refused(_("Só a Comunicação publica traduções."))


def _wrap(owner: Any, name: str, wrapper: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    found = getattr(owner, name)
    if not hasattr(found, "_conecta"):
        wrapped = functools.wraps(found)(wrapper(found))
        wrapped._conecta = True  # type: ignore[attr-defined]
        setattr(owner, name, wrapped)


def _whole(create_or_update: Callable[..., Any]) -> Callable[..., Any]:
    """Publishes in the person's name, in the transaction that saved: what is refused leaves nothing behind."""

    def wrapped(
        self: TranslationSource, locale: Any, user: Any = None, publish: bool = True, **options: Any
    ) -> tuple[Any, bool]:
        if not publish or not issubclass(self.specific_content_type.model_class(), DraftStateMixin):
            return create_or_update(self, locale, user=user, publish=publish, **options)  # type: ignore[no-any-return]
        invalid: ValidationError | None = None
        with publishing():
            require_translator(user)
            if missing := strings_missing(self, locale):
                raise Incomplete(missing)
            try:
                translation, created = create_or_update(self, locale, user=user, publish=False, **options)
            except ValidationError as error:
                # Noted by then beside each string that is not accepted: raised below, so that it stays noted.
                invalid = error
            else:
                revision = translation.latest_revision
                data = {"locale": locale.language_code}
                log(instance=translation, action=TRANSLATED, user=user, revision=revision, data=data)
                revision.publish(user=user, skip_permission_checks=True)
        if invalid is not None:
            raise invalid
        return translation, created

    return wrapped


def _for_who_may(view: Callable[..., Any]) -> Callable[..., Any]:
    """The button is theirs who may let a translation out; no role holds Wagtail's permission to publish."""

    def wrapped(request: HttpRequest, translation: Translation, instance: Any) -> HttpResponseBase:
        if newsroom_is_set_up():
            try:
                if request.method == "POST":
                    require_translator(request.user)
            except Refused as refusal:
                return told(request, refusal, request.path)  # type: ignore[no-any-return]
            if translates(request.user):
                _allow(request.user, instance)
        if request.method == "GET" and says_more_than(translation.source):
            _tell_of_news(request, translation.source)
        response: HttpResponseBase = view(request, translation, instance)
        return response

    return wrapped


class _LetsOut(PagePermissionTester):
    def can_publish(self) -> bool:
        """Asked by the translation's page only, before the leave that each publication needs."""
        return True


def _allow(user: Any, instance: Any) -> None:
    """Make this request's checks of this page say yes."""
    if isinstance(instance, Page):
        instance.permissions_for_user = lambda user: _LetsOut(user, instance)
        return
    allowed, has_perm = get_permission_name("publish", type(instance)), user.has_perm
    user.has_perm = lambda name, obj=None: name == allowed or has_perm(name, obj)


def _tell_of_news(request: HttpRequest, source: TranslationSource) -> None:
    sentence = _("O original mudou depois que esta tradução começou.")
    if not request.user.has_perm("wagtail_localize.submit_translation"):
        messages.warning(request, sentence)
        return
    address = f"{reverse('wagtail_localize:update_translations', args=[source.pk])}?next={request.path}"
    link = format_html('{} <a href="{}">{}</a>', sentence, address, _("Buscar os textos novos"))
    messages.warning(request, link)


def _within_reach(may_edit: Callable[..., bool]) -> Callable[..., bool]:
    """wagtail-localize asks for snippets only whether somebody may change any of that kind."""

    def wrapped(user: Any, instance: Any) -> bool:
        if not may_edit(user, instance):
            return False
        viewset = None if isinstance(instance, Page) else getattr(instance, "snippet_viewset", None)
        if viewset is None:
            return True
        return bool(viewset.permission_policy.user_has_permission_for_instance(user, "change", instance))

    return wrapped


def _truly_labelled(init: Callable[..., None]) -> Callable[..., None]:
    def wrapped(self: Any, *args: Any, **kwargs: Any) -> None:
        init(self, *args, **kwargs)
        field = self.fields["publish_translations"]
        field.label = _("Publicar já as traduções completas")
        field.help_text = _("As que têm textos por traduzir ficam como estão no portal, até que alguém as complete.")

    return wrapped


def _each_that_is_whole(form_valid: Callable[..., Any]) -> Callable[..., Any]:
    """Takes over the source's news, and publishes in each language in which nothing is missing."""

    def wrapped(self: UpdateTranslationsView, form: Any) -> HttpResponseBase:
        wanted, form.cleaned_data["publish_translations"] = form.cleaned_data["publish_translations"], False
        user = self.request.user
        try:
            with publishing():
                if wanted:
                    require_translator(user)
                response: HttpResponseBase = form_valid(self, form)
                if wanted:
                    for translation in self.object.translations.filter(enabled=True).select_related("target_locale"):
                        _publish_or_tell(self.request, translation)
        except Refused as refusal:
            return told(self.request, refusal, self.request.get_full_path())  # type: ignore[no-any-return]
        return response

    return wrapped


def _publish_or_tell(request: HttpRequest, translation: Translation) -> None:
    name = translation.target_locale.get_display_name()
    try:
        with transaction.atomic():
            translation.save_target(user=request.user, publish=True)
    except (Incomplete, ValidationError) as refusal:
        said = str(refusal) if isinstance(refusal, Incomplete) else " ".join(refusal.messages)
        messages.warning(request, f"{name}: {said}")
    else:
        messages.success(request, _("Publicado em %s.") % name)


def _for_who_sees_all(dispatch: Callable[..., Any]) -> Callable[..., Any]:
    """The report names every body's drafts."""

    def wrapped(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if newsroom_is_set_up() and not sees_all(request.user):
            raise PermissionDenied
        return dispatch(self, request, *args, **kwargs)

    return wrapped


def _shown_to_who_sees_all(_is_shown: Callable[..., bool]) -> Callable[..., bool]:
    return lambda _self, request: not newsroom_is_set_up() or sees_all(request.user)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """What the history says of a translation that went public."""

    @actions.register_action(TRANSLATED)
    class Translated(LogFormatter):
        label = gettext_lazy("Tradução publicada")

        def format_message(self, log_entry: Any) -> str:
            return _("Tradução publicada, com todos os textos traduzidos.")
