"""The sound of a film: copied as it is, copied from an earlier film, or levelled and encoded."""

import json
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from videos.render.audio.analysis import Analysis
from videos.render.audio.analysis_cache import VERSION, Memory
from videos.render.audio.decoding import open_audio, sound
from videos.render.audio.levelling import AS_IT_IS, is_there, levelled, levelling_of
from videos.render.audio.loudness import Loudness, metered
from videos.render.encode.aac_copy import may_pass, passing_packets
from videos.render.encode.mp4 import Movie, sound_packets
from videos.render.encode.pictures import Coded
from videos.render.files import draft
from videos.render.scene import Scene

ENCODING = 0.3
"""The share of the work on a film that it is to encode its sound."""


class FilmSound:
    """How the sound of one film comes about.

    `loudness` is that of the film in LUFS, None for silence, once all packets are out.
    """

    def __init__(
        self, scene: Scene, analysis: Analysis, memory: Memory | None, digest: str, film: Path
    ) -> None:
        """Decide what becomes of the song of `scene`, in which `analysis` was heard."""
        self._audio, self._analysis, self._memory = scene.audio, analysis, memory
        self._film = film
        self._levelling = levelling_of(analysis.measure) if scene.is_normalised else AS_IT_IS
        self.loudness = analysis.measure.integrated
        way = "levelled" if scene.is_normalised else "source"
        self._names = [f"{digest}-{way}-v{VERSION}.{kind}" for kind in ("m4a", "json")]
        may_stay = not scene.is_normalised or is_there(analysis.measure)
        is_copied = may_stay and may_pass(scene.audio, analysis.duration)
        self._copied = scene.audio if is_copied else self._kept()

    @property
    def effort(self) -> float:
        """Return the share of the work on a film that its sound is, roughly: 0 to 1."""
        return ENCODING if self._copied is None else 0.0

    def _kept(self) -> Path | None:
        """Return the sound of an earlier film of the same song, if there was one."""
        found = self._memory.find(*self._names) if self._memory else None
        if found is None:
            return None
        self.loudness = json.loads(found[1].read_text())
        return found[0]

    def add_to(self, movie: Movie) -> AudioStream:
        """Add the stream of the sound to `movie`."""
        if self._copied is None:
            return movie.add_sound(self._analysis.sample_rate, self._analysis.layout)
        with open_audio(self._copied) as container:
            return movie.add_copied_sound(container.streams.audio[0])

    def packets(self, track: AudioStream) -> Generator[Coded, None, None]:
        """Yield the sound for `track`. Any thread may draw it."""
        if self._copied is not None:
            with open_audio(self._copied) as container:
                yield from passing_packets(container, track)
        elif self._memory is None:
            yield from sound_packets(self._frames(), track)
        else:
            yield from self._keeping(sound_packets(self._frames(), track), track, self._memory)

    def _frames(self) -> Iterator[AudioFrame]:
        """Yield the sound at its level, and note how loud it has become."""
        frames = sound(self._audio)
        if not self._levelling.is_limited:
            if self.loudness is not None:
                self.loudness += self._levelling.gain
            yield from self._levelled(frames) if self._levelling.gain else frames
            return
        meter = Loudness()
        yield from metered(self._levelled(frames), meter)
        self.loudness = meter.integrated

    def _levelled(self, frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
        return levelled(frames, self._levelling, self._analysis.peaks)

    def _keeping(
        self, packets: Iterator[Coded], track: AudioStream, memory: Memory
    ) -> Iterator[Coded]:
        """Yield `packets`, and keep copies of them for the next film of the song.

        Until they are complete they lie beside the film, where whoever ends this process sweeps.
        """
        with draft(self._film) as copies:
            with av.open(str(copies.absolute()), "w", format="mp4") as kept:
                stream = kept.add_stream_from_template(track)
                for packet in packets:
                    copy: Coded = Packet(bytes(packet))
                    copy.pts, copy.dts, copy.duration = packet.pts, packet.dts, packet.duration
                    copy.time_base, copy.stream = packet.time_base, stream
                    yield packet
                    kept.mux(copy)
            with memory.keeping(*self._names) as (sound_part, told_part):
                shutil.move(copies, sound_part)
                told_part.write_text(json.dumps(self.loudness))
