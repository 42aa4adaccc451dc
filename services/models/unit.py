"""A place where people are attended; its visits and the exceptions to its hours."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel

from services import blocks
from services.models.entry import LiveAtOnce, PublishedEntry, Sourced, TakenOver
from services.models.fields import ChoiceListField, StreamField
from services.models.place import Point, PostalAddress

ACCESSIBILITY = [
    ("step_free_entrance", _("Entrada sem degraus")),
    ("accessible_toilet", _("Banheiro acessível")),
    ("tactile_paving", _("Piso tátil")),
    ("sign_language", _("Atendimento em Libras")),
    ("reserved_parking", _("Vaga reservada")),
    ("lift", _("Elevador")),
    ("braille", _("Placas em braile")),
    ("priority_seating", _("Assento preferencial")),
]


class Unit(PostalAddress, Point, TakenOver, PublishedEntry):
    """A place of attendance: fixed, or itinerant with dated visits."""

    kind = "unit"

    secretariat = models.ForeignKey(
        "conecta_services.SecretariatPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="units",
        verbose_name=_("órgão"),
        help_text=_("Quem cuida da unidade. Exemplo: Secretaria Municipal de Saúde"),
    )
    type = models.CharField(_("tipo"), max_length=255, blank=True, help_text=_("Exemplo: posto de saúde"))
    acronym = models.CharField(_("sigla"), max_length=64, blank=True, help_text=_("Exemplo: CRAS"))
    summary = models.TextField(
        _("resumo"),
        blank=True,
        help_text=_("O que se resolve aqui, em uma frase. Exemplo: Emite boletos e certidões e recebe pedidos."),
    )
    district = models.ForeignKey(
        "conecta_services.District",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("distrito"),
        help_text=_("Onde fica. Exemplo: Sede (cidade)"),
    )
    how_to_get_there = models.TextField(
        _("como chegar"), blank=True, help_text=_("Exemplo: ao lado da igreja; linhas de ônibus que passam perto.")
    )
    contacts = StreamField(
        [("contact", blocks.ContactBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("contatos"),
        help_text=_("O mais usado primeiro. Exemplo: WhatsApp (77) 90000-0000"),
    )
    hours = StreamField(
        [("hours", blocks.HoursBlock())],
        blank=True,
        collapsed=True,
        verbose_name=_("horários"),
        help_text=_("Um item para cada horário. Exemplo: segunda a sexta, das 8h às 14h."),
    )
    open_on_holidays = models.BooleanField(
        _("abre em feriados"),
        default=False,
        help_text=_("Marque só se atende nos feriados. Exemplo: pronto-socorro."),
    )
    itinerant = models.BooleanField(
        _("é itinerante"),
        default=False,
        help_text=_("Vai até os distritos em datas marcadas. Exemplo: Ônibus da Cidadania"),
    )
    accessibility = ChoiceListField(
        _("acessibilidade"),
        blank=True,
        options=ACCESSIBILITY,
        help_text=_("Marque só o que existe hoje. Exemplo: entrada sem degraus."),
    )
    accessibility_note = models.TextField(
        _("observação sobre acessibilidade"), blank=True, help_text=_("Exemplo: a rampa fica na entrada lateral.")
    )

    class Meta(PublishedEntry.Meta):
        verbose_name = _("unidade de atendimento")
        verbose_name_plural = _("unidades de atendimento")
        ordering = ["title"]


class HoursException(LiveAtOnce):
    """Days on which a unit is closed, or opens at other hours; it holds as soon as it is saved."""

    unit = models.ForeignKey(
        Unit,
        on_delete=models.CASCADE,
        related_name="hours_exceptions",
        verbose_name=_("unidade"),
        help_text=_("Exemplo: Praça de Atendimento"),
    )
    starts = models.DateField(
        _("de"),
        help_text=_("O primeiro dia. Exemplo: 24/12/2026"),
    )
    ends = models.DateField(
        _("até"),
        help_text=_("O último dia, incluído. Exemplo: 31/12/2026"),
    )
    closed = models.BooleanField(
        _("fechada"),
        default=True,
        help_text=_("Desmarque se a unidade abre em outro horário. Exemplo: só de manhã."),
    )
    opens = models.TimeField(
        _("abre às"),
        null=True,
        blank=True,
        help_text=_("Só se não fecha. Exemplo: 08:00"),
    )
    closes = models.TimeField(
        _("fecha às"),
        null=True,
        blank=True,
        help_text=_("Só se não fecha. Exemplo: 12:00"),
    )
    message = models.CharField(_("aviso"), max_length=255, blank=True, help_text=_("Exemplo: recesso de fim de ano"))

    class Meta:
        verbose_name = _("exceção de horário")
        verbose_name_plural = _("exceções de horário")
        ordering = ["starts", "pk"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.starts:%d/%m/%Y}"

    def owner(self) -> Sourced | None:
        """The unit."""
        return self.unit


class Visit(LiveAtOnce, ClusterableModel):
    """A dated visit of an itinerant unit to a district; it is announced as soon as it is saved."""

    unit = models.ForeignKey(
        Unit,
        on_delete=models.CASCADE,
        related_name="visits",
        verbose_name=_("unidade"),
        help_text=_("A unidade que viaja. Exemplo: Ônibus da Cidadania"),
    )
    district = models.ForeignKey(
        "conecta_services.District",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("distrito"),
        help_text=_("Para onde vai. Exemplo: Inhobim"),
    )
    place = models.CharField(_("local"), max_length=255, blank=True, help_text=_("Exemplo: praça da igreja"))
    starts = models.DateTimeField(
        _("começa"),
        help_text=_("Exemplo: 01/12/2026 08:30"),
    )
    ends = models.DateTimeField(
        _("termina"),
        help_text=_("Exemplo: 01/12/2026 15:30"),
    )
    services = ParentalManyToManyField(
        "conecta_services.ServicePage",
        blank=True,
        related_name="+",
        verbose_name=_("serviços"),
        help_text=_("Deixe vazio se atende todos os serviços da unidade. Exemplo: só o Cadastro Único."),
    )
    note = models.TextField(_("observação"), blank=True, help_text=_("Exemplo: serão entregues 80 senhas."))

    class Meta:
        verbose_name = _("atendimento itinerante")
        verbose_name_plural = _("atendimentos itinerantes")
        ordering = ["starts", "pk"]

    def __str__(self) -> str:
        return f"{self.place or self.district}: {self.starts:%d/%m/%Y}"

    def owner(self) -> Sourced | None:
        """The itinerant unit."""
        return self.unit
