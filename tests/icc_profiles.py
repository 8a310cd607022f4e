"""Makes ICC profiles of RGB, grey and CMYK without a colour management system."""

import struct

import numpy as np

D50 = (0.9642, 1.0, 0.8249)
# Of Display P3, adapted to D50: the columns are red, green and blue
P3 = ((0.51512, 0.29198, 0.15710), (0.24120, 0.69225, 0.06657), (-0.00105, 0.04189, 0.78407))
SRGB = ((0.43607, 0.38515, 0.14307), (0.22249, 0.71687, 0.06061), (0.01392, 0.09708, 0.71410))
# Red and green have changed places, so that nobody can overlook the conversion
SWAPPED = tuple((green, red, blue) for red, green, blue in SRGB)


def rgb_profile(columns: tuple[tuple[float, float, float], ...] = P3) -> bytes:
    """Return the profile of a screen with sRGB's curve."""
    tags = {f"{name}XYZ": _xyz(row) for name, row in zip("rgb", np.array(columns).T, strict=True)}
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0)
    curve += b"".join(map(_fixed, (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)))
    return _profile("RGB ", tags | {f"{name}TRC": curve for name in "rgb"})


def grey_profile(gamma: float) -> bytes:
    """Return the profile of a grey picture with a curve that is a power."""
    return _profile("GRAY", {"kTRC": b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))})


def cmyk_profile() -> bytes:
    """Return the profile of a press that prints blue with cyan ink and nothing with the others.

    Its table has two steps for each ink; the lightness is that of the black ink.
    """
    grid = []
    for cyan, _magenta, _yellow, black in np.ndindex(2, 2, 2, 2):
        light = 0 if black else 255 - 160 * cyan
        grid += [
            light,
            128 + (40 if cyan and not black else 0),
            128 - (90 if cyan and not black else 0),
        ]
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0))
    table += b"".join(map(_fixed, np.eye(3).ravel())) + bytes(range(256)) * 4 + bytes(grid)
    return _profile("CMYK", {"A2B0": table + bytes(range(256)) * 3}, kind="prtr", pcs="Lab ")


def _profile(space: str, tags: dict[str, bytes], kind: str = "mntr", pcs: str = "XYZ ") -> bytes:
    text = "A test".encode("utf-16-be")
    mluc = b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(text), 28) + text
    tags = {"desc": mluc, "cprt": mluc, "wtpt": _xyz(D50)} | tags
    at, table, data = 132 + 12 * len(tags), b"", b""
    for name, content in tags.items():
        padded = content + bytes(-len(content) % 4)
        table += struct.pack(">4sII", name.encode(), at + len(data), len(content))
        data += padded
    body = struct.pack(">I", len(tags)) + table + data
    names = (each.encode() for each in (kind, space, pcs))
    header = struct.pack(">II", 128 + len(body), 0) + b"\x04\x20\0\0" + b"".join(names)
    header += bytes(12) + b"acsp" + bytes(28) + b"".join(map(_fixed, D50)) + bytes(48)
    return header + body


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(float(value) * 65536))
