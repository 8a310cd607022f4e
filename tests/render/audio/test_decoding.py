import os
import socket
import struct
import time
from pathlib import Path

import numpy as np
import pytest

from tests.pairwise import one_in
from tests.render.samples import CODECS, tone, wav, write_silent_wav, write_song
from videos.render.audio.analysis import analyse
from videos.render.audio.decoding import (
    FRAME_SAMPLES,
    MAX_SECONDS,
    AudioError,
    AudioInfo,
    decode_audio,
    describe_audio,
    estimate_duration,
    mix_to_mono,
    open_audio,
    read_tags,
)

LOSSLESS = {"wav", "flac"}


def probe(path: Path, max_seconds: float = MAX_SECONDS) -> AudioInfo:
    analysis = analyse(path, 30, lambda fraction: None, max_seconds)
    return describe_audio(path, analysis.duration, analysis.loudness.integrated)


def decode_mono(path: Path) -> np.ndarray:
    return np.concatenate([mix_to_mono(frame) for frame in decode_audio(path)])


@pytest.mark.parametrize("kind", one_in(2, CODECS))
def test_it_measures_every_kind(tmp_path: Path, kind: str) -> None:
    rate = 48000 if kind == "opus" else 44100
    info = probe(write_song(tmp_path / f"song.{kind}", tone(2.5, rate), rate))
    assert info.duration == pytest.approx(2.5, abs=0 if kind in LOSSLESS else 0.06)
    assert (info.channels, info.sample_rate) == (2, rate)
    assert info.codec
    assert info.container


@pytest.mark.parametrize(
    ("rate", "channels", "output_rate"),
    [(8000, 1, 48000), (96000, 2, 48000), (44100, 1, 44100), (48000, 2, 48000), (44100, 6, 44100)],
)
def test_it_plays_any_rate_at_one_that_aac_has(
    tmp_path: Path, rate: int, channels: int, output_rate: int
) -> None:
    frames = list(decode_audio(write_song(tmp_path / "song.wav", tone(1, rate), rate, channels)))
    assert {frame.sample_rate for frame in frames} == {output_rate}
    assert {frame.layout.name for frame in frames} == {"mono" if channels == 1 else "stereo"}
    assert sum(frame.samples for frame in frames) == pytest.approx(output_rate, abs=40)


def test_it_keeps_the_level_of_one_channel(tmp_path: Path) -> None:
    samples = decode_mono(write_song(tmp_path / "song.wav", tone(1, volume=0.5), channels=1))
    assert np.abs(samples).max() == pytest.approx(0.5, abs=0.01)


def test_its_loudness_is_that_of_the_standard(tmp_path: Path) -> None:
    # EBU Tech 3341, case 1: a stereo sine of 1 kHz at -23 dBFS reads -23 LUFS.
    path = write_song(tmp_path / "song.wav", tone(5, 48000, 1000, 10 ** (-23 / 20)), 48000)
    assert probe(path).loudness == pytest.approx(-23, abs=0.1)


def test_silence_has_a_length_but_no_loudness(tmp_path: Path) -> None:
    info = probe(write_silent_wav(tmp_path / "song.wav", 3))
    assert (info.duration, info.loudness) == (3, None)


