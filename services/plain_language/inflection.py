"""Forms of Portuguese words: so that a list names a word once, and its alternative comes in the same form.

Not a grammar: the persons and tenses in which a charter speaks of people and offices, that is the third ones,
the imperative (which has the subjunctive's forms), participles and the gerund.
"""

import functools
from collections.abc import Mapping

#: Forms that no rule gives, by infinitive: present, subjunctive (each singular, plural), preterite (both),
#: stem of the future, gerund, participle without its last letter.
_IRREGULAR: Mapping[str, tuple[str, str, str, str, str, str, str, str, str]] = {
    "dar": ("dá", "dão", "dê", "deem", "deu", "deram", "dar", "dando", "dad"),
    "dizer": ("diz", "dizem", "diga", "digam", "disse", "disseram", "dir", "dizendo", "dit"),
    "fazer": ("faz", "fazem", "faça", "façam", "fez", "fizeram", "far", "fazendo", "feit"),
    "ir": ("vai", "vão", "vá", "vão", "foi", "foram", "ir", "indo", "id"),
    "medir": ("mede", "medem", "meça", "meçam", "mediu", "mediram", "medir", "medindo", "medid"),
    "ouvir": ("ouve", "ouvem", "ouça", "ouçam", "ouviu", "ouviram", "ouvir", "ouvindo", "ouvid"),
    "pedir": ("pede", "pedem", "peça", "peçam", "pediu", "pediram", "pedir", "pedindo", "pedid"),
    "perder": ("perde", "perdem", "perca", "percam", "perdeu", "perderam", "perder", "perdendo", "perdid"),
    "poder": ("pode", "podem", "possa", "possam", "pôde", "puderam", "poder", "podendo", "podid"),
    "pôr": ("põe", "põem", "ponha", "ponham", "pôs", "puseram", "por", "pondo", "post"),
    "requerer": (
        "requer",
        "requerem",
        "requeira",
        "requeiram",
        "requereu",
        "requereram",
        "requerer",
        "requerendo",
        "requerid",
    ),
    "seguir": ("segue", "seguem", "siga", "sigam", "seguiu", "seguiram", "seguir", "seguindo", "seguid"),
    "ser": ("é", "são", "seja", "sejam", "foi", "foram", "ser", "sendo", "sid"),
    "servir": ("serve", "servem", "sirva", "sirvam", "serviu", "serviram", "servir", "servindo", "servid"),
    "ter": ("tem", "têm", "tenha", "tenham", "teve", "tiveram", "ter", "tendo", "tid"),
    "trazer": ("traz", "trazem", "traga", "tragam", "trouxe", "trouxeram", "trar", "trazendo", "trazid"),
    "ver": ("vê", "veem", "veja", "vejam", "viu", "viram", "ver", "vendo", "vist"),
    "vir": ("vem", "vêm", "venha", "venham", "veio", "vieram", "vir", "vindo", "vind"),
}
_COMPOUNDS = ("ter", "pôr", "vir", "ver")
#: Participles that are not those of the rule.
_PARTICIPLES = {
    "abrir": "abert",
    "cobrir": "cobert",
    "escrever": "escrit",
    "pagar": "pag",
    "gastar": "gast",
    "ganhar": "ganh",
}
_NAMES = ("pres", "press", "subj", "subjs", "pret", "prets")


def verb_forms(verb: str) -> dict[str, str]:
    """The forms of a verb by their names; of ``"dar causa"``, the first word is inflected."""
    infinitive, _, rest = verb.partition(" ")
    base, reflexive, pronoun = infinitive.partition("-")
    tail = reflexive + pronoun + (f" {rest}" if rest else "")
    return {name: form + tail for name, form in _simple(base).items()}


@functools.cache
def _simple(verb: str) -> Mapping[str, str]:
    said = _IRREGULAR.get(verb) or _compound(verb) or _regular(verb)
    *finite, future, gerund, participle = said
    forms = dict(zip(_NAMES, finite, strict=True))
    forms |= {"inf": verb, "infs": _plural_infinitive(verb), "ger": gerund}
    forms |= {"fut": f"{future}á", "futs": f"{future}ão", "cond": f"{future}ia", "conds": f"{future}iam"}
    return forms | {name: participle + end for name, end in (("ms", "o"), ("fs", "a"), ("mp", "os"), ("fp", "as"))}


