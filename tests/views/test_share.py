"""The share page, the film and the poster: access, and the metadata of previews."""

import re

import pytest

from tests.factories import a_failed_video, a_finished_video, a_playable_track, a_user, a_video
from videos.models import User, Video

pytestmark = pytest.mark.django_db
FILES = ["video.mp4", "poster.jpg", "qr.svg", "lyrics.vtt", "lyrics.srt", "lyrics.lrc"]
PAGES = ["", "embed/", "report/", *FILES]
LRC = "[00:00.10]Night\n[00:00.50]over town"


def a_film_with_lyrics(**fields: object) -> Video:
    track = a_playable_track(lyrics=LRC)
    return a_finished_video(track.music_task.owner, track, **fields)


def body_of(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def fetch(client, video, page="", **headers):
    """Return everything that a response reveals, except CSRF tokens and its own address."""
    slug = video.slug if isinstance(video, Video) else video
    response = client.get(f"/v/{slug}/{page}", headers=headers)
    text = re.sub(rb"[a-zA-Z0-9]{64}", b"token", body_of(response))
    if response.status_code == 404:  # the log-in that it offers leads back to the address
        text = text.replace(slug.encode(), b"slug")
    cookies = {name: dict(cookie) for name, cookie in response.cookies.items()}
    return response.status_code, text, dict(response.headers), cookies


@pytest.mark.parametrize("visibility", ["unlisted", "public"])
@pytest.mark.parametrize("page", PAGES)
def test_anybody_with_the_link_sees_a_shared_video(client, visibility, page):
    video = a_film_with_lyrics(visibility=visibility)
    status, body, _headers, _cookies = fetch(client, video, page)
    assert status == 200
    assert body


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("logged_in", [False, True])
def test_what_may_not_be_seen_and_what_is_not_there_answer_alike(client, page, logged_in):
    if logged_in:
        client.force_login(a_user())
    unknown = fetch(client, "A" * 22, page)
    assert unknown[0] == 404
    track = a_playable_track(lyrics=LRC)
    for video in (
        a_film_with_lyrics(visibility="private"),
        a_video(track=track, visibility="public"),
        a_failed_video(visibility="unlisted"),
    ):
        assert fetch(client, video, page) == unknown
        assert fetch(client, video, page, Range="bytes=0-1") == unknown
        assert fetch(client, video, page, If_None_Match="*") == unknown


@pytest.mark.parametrize("page", PAGES)
def test_its_owner_sees_a_private_one(client, page):
    video = a_film_with_lyrics()
    client.force_login(video.owner)
    status, _body, headers, _cookies = fetch(client, video, page)
    assert status == (302 if page == "report/" else 200)  # which is for others
    if page in FILES:
        assert headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("page", PAGES)
def test_what_a_deactivated_person_shared_is_gone_until_they_are_back(client, page):
    video = a_film_with_lyrics(visibility="public")
    for is_active, status in ((False, 404), (True, 200)):
        User.objects.update(is_active=is_active)
        assert fetch(client, video, page)[0] == status
        assert (str(video.slug) in client.get("/").content.decode()) == is_active


@pytest.mark.parametrize("page", FILES)
def test_a_film_that_was_shared_is_gone_when_it_is_private_again(client, page):
    video = a_film_with_lyrics(visibility="public")
    first = client.get(f"/v/{video.slug}/{page}")
    assert body_of(first)
    assert "no-cache" in first["Cache-Control"]
    video.visibility = "private"
    video.save(update_fields=["visibility"])
    assert fetch(client, video, page, If_None_Match=first["ETag"])[0] == 404


def test_its_owner_is_led_to_one_that_is_not_ready(client):
    video = a_video()
    client.force_login(video.owner)
    assert client.get(f"/v/{video.slug}/")["Location"] == f"/videos/{video.pk}/"


def test_its_owner_is_told_so(client):
    video = a_finished_video(visibility="public")
    assert client.get(f"/v/{video.slug}/").context["is_owner"] is False
    client.force_login(video.owner)
    assert client.get(f"/v/{video.slug}/").context["is_owner"] is True


def test_it_plays_the_film_with_its_lyrics(client):
    track = a_playable_track(lyrics="[00:00.10]first & last")
    video = a_finished_video(track.music_task.owner, track, visibility="public")
    body = client.get(f"/v/{video.slug}/").content.decode()
    assert f'src="/v/{video.slug}/video.mp4"' in body
    assert "first &amp; last" in body


def meta_tags(body: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', body))


def test_only_public_videos_are_for_search_engines(client):
    for visibility, robots in (("public", None), ("unlisted", "noindex")):
        video = a_finished_video(visibility=visibility)
        assert meta_tags(client.get(f"/v/{video.slug}/").content.decode()).get("robots") == robots


def test_the_page_costs_few_queries(client, django_assert_max_num_queries):
    video = a_finished_video(visibility="public")
    with django_assert_max_num_queries(2):
        client.get(f"/v/{video.slug}/")
    with django_assert_max_num_queries(1):
        body_of(client.get(f"/v/{video.slug}/video.mp4"))


@pytest.mark.parametrize("page", ["", *FILES])
def test_nothing_but_the_embedded_player_may_be_framed(client, page):
    response = client.get(f"/v/{a_film_with_lyrics(visibility='public').slug}/{page}")
    assert body_of(response)
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_the_player_may_be_framed_where_its_owner_allows_it(client):
    video = a_film_with_lyrics(visibility="unlisted")
    page = client.get(f"/v/{video.slug}/embed/")
    assert "frame-ancestors * file:;" in f"{page['Content-Security-Policy']};"
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    assert page.cookies == {}
    assert "poster" not in page.text  # which is heavy
    Video.objects.update(embedding_allowed=False)
    refused = client.get(f"/v/{video.slug}/embed/")
    assert (refused.status_code, refused["Location"]) == (302, f"/v/{video.slug}/")
    assert "frame-ancestors 'none'" in refused["Content-Security-Policy"]
    assert refused["X-Frame-Options"] == "DENY"


def film_tag(client, address: str) -> str:
    body = client.get(address).text
    return re.search(r"<video .*?</video>", body, re.S)[0]


@pytest.mark.parametrize("page", ["", "embed/"])
def test_a_link_to_a_moment_starts_there_without_a_script(client, page):
    slug = a_film_with_lyrics(visibility="public").slug
    for text, fragment in (("90", "#t=90"), ("1m30s", "#t=90"), ("12.5", "#t=12.5")):
        tag = film_tag(client, f"/v/{slug}/{page}?t={text}")
        assert f'src="/v/{slug}/video.mp4{fragment}"' in tag
    beginning = "#t=0.001" if page else ""
    for text in ("", "0", "x", '"><script>'):
        tag = film_tag(client, f"/v/{slug}/{page}?t={text}")
        assert f'src="/v/{slug}/video.mp4{beginning}"' in tag


def test_captions_are_there_and_off(client):
    slug = a_film_with_lyrics(visibility="public").slug
    tag = film_tag(client, f"/v/{slug}/")
    track = re.search(r"<track [^>]*>", tag)[0]
    assert f'kind="captions" src="/v/{slug}/lyrics.vtt"' in track
    assert "default" not in track
    assert "<track" not in film_tag(client, f"/v/{a_finished_video(visibility='public').slug}/")


def test_the_parameters_of_the_player(client):
    slug = a_film_with_lyrics(visibility="public").slug
    plain = client.get(f"/v/{slug}/embed/").text
    assert not re.search(r"<video [^>]*\b(autoplay|muted|loop)\b", plain)
    assert "data-theme" not in plain
    assert "embed-lyrics" not in plain
    full = client.get(f"/v/{slug}/embed/?autoplay=1&muted=1&loop=true&lyrics=1&theme=dark").text
    assert re.search(r"<video [^>]*\bautoplay muted loop\b", full)
    assert 'data-theme="dark"' in full
    assert "embed-lyrics" in full
    odd = client.get(f"/v/{slug}/embed/?autoplay=no&theme=%22%3E%3Cb%3E&loop=").text
    assert "<b>" not in odd
    assert "data-theme" not in odd


def test_words_with_times_can_be_followed(client):
    words = [
        {"word": "Night ", "startS": 1.0, "endS": 1.5},
        {"word": "over\n", "startS": 1.5, "endS": 2.0},
    ]
    track = a_playable_track(aligned_words=words, duration=3.0)
    video = a_finished_video(track.music_task.owner, track, visibility="public")
    body = client.get(f"/v/{video.slug}/").text
    assert re.findall(r'data-word-start="([\d.]+)">(\w+)', body) == [
        ("1.00", "Night"), ("1.50", "over")
    ]  # fmt: skip


def test_a_visitor_downloads_only_what_the_owner_allows(client):
    video = a_finished_video(visibility="public")
    address = f"/v/{video.slug}/video.mp4?download=1"
    assert client.get(address).status_code == 404
    assert address not in client.get(f"/v/{video.slug}/").text
    assert "nodownload" in client.get(f"/v/{video.slug}/").text
    Video.objects.update(download_allowed=True)
    response = client.get(address)
    assert body_of(response)
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert address in client.get(f"/v/{video.slug}/").text
    assert "nodownload" not in client.get(f"/v/{video.slug}/").text


def test_the_owner_downloads_always(client):
    video = a_finished_video()
    client.force_login(video.owner)
    response = client.get(f"/v/{video.slug}/video.mp4?download=1")
    assert body_of(response)
    assert response.status_code == 200


def test_the_dialog_offers_the_embed_code_where_embedding_is_allowed(client):
    video = a_finished_video(visibility="public")
    assert "&lt;iframe src=" in client.get(f"/v/{video.slug}/").text
    Video.objects.update(embedding_allowed=False)
    body = client.get(f"/v/{video.slug}/").text
    assert "iframe" not in body
    assert "oembed" not in body


def test_the_page_names_where_its_oembed_answer_is(client):
    video = a_finished_video(visibility="unlisted")
    body = client.get(f"/v/{video.slug}/?t=1m30s").text
    links = re.findall(r'<link rel="alternate" type="(\S+\+oembed)" href="([^"]+)"', body)
    assert [kind for kind, _ in links] == ["application/json+oembed", "text/xml+oembed"]
    for _kind, address in links:
        path = address.replace("&amp;", "&").removeprefix("http://testserver")
        answer = client.get(path)
        assert answer.status_code == 200
        assert f"/v/{video.slug}/embed/?t=90" in answer.text.replace("&amp;", "&")


def test_the_page_is_compressed_and_its_validator_is_still_good(client):
    video = a_finished_video(visibility="public")
    headers = {"Accept-Encoding": "gzip"}
    for page in ("", "embed/", "more/"):
        address = f"/v/{video.slug}/{page}"
        response = client.get(address, headers=headers)
        assert response["Content-Encoding"] == "gzip"
        assert len(response.content) < len(client.get(address).content)
        again = client.get(address, headers=headers | {"If-None-Match": response["ETag"]})
        assert again.status_code == 304
