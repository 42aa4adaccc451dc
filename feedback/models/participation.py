"""What the pages of participation share: plain pages, without a record, that go through the same two stages.

Lei 13.460 arts. 14, 15, 18 to 23.
"""

from typing import Any

from django.db import models
from wagtail.models import Page, PagePermissionTester

from services.record.identity import id_of

#: Who may write these pages: Ouvidoria, which may write no other, and whoever may write pages anyway.
WRITES = "conecta_feedback.write_participation"


class ParticipationPermissions(PagePermissionTester):
    """What somebody may do with such a page: the permission to write them is one to change them, never to publish."""

    permissions: set[str]

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser and user.has_perm(WRITES):
            self.permissions = self.permissions | {"change"}

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What was public once is kept, on the portal or off it; only a superuser has the technical means."""
        if self.page.first_published_at is not None and not self.user.is_superuser:
            return False
        return bool(super().can_delete(ignore_bulk))


class ParticipationPage(Page):
    """Abstract: a page with an id of its own, for addresses and answers, that moving and translating keep."""

    record_id = models.CharField(max_length=10, blank=True, editable=False, db_index=True)
    #: Names of fields that nothing changes, once stored.
    fixed: tuple[str, ...] = ("record_id",)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """With its id, and with what is fixed as it was first stored."""
        self.record_id = id_of(self.translation_key)
        stored = type(self).objects.filter(pk=self.pk).values(*self.fixed).first() if self.pk else None
        for name, value in (stored or {}).items():
            setattr(self, name, value)
        return super().save(*args, **kwargs)

    def with_content_json(self, content: Any) -> Any:
        """A revision as an object: what is fixed is not the revision's to say."""
        found = super().with_content_json(content)
        for name in self.fixed:
            setattr(found, name, getattr(self, name))
        return found

    def permissions_for_user(self, user: Any) -> ParticipationPermissions:
        """Wagtail asks here, for base pages too."""
        return ParticipationPermissions(user, self)

    def wanting(self) -> list[str]:
        """What the law wants of this page and it does not say yet, in sentences."""
        return []
