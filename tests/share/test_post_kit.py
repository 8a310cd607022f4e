"""What somebody posts with a film."""

import pytest

from tests.factories import a_finished_video, a_track
from videos.share.post_kit import YOUTUBE_DESCRIPTION, count_units, post_kit
from videos.statuses import Visibility

pytestmark = pytest.mark.django_db
LYRICS = "\n".join(
    f"[{section}]\n[{start // 60:02}:{start % 60:02}.00]I <3 you at {start}"
    for section, start in (("Verse", 12), ("Chorus", 40), ("Verse 2", 70), ("Outro", 115))
)


def film(**fields):
    values = {"title": "Lanterns", "tags": "synth-pop, night river, 96 bpm", "duration": 120.0}
    track = a_track(**values | {"lyrics": LYRICS} | fields)
    return a_finished_video(track=track, author="Linnea Quay", duration=120.0)


def texts(video):
    return {text.name: text for post in post_kit(video) for text in post.texts}


def test_youtube_gets_a_title_chapters_credits_words_and_hashtags():
    kit = texts(film(artist="Someone Else"))
    assert kit["title"].text == "Linnea Quay – Lanterns (Lyric video)"
    description = kit["description"].text
    assert "0:00 Intro\n0:12 Verse\n0:40 Chorus\n1:10 Verse 2" in description
    assert "Artist: Someone Else" in description
    assert "I ‹3 you at 40" in description
    assert description.endswith("#SynthPop #NightRiver #lyricvideo")
    assert "<" not in description


def test_the_link_is_in_only_where_others_can_open_it():
    video = film()
    assert "/v/" not in texts(video)["description"].text + texts(video)["message"].text
    video.visibility = Visibility.UNLISTED
    assert f"/v/{video.slug}/" in texts(video)["description"].text
    assert texts(video)["message"].text.endswith(f"/v/{video.slug}/")


def test_short_films_have_one_caption_and_a_title_for_shorts():
    kit = texts(film())
    assert kit["caption"].text.startswith(
        "Linnea Quay – Lanterns 🎵\nMusic: Linnea Quay\n#SynthPop"
    )
    assert kit["shorts-title"].text == "Linnea Quay – Lanterns #shorts"


def test_every_text_keeps_its_limit():
    words = "\n".join("a long line of words, again and again" for _ in range(400))
    kit = texts(film(title="T" * 200, lyrics=words))
    assert all(text.length <= text.limit for text in kit.values())
    assert "again and again" not in kit["description"].text
    assert kit["title"].length == 100
    assert kit["description"].limit == YOUTUBE_DESCRIPTION


def test_a_film_without_words_is_no_lyric_video():
    kit = texts(film(lyrics=""))
    assert kit["title"].text == "Linnea Quay – Lanterns"
    assert "#lyricvideo" not in kit["description"].text


def test_an_emoji_counts_as_networks_count_it():
    assert count_units("🎵a") == 3
