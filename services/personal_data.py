"""What a person may have typed of herself or of others where no name is asked for. Pure."""

import re
import unicodedata

_EMAIL = re.compile(r"[^\s@]\s?@\s?[^\s@]")
#: Six digits together, or seven with what people write between them: CPF, CNPJ, NIS, RG, telephones, postal codes,
#: birthdays, numbers of cases and of properties.
_NUMBER = re.compile(r"\d{6}|\d(?:[\W_]{0,3}\d){6}")
#: Of vehicles, old and Mercosul. With a space between, a year is none: "ISS 2026" is asked every year.
_PLATE = re.compile(r"(?<![^\W\d_])[a-z]{3}(?:-?\d[a-z\d]\d\d|[\s.·–—]+(?!(?:19|20)\d\d)\d[a-z\d]\d\d)(?![^\W_])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def is_personal(text: str) -> bool:
    """Whether a text holds an e-mail address, a vehicle's plate, or digits enough to tell a person by.

    Errs on the side of the person: "calendário 2025/2026" has eight digits in a row.
    """
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return any(pattern.search(plain) for pattern in (_EMAIL, _NUMBER, _PLATE))
