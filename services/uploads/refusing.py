"""Why a file is not kept. What opens files runs elsewhere (``cleaning``), and no web server need hold its libraries."""

import re

#: What an iPhone's photo begins with, after its length; and AVIF, which is of the same family.
_HEIF = re.compile(rb"(?s)....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1|avif|avis)")


class NotKept(ValueError):
    """With the key of why: ``unknown``, ``heif``, ``large``, ``broken`` or ``locked``, and whoever asks has more."""


def is_heif(content: bytes) -> bool:
    """Whether it begins as an iPhone's photo. Nothing opens those here: their decoders have let strangers in."""
    return bool(_HEIF.match(content))
