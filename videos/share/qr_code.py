"""QR codes of share pages, for posters and screens."""

import io

import segno

SCALE = 8  # pixels of a module, where nothing else sets the size


def qr_svg(url: str) -> bytes:
    """Return the QR code of ``url`` as an SVG file, dark on light in both colour themes."""
    svg = io.BytesIO()
    code = segno.make(url, error="m", micro=False)
    code.save(svg, kind="svg", scale=SCALE, light="#fff", omitsize=False)
    return svg.getvalue()
