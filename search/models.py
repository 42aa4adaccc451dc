"""What editors teach the search: synonyms, best bets, words that are spelt right, judged queries.

Rules hold as soon as they are saved: each change of one renews, in its transaction, the one row that processes look
at (``search/rules_in_force.py``).
"""

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from search.kinds import KIND_LABELS
from search.query_counts import QueryCount  # noqa: F401 - Django looks for models here
from search.relevance import Judgement
from search.rules import MOST_TERM_WORDS, Pin, Synonyms
from search.text import LANGUAGES, language_of
from services.models.fields import LinesField, lines
from services.record.identity import is_id

_LANGUAGE_NAMES = {"pt": _("Português"), "es": _("Espanhol"), "en": _("Inglês")}


def new_version() -> str:
    """A name that no earlier state of the rules had, not even one that a backup brings back."""
    return secrets.token_hex(8)


class RulesHead(models.Model):
    """The one row that tells whether the rules are still those that a process knows."""

    version = models.CharField(max_length=16, default=new_version)
    #: A city that deletes the starting thesaurus does not want it back.
    thesaurus_loaded = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="conecta_one_rules_head")]

    def __str__(self) -> str:
        return self.version

    @classmethod
    def renew(cls) -> None:
        """Tell every process that the rules are others now. In the transaction that changes them."""
        if not cls.objects.filter(pk=1).update(version=new_version()):
            cls.objects.get_or_create(pk=1)


class RuleQuerySet(models.QuerySet[Any]):
    """Whatever changes rules without ``save`` or ``delete`` tells it too."""

    @transaction.atomic
    def update(self, **values: Any) -> int:
        """As Django's."""
        changed = super().update(**values)
        RulesHead.renew()
        return changed

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's."""
        deleted = super().delete()
        RulesHead.renew()
        return deleted

    # As Django's: a manager must not delete all rows by one careless word.
    delete.queryset_only = True  # type: ignore[attr-defined]

    @transaction.atomic
    def bulk_create(self, *args: Any, **options: Any) -> list[Any]:
        """As Django's."""
        created = super().bulk_create(*args, **options)
        RulesHead.renew()
        return created


class InOneLanguage(models.Model):
    """What holds for queries in one language."""

    language = models.CharField(
        _("língua"),
        max_length=2,
        default="pt",
        choices=[(code, _LANGUAGE_NAMES[code]) for code in LANGUAGES],
        help_text=_("Em que língua as pessoas escrevem o que procuram. Exemplo: Português"),
    )

    class Meta:
        abstract = True


class Rule(InOneLanguage):
    """A rule of the search."""

    note = models.TextField(
        _("anotação"),
        blank=True,
        help_text=_("Por que esta regra existe; só a equipe lê. Exemplo: Assim dizem no balcão do Distrito Norte."),
    )

    objects = RuleQuerySet.as_manager()

    class Meta:
        abstract = True

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save and tell."""
        super().save(*args, **kwargs)
        RulesHead.renew()

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete and tell."""
        deleted = super().delete(*args, **kwargs)
        RulesHead.renew()
        return deleted


class SynonymGroup(Rule):
    """Other words for the same thing."""

    said = LinesField(
        _("o que as pessoas dizem"),
        help_text=_("Um termo por linha, de uma ou mais palavras. Exemplo: carta de motorista"),
    )
    meant = LinesField(
        _("o que isso quer dizer"),
        blank=True,
        help_text=_("Como os serviços chamam a mesma coisa, um termo por linha. Exemplo: CNH"),
    )
    two_way = models.BooleanField(
        _("vale nos dois sentidos"),
        default=False,
        help_text=_("Marque se quem escreve qualquer um dos termos deve achar todos. Exemplo: lixo, resíduo"),
    )
    active = models.BooleanField(_("em uso"), default=True, help_text=_("Desmarque para suspender sem apagar."))
    origin = models.CharField(
        _("origem"),
        max_length=16,
        default="editor",
        editable=False,
        choices=[("thesaurus", _("Vocabulário inicial")), ("editor", _("Equipe"))],
    )

    class Meta:
        verbose_name = _("sinônimos")
        verbose_name_plural = _("sinônimos")
        ordering = ["said", "id"]

    def __str__(self) -> str:
        said, meant = (", ".join(map(str.strip, lines(text))) for text in (self.said, self.meant))
        return f"{said} {'↔' if self.two_way else '→'} {meant}" if meant else said

    def clean(self) -> None:
        """A group needs two ends, and terms that somebody would type."""
        if not lines(self.meant) and not (self.two_way and len(lines(self.said)) > 1):
            raise ValidationError(
                {"meant": _("Escreva o que isso quer dizer, ou marque os dois sentidos e escreva dois termos ou mais.")}
            )
        language = language_of(self.language)
        for name in ("said", "meant"):
            for term in lines(getattr(self, name)):
                if not 0 < len(language.asked(term)) <= MOST_TERM_WORDS:
                    raise ValidationError(
                        {
                            name: _("“%(term)s”: um termo tem de uma a %(most)d palavras.")
                            % {"term": term.strip(), "most": MOST_TERM_WORDS}
                        }
                    )

    def as_rule(self) -> Synonyms:
        """For the plan."""
        return Synonyms(lines(self.said), lines(self.meant), two_way=self.two_way)


