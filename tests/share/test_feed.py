"""The Atom feed of an author's public videos."""

from xml.etree import ElementTree

import pytest

from tests.factories import a_finished_video, a_playable_track
from videos.share.feed import author_feed

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def test_it_is_atom_with_absolute_addresses_and_lasting_ids():
    track = a_playable_track(title="A & <B>\x0b")
    video = a_finished_video(track.music_task.owner, track, visibility="public", author="Ann")
    root = ElementTree.fromstring(author_feed(video, [video]))
    assert root.findtext(f"{ATOM}title") == "Videos by Ann"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver/v/{video.slug}/more/feed.xml"
    entry = root.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "A & <B>"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{video.pk}"
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver/v/{video.slug}/"
    assert entry.findtext(f"{ATOM}updated")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Ann"


def test_an_author_without_a_name_has_a_feed_too():
    video = a_finished_video(visibility="public", author="")
    assert ElementTree.fromstring(author_feed(video, [])).findtext(f"{ATOM}title") == "Videos"
