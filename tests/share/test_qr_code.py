"""The QR code of a page's address."""

from xml.etree import ElementTree

import segno

from videos.share.qr_code import qr_svg

URL = "https://xn--mnchen-3ya.example/v/AAAAAAAAAAAAAAAAAAAAAA/"


def test_it_is_a_picture_that_needs_no_script_and_no_style():
    root = ElementTree.fromstring(qr_svg(URL))
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags == {"svg", "g", "path"}
    assert not any("style" in element.attrib for element in root.iter())


def test_it_has_the_modules_of_the_address_and_a_quiet_zone():
    side = segno.make(URL, error="m", micro=False).symbol_size()[0]
    assert int(ElementTree.fromstring(qr_svg(URL)).attrib["width"]) == side * 8
    assert qr_svg(URL) != qr_svg(URL + "?t=90")
    assert b"#fff" in qr_svg(URL)  # also on a dark page
    assert len(qr_svg(URL)) < 8_000