class BestBet(Rule):
    """What comes first for a query."""

    query = models.CharField(
        _("consulta"),
        max_length=255,
        help_text=_("Acentos, maiúsculas e plurais não contam. Exemplo: segunda via do IPTU"),
    )
    entry_kind = models.CharField(
        _("tipo"),
        max_length=16,
        default="service",
        choices=list(KIND_LABELS.items()),
        help_text=_("De que tipo é o que deve vir primeiro. Exemplo: Serviço"),
    )
    entry_id = models.CharField(
        _("código"),
        max_length=10,
        help_text=_("As dez letras do endereço curto do que deve vir primeiro. Exemplo: ab2cd3ef4g"),
    )
    position = models.PositiveSmallIntegerField(
        _("posição"), default=1, help_text=_("Os números menores vêm antes. Exemplo: 1")
    )
    starts = models.DateField(
        _("a partir de"), null=True, blank=True, help_text=_("Deixe vazio se já vale. Exemplo: 01/02/2027")
    )
    ends = models.DateField(
        _("até"), null=True, blank=True, help_text=_("O último dia; deixe vazio se não acaba. Exemplo: 28/02/2027")
    )

    class Meta:
        verbose_name = _("melhor resposta")
        verbose_name_plural = _("melhores respostas")
        ordering = ["query", "position", "id"]

    def __str__(self) -> str:
        return f"{self.query} → {self.entry_kind} {self.entry_id}"

    def clean(self) -> None:
        """Something to ask, something to show, and days in their order."""
        if not language_of(self.language).words(self.query):
            raise ValidationError({"query": _("Escreva ao menos uma palavra.")})
        if not is_id(self.entry_id):
            raise ValidationError({"entry_id": _("O código tem dez letras ou algarismos, como no endereço curto.")})
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("O último dia não pode vir antes do primeiro.")})

    def as_rule(self) -> Pin:
        """For the plan."""
        return Pin(
            query=self.query,
            kind=self.entry_kind,
            id=self.entry_id,
            position=self.position,
            starts=self.starts,
            ends=self.ends,
        )


class ProtectedWord(Rule):
    """A word that is spelt right."""

    word = models.CharField(
        _("palavra"),
        max_length=40,
        help_text=_("A busca nunca a troca por outra parecida. Exemplo: Inhobim"),
    )

    class Meta:
        verbose_name = _("palavra protegida")
        verbose_name_plural = _("palavras protegidas")
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="conecta_one_protection_per_word")]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """One word."""
        if len(language_of(self.language).words(self.word)) != 1:
            raise ValidationError({"word": _("Escreva uma palavra só.")})


class JudgedQuery(InOneLanguage):
    """A query, and what answers it: the search is measured by these."""

    query = models.CharField(_("consulta"), max_length=255, help_text=_("Como foi escrita. Exemplo: rua sem luz"))
    kind = models.CharField(
        _("grupo"),
        max_length=32,
        blank=True,
        help_text=_("As medidas são dadas por grupo. Exemplo: nomes populares"),
    )
    relevant = LinesField(
        _("respostas certas"),
        help_text=_("Os códigos do que responde à consulta, um por linha. Exemplo: ab2cd3ef4g"),
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("quem acrescentou"),
    )

    class Meta:
        verbose_name = _("consulta avaliada")
        verbose_name_plural = _("consultas avaliadas")
        ordering = ["query"]
        constraints = [models.UniqueConstraint(fields=["language", "query"], name="conecta_one_judgement_per_query")]

    def __str__(self) -> str:
        return self.query

    def clean(self) -> None:
        """Ids, each as a short link has it."""
        wrong = [each for each in self.relevant.split() if not is_id(each)]
        if wrong:
            raise ValidationError({"relevant": _("Isto não é um código: %s.") % ", ".join(wrong)})

    def judgement(self) -> Judgement:
        """For the measures."""
        return Judgement(kind=self.kind, query=self.query, relevant=frozenset(self.relevant.split()))
