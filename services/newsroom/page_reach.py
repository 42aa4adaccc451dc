"""Which pages somebody may explore: found once a request, where Wagtail asks for the tree's root anew each time."""

from posixpath import commonprefix
from typing import Any

from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

_KEPT = "_conecta_explorable"
_EXPLORE = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}


class PageReach(PagePermissionPolicy):
    """Wagtail's own rule, kept on the request's user as Wagtail keeps the root that somebody may explore."""

    def explorable_instances(self, user: Any) -> Any:
        """Pages; of a report that joins two logs, asked for eight times."""
        if _KEPT not in user.__dict__:
            user.__dict__[_KEPT] = self._explorable(user)
        # Another's iteration must not fill what is kept.
        return user.__dict__[_KEPT].all()

    def explorable_root_instance(self, user: Any) -> Any:
        """Where the tree begins for somebody: mostly a page that their permission names, and then at hand."""
        if not user.is_superuser and not hasattr(user, self._explorable_root_instance_cache_name):
            pages = self.instances_with_direct_explore_permission(user)
            top = min(pages, key=lambda page: len(page.path), default=None)
            if top is not None and all(page.path.startswith(top.path) for page in pages):
                setattr(user, self._explorable_root_instance_cache_name, top)
        return super().explorable_root_instance(user)

    def _explorable(self, user: Any) -> Any:
        """As Wagtail's, but for the common ancestor: of that it reads the page where its path is enough."""
        everything = self._base_queryset_for_user(user)
        if everything is not None:
            return everything
        pages = self.instances_user_has_any_permission_for(user, _EXPLORE)
        held = [permission.page for permission in self.get_cached_permissions_for_user(user)]
        for page in held:
            pages |= self.model._default_manager.ancestor_of(page)
        common = commonprefix([page.path[: -Page.steplen] for page in held])
        return pages.filter(path__startswith=common[: len(common) // Page.steplen * Page.steplen])


def install() -> None:
    """For pages of every type. Called once, before anybody asks for a policy."""
    register_permission_policy(Page, PageReach(Page))
