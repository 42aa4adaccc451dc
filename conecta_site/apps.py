"""App configuration."""

from django.apps import AppConfig


class ConectaSiteConfig(AppConfig):
    """Stands first among the installed apps, so that what it sets holds for all that others make when ready."""

    name = "conecta_site"

    def ready(self) -> None:
        """Let each of ninja's models be built when it is first asked something.

        Wagtail makes some five hundred of them for an API that has no address here, and ninja one around each answer
        that our API describes and sends as text: eight MiB of every process for what is never asked.
        """
        from ninja import Schema

        Schema.model_config["defer_build"] = True
