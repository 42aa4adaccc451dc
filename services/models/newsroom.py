"""Who holds which role, and who is away: what the newsroom's rules are read from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class RoleGroup(models.Model):
    """The role that a group stands for; its people are the group's. A body is named by its record, not by its name."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="conecta_role")
    role = models.CharField(_("papel"), max_length=16)
    #: Record id of the body; empty for a role of the whole city.
    body = models.CharField(_("órgão"), max_length=10, blank=True)
    #: Record id of the body that Comunicação itself is: its own pages are approved by Administração.
    seat = models.CharField(_("órgão que exerce o papel"), max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "body"], name="conecta_one_group_per_role")]

    def __str__(self) -> str:
        return self.group.name


class Absence(models.Model):
    """Days on which somebody is away, and who stands in."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="conecta_absences",
        verbose_name=_("quem se ausenta"),
        help_text=_("Exemplo: a diretora, em férias."),
    )
    starts = models.DateField(_("de"), help_text=_("O primeiro dia. Exemplo: 04/01/2027"))
    ends = models.DateField(_("até"), help_text=_("O último dia, incluído. Exemplo: 23/01/2027"))
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("quem substitui"),
        help_text=_(
            "Aprova no lugar de quem se ausenta, nestes dias, com a própria conta: ninguém usa a senha de "
            "outra pessoa. Vazio: fica para os colegas de papel. Exemplo: a coordenadora."
        ),
    )

    class Meta:
        verbose_name = _("ausência")
        verbose_name_plural = _("ausências")
        ordering = ["-starts", "pk"]

    def __str__(self) -> str:
        return f"{self.user}: {self.starts:%d/%m/%Y}"

    def clean(self) -> None:
        """It ends after it starts; nobody stands in for themselves, nor whoever can not enter to do so."""
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("O fim vem antes do começo.")})
        if self.deputy_id and self.deputy_id == self.user_id:
            raise ValidationError({"deputy": _("Escolha outra pessoa: ninguém substitui a si mesmo.")})
        if self.deputy is not None and not self.deputy.has_perm("wagtailadmin.access_admin"):
            raise ValidationError(
                {
                    "deputy": _(
                        "Esta pessoa não entra aqui com a conta que tem. Peça à Administração que dê a ela um papel, "
                        "ou escolha outra."
                    )
                }
            )


@dataclass(frozen=True)
class Staff:
    """Who is there for which role on a day. Superusers count as Administração."""

    #: (role, body) → ids of those who hold it on that day, deputies among them.
    held: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    #: Those who hold it whether they are there or not.
    members: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    #: Record id of the body that Comunicação is.
    seat: str = ""
    #: Whether there are roles at all.
    is_set_up: bool = False

    ADMINISTRATION: ClassVar[tuple[str, str]] = ("administracao", "")

    @classmethod
    def on(cls, day: date) -> "Staff":
        """Two queries, however many bodies there are; one where there are no roles."""
        members: dict[tuple[str, str], set[int]] = defaultdict(set)
        active: set[int] = set()
        seat, is_set_up = "", False
        fields = ("role", "body", "seat", "group__user", "group__user__is_active")
        for role, body, own_body, user, is_active in RoleGroup.objects.values_list(*fields):
            seat, is_set_up = own_body or seat, True
            if user is not None:
                members[role, body].add(user)
                active |= {user} if is_active else set()
        if not is_set_up:
            return cls()
        absences = {}
        for user, is_active, is_superuser, absence, deputy, deputy_is_active in cls._above_or_away(day):
            active |= {user} if is_active else set()
            if is_superuser:
                members[cls.ADMINISTRATION].add(user)
            if absence is not None:
                absences[user] = deputy
                active |= {deputy} if deputy_is_active else set()
        held = {}
        for place, people in members.items():
            deputies = {absences.get(person) for person in people}
            held[place] = {
                person for person in people | deputies if person is not None and person in active - absences.keys()
            }
        return cls(held=held, members=dict(members), seat=seat, is_set_up=is_set_up)

    @staticmethod
    def _above_or_away(day: date) -> Iterable[tuple[Any, ...]]:
        """Superusers, and who is away on a day: with who stands in."""
        on_the_day = models.Q(conecta_absences__starts__lte=day, conecta_absences__ends__gte=day)
        users = get_user_model()._default_manager.annotate(
            away=models.FilteredRelation("conecta_absences", condition=on_the_day)
        )
        fields = ("pk", "is_active", "is_superuser", "away__pk", "away__deputy", "away__deputy__is_active")
        asked = users.filter(models.Q(is_superuser=True) | models.Q(away__isnull=False))
        # Of two absences at once the one that began first is read last, and holds.
        return asked.order_by("-away__starts", "away__pk").values_list(*fields)

    def people(self, role: str, body: str = "") -> set[int]:
        """Ids of those who hold a role and are there."""
        return self.held.get((role, body), set())

    def held_anywhere(self, role: str) -> set[int]:
        """Ids of those who are there and hold a role, of any body or of the city."""
        return _all(people for (held, _body), people in self.held.items() if held == role)

    def everybody(self) -> set[int]:
        """Ids of all who hold a role and are there."""
        return _all(self.held.values())

    def belongs(self, user_id: int, role: str) -> bool:
        """Whether somebody who is there holds a role of the whole city."""
        return user_id in self.people(role)

    def is_communications_own(self, body: str) -> bool:
        """Whether pages of a body, or of none, are Comunicação's own."""
        return body in ("", self.seat)


def _all(sets: Iterable[set[int]]) -> set[int]:
    return set().union(*sets)


def newsroom_is_set_up() -> bool:
    """Whether this installation has the newsroom's roles. Without them Wagtail's own permissions hold."""
    return RoleGroup.objects.exists()
