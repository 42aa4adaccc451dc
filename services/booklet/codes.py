"""The QR code of a service: its short link, which leads on wherever the service moves."""

import io

import segno

#: Choosing the best of eight masks takes nine tenths of the time; readers take any.
_MASK = 3
#: White around it, in dots (ISO/IEC 18004).
_QUIET = 4


def drawn(address: str) -> str:
    """An SVG of one path, in black."""
    out = io.BytesIO()
    code = segno.make_qr(address, error="m", mask=_MASK)
    code.save(out, kind="svg", border=_QUIET, xmldecl=False, svgclass=None, lineclass=None, nl=False, omitsize=True)
    return out.getvalue().decode()
