"""The looks: each draws its stage and makes its moving parts."""

from collections.abc import Callable

from videos.render.options import Look
from videos.render.paint.interfaces import LookContext, StagedLook
from videos.render.paint.looks.drift import stage_drift
from videos.render.paint.looks.glow import stage_glow
from videos.render.paint.looks.kinetic import stage_kinetic
from videos.render.paint.looks.orbit import stage_orbit
from videos.render.paint.looks.stage import stage_stage
from videos.render.paint.looks.wave import stage_wave

__all__ = ["LOOKS"]

LOOKS: dict[Look, Callable[[LookContext], StagedLook]] = {
    Look.GLOW: stage_glow,
    Look.ORBIT: stage_orbit,
    Look.WAVE: stage_wave,
    Look.KINETIC: stage_kinetic,
    Look.STAGE: stage_stage,
    Look.DRIFT: stage_drift,
}
