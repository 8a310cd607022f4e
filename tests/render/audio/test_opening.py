import struct
from pathlib import Path

import av
import numpy as np
import pytest

from tests.render.audio.damage import click_times, decode
from tests.render.samples import clicks, tone, wav, write_song
from videos.render.audio.decoding import AudioError, describe_audio, open_audio

TIMES = (1.0, 2.5)


def write_clicks(path: Path, rate: int = 44100) -> Path:
    return write_song(path, clicks(4, TIMES, rate), rate)


def refusal(path: Path) -> str:
    with pytest.raises(AudioError) as error:
        open_audio(path)
    return str(error.value)


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "junk",
    [bytes(3000), b"RJEX" * 16383 + b"RJE", bytes(70_000), b"\xff" * 64, b"\xff\xfb" * 500],
    ids=["padding", "64 kB", "zeros", "ff", "half headers"],
)
@pytest.mark.parametrize("tag", [b"", b"ID3\x04\x00\x00\x00\x00\x00\x04abcd"])
def test_an_mp3_may_begin_behind_junk(tmp_path: Path, tag: bytes, junk: bytes) -> None:
    path = write_clicks(tmp_path / "song.mp3")
    expected = decode(path)[0]
    with path.open("rb") as file:
        data = file.read()
    frames = data[10 + int.from_bytes(data[8:10]) :] if data[:3] == b"ID3" else data
    samples, _ = decode(write(tmp_path / "junk.mp3", tag + junk + frames))
    assert samples.shape == expected.shape  # the padding of the encoder is left out there, too
    assert np.array_equal(samples, expected)


def test_a_tag_that_claims_to_be_longer_than_the_file_does_no_harm(tmp_path: Path) -> None:
    data = write_clicks(tmp_path / "song.mp3").read_bytes()
    tag = b"ID3\x04\x00\x00\x01\x00\x00\x00TIT2\x00\x00\x00\x02\x00\x00\x03A"
    assert click_times(write(tmp_path / "tag.mp3", tag + data)) == pytest.approx(TIMES, abs=0.03)


@pytest.mark.parametrize("second_rate", [44100, 48000])
def test_the_links_of_an_ogg_are_played_one_after_the_other(
    tmp_path: Path, second_rate: int
) -> None:
    first = write_clicks(tmp_path / "first.ogg", 44100)
    second = write_clicks(tmp_path / "second.ogg", second_rate)
    both = write(tmp_path / "both.ogg", first.read_bytes() + second.read_bytes())
    assert click_times(both) == pytest.approx([1.0, 2.5, 5.0, 6.5], abs=0.03)
    info = describe_audio(both, 8.0, None)
    assert info.declared_duration == pytest.approx(8, abs=0.1)


