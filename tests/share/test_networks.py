"""Links to the forms of networks."""

from urllib.parse import parse_qs, urlsplit

from videos.share.networks import network_links

PAGE = "https://portal.example/v/slug/"
TITLE = 'Ночь & "day" #1?'


def test_each_form_gets_the_address_of_the_page():
    for label, url in network_links(PAGE, TITLE):
        parts = urlsplit(url)
        assert parts.scheme in {"https", "mailto"}
        fields = parse_qs(parts.query)
        assert any(PAGE in value for values in fields.values() for value in values), label


def test_a_title_with_marks_stays_one_field():
    links = dict(network_links(PAGE, TITLE))
    assert parse_qs(urlsplit(links["Telegram"]).query) == {"url": [PAGE], "text": [TITLE]}
    assert parse_qs(urlsplit(links["WhatsApp"]).query) == {"text": [f"{TITLE} {PAGE}"]}
    mail = parse_qs(urlsplit(links["E-mail"]).query)
    assert mail == {"subject": [TITLE], "body": [PAGE]}
    assert "+" not in links["E-mail"]  # which mail programs show as it is