def test_it_reads_what_is_there_of_a_truncated_mp3(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.mp3", tone(4))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 + 77])
    assert probe(path).duration == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize("kind", ["mp3", "flac"])
def test_it_tells_that_a_file_ends_before_it_should(tmp_path: Path, kind: str) -> None:
    path = write_song(tmp_path / f"song.{kind}", tone(8))
    assert not probe(path).is_truncated
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    cut = probe(path)
    assert cut.is_truncated
    assert cut.declared_duration == pytest.approx(8, abs=0.1)


def test_an_mp3_that_declares_no_length_is_believed(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.mp3", tone(8))
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Xing", b"....").replace(b"Info", b"....")[: len(data) // 2])
    assert probe(path).declared_duration is None
    assert not probe(path).is_truncated


def test_it_steps_over_damage(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.mp3", tone(4))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = os.urandom(3000)
    path.write_bytes(data)
    assert 3.5 < probe(path).duration < 4.2


def test_it_counts_samples_and_does_not_believe_a_broken_header(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.mp3", tone(3))
    data = path.read_bytes()
    mark = max(data.find(b"Xing"), data.find(b"Info"))
    assert mark > 0
    frames = struct.pack(">I", 10_000_000)  # 72 hours
    path.write_bytes(data[: mark + 8] + frames + data[mark + 12 :])
    assert probe(path).duration == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize("kind", CODECS)
def test_it_tells_the_length_without_decoding(tmp_path: Path, kind: str) -> None:
    rate = 48000 if kind == "opus" else 44100
    path = write_song(tmp_path / f"song.{kind}", tone(2.5, rate), rate)
    assert estimate_duration(path) == pytest.approx(2.5, abs=0.1)


def test_frames_are_of_one_size_but_for_the_last(tmp_path: Path) -> None:
    *whole, last = decode_audio(write_song(tmp_path / "song.mp3", tone(2)))
    assert {frame.samples for frame in whole} == {FRAME_SAMPLES}
    assert last.samples <= FRAME_SAMPLES


def test_an_embedded_cover_is_not_taken_for_the_sound(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.mp3", tone(1))
    picture = b"\x00image/png\x00\x03\x00" + b"\x89PNG\r\n\x1a\n" + bytes(300)
    body = b"APIC" + struct.pack(">I", len(picture)) + b"\x00\x00" + picture
    size = bytes([0, 0, len(body) >> 7, len(body) & 127])
    path.write_bytes(b"ID3\x03\x00\x00" + size + body + path.read_bytes())
    with open_audio(path) as container:
        assert len(container.streams) == 2
    assert probe(path).duration == pytest.approx(1, abs=0.06)


def test_two_songs_one_after_the_other_are_played_as_one(tmp_path: Path) -> None:
    first = write_song(tmp_path / "first.mp3", tone(1, 44100), 44100)
    second = write_song(tmp_path / "second.mp3", tone(1, 22050), 22050, channels=1)
    both = tmp_path / "both.mp3"
    both.write_bytes(first.read_bytes() + second.read_bytes())
    assert len({frame.sample_rate for frame in decode_audio(both)}) == 1
    assert probe(both).duration == pytest.approx(2, abs=0.25)


def test_samples_that_are_no_sound_do_not_reach_the_eye(tmp_path: Path) -> None:
    values = np.full(4410, np.inf, "<f4")
    values[::3], values[1::3] = np.nan, 1e30
    path = tmp_path / "song.wav"
    path.write_bytes(wav(3, 32, values.tobytes()))
    assert np.isfinite(decode_mono(path)).all()
    assert np.abs(decode_mono(path)).max() <= 4


def test_tags_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    title = struct.pack("<4sI4sI", b"LIST", 16, b"INFO", 0)[:8] + b"INFOINAM\x04\x00\x00\x00Caf\xe9"
    path = tmp_path / "song.wav"
    path.write_bytes(wav(1, 16, bytes(4410), title))
    assert read_tags(path)["title"] == "Caf\ufffd"


def test_two_hours_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    path = write_silent_wav(tmp_path / "song.wav", 2 * 60 * 60)
    began = time.process_time()
    with pytest.raises(AudioError, match="too long: 120 minutes"):
        probe(path)
    assert time.process_time() - began < 0.5


def test_a_caller_may_set_a_lower_limit(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.flac", tone(3))
    assert probe(path, max_seconds=3.5).duration == 3
    with pytest.raises(AudioError, match="too long"):
        probe(path, max_seconds=3)


def test_a_header_that_promises_little_does_not_get_around_the_limit(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.mp3", tone(3))
    data = path.read_bytes()
    mark = max(data.find(b"Xing"), data.find(b"Info"))
    path.write_bytes(data[: mark + 8] + struct.pack(">I", 10) + data[mark + 12 :])
    with pytest.raises(AudioError, match="too long"):
        probe(path, max_seconds=2)


@pytest.mark.parametrize("data", [b"", b"no sound at all", bytes(5000)])
def test_what_is_no_sound_is_refused_with_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(data)
    with pytest.raises(AudioError, match=r"^This is not an mp3, wav, flac, m4a or ogg file\.$"):
        probe(path)


@pytest.mark.parametrize("kind", ["wav", "flac", "m4a", "ogg"])
def test_a_file_that_ends_after_its_header_is_refused(tmp_path: Path, kind: str) -> None:
    path = write_song(tmp_path / f"song.{kind}", tone(1))
    path.write_bytes(path.read_bytes()[:44])
    with pytest.raises(AudioError):
        probe(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="No sound can be read"):
        probe(tmp_path / "nowhere.mp3")


def test_other_codecs_in_a_known_container_are_refused(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.wav", tone(0.5))
    data = bytearray(path.read_bytes())
    data[20:22] = b"\x50\x00"  # MPEG layer II
    path.write_bytes(data)
    with pytest.raises(AudioError):
        probe(path)


def test_a_rate_that_nothing_can_play_is_refused(tmp_path: Path) -> None:
    data = bytearray(write_song(tmp_path / "song.wav", tone(0.5)).read_bytes())
    data[24:28] = struct.pack("<I", 0x7FFFFFFF)
    path = tmp_path / "fast.wav"
    path.write_bytes(data)
    with pytest.raises(AudioError, match="2,147,483,647 samples a second"):
        probe(path)


PLAYLISTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{}\n#EXT-X-ENDLIST\n",
    "concat": "ffconcat version 1.0\nfile '{}'\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=audio 5004 RTP/AVP 0\na=control:{}\n",
    "dash": '<?xml version="1.0"?><MPD><BaseURL>{}</BaseURL></MPD>',
    "tagged": "ID3\x03\x00\x00\x00\x00\x00\x00#EXTM3U\n#EXTINF:5,\n{}\n#EXT-X-ENDLIST\n",
    "pls": "[playlist]\nFile1={}\n",
}


@pytest.mark.parametrize("kind", PLAYLISTS)
@pytest.mark.parametrize("suffix", ["mp3", "m3u8", "wav"])
def test_a_playlist_is_refused_and_what_it_names_is_not_touched(
    tmp_path: Path, kind: str, suffix: str
) -> None:
    secret = tmp_path / "secret.wav"
    os.mkfifo(secret)  # opening it would block forever
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        port = server.getsockname()[1]
        for address in (
            str(secret),
            f"http://127.0.0.1:{port}/song.mp3",
            "data:audio/wav;base64,AA",
        ):
            path = tmp_path / f"song.{suffix}"
            path.write_text(PLAYLISTS[kind].format(address))
            with pytest.raises(AudioError):
                probe(path)
        with pytest.raises(BlockingIOError):
            server.accept()


HOSTILE = ["concat:a.mp3|b.mp3", "http:x.mp3", "-i %03d 'x\".mp3", "песня 💿 \n.mp3", "data:,.mp3"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_only_ever_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write_song(tmp_path / "song.mp3", tone(0.5)).rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert probe(Path(name)).duration > 0.4


def test_a_name_need_not_be_text(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff\xfe.mp3")
    write_song(tmp_path / "song.mp3", tone(0.5)).rename(path)
    assert probe(path).duration > 0.4
