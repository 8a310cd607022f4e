"""The sound of a film: AAC copied as it is, copied from the cache, or normalised and encoded."""

import json
import shutil
from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from videos.render.audio.analysis import Analysis
from videos.render.audio.analysis_cache import CACHE_VERSION, AnalysisCache
from videos.render.audio.decoding import decode_audio, open_audio, sound_stream
from videos.render.audio.loudness import LoudnessMeter, meter_frames
from videos.render.audio.normalisation import (
    UNCHANGED,
    is_at_target,
    normalise_frames,
    plan_normalisation,
)
from videos.render.audio.passage import (
    cut_frames,
    decode_passage,
    fade_ends,
    measure_frames,
)
from videos.render.clips.passage import Passage
from videos.render.encode.aac_copy import can_copy_aac, copy_aac_packets
from videos.render.encode.aac_pieces import encode_sound
from videos.render.encode.mp4 import Mp4Writer
from videos.render.encode.pictures import EncodedPacket
from videos.render.files import temporary_part
from videos.render.scene import Scene

# A passage that is no longer is decoded once, to be measured and encoded: 24 megabytes of sound
MAX_HELD_SECONDS = 60.0
ENCODING_SHARE = 0.3  # the share of the work on a film that it is to encode its sound


class FilmSound:
    """The sound of one film.

    ``loudness`` is that of the film in LUFS, None for silence; it is right once all packets are
    out.
    """

    def __init__(
        self,
        scene: Scene,
        analysis: Analysis,
        cache: AnalysisCache | None,
        digest: str,
        film: Path,
        passage: Passage | None = None,
        threads: int = 1,
    ) -> None:
        """Decide whether the sound of the song of ``scene`` is copied or encoded.

        Of a clip it is the ``passage``, which is levelled by itself; ``analysis`` is that of the
        clip then. So many ``threads`` encode it.
        """
        self._threads = threads
        self._audio, self._analysis, self._cache = scene.audio, analysis, cache
        self._film = film
        self._held_frames: list[AudioFrame] = []
        self._samples = passage and passage.samples(analysis.sample_rate)
        variant = "levelled" if scene.is_normalised else "source"
        if self._samples:
            variant += f"-{self._samples.start}-{self._samples.stop}"
        self._cache_names = [
            f"{digest}-{variant}-v{CACHE_VERSION}.{suffix}" for suffix in ("m4a", "json")
        ]
        self.loudness = analysis.loudness.integrated
        self._normalisation, self._peaks = UNCHANGED, analysis.peaks
        self._copied_file = self._find_file(scene)
        if self._copied_file is None:
            self._plan_levels(scene)

    def _find_file(self, scene: Scene) -> Path | None:
        """Return the file whose sound is copied: the song's own, or a cached one."""
        analysis = self._analysis
        may_stay = not scene.is_normalised or is_at_target(analysis.loudness)
        is_whole = may_stay and not analysis.silence and self._samples is None
        can_copy = is_whole and can_copy_aac(scene.audio, analysis.duration)
        return scene.audio if can_copy else self._find_cached_sound()

    def _plan_levels(self, scene: Scene) -> None:
        """Decide how the sound is levelled; that of a clip is measured for it."""
        loudness = self._analysis.loudness
        if self._samples:
            frames: Iterable[AudioFrame] = decode_passage(self._audio, self._samples)
            if len(self._samples) <= MAX_HELD_SECONDS * self._analysis.sample_rate:
                frames = self._held_frames = list(frames)
            loudness, self._peaks = measure_frames(frames)
            self.loudness = loudness.integrated
        if scene.is_normalised:
            self._normalisation = plan_normalisation(loudness)

    @property
    def work_share(self) -> float:
        """The share of the work on a film that its sound is, roughly: 0 to 1."""
        return ENCODING_SHARE if self._copied_file is None else 0.0

    def _find_cached_sound(self) -> Path | None:
        """Return the cached sound of an earlier film of the song, None if there is none."""
        files = self._cache.find_files(*self._cache_names) if self._cache else None
        if files is None:
            return None
        self.loudness = json.loads(files[1].read_text())
        return files[0]

    def add_to(self, writer: Mp4Writer) -> AudioStream:
        """Add the stream of the sound to the MP4 of ``writer``."""
        if self._copied_file is None:
            return writer.add_sound(self._analysis.sample_rate, self._analysis.layout)
        with open_audio(self._copied_file) as container:
            return writer.add_copied_sound(sound_stream(container))

    def packets(self, stream: AudioStream) -> Generator[EncodedPacket, None, None]:
        """Yield the packets of the sound for ``stream``. Any thread may iterate."""
        if self._copied_file is not None:
            with open_audio(self._copied_file) as container:
                yield from copy_aac_packets(container, stream)
        elif self._cache is None:
            yield from encode_sound(self._decode_frames(), stream, self._threads)
        else:
            packets = encode_sound(self._decode_frames(), stream, self._threads)
            yield from self._cache_packets(packets, stream, self._cache)

    def decode_part(self, samples: range) -> Iterator[AudioFrame]:
        """Yield these ``samples`` of the film's sound at its level, faded at both ends."""
        return fade_ends(cut_frames(self._decode_frames(), samples), len(samples))

    def _decode_frames(self) -> Iterator[AudioFrame]:
        """Yield the sound at its level, and set ``loudness`` to what comes out."""
        frames = self._decode_song()
        if not self._normalisation.is_limited:
            if self.loudness is not None:
                self.loudness += self._normalisation.gain
            yield from self._normalise(frames) if self._normalisation.gain else frames
            return
        meter = LoudnessMeter()
        yield from meter_frames(self._normalise(frames), meter)
        self.loudness = meter.integrated

    def _decode_song(self) -> Iterator[AudioFrame]:
        if self._held_frames:
            return iter(self._held_frames)
        samples = self._samples
        return decode_passage(self._audio, samples) if samples else decode_audio(self._audio)

    def _normalise(self, frames: Iterator[AudioFrame]) -> Iterator[AudioFrame]:
        return normalise_frames(frames, self._normalisation, self._peaks)

    def _cache_packets(
        self, packets: Iterator[EncodedPacket], stream: AudioStream, cache: AnalysisCache
    ) -> Iterator[EncodedPacket]:
        """Yield ``packets`` and store copies of them in the cache for the next film of the song.

        Until they are complete they are in a file beside the film, which ``discard_parts`` removes
        if this process is killed.
        """
        with temporary_part(self._film) as copies:
            with av.open(str(copies.absolute()), "w", format="mp4") as container:
                copied_stream = container.add_stream_from_template(stream)
                for packet in packets:
                    copy: EncodedPacket = Packet(bytes(packet))
                    copy.pts, copy.dts, copy.duration = packet.pts, packet.dts, packet.duration
                    copy.time_base, copy.stream = packet.time_base, copied_stream
                    yield packet
                    container.mux(copy)
            with cache.store_files(*self._cache_names) as (sound_part, loudness_part):
                # Not copy2, which sets the mode and the time of a name: a child process may not
                shutil.move(copies, sound_part, copy_function=shutil.copyfile)
                loudness_part.write_text(json.dumps(self.loudness))
