"""English sentences of the renderer and of rows, in the language of their reader."""

import pytest
from django.utils.translation import override

from tests.factories import a_failed_video, a_user
from videos.languages.late_translation import translate_late
from videos.providers.error_messages import sentence_for
from videos.providers.errors import CreditsError
from videos.render.audio.formats import unsupported_message
from videos.render.lyrics import parse_lyrics

SONG_TOO_LONG = "The song is too long: 10 minutes are the limit."


def test_a_sentence_is_made_anew_with_its_words():
    with override("ru"):
        assert translate_late(SONG_TOO_LONG) == "Песня слишком длинная: можно не больше 10 мин."
    with override("zh-hans"):
        assert translate_late(SONG_TOO_LONG) == "歌曲太长，上限为 10 分钟。"


def test_sentences_and_names_inside_a_sentence_are_translated_too():
    zip_file = unsupported_message(b"PK\x03\x04")
    credits = sentence_for(CreditsError, "kie.ai", "balance: 0")
    with override("ru"):
        assert translate_late(zip_file) == (
            "Это архив ZIP, такой файл не подходит. "
            "Распакуйте его и загрузите песню, которая внутри."
        )
        translated = translate_late(credits)
        assert translated.startswith("На счёте этого сайта в сервисе kie.ai кончились кредиты.")
        assert translated.endswith("Его ответ: balance: 0")


def test_what_a_person_wrote_stays_as_it_is():
    lyrics = "[00:01.00]Cover\n[00:99:99.00]Copy\n[99:00.00]Language"
    for sentence in parse_lyrics(lyrics, 60.0).warnings:
        quoted = sentence.split("“")[1].split("”")[0]
        with override("ru"):
            translated = translate_late(sentence)
        assert translated.startswith("Строка ")
        assert f"«{quoted}»" in translated


@pytest.mark.parametrize(
    "sentence",
    ["", "The tea is cold.", "quota exceeded: 100%", "%(vendor)s", "Die Musik ist zu laut."],
)
def test_what_is_in_no_catalogue_stays(sentence):
    with override("ru"):
        assert translate_late(sentence) == sentence


def test_english_stays_english_and_so_does_a_language_without_a_catalogue():
    assert translate_late(SONG_TOO_LONG) == SONG_TOO_LONG
    with override("en"):
        assert translate_late(SONG_TOO_LONG) == SONG_TOO_LONG
    with override("de"):
        assert translate_late(SONG_TOO_LONG) == SONG_TOO_LONG


@pytest.mark.django_db
def test_the_page_of_a_failed_video_says_why_in_the_owner_s_language(client):
    video = a_failed_video(a_user(language="ru"), error_message=SONG_TOO_LONG)
    client.force_login(video.owner)
    body = client.get(f"/videos/{video.pk}/").content.decode()
    assert "Песня слишком длинная: можно не больше 10 мин." in body
