"""An editor who translates the charter into Spanish, in the admin of wagtail-localize."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from services.models import PublishedRecord
from services.record import Entry, from_json

#: What a word of the source becomes.
MARK = "ES "


def in_spanish(text: str) -> str:
    """A translation that tells itself from its source."""
    return MARK + text


class Translator:
    """Presses the admin's buttons. Commits whenever Wagtail would."""

    def __init__(self, client: Client, on_commit: Callable[..., AbstractContextManager[Any]]) -> None:
        self.client = client
        self.on_commit = on_commit
        self.locale = Locale.objects.get_or_create(language_code="es")[0]

    def submit(self, entry: Any) -> Any:
        """Press "translate this": an unfinished translation with the source's words."""
        options = [entry._meta.app_label, entry._meta.model_name, entry.pk]
        name, args = ("page", [entry.pk]) if isinstance(entry, Page) else ("snippet", options)
        with self.on_commit(execute=True):
            answer = self.client.post(
                reverse(f"wagtail_localize:submit_{name}_translation", args=args), {"locales": [self.locale.pk]}
            )
        assert answer.status_code == 302
        return self.of(entry)

    def of(self, entry: Any) -> Any:
        """The translation as the database has it."""
        return type(entry)._default_manager.get(translation_key=entry.translation_key, locale=self.locale)

    def work(self, entry: Any) -> Translation:
        """What wagtail-localize knows of the translation."""
        found: Translation = Translation.objects.get(source__object_id=entry.translation_key, target_locale=self.locale)
        return found

    def type_in(self, entry: Any, *, leave_out: str = "", word: Callable[[str], str] = in_spanish) -> None:
        """Translate every string but those of the fields that begin so."""
        translation = self.work(entry)
        lines = translation.export_po()
        for line in lines:
            if not leave_out or not line.msgctxt.startswith(leave_out):
                line.msgstr = word(line.msgid)
        assert translation.import_po(lines) == []

    def publish(self, entry: Any) -> Any:
        """Press "publish" in the translation's page."""
        with self.on_commit(execute=True):
            return self.client.post(self.edit_address(entry), {"action": "publish"}, follow=False)

    def edit_address(self, entry: Any) -> str:
        """Where the translation is edited."""
        there = self.of(entry)
        if isinstance(there, Page):
            return reverse("wagtailadmin_pages:edit", args=[there.pk])
        name = f"wagtailsnippets_{there._meta.app_label}_{there._meta.model_name}:edit"
        return reverse(name, args=[there.pk])

    def take_over_source(self, entry: Any, *, publish: bool) -> Any:
        """Press "sync translations" at the source; with ``publish`` the missing words are the source's."""
        source = TranslationSource.objects.get(object_id=entry.translation_key)
        form = {"publish_translations": "on"} if publish else {}
        with self.on_commit(execute=True):
            return self.client.post(reverse("wagtail_localize:update_translations", args=[source.pk]), form)

    def translate(self, entry: Any, **typed: Any) -> Any:
        """All of it: submit, type, publish."""
        self.submit(entry)
        self.type_in(entry, **typed)
        self.publish(entry)
        return self.of(entry)


def told(answer: Any) -> str:
    """What an answer of the admin says to whoever pressed the button."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def spanish_records() -> dict[str, Entry]:
    """What is public in Spanish, by kind and id."""
    rows = PublishedRecord.objects.public().filter(locale="es")
    return {f"{row.kind} {row.entry_id}": from_json(row.body) for row in rows}


def spanish(entry: Any) -> Any:
    """The public Spanish record of an entry, or ``None``."""
    return spanish_records().get(f"{entry.kind} {entry.record_id}")
