"""The icon and the manifest of the site."""

from django.contrib.staticfiles import finders
from PIL import Image


def test_browsers_find_icons_where_they_guess_them(client):
    for name in ("favicon.ico", "apple-touch-icon.png"):
        answer = client.get(f"/{name}")
        assert (answer.status_code, answer["Location"]) == (302, f"/static/img/{name}")
    with Image.open(finders.find("img/favicon.ico")) as icon:
        assert icon.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_the_manifest_names_icons_of_the_sizes_that_it_says(client):
    answer = client.get("/site.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    for icon in answer.json()["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]
