"""ICC profiles made by hand (ICC.1:2001): what a picture's numbers mean in the tests."""

from __future__ import annotations

import struct
from itertools import product

D65_TO_D50 = (
    (1.0478112, 0.0228866, -0.0501270),
    (0.0295424, 0.9904844, -0.0170491),
    (-0.0092345, 0.0150436, 0.7521316),
)
PRIMARIES = {
    "Display P3": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    "Adobe RGB": ((0.640, 0.330), (0.210, 0.710), (0.150, 0.060)),
}
WHITE = (0.3127, 0.3290)
"""D65, that of both."""


def _s15(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(v * 65536)) for v in values)


def _profile(space: bytes, pcs: bytes, kind: bytes, name: str, tags: dict[bytes, bytes]) -> bytes:
    text = name.encode() + b"\0"
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(78),
        b"wtpt": b"XYZ " + bytes(4) + _s15(0.9642, 1.0, 0.8249),
        **tags,
    }
    table, data = struct.pack(">I", len(tags)), b""
    begin = 128 + 4 + 12 * len(tags)
    for sign, body in tags.items():
        table += sign + struct.pack(">II", begin + len(data), len(body))
        data += body + bytes(-len(body) % 4)
    size = begin + len(data)
    head = struct.pack(">I", size) + bytes(4) + b"\x02\x40\0\0" + kind + space + pcs
    head = (head + bytes(12) + b"acsp").ljust(68, b"\0") + _s15(0.9642, 1.0, 0.8249)
    return head.ljust(128, b"\0") + table + data


def _curve(gamma: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256)) + bytes(2)


def _xyz(x: float, y: float) -> tuple[float, float, float]:
    return x / y, 1.0, (1 - x - y) / y


def _solved(rows: list[list[float]], want: tuple[float, float, float]) -> list[float]:
    import numpy as np

    return [float(v) for v in np.linalg.solve(np.array(rows).T, np.array(want))]


def rgb_profile(name: str, gamma: float = 2.2) -> bytes:
    """The profile of a colour space with these primaries."""
    xyz = [_xyz(*point) for point in PRIMARIES[name]]
    shares = _solved([list(row) for row in xyz], _xyz(*WHITE))
    tags: dict[bytes, bytes] = {}
    for letter, row, share in zip((b"r", b"g", b"b"), xyz, shares, strict=True):
        d65 = [share * v for v in row]
        d50 = [sum(m * v for m, v in zip(line, d65, strict=True)) for line in D65_TO_D50]
        tags[letter + b"XYZ"] = b"XYZ " + bytes(4) + _s15(*d50)
        tags[letter + b"TRC"] = _curve(gamma)
    return _profile(b"RGB ", b"XYZ ", b"mntr", name, tags)


def grey_profile(gamma: float) -> bytes:
    """Grey of this gamma."""
    return _profile(b"GRAY", b"XYZ ", b"mntr", f"Grey {gamma}", {b"kTRC": _curve(gamma)})


def grey_ink_profile() -> bytes:
    """Four inks each of which is black: full cyan is black there, where it is blue-green in the usual way."""
    ramp = bytes(range(256))
    corners = b"".join(bytes((0 if any(inks) else 255, 128, 128)) for inks in product((0, 1), repeat=4))
    unit = _s15(1, 0, 0, 0, 1, 0, 0, 0, 1)
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + unit + ramp * 4 + corners + ramp * 3
    return _profile(b"CMYK", b"Lab ", b"prtr", "Four blacks", {b"A2B0": table})
