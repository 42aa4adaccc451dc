"""Who signs in, read with since when their sessions hold."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend


class AccountBackend(ModelBackend):
    """Django's own, with two rows more in the same query: each request of the admin asks for it."""

    def get_user(self, user_id: Any) -> Any:
        """``None`` for nobody, and for who is not active."""
        users = get_user_model()._default_manager.select_related("conecta_door", "wagtail_userprofile")
        user = users.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
