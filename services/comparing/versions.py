"""What each public version of an entry changed, told from the versions that are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from services.comparing.fields import changed_fields
from services.models.published import PublishedVersion
from services.record import from_json

#: Versions on one page: each is read whole.
SHOWN = 20


@dataclass(frozen=True)
class Change:
    """One publication: its moment, what it was, the names of the fields that it changed, and who made it."""

    at: datetime
    what: Literal["first", "changed", "returned", "removed", "same"]
    fields: list[str]
    who: str
    revision_id: int | None
    before_id: int | None = None


def told(versions: Sequence[PublishedVersion], *, from_the_first: bool, with_names: bool = True) -> list[Change]:
    """The changes of versions that come newest first.

    Unless they go back to the first, the oldest is only what the one after it is compared with.
    """
    found = []
    records = [None if version.deleted else from_json(version.body) for version in versions]
    for place, version in enumerate(versions):
        last = place + 1 == len(versions)
        if last and not from_the_first:
            break
        before = None if last else records[place + 1]
        fields = changed_fields(before, records[place])
        found.append(
            Change(
                at=version.published_at,
                what=_what(version, fields, first=last, was_public=before is not None),
                fields=fields,
                who=_name(version) if with_names else "",
                revision_id=version.revision_id,
                before_id=None if last else versions[place + 1].revision_id,
            )
        )
    return found


def _what(
    version: PublishedVersion, fields: list[str], *, first: bool, was_public: bool
) -> Literal["first", "changed", "returned", "removed", "same"]:
    if version.deleted:
        return "removed"
    if first:
        return "first"
    if not was_public:
        return "returned"
    return "changed" if fields else "same"


def _name(version: PublishedVersion) -> str:
    user = version.user if version.user_id else None
    return (user.get_full_name() or user.get_username()) if user else ""
