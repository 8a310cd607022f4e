"""AAC that a film copies instead of encoding it anew."""

import av
import pytest

from tests.render.samples import tone, write_song
from videos.render.audio.opening import open_audio
from videos.render.encode.aac_copy import can_copy_aac, copy_aac_packets


def test_plain_aac_can_be_copied(tmp_path):
    song = write_song(tmp_path / "song.m4a", tone(2.0))
    assert can_copy_aac(song, 2.0)


def test_aac_of_which_not_all_was_decoded_is_not_copied(tmp_path):
    song = write_song(tmp_path / "song.m4a", tone(2.0))
    assert not can_copy_aac(song, 1.0)


@pytest.mark.parametrize(
    ("kind", "rate", "channels"), [("mp3", 44100, 2), ("m4a", 22050, 2), ("m4a", 44100, 6)]
)
def test_other_codecs_rates_and_layouts_are_encoded_anew(tmp_path, kind, rate, channels):
    song = write_song(tmp_path / f"song.{kind}", tone(2.0, rate), rate, channels)
    assert not can_copy_aac(song, 2.0)


def test_packets_arrive_as_they_are(tmp_path):
    song = write_song(tmp_path / "song.m4a", tone(1.0))
    with av.open(str(song)) as container:
        expected = [bytes(packet) for packet in container.demux(audio=0) if packet.size]
    with av.open(str(tmp_path / "copy.mp4"), "w") as output, open_audio(song) as container:
        stream = output.add_stream_from_template(container.streams.audio[0])
        packets = list(copy_aac_packets(container, stream))
        assert [bytes(packet) for packet in packets] == expected
        assert all(packet.stream is stream for packet in packets)
        output.mux(packets)
