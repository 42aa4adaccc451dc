"""App configuration."""

from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Labelled so that it installs beside a host site's own ``search``."""

    name = "search"
    label = "conecta_search"
    verbose_name = _("Busca")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks, the indices and the worker's duties; a new database gets the thesaurus."""
        from search import checks, keeping  # noqa: F401 - the first registers itself
        from search.demand import drop_old, publish_demand
        from search.models import BestBet, JudgedQuery, ProtectedWord, SynonymGroup
        from search.roles import grant_permissions
        from search.starting_thesaurus import load_after_migrating
        from services.acts.watching import watch
        from services.duties import register_duty

        post_migrate.connect(load_after_migrating, sender=self)
        grant_permissions()
        keeping.register()
        watch(BestBet, JudgedQuery, ProtectedWord, SynonymGroup)
        register_duty("publish demand", publish_demand, every=timedelta(hours=1))
        register_duty("drop old counts of searches", drop_old, every=timedelta(days=1))
