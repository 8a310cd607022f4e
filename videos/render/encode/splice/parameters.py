"""What must be known of an encoder's parameter sets to rewrite its slices (clause 7.3.2)."""

from dataclasses import dataclass

from videos.render.encode.splice import nal
from videos.render.encode.splice.bits import BitReader
from videos.render.errors import RenderError

HIGH = 100
OUTPUT_ORDER = 2
"""The picture order count type under which pictures are shown in the order of their coding."""


@dataclass(frozen=True)
class Parameters:
    """How many bits a frame's number has, and the quantiser that slices tell theirs from."""

    frame_bits: int
    quantiser: int


def read_parameters(header: bytes) -> Parameters:
    """Return the parameters of an encoder's `header`: both parameter sets, with start codes.

    Raises RenderError if slices cannot be spliced under them.
    """
    sets = {nal.kind(unit): BitReader(nal.unescaped(unit)[1:]) for unit in nal.units(header)}
    try:
        return Parameters(_frame_bits(sets[nal.SEQUENCE]), _quantiser(sets[nal.PICTURE]))
    except (KeyError, ValueError) as error:
        raise RenderError(f"The encoder's parameter sets cannot be read: {error}") from error


def _frame_bits(sequence: BitReader) -> int:
    _require(sequence.bits(8) == HIGH, "profile High")
    sequence.bits(8 + 8)  # constraints and level
    sequence.number()  # the set's own number
    _require(sequence.number() == 1, "4:2:0")
    _require(sequence.number() == sequence.number() == 0, "8 bits")
    _require(sequence.bits(2) == 0, "no scaling matrices")
    bits = sequence.number() + 4
    _require(sequence.number() == OUTPUT_ORDER, "no B-frames")
    _require(sequence.number() == 1, "one reference")
    return bits


def _quantiser(picture: BitReader) -> int:
    _require(picture.number() == picture.number() == 0, "one parameter set of each kind")
    _require(picture.flag(), "CABAC")
    _require(not picture.flag(), "no field order")
    _require(picture.number() == 0, "no slice groups")
    _require(picture.number() == picture.number() == 0, "one reference a slice")
    _require(picture.bits(1 + 2) == 0, "no weighted prediction")
    quantiser = 26 + picture.signed()
    picture.signed(), picture.signed()  # for SI slices, and chroma's
    _require(picture.flag(), "deblocking told by slices")
    _require(picture.bits(2) == 0, "no constrained prediction, no redundant pictures")
    return quantiser


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise ValueError(f"{what} was expected")
