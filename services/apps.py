"""The charter: entries, rules, workflow, records, log, interchange."""

from datetime import datetime, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicesConfig(AppConfig):
    """Conecta's core app."""

    name = "services"
    label = "conecta_services"
    verbose_name = _("Carta de Serviços")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make Wagtail's actions atomic with the records, listen to the models, dress the forms, take on duties."""
        from services import (  # noqa: F401
            actions,
            completeness_panel,
            forms,
            panels,
            previews,
            scores,
            signals,
            workflow,
        )
        from services.acts import keeping, watching
        from services.articles.keeping import draw_due
        from services.booklet import editions as booklets
        from services.booklet.making import make_asked
        from services.comparing import comparisons
        from services.duties import register_duty
        from services.election_log import log_beginning_and_end
        from services.front_ends.links import forget_old as forget_old_previews
        from services.links.mails import tell_of_dead_links
        from services.models import Alert, City, FrontEnd, HoursException, Suspension, Visit
        from services.newsroom import at_once, deleting, narrowing, notices, page_reach, read_together, telling  # noqa: F401
        from services.newsroom import reminders as approvals
        from services.reviews import reminders, reviewing  # noqa: F401 - reviewing registers receivers
        from services.sheets.keeping import forget_old
        from services.visits.demand import drop_old as drop_old_visits
        from services.webhooks import keeping as webhook_keeping

        actions.install()
        keeping.install()
        comparisons.install()
        completeness_panel.install()
        telling.install()
        narrowing.install()
        page_reach.install()
        read_together.install()
        deleting.install()
        notices.install()
        watching.watch(Alert, City, FrontEnd, HoursException, Suspension, Visit)
        panels.install(page_form=forms.EntryPageForm, entry_form=forms.EntryForm, live_form=forms.LiveAtOnceForm)
        register_duty("draw articles", draw_due, every=timedelta(seconds=2), apart=True)
        register_duty("renew scores", scores.renew_scores, every=timedelta(minutes=10))
        register_duty("remind of approvals", approvals.remind, every=timedelta(hours=1))
        register_duty("remind of reviews", reminders.remind, every=timedelta(minutes=15))
        register_duty("ask for due booklets", booklets.ask_what_is_due, every=timedelta(minutes=10))
        register_duty("make booklets", make_asked, every=timedelta(seconds=5), apart=True)
        register_duty("forget old booklets", booklets.forget_old, every=timedelta(hours=6))
        register_duty("follow links", _follow_links, every=timedelta(minutes=5), apart=True)
        register_duty("tell of dead links", tell_of_dead_links, every=timedelta(hours=1))
        register_duty("log election period", log_beginning_and_end, every=timedelta(minutes=1))
        register_duty("forget uploaded sheets", forget_old, every=timedelta(minutes=30))
        register_duty("forget previews", forget_old_previews, every=timedelta(minutes=30))
        register_duty("deliver webhooks", _deliver, every=timedelta(seconds=2), apart=True)
        register_duty("drop old counts of visits", drop_old_visits, every=timedelta(days=1))
        register_duty("tell of paused webhooks", webhook_keeping.tell_of_pauses, every=timedelta(minutes=1))
        register_duty("forget old webhook deliveries", webhook_keeping.forget_old, every=timedelta(days=1))


# What asks other machines brings httpx along, four MiB with all that it loads: for the worker alone.
def _follow_links(at: datetime) -> object:
    from services.links.rounds import check_links

    return check_links(at)


def _deliver(at: datetime) -> object:
    from services.webhooks.delivering import deliver

    return deliver(at)
