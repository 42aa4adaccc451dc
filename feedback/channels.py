"""By which way a person was served, told in the few words that they would use."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from services.record import Service
from services.record.service import ChannelType

CHANNELS: dict[str, Promise | str] = {
    "digital": _("Pela internet ou por aplicativo"),
    "in_person": _("Pessoalmente"),
    "phone": _("Por telefone"),
    "message": _("Por WhatsApp ou SMS"),
    "mail": _("Por e-mail"),
    "post": _("Pelo correio"),
    "home_visit": _("Em casa, com visita da equipe"),
}
#: What a service that names no channel is asked for.
_USUAL = ("digital", "in_person", "phone")
_OF_TYPE: dict[ChannelType, str] = {
    "in_person": "in_person",
    "phone": "phone",
    "whatsapp": "message",
    "sms": "message",
    "email": "mail",
    "post": "post",
    "fax": "post",
    "home_visit": "home_visit",
}


def channel_of(kind: ChannelType) -> str:
    """The channel, in a person's words, of one as a record names it: all that is on a screen is one."""
    return _OF_TYPE.get(kind, "digital")


def offered_by(service: Service) -> dict[str, Promise | str]:
    """The channels that a service has, as choices: the usual ones where it names none."""
    held = set(_named(service)) or set(_USUAL)
    return {channel: words for channel, words in CHANNELS.items() if channel in held}


def _named(service: Service) -> Iterator[str]:
    for step in service.steps:
        for channel in step.channels.default:
            yield channel_of(channel.type)
        for case in step.channels.cases:
            for channel in case.items:
                yield channel_of(channel.type)