def _plural_infinitive(verb: str) -> str:
    if verb == "pôr":
        return "porem"
    return f"{verb[:-2]}írem" if verb.endswith("uir") and verb[-4:-3] not in ("g", "q") else f"{verb}em"


def _compound(verb: str) -> tuple[str, ...] | None:
    for base in _COMPOUNDS:
        plain = "por" if base == "pôr" else base
        prefix = verb.removesuffix(plain)
        known = prefix.endswith(("con", "dis", "im", "pro", "ob", "man", "de", "com", "re", "inter", "ex", "pre"))
        if verb.endswith(plain) and known and (plain, prefix) not in _NO_COMPOUND:
            marks = {"tem": "tém", "vem": "vém"} if base in ("ter", "vir") else {}
            return tuple(prefix + marks.get(form, form) for form in _IRREGULAR[base])
    return None


#: Verbs that only end like one.
_NO_COMPOUND = {("ter", "come"), ("ter", "submi"), ("ver", "de"), ("ter", "reme"), ("ver", "pro"), ("vir", "ser")}
_NO_COMPOUND |= {("ver", "resol"), ("ter", "prome"), ("ver", "reha"), ("ver", "escre"), ("ter", "de")}


def _regular(verb: str) -> tuple[str, ...]:
    stem, ending = verb[:-2], verb[-2:]
    participle = _PARTICIPLES.get(verb, stem + ("ad" if ending == "ar" else "íd" if stem.endswith("u") else "id"))
    if verb.endswith(("guir", "quir", "guer", "quer")):
        participle = stem + "id"
    if ending == "ar":
        soft = _before(stem, {"c": "qu", "g": "gu", "ç": "c"})
        full = f"{stem}i" if stem.endswith("e") else stem
        soft = f"{soft}i" if stem.endswith("e") else soft
        past = (f"{stem}ou", f"{stem}aram")
        return (f"{full}a", f"{full}am", f"{soft}e", f"{soft}em", *past, verb, f"{stem}ando", participle)
    hard = stem[:-2] + "g" if stem.endswith("gu") and ending == "ir" else _before(stem, {"c": "ç", "g": "j"})
    if ending == "ir":
        hard = _raised(hard)
    past = (f"{stem}{ending[0]}u", f"{stem}{ending[0]}ram")
    if stem.endswith("u") and not stem.endswith(("gu", "qu")):
        past = (f"{stem}iu", f"{stem}íram")
        return (f"{stem}i", f"{stem}em", f"{stem}a", f"{stem}am", *past, verb, f"{stem}indo", participle)
    return (f"{stem}e", f"{stem}em", f"{hard}a", f"{hard}am", *past, verb, f"{stem}{ending[0]}ndo", participle)


def _before(stem: str, spelt: Mapping[str, str]) -> str:
    return stem[:-1] + spelt[stem[-1]] if stem[-1:] in spelt else stem


def _raised(stem: str) -> str:
    """``defer-`` becomes ``defir-`` where the stress falls on it: deferir, inserir, aderir, sugerir."""
    return stem[:-2] + "ir" if stem.endswith(("fer", "ser", "ader", "ger")) else stem


def plural(noun: str) -> str:
    """The plural of a noun or adjective."""
    if " " in noun:
        first, _, rest = noun.partition(" ")
        return f"{plural(first)} {rest if rest.startswith(('d', 'e')) else plural(rest)}"
    for end, ends in (("ão", "ões"), ("al", "ais"), ("el", "eis"), ("ol", "óis"), ("ul", "uis"), ("il", "is")):
        if noun.endswith(end):
            return noun.removesuffix(end) + ends
    if noun.endswith("m"):
        return noun[:-1] + "ns"
    if noun.endswith(("r", "z")):
        return noun + "es"
    return noun if noun.endswith(("s", "x")) else noun + "s"


def adjective_forms(adjective: str) -> dict[str, str]:
    """The four forms of an adjective, or the two of one that has no gender."""
    if adjective.endswith("o"):
        stem = adjective[:-1]
        return {"ms": adjective, "fs": f"{stem}a", "mp": f"{stem}os", "fp": f"{stem}as"}
    return {"ms": adjective, "fs": adjective, "mp": plural(adjective), "fp": plural(adjective)}
