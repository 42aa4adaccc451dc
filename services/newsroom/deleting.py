"""Who may not publish deletes nothing that is public: Wagtail's rule, answered for most pages without a query.

Wagtail counts what is public at and below each page of a list, twice a row.
"""

import functools
from typing import Any

from wagtail.models import PagePermissionTester


def install() -> None:
    """Put the short answer before Wagtail's own, once."""
    asked = PagePermissionTester.can_delete
    if hasattr(asked, "_conecta"):
        return

    @functools.wraps(asked)
    def can_delete(self: Any, ignore_bulk: bool = False) -> bool:
        """A public page counts among those at and below it."""
        if self.page.live and not self.user.is_superuser and "publish" not in self.permissions:
            return False
        return bool(asked(self, ignore_bulk))

    can_delete._conecta = True  # type: ignore[attr-defined]
    PagePermissionTester.can_delete = can_delete
