"""The city's glossary: words of the town hall in words of everybody."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin

#: What fits into a line or two of a telephone, and into the note of a link.
LONGEST = 300


class GlossaryTerm(TranslatableMixin, models.Model):
    """A word, other ways to write it, and what it means. It holds as it is saved."""

    term = models.CharField(
        _("palavra"), max_length=80, help_text=_("Como aparece nos textos. Exemplo: alvará de funcionamento")
    )
    other_forms = models.TextField(
        _("outras formas"),
        blank=True,
        max_length=600,
        help_text=_("Plural, sigla e outras escritas, uma por linha. Exemplo: alvarás de funcionamento"),
    )
    meaning = models.TextField(
        _("o que quer dizer"),
        max_length=LONGEST,
        help_text=_(
            "Uma ou duas frases curtas, com palavras do dia a dia. "
            "Exemplo: Licença da Prefeitura para um negócio abrir as portas."
        ),
    )

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("palavra do glossário")
        verbose_name_plural = _("glossário")
        ordering: ClassVar[list[str]] = ["term"]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        """A word stands once in a language."""
        super().clean()
        self.term = " ".join(self.term.split())
        same = type(self)._default_manager.filter(term__iexact=self.term, locale_id=self.locale_id)
        if self.locale_id and same.exclude(pk=self.pk).exists():
            raise ValidationError({"term": _("Esta palavra já está no glossário.")})

    def forms(self) -> list[str]:
        """All ways in which it is written, its own first."""
        others = (" ".join(line.split()) for line in self.other_forms.splitlines())
        return list(dict.fromkeys([self.term, *(form for form in others if form)]))
