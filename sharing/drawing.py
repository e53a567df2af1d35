"""QR codes, drawn into the page."""

import segno
from django.utils.safestring import SafeString, mark_safe

# A quiet border, and dark on light in both themes: some cameras read nothing else.
BORDER = 4
DARK, LIGHT = "#000", "#fff"


def qr_code(text: str) -> SafeString:
    """Return an SVG of the text as a QR code, for inside a page; as large as what it stands in."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(border=BORDER, dark=DARK, light=LIGHT, omitsize=True, svgclass="qr-code", lineclass=None)
    return mark_safe(drawn)  # noqa: S308 - paths of numbers; the text is not in it