def test_the_default_track_is_the_one_that_counts(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    write_clicks(tmp_path / "loud.wav")
    write_song(tmp_path / "silent.wav", np.zeros(4 * 44100, np.float32))
    with av.open(str(path), "w", format="mp4") as output:
        inputs = [av.open(str(tmp_path / name)) for name in ("silent.wav", "loud.wav")]
        streams = [output.add_stream("aac", rate=44100, layout="stereo") for _ in inputs]
        streams[1].disposition = av.stream.Disposition.default
        streams[0].disposition = av.stream.Disposition(0)
        for source, stream in zip(inputs, streams, strict=True):
            for frame in (*source.decode(audio=0), None):
                output.mux(stream.encode(frame))
            source.close()
    assert click_times(path) == pytest.approx(TIMES, abs=0.05)


def test_all_bits_of_a_sample_count_where_a_wav_fills_only_some(tmp_path: Path) -> None:
    samples = (tone(1, volume=0.5) * 8388607).astype("<i4")
    guid = b"\x01\x00\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71"
    for bits, valid in ((32, 24), (32, 20), (32, 16), (24, 16), (24, 20), (16, 12)):
        width = bits // 8
        shifted = samples >> (24 - valid) << (32 - valid)
        data = shifted.astype("<i4").view(np.uint8).reshape(-1, 4)[:, 4 - width :].tobytes()
        head = struct.pack("<HHIIHHHHI", 0xFFFE, 1, 44100, 44100 * width, width, bits, 22, valid, 4)
        body = b"WAVEfmt " + struct.pack("<I", 40) + head + guid
        body += b"data" + struct.pack("<I", len(data)) + data
        path = write(tmp_path / "song.wav", b"RIFF" + struct.pack("<I", len(body)) + body)
        heights, _ = decode(path)
        assert heights.shape[1] == 44100, (bits, valid)
        assert np.abs(heights[0] - tone(1, volume=0.5)).max() < 0.001, (bits, valid)


FORMATS = [
    ("aiff", "aiff", "pcm_s16be", "aiff"),
    ("aifc", "aiff", "pcm_f32be", "aiff"),
    ("aac", "adts", "aac", "aac"),
    ("mka", "matroska", "flac", "matroska"),
    ("mkv", "matroska", "aac", "matroska"),
    ("webm", "webm", "libopus", "matroska"),
]


@pytest.mark.parametrize(("suffix", "muxer", "codec", "name"), FORMATS)
def test_it_takes_other_formats_that_people_have(
    tmp_path: Path, suffix: str, muxer: str, codec: str, name: str
) -> None:
    source, path = write_clicks(tmp_path / "song.wav", 48000), tmp_path / f"song.{suffix}"
    with av.open(str(source)) as original, av.open(str(path), "w", format=muxer) as output:
        stream = output.add_stream(codec, rate=48000, layout="stereo")
        for frame in (*original.decode(audio=0), None):
            output.mux(stream.encode(frame))
    assert click_times(path) == pytest.approx(TIMES, abs=0.05)
    with open_audio(path) as container:
        assert container.format.name == name


REFUSED = [
    (b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\x00\xaa\x00b\xcel", "Windows Media file (WMA)"),
    (b"\x0bw" + bytes(90), "AC-3"),
    (b"wvpk" + bytes(90), "WavPack"),
    (b"caff\x00\x01" + bytes(90), "CAF"),
    (b"riff.\x91\xcf\x11" + bytes(90), "W64"),
    (b"MThd" + bytes(90), "MIDI"),
    (b"\xff\xfd\xa4\x04" + bytes(400), "MP2"),
    (b"PK\x03\x04" + bytes(90), "ZIP"),
    (b"#EXTM3U\nsong.mp3\n", "playlist"),
    (b"%PDF-1.7\n", "PDF"),
    (b"\n<!DOCTYPE html><title>404</title>", "web page"),
]


@pytest.mark.parametrize(("data", "name"), REFUSED)
def test_what_cannot_be_used_is_called_by_its_name(tmp_path: Path, data: bytes, name: str) -> None:
    sentence = refusal(write(tmp_path / "song.mp3", data))
    assert name in sentence
    assert sentence.count(".") >= 2  # it says what to do, too


def test_a_codec_that_cannot_be_used_is_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "song.m4a"
    with av.open(str(path), "w", format="mp4") as output:
        stream = output.add_stream("ac3", rate=48000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.tile(tone(1, 48000), (2, 1)), "fltp", "stereo")
        frame.sample_rate = 48000
        for each in (frame, None):
            output.mux(stream.encode(each))
    assert "Dolby Digital (AC-3)" in refusal(path)
    adpcm = write(tmp_path / "song.wav", wav(17, 4, bytes(4096)))
    assert "ADPCM" in refusal(adpcm) or "damaged" in refusal(adpcm)


def test_a_film_without_sound_is_no_song(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        picture = np.zeros((64, 64, 3), np.uint8)
        for frame in (av.VideoFrame.from_ndarray(picture, format="rgb24"), None):
            output.mux(stream.encode(frame))
    assert refusal(path) == "There is no sound in this file, only pictures."


def write_with_pictures(path: Path, codec: str, sound: str | None = None) -> Path:
    """Write a file with a stream of pictures, and perhaps one of sound."""
    with av.open(str(path), "w") as container:
        pictures = container.add_stream(codec, rate=10)
        pictures.width, pictures.height = 64, 64
        pictures.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        stream = container.add_stream(sound, rate=48000, layout="stereo") if sound else None
        for number in range(5):
            frame = av.VideoFrame(64, 64, pictures.pix_fmt)
            for plane in frame.planes:
                plane.update(bytes(plane.buffer_size))
            frame.pts = number
            container.mux(pictures.encode(frame))
        if stream:
            samples = np.zeros((2, 48000), np.float32)
            frame = av.AudioFrame.from_ndarray(samples, "fltp", "stereo")
            frame.sample_rate = 48000
            resampler = av.AudioResampler(stream.format, "stereo", 48000, stream.frame_size or None)
            for part in [*resampler.resample(frame), *resampler.resample(None)]:
                container.mux(stream.encode(part))
            container.mux(stream.encode(None))
        container.mux(pictures.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "codec", "sound"),
    [("song.webm", "libvpx-vp9", "libopus"), ("song.mkv", "mpeg4", "libopus")],
)
def test_pictures_beside_the_sound_are_never_decoded(
    tmp_path: Path, name: str, codec: str, sound: str
) -> None:
    path = write_with_pictures(tmp_path / name, codec, sound)
    with av.open(str(path)) as container:  # what happens without our list of decoders
        assert container.streams.video[0].codec_context.pix_fmt
    with open_audio(path) as container:
        assert container.streams.video[0].codec_context.pix_fmt is None
    assert describe_audio(path, 1.0, None).codec == "opus"


@pytest.mark.parametrize("codec", ["libvpx-vp9", "mjpeg", "mpeg4"])
def test_an_m4a_with_nothing_but_pictures_is_refused(tmp_path: Path, codec: str) -> None:
    path = write_with_pictures(tmp_path / "song.mp4", codec)
    assert refusal(path.rename(tmp_path / "song.m4a")).startswith("There is no sound in this file")


@pytest.mark.parametrize(
    ("rate", "channels", "sentence"),
    [
        (2, 1, "has 2 samples a second; 8,000 to 768,000 can be used"),
        (7999, 2, "has 7,999 samples a second"),
        (768_001, 2, "has 768,001 samples a second"),
        (44100, 9, "has 9 channels; at most 8 can be used"),
        (44100, 60, "has 60 channels"),
    ],
)
def test_numbers_that_no_song_has_are_refused(
    tmp_path: Path, rate: int, channels: int, sentence: str
) -> None:
    assert sentence in refusal(write(tmp_path / "song.wav", plain_wav(rate, channels)))


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (44100, 8), (192_000, 2), (384_000, 2)])
def test_numbers_that_songs_have_are_taken(tmp_path: Path, rate: int, channels: int) -> None:
    path = write(tmp_path / "song.wav", plain_wav(rate, channels))
    info = describe_audio(path, 1.0, None)
    assert (info.sample_rate, info.channels) == (rate, channels)


def plain_wav(rate: int, channels: int) -> bytes:
    size = 2 * channels
    data = bytes(size * 4000)
    header = struct.pack("<HHIIHH", 1, channels, rate, rate * size, size, 16)
    chunks = b"fmt " + struct.pack("<I", 16) + header + b"data" + struct.pack("<I", len(data))
    return b"RIFF" + struct.pack("<I", 4 + len(chunks) + len(data)) + b"WAVE" + chunks + data


def test_a_file_with_too_much_text_is_refused(tmp_path: Path) -> None:
    size = 300_000
    length = bytes(size + 10 >> by & 0x7F for by in (21, 14, 7, 0))
    frame = b"USLT" + bytes(size >> by & 0x7F for by in (21, 14, 7, 0)) + b"\0\0" + b"a" * size
    song = write_song(tmp_path / "song.mp3", tone(0.5)).read_bytes()
    path = write(tmp_path / "long.mp3", b"ID3\4\0\0" + length + frame + song)
    assert refusal(path).startswith("The tags of this file hold more than 256 kB of text.")
