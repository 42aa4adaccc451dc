"""The rules of plain language, as data: what each is about, why it matters, and who asks for it."""

from django.utils.translation import gettext_lazy as _

from services.plain_language.acronyms import acronyms
from services.plain_language.capitals import capitals
from services.plain_language.jargon import jargon, latin
from services.plain_language.lengths import long_paragraphs, long_sentences
from services.plain_language.nominalisations import nominalisations
from services.plain_language.openings import openings
from services.plain_language.passive import passive
from services.plain_language.rule import EDITORIAL, PLAIN_LANGUAGE_LAW, USERS_LAW, Rule
from services.plain_language.titles import title_form

RULES: tuple[Rule, ...] = (
    Rule(
        "title_form",
        _("Título"),
        _("Quem procura um serviço lê o começo do título, e em uma lista só cabem algumas palavras."),
        EDITORIAL,
        title_form,
        of_titles=True,
    ),
    Rule(
        "long_sentence",
        _("Frase longa"),
        _("Em uma frase longa, quem lê se esquece do começo antes de chegar ao fim."),
        f"{PLAIN_LANGUAGE_LAW} (frases curtas)",
        long_sentences,
    ),
    Rule(
        "long_paragraph",
        _("Parágrafo longo"),
        _("Um parágrafo longo esconde o que a pessoa procura, ainda mais na tela do celular."),
        f"{PLAIN_LANGUAGE_LAW} (uma ideia por parágrafo)",
        long_paragraphs,
    ),
    Rule(
        "opening",
        _("Começo de ofício"),
        _("Quem lê quer saber logo o que fazer; estas palavras atrasam a resposta."),
        f"{PLAIN_LANGUAGE_LAW} (o mais importante primeiro)",
        openings,
    ),
    Rule(
        "passive",
        _("Voz passiva"),
        _("A frase não diz quem faz, e a pessoa não sabe se é ela ou a Prefeitura."),
        f"{PLAIN_LANGUAGE_LAW} (voz ativa)",
        passive,
    ),
    Rule(
        "nominalisation",
        _("Substantivo no lugar do verbo"),
        _("O verbo diz a mesma coisa com menos palavras."),
        f"{PLAIN_LANGUAGE_LAW} (verbos no lugar de substantivos)",
        nominalisations,
    ),
    Rule(
        "jargon",
        _("Palavra de repartição"),
        _("Muita gente não usa esta palavra e pode não entender o que se pede."),
        f"{USERS_LAW}; {PLAIN_LANGUAGE_LAW} (palavras comuns)",
        jargon,
    ),
    Rule(
        "latin",
        _("Latim"),
        _("Quase ninguém sabe latim; em português, todos entendem."),
        f"{USERS_LAW}; {PLAIN_LANGUAGE_LAW} (sem palavras estrangeiras)",
        latin,
    ),
    Rule(
        "acronym",
        _("Sigla sem explicação"),
        _("Uma sigla só diz alguma coisa a quem já a conhece."),
        f"{USERS_LAW}; {PLAIN_LANGUAGE_LAW} (nome completo antes da sigla)",
        acronyms,
    ),
    Rule(
        "capitals",
        _("Letras maiúsculas"),
        _("Palavras em maiúsculas cansam a vista, parecem um grito, e leitores de tela podem soletrá-las."),
        _("Guias de linguagem simples e eMAG 3.1"),
        capitals,
    ),
)
