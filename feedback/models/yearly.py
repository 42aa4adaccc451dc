"""A year's report as a page, with the figures of the day on which it was made (Lei 13.460 arts. 14, 15 and 23)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel

from feedback.models.participation import ParticipationPage
from feedback.yearly import law
from feedback.yearly.blocks import REPORT_BLOCKS
from services.models.fields import StreamField
from services.rich_text import plain


class YearlyReportPage(ParticipationPage):
    """Figures that stay as they were, and what the city says of them."""

    kind = models.CharField(_("relatório"), max_length=12, choices=list(law.KINDS.items()), editable=False)
    year = models.PositiveSmallIntegerField(_("ano"), editable=False)
    #: ``feedback.yearly_report.YearFigures``, as JSON: counted once.
    figures = models.JSONField(default=dict, editable=False)
    intro = models.TextField(
        _("apresentação"),
        blank=True,
        help_text=_("O essencial do ano em duas ou três frases. Exemplo: Em 2025 respondemos 95% no prazo."),
    )
    body = StreamField(
        REPORT_BLOCKS,
        blank=True,
        verbose_name=_("partes do relatório"),
        help_text=_("Entre os quadros de números, escreva o que eles querem dizer."),
    )
    sent_to = models.CharField(
        _("enviado a"),
        max_length=160,
        blank=True,
        help_text=_("A autoridade máxima (art. 15). Exemplo: Prefeita Municipal"),
    )
    sent_on = models.DateField(_("enviado em"), null=True, blank=True, help_text=_("Exemplo: 15/02/2026"))

    fixed = (*ParticipationPage.fixed, "kind", "year", "figures")
    content_panels = [
        TitleFieldPanel("title", help_text=_("Exemplo: Relatório de gestão da Ouvidoria de 2025")),
        FieldPanel("intro"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("sent_to"), FieldPanel("sent_on")])],
            heading=_("Envio à autoridade máxima (só no relatório da Ouvidoria)"),
        ),
    ]
    # Only "Criar relatório do ano" makes one: it comes with its figures.
    is_creatable = False
    subpage_types: list[str] = []
    page_description = _("Um relatório do ano, com os números do dia em que foi criado.")
    template = "conecta_feedback/yearly_report.html"

    class Meta:
        verbose_name = _("relatório do ano")
        verbose_name_plural = _("relatórios do ano")
        permissions = [
            ("write_participation", _("Pode escrever relatórios do ano, consultas e a página do conselho")),
        ]

    def wanting(self) -> list[str]:
        """Items of the article that the report does not hold."""
        blocks = list(self.body)
        texts = [each.value for each in blocks if each.block_type == "required"]
        return list(
            law.missing(
                self.kind,
                figures={each.value for each in blocks if each.block_type == "figures"},
                texts={each["item"] for each in texts if plain(each["text"].source).strip()},
                sent=bool(self.sent_to.strip() and self.sent_on),
            )
        )


class YearlyReportFile(models.Model):
    """A report as PDF: made once of each text that was public, and kept."""

    report = models.ForeignKey(YearlyReportPage, on_delete=models.CASCADE, related_name="files")
    #: SHA-256 of what it was made of.
    digest = models.CharField(max_length=64)
    pdf = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("relatório do ano em PDF")
        constraints = [models.UniqueConstraint(fields=["report", "digest"], name="conecta_one_file_of_a_text")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.digest[:8]}"
