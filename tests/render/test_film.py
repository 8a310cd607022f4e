import subprocess
import sys
import time
from collections.abc import Callable
from itertools import islice, pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition
from PIL import Image

from tests.pairwise import one_in
from tests.render.films import count_samples, crop, read_boxes, read_lumas
from tests.render.samples import (
    CODECS,
    Samples,
    clicks,
    lines,
    music,
    scene,
    tone,
    write_silent_wav,
    write_song,
)
from videos.render import progress
from videos.render.errors import AudioError, CoverError, RenderError, Stopped
from videos.render.film import render, render_still
from videos.render.layout import get_layout
from videos.render.lyrics import Line
from videos.render.options import VideoFormat
from videos.render.paint.yuv import LUMA_WEIGHTS
from videos.render.scene import Progress, Scene

FORMS = list(VideoFormat)


def render_film(folder: Path, audio: Path, **options) -> Path:
    return render(scene(audio, **options), folder / "film.mp4", processes=1).path


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def measure_ends(path: Path) -> tuple[float, float]:
    """Return when the decoded picture and sound end, in seconds."""
    with av.open(str(path)) as film:
        rate = film.streams.audio[0].sample_rate
        frames = sum(1 for _ in film.decode(video=0))
    return frames / 30, count_samples(path) / rate


