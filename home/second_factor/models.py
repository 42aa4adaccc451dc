"""The library's device, with its secret sealed."""

import os
from typing import Any

from django_otp.plugins.otp_totp.models import TOTPDevice

from home.second_factor.sealing import opened, seal


class Authenticator(TOTPDevice):
    """Somebody's telephone: six digits every thirty seconds, each taken once, one step early or late."""

    class Meta:
        proxy = True

    @classmethod
    def begin(cls, user: Any) -> "Authenticator":
        """The one that somebody is about to link; the same until they do."""
        waiting: Authenticator | None = cls.objects.filter(user=user, confirmed=False).order_by("pk").first()
        if waiting is not None and opened(waiting.key, user_id=user.pk) is not None:
            return waiting
        cls.objects.filter(user=user, confirmed=False).delete()
        key = seal(os.urandom(20), user_id=user.pk)
        made: Authenticator = cls.objects.create(user=user, name="celular", confirmed=False, key=key)
        return made

    @property
    def bin_key(self) -> bytes:
        """Where it does not open, one that nobody knows: no code is right."""
        return opened(self.key, user_id=self.user_id) or os.urandom(20)
