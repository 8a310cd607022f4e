"""Parses what the rewriting of slices must know of an encoder's parameter sets (clause 7.3.2)."""

from dataclasses import dataclass

from videos.render.encode.splice import nal
from videos.render.encode.splice.bits import BitReader
from videos.render.errors import RenderError

HIGH_PROFILE = 100
OUTPUT_ORDER = 2  # the picture order count type with which coding order is display order


class SpliceError(RenderError):
    """x264 made what cannot be spliced."""


@dataclass(frozen=True)
class ParameterSets:
    """The bits of ``frame_num``, and the quantiser to which those of slices are relative."""

    frame_number_bits: int
    quantiser: int


def parse_parameter_sets(header: bytes) -> ParameterSets:
    """Return the parameters in an encoder's ``header``: both parameter sets, with start codes.

    Raises SpliceError if slices cannot be spliced under them.
    """
    sets = {
        nal.unit_type(unit): BitReader(nal.unescape(unit)[1:]) for unit in nal.split_units(header)
    }
    try:
        return ParameterSets(
            _parse_frame_number_bits(sets[nal.SPS]), _parse_quantiser(sets[nal.PPS])
        )
    except (KeyError, ValueError) as error:
        raise SpliceError(f"The encoder's parameter sets cannot be read: {error}") from error


def _parse_frame_number_bits(sps: BitReader) -> int:
    _require(sps.read_bits(8) == HIGH_PROFILE, "profile High")
    sps.read_bits(8 + 8)  # constraints and level
    sps.read_ue()  # the set's own number
    _require(sps.read_ue() == 1, "4:2:0")
    _require(sps.read_ue() == sps.read_ue() == 0, "8 bits")
    _require(sps.read_bits(2) == 0, "no scaling matrices")
    bits = sps.read_ue() + 4
    _require(sps.read_ue() == OUTPUT_ORDER, "no B-frames")
    _require(sps.read_ue() == 1, "one reference")
    return bits


def _parse_quantiser(pps: BitReader) -> int:
    _require(pps.read_ue() == pps.read_ue() == 0, "one parameter set of each kind")
    _require(pps.read_flag(), "CABAC")
    _require(not pps.read_flag(), "no field order")
    _require(pps.read_ue() == 0, "no slice groups")
    _require(pps.read_ue() == pps.read_ue() == 0, "one reference a slice")
    _require(pps.read_bits(1 + 2) == 0, "no weighted prediction")
    quantiser = 26 + pps.read_se()
    pps.read_se(), pps.read_se()  # for SI slices, and of chroma
    _require(pps.read_flag(), "deblocking told by slices")
    _require(pps.read_bits(2) == 0, "no constrained prediction, no redundant pictures")
    return quantiser


def _require(condition: bool, feature: str) -> None:
    if not condition:
        raise ValueError(f"{feature} was expected")