def test_its_streams_are_what_players_want(film: Path) -> None:
    with av.open(str(film)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert [stream.type for stream in container.streams] == ["video", "audio", "video"]
        assert container.streams[2].disposition == Disposition.attached_pic
        picture = video.codec_context
        assert (picture.name, picture.profile, picture.pix_fmt) == ("h264", "High", "yuv420p")
        assert (picture.width, picture.height) == (1280, 720)
        assert video.average_rate == video.base_rate == 30
        assert (picture.color_range, picture.colorspace) == (1, 1)
        assert (picture.color_primaries, picture.color_trc) == (1, 1)
        assert not picture.has_b_frames
        sound = audio.codec_context
        assert (sound.name, sound.profile, sound.sample_rate) == ("aac", "LC", 44100)
        assert sound.layout.name == "stereo"
        assert 150_000 < (audio.bit_rate or 0) < 210_000
        assert video.start_time == audio.start_time == 0


@pytest.mark.parametrize("form", FORMS)
def test_it_has_the_size_of_its_format(tmp_path: Path, form: VideoFormat) -> None:
    audio = write_song(tmp_path / "song.mp3", music(0.4))
    film_scene = scene(audio, form=form)
    film = render(film_scene, tmp_path / "film.mp4", processes=1)
    frames = list(read_lumas(film.path))
    assert (film.width, film.height) == film_scene.size == frames[0].shape[::-1]
    with Image.open(film.poster) as poster:
        assert (poster.format, poster.size) == ("JPEG", film_scene.size)


def test_it_tells_what_it_made(tmp_path: Path) -> None:
    film = render(
        scene(write_song(tmp_path / "song.mp3", music(2))), tmp_path / "film.mp4", processes=1
    )
    assert film.path == tmp_path / "film.mp4"
    assert film.size == film.path.stat().st_size
    assert film.duration == pytest.approx(2, abs=0.1)
    assert list_names(tmp_path) == ["film.mp4", "film.poster.jpg", "song.mp3"]


def test_picture_and_sound_end_together(film: Path) -> None:
    picture, sound = measure_ends(film)
    assert picture == pytest.approx(11, abs=0.05)
    assert sound == pytest.approx(11, abs=0.05)
    assert abs(picture - sound) < 0.05


def test_a_player_can_start_before_it_has_everything(film: Path) -> None:
    names = read_boxes(film)
    assert names[0] == "ftyp"
    assert names.index("moov") < names.index("mdat")


def test_frames_come_one_after_the_other_over_the_seams(film: Path) -> None:
    with av.open(str(film)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
        assert [packet.pts for packet in packets] == [
            packet.dts for packet in packets
        ]  # nothing is out of order
        steps = np.diff([packet.pts for packet in packets])
        assert len(set(steps)) == 1
        keys = [index for index, packet in enumerate(packets) if packet.is_keyframe]
    assert keys == [0, 12, 312]  # fades have groups of their own


def test_one_process_makes_the_same_film_as_two(film: Path, tmp_path: Path) -> None:
    alone = render_film(tmp_path, film.with_name("song.mp3"), lyrics=lines(6))
    assert alone.read_bytes() == film.read_bytes()


def test_it_carries_title_and_artist(tmp_path: Path) -> None:
    audio = write_song(tmp_path / "song.mp3", tone(0.2))
    path = render_film(tmp_path, audio, title="夜に\nドライブ\x00🌙\udc80", author="Mira Solène")
    with av.open(str(path)) as container:
        assert container.metadata["title"] == "夜に ドライブ 🌙"
        assert container.metadata["artist"] == "Mira Solène"


def bar_heights(path: Path) -> np.ndarray:
    area = get_layout(VideoFormat.WIDE, False).visualiser.area
    return np.array([crop(luma, area).mean() for luma in read_lumas(path)])


def test_bars_jump_within_a_frame_of_each_click(tmp_path: Path) -> None:
    times = (0.5, 1.013, 1.52, 2.0, 2.71, 3.333)
    path = render_film(tmp_path, write_song(tmp_path / "song.wav", clicks(4, times)))
    rises = np.diff(bar_heights(path))
    for time_ in times:
        near = int(time_ * 30) - 6
        jump = near + int(rises[near : near + 12].argmax()) + 1
        assert abs(jump / 30 - time_) <= 1 / 30


def test_lyrics_scroll_in_the_film(film: Path) -> None:
    place = get_layout(VideoFormat.WIDE, True).lyrics
    assert place is not None
    window = [crop(luma, place.area) for luma in read_lumas(film)]
    changes = np.array([np.abs(b - a).mean() for a, b in pairwise(window)])
    for begin in (2, 4, 6, 8):  # seconds
        assert changes[begin * 30 - 4 : begin * 30 + 10].max() > 1
        assert changes[begin * 30 + 20 : begin * 30 + 45].max() < 0.3
    rows = window[75].max(axis=1)
    brightest = np.nonzero(rows > rows.max() - 15)[0].mean()
    expected = place.current_line_at * place.area.height
    assert brightest == pytest.approx(expected, abs=place.font_size)


@pytest.mark.parametrize("part", ["watermark", "signature"])
def test_watermark_and_signature_are_in_the_film(film: Path, tmp_path: Path, part: str) -> None:
    layout = get_layout(VideoFormat.WIDE, True)
    audio = write_song(tmp_path / "song.mp3", music(2))
    bare_film = render_film(tmp_path, audio, lyrics=lines(6), author="", domain_name="")
    with_it, without = (next(islice(read_lumas(path), 30, None)) for path in (film, bare_film))
    area = getattr(layout, part)
    assert np.abs(crop(with_it, area) - crop(without, area)).max() > 60


SONGS: dict[str, tuple[Samples, int, int, str]] = {
    "one second": (music(1), 44100, 2, "mp3"),
    "a blink": (tone(0.01), 44100, 2, "wav"),
    "silence": (np.zeros(44100, np.float32), 44100, 2, "flac"),
    "mono": (music(1), 44100, 1, "mp3"),
    "8 kHz": (music(1, 8000), 8000, 1, "wav"),
    "96 kHz": (music(1, 96000), 96000, 2, "flac"),
    "six channels": (music(1, 48000), 48000, 6, "wav"),
    **{kind: (music(1, 48000), 48000, 2, kind) for kind in CODECS},
}


@pytest.mark.parametrize("name", one_in(3, SONGS))
def test_any_song_becomes_a_film(tmp_path: Path, name: str) -> None:
    samples, rate, channels, kind = SONGS[name]
    path = render_film(tmp_path, write_song(tmp_path / f"song.{kind}", samples, rate, channels))
    picture, sound = measure_ends(path)
    lossless = kind in {"wav", "flac"}
    assert abs(picture - sound) < 0.05
    assert picture == pytest.approx(len(samples) / rate, abs=0.05 if lossless else 0.1)
    with av.open(str(path)) as container:
        assert container.streams.audio[0].sample_rate == (44100 if rate == 44100 else 48000)


def test_the_sound_stays_what_it_was(tmp_path: Path) -> None:
    audio = write_song(tmp_path / "song.wav", tone(1, 48000, 1000, 0.5), 48000)
    path = render_film(tmp_path, audio, is_normalised=False)
    with av.open(str(path)) as container:
        samples = np.concatenate([f.to_ndarray() for f in container.decode(audio=0)], axis=1)
    middle = samples[:, 12000:36000]
    assert np.abs(middle).max() == pytest.approx(0.5, abs=0.03)
    peak = np.abs(np.fft.rfft(middle[0])).argmax() * 48000 / middle.shape[1]
    assert peak == pytest.approx(1000, abs=3)


def test_what_is_left_of_a_truncated_song_becomes_a_film(tmp_path: Path) -> None:
    audio = write_song(tmp_path / "song.mp3", music(4))
    audio.write_bytes(audio.read_bytes()[: audio.stat().st_size // 2])
    picture, sound = measure_ends(render_film(tmp_path, audio))
    assert picture == pytest.approx(2, abs=0.15)
    assert abs(picture - sound) < 0.05


NAMES = ["-i %03d.mp4", "http:x.mp4", "a\nb.mp4", "фильм 💿 'q\".mp4"]


@pytest.mark.parametrize("name", one_in(2, NAMES))
def test_an_output_may_be_called_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    audio = write_song(tmp_path / "song.mp3", tone(0.2))
    monkeypatch.chdir(tmp_path)
    render(scene(audio), Path(name), processes=1)
    assert read_boxes(tmp_path / name)[0] == "ftyp"


def test_it_tells_how_far_it_is(tmp_path: Path) -> None:
    reports: list[Progress] = []
    audio = write_song(tmp_path / "song.mp3", music(12))
    render(scene(audio), tmp_path / "film.mp4", on_progress=reports.append, processes=2)
    stages = list(dict.fromkeys(progress.stage for progress in reports))
    assert stages == ["reading", "drawing", "finishing"]
    fractions = [progress.fraction for progress in reports]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] < 0.05
    assert 0.95 < fractions[-1] <= 1
    left = [progress.seconds_left for progress in reports if progress.seconds_left is not None]
    assert left
    assert left[-1] < left[0]


@pytest.mark.nightly
def test_after_a_fifth_it_knows_when_it_will_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error of the estimate is below a fifth.

    It is measured with the clock of the processor, which hardly depends on the load. One film may
    still be off, because other processes slow down parts of it.
    """
    monkeypatch.setattr(progress, "monotonic", time.process_time)
    minutes = scene(write_song(tmp_path / "song.mp3", music(45)), lyrics=lines(15, 3))
    assert any(_measure_estimate_error(minutes, tmp_path / "film.mp4") < 0.2 for _ in range(3))


def _measure_estimate_error(film_scene: Scene, film: Path) -> float:
    """Return the median relative error of the time left after a fifth of a film, one process."""
    reports: list[tuple[float, Progress]] = []
    render(
        film_scene,
        film,
        on_progress=lambda progress: reports.append((time.process_time(), progress)),
        processes=1,
    )
    end = reports[-1][0]
    late = [
        (now, each) for now, each in reports if each.fraction >= 0.2 and each.stage == "drawing"
    ]
    assert len(late) >= 2 * (end - late[0][0])  # at least twice a second
    errors = [abs((each.seconds_left or 0) / (end - now) - 1) for now, each in late if now < end]
    return float(np.median(errors[: len(errors) // 2]))


@pytest.mark.each_value
@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize(("stage", "seconds"), [("reading", 120), ("drawing", 60)])
def test_it_stops_within_a_second_and_leaves_nothing(
    tmp_path: Path, processes: int, stage: str, seconds: int
) -> None:
    audio = write_silent_wav(tmp_path / "song.wav", seconds)
    reached: list[float] = []

    def on_progress(progress: Progress) -> None:
        if progress.stage == stage and not reached:
            reached.append(time.monotonic())

    with pytest.raises(Stopped):
        render(
            scene(audio),
            tmp_path / "film.mp4",
            on_progress=on_progress,
            should_stop=lambda: bool(reached) and time.monotonic() > reached[0] + 0.3,
            processes=processes,
        )
    assert time.monotonic() - reached[0] < 1.3
    assert list_names(tmp_path) == ["song.wav"]


def make_two_hours(folder: Path) -> dict[str, Path]:
    return {"audio": write_silent_wav(folder / "song.wav", 7200)}


def make_bad_cover(folder: Path) -> dict[str, Path]:
    (folder / "cover.png").write_bytes(b"no picture")
    return {"audio": write_song(folder / "song.mp3", tone(0.2)), "cover": folder / "cover.png"}


def make_no_song(folder: Path) -> dict[str, Path]:
    return {"audio": folder / "nowhere.mp3"}


@pytest.mark.parametrize(
    ("files", "error"),
    [(make_two_hours, AudioError), (make_no_song, AudioError), (make_bad_cover, CoverError)],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_left(
    tmp_path: Path, files: Callable[[Path], dict[str, Path]], error: type[Exception]
) -> None:
    inputs = files(tmp_path)
    before = list_names(tmp_path)
    with pytest.raises(error):
        render_film(tmp_path, **inputs)
    assert list_names(tmp_path) == before


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    audio = write_song(tmp_path / "song.mp3", tone(0.2))
    with pytest.raises(RenderError, match="could not be written"):
        render(scene(audio), tmp_path / "nowhere" / "film.mp4", processes=1)


FAILING_PROGRAM = """
import os, sys
from pathlib import Path
from videos.render.errors import RenderError
from videos.render.film import render
from videos.render.paint.bars import Bars
from videos.render.scene import Scene
draw, parent = Bars.draw, os.getpid()
Bars.draw = lambda *args: draw(*args) if os.getpid() == parent else os._exit(3)
try:
    render(Scene(Path(sys.argv[1])), Path(sys.argv[2]), processes=2)
except RenderError as error:
    print(error)
"""


def test_a_process_that_fails_to_draw_leaves_nothing(tmp_path: Path) -> None:
    audio = write_song(tmp_path / "song.mp3", music(21))
    command = [sys.executable, "-c", FAILING_PROGRAM, str(audio), str(tmp_path / "film.mp4")]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "ended too soon" in result.stdout
    assert list_names(tmp_path) == ["song.mp3"]


def test_a_film_that_was_there_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    output = tmp_path / "film.mp4"
    output.write_bytes(b"the old film")
    with pytest.raises(AudioError):
        render(scene(tmp_path / "nowhere.mp3"), output)
    assert output.read_bytes() == b"the old film"
    render(scene(write_song(tmp_path / "song.mp3", tone(0.2))), output, processes=1)
    assert read_boxes(output)[0] == "ftyp"


@pytest.mark.parametrize("form", one_in(2, FORMS))
def test_a_still_is_what_the_film_shows(tmp_path: Path, form: VideoFormat) -> None:
    audio = write_song(tmp_path / "song.mp3", music(1))
    film_scene = scene(audio, form=form, lyrics=(Line(0, 1, "Now"),))
    film = render(film_scene, tmp_path / "film.mp4", processes=1)
    picture = np.asarray(render_still(film_scene, 0.5), np.float32) @ LUMA_WEIGHTS
    shown = list(read_lumas(film.path))[15].astype(np.float32)
    shown = (shown - 16) * 255 / 219
    assert np.abs(shown - picture).mean() < 3


def test_a_still_may_be_asked_for_at_any_time(tmp_path: Path) -> None:
    film_scene = scene(write_song(tmp_path / "song.mp3", tone(0.3)))
    assert render_still(film_scene, -5).size == render_still(film_scene, 99).size == (1280, 720)


THREADS_PROGRAM = """
import sys
from pathlib import Path
from videos.render.encode.pool import EncoderPool
from videos.render.film import render
from videos.render.scene import Scene
fork = EncoderPool._fork_worker
def count_and_fork(*arguments):
    print(*[line for line in open("/proc/self/status") if line.startswith("Threads")])
    fork(*arguments)
EncoderPool._fork_worker = count_and_fork
render(Scene(Path(sys.argv[1])), Path(sys.argv[2]), processes=2)
"""


@pytest.mark.nightly  # it takes two seconds
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks into /proc")
def test_it_forks_while_there_are_no_other_threads(tmp_path: Path) -> None:
    audio = write_song(tmp_path / "song.wav", music(11, 8000), 8000)
    command = [sys.executable, "-c", THREADS_PROGRAM, str(audio), str(tmp_path / "film.mp4")]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    assert result.stdout.split() == ["Threads:", "1", "Threads:", "1"]


PEAK_PROGRAM = """
import resource, sys
from pathlib import Path
from videos.render.film import render
from videos.render.scene import Scene
render(Scene(Path(sys.argv[1])), Path(sys.argv[2]), processes=1)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_length(tmp_path: Path) -> None:
    peaks = []
    for seconds in (10, 60):
        audio = write_silent_wav(tmp_path / f"{seconds}.wav", seconds)
        command = [sys.executable, "-c", PEAK_PROGRAM, str(audio), str(tmp_path / "film.mp4")]
        result = subprocess.run(command, check=True, capture_output=True, text=True)
        peaks.append(int(result.stdout) / 1024)
    assert peaks[1] - peaks[0] < 8
