"""Decodes H.264 with Cisco's OpenH264 (Debian's libopenh264, used by Firefox), by ctypes."""

import ctypes
import ctypes.util
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]

LIBRARY = ctypes.util.find_library("openh264")

# Indexes in the table of a decoder's functions (ISVCDecoderVtbl).
INITIALIZE, UNINITIALIZE, DECODE, FLUSH = 0, 1, 3, 5

# The types of their arguments after the decoder.
ARGUMENT_TYPES = {
    INITIALIZE: [ctypes.c_void_p],
    UNINITIALIZE: [],
    DECODE: [ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p],
    FLUSH: [ctypes.c_void_p, ctypes.c_void_p],
}


class Parameters(ctypes.Structure):
    """SDecodingParam: all zero, so that errors are not concealed."""

    _fields_ = [
        ("name", ctypes.c_char_p),
        ("load", ctypes.c_uint),
        ("layer", ctypes.c_ubyte),
        ("concealment", ctypes.c_int),
        ("parse_only", ctypes.c_bool),
        ("property_size", ctypes.c_uint),
        ("stream_type", ctypes.c_int),
    ]


class Picture(ctypes.Structure):
    """SBufferInfo: whether there is a picture, and how it lies in memory."""

    _fields_ = [
        ("status", ctypes.c_int),
        ("time_in", ctypes.c_ulonglong),
        ("time_out", ctypes.c_ulonglong),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("format", ctypes.c_int),
        ("strides", ctypes.c_int * 2),
        ("planes", ctypes.c_void_p * 3),
    ]


def decode(packets: Iterable[bytes]) -> Iterator[list[Plane]]:
    """Yield the planes of each picture. Raises ValueError if one cannot be decoded."""
    library = ctypes.CDLL(LIBRARY)
    decoder = ctypes.c_void_p()
    assert library.WelsCreateDecoder(ctypes.byref(decoder)) == 0
    try:
        parameters = Parameters(layer=255)
        assert _call(decoder, INITIALIZE, ctypes.byref(parameters)) == 0
        for packet in packets:
            yield from _pictures(decoder, DECODE, packet, len(packet))
        yield from _pictures(decoder, FLUSH)
        _call(decoder, UNINITIALIZE)
    finally:
        library.WelsDestroyDecoder(decoder)


def _pictures(decoder: ctypes.c_void_p, index: int, *arguments: object) -> Iterator[list[Plane]]:
    """Yield the picture that a call returns, if there is one: it may be an earlier picture."""
    planes, picture = (ctypes.c_void_p * 3)(), Picture()
    state = _call(decoder, index, *arguments, planes, ctypes.byref(picture))
    if state:
        raise ValueError(f"OpenH264 answers with state {state}")
    if picture.status == 1:
        yield [_plane(picture, planes[number], number) for number in range(3)]


def _plane(picture: Picture, address: int, number: int) -> Plane:
    scale = 2 if number else 1
    width, height = picture.width // scale, picture.height // scale
    stride = picture.strides[1 if number else 0]
    data = np.frombuffer(ctypes.string_at(address, stride * height), np.uint8)
    return data.reshape(height, stride)[:, :width]


def _call(decoder: ctypes.c_void_p, index: int, *arguments: object) -> int:
    table = ctypes.cast(decoder, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
    function = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_void_p, *ARGUMENT_TYPES[index])(
        table[index]
    )
    return function(decoder, *arguments)
