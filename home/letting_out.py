"""A translation goes public whole, by whoever may let it out, through any of wagtail-localize's buttons.

wagtail-localize publishes after the commit and in nobody's name, with the source's words where some are missing.
"""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter, log
from wagtail.models import DraftStateMixin, Page, PagePermissionTester
from wagtail.snippets.permissions import get_permission_name
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views import edit_translation
from wagtail_localize.views.update_translations import UpdateTranslationsView

from home.translations import strings_missing
from services.completeness import Incomplete
from services.leave import translates
from services.models import Refused, newsroom_is_set_up
from services.newsroom.telling import told
from services.publishing import publishing

TRANSLATED = "conecta.translated"


def install() -> None:
    """Wrap wagtail-localize's doors. Called once. Its hooks and views look each up when they are called."""
    wrap(TranslationSource, "create_or_update_translation", _whole)
    wrap(edit_translation, "edit_translation", _for_who_may)
    wrap(edit_translation, "user_can_edit_instance", _within_reach)
    wrap(UpdateTranslationsView, "form_valid", _each_that_is_whole)


def require_translator(user: Any) -> None:
    """Raises ``Refused`` if a person may not let out translations; code has no user."""
    if user is not None and newsroom_is_set_up() and not translates(user):
        raise Refused(_("Só a Comunicação publica traduções."))


def wrap(owner: Any, name: str, wrapper: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Put a wrapper around what wagtail-localize has by a name."""
    found = getattr(owner, name)
    setattr(owner, name, functools.wraps(found)(wrapper(found)))


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
        response: HttpResponseBase = view(request, translation, instance)
        return response

    return wrapped


class _LetsOut(PagePermissionTester):
    def can_publish(self) -> bool:
        """Asked by the translation's page only, before the leave that each publication needs."""
        return True

    def can_unpublish(self) -> bool:
        """Its link leads to the page that asks for a reason."""
        return bool(self.page.live)


def _allow(user: Any, instance: Any) -> None:
    """Make this request's checks of this page say yes."""
    if isinstance(instance, Page):
        instance.permissions_for_user = lambda user: _LetsOut(user, instance)
        return
    allowed, has_perm = get_permission_name("publish", type(instance)), user.has_perm
    user.has_perm = lambda name, obj=None: name == allowed or has_perm(name, obj)


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


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """What the history says of a translation that went public."""

    @actions.register_action(TRANSLATED)
    class Translated(LogFormatter):
        label = gettext_lazy("Tradução publicada")

        def format_message(self, log_entry: Any) -> str:
            return _("Tradução publicada, com todos os textos traduzidos.")
