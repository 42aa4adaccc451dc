"""App configuration."""

from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Labelled so that it installs beside a host site's own ``home``."""

    name = "home"
    label = "conecta_home"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect a receiver, tell what is to be translated, and register the worker's duty."""
        import home.demo_guard
        import home.identity
        import home.signing_in.sessions  # noqa: F401
        from home import face, letting_out, roles, translation_buttons, translation_screens, translations
        from home.bundles import FIRST_SCRIPTS, SCRIPTS, STYLES
        from home.cards.following import draw_cards
        from home.first_day import inviting
        from home.observatory.keeping import OBSERVATORY, keep_tables, stamp
        from home.signing_in.keeping import forget_old
        from home.uploads import forms as uploads
        from services.duties import register_duty
        from services.joined import joins
        from services.page_sources import register_source

        joins(*STYLES, *FIRST_SCRIPTS, *SCRIPTS)
        face.install()
        register_source(OBSERVATORY, stamp)
        roles.grant_permissions()
        translations.install()
        letting_out.install()
        translation_screens.install()
        translation_buttons.install()
        uploads.install()
        register_duty("draw cards", draw_cards, every=timedelta(seconds=2), apart=True)
        register_duty("forget old attempts and sessions", forget_old, every=timedelta(hours=6))
        register_duty("forget invitations", inviting.forget_old, every=timedelta(days=1))
        register_duty("observe", keep_tables, every=timedelta(hours=3))
