"""The scripts of Unicode: the names of those who write them are drawn, in their own letters."""

import numpy as np
import pytest
from fontTools.unicodedata import script_name

from tests.render.text.test_typesetter import SCRIPTS, ink
from tests.render.text.unicode_samples import script_letters
from videos.render.text import Typesetter

NAMES = {
    "Adlam": "𞤆𞤵𞤤𞤢𞤪",
    "Balinese": "ᬩᬲᬩᬮᬶ",
    "Bamum": "ꚠꚡꚢ",
    "Bassa Vah": "𖫞𖫫𖫐",
    "Batak": "ᯅᯖᯂ᯲",
    "Buginese": "ᨅᨔ ᨕᨘᨁᨗ",
    "Canadian Aboriginal": "ᐃᓄᒃᑎᑐᑦ",
    "Chakma": "𑄌𑄋𑄴𑄟𑄳𑄦",
    "Cham": "ꨌꩌ",
    "Cherokee": "ᏣᎳᎩ ꮳꮃꭹ",
    "Coptic": "ⲙⲉⲧⲣⲉⲙⲛ̀ⲭⲏⲙⲓ",
    "Deseret": "𐐔𐐯𐑅𐐨𐑉𐐯𐐻",
    "Egyptian": "𓂀𓆉",
    "Glagolitic": "ⰳⰾⰰⰳⱁⰾⰻⱌⰰ",
    "Gothic": "𐌲𐌿𐍄𐌹𐍃𐌺",
    "Hanifi Rohingya": "𐴌𐴟𐴇𐴥𐴝𐴚𐴒𐴙𐴝",
    "Hanunoo": "ᜱᜨᜳᜨᜳᜢ",
    "Javanese": "ꦧꦱꦗꦮ",
    "Kayah Li": "ꤊꤢꤛꤢ꤭ ꤜꤟꤤ",
    "Lepcha": "ᰛᰩᰵ",
    "Limbu": "ᤕᤰᤌᤢᤱ ᤐᤠᤴ",
    "Lisu": "ꓡꓲ-ꓢꓴ",
    "Medefaidrin": "𖹜𖹡",
    "Meetei Mayek": "ꯃꯩꯇꯩꯂꯣꯟ",
    "Mende Kikakui": "𞠀𞠁",
    "Miao": "𖼀𖽑",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
    "N'Ko": "ߒߞߏ ߞߊ߲",
    "Nag Mundari": "\U0001e4d0\U0001e4d1",
    "New Tai Lue": "ᦅᧄᦺᦑᦟᦹᧉ",
    "Newa": "𑐣𑐾𑐰𑐵𑑅",
    "Nyiakeng Puachue Hmong": "𞄀𞄁",
    "Ol Chiki": "ᱥᱟᱱᱛᱟᱲᱤ",
    "Osage": "𐓏𐓘𐓻𐓘𐓻𐓟",
    "Osmanya": "𐒋𐒘𐒈𐒑𐒛𐒒𐒕𐒀",
    "Pahawh Hmong": "𖬖𖬲𖬤",
    "Phags-pa": "ꡏꡡꡃ",
    "Quran": "﷽ ۝١٢ ﷻ ﷺ",
    "Rejang": "ꤰꤵ",
    "Runic": "ᚠᚢᚦᚨᚱᚲ",
    "Saurashtra": "ꢱꣃꢬꢵꢰ꣄ꢜ꣄ꢬꢵ",
    "Shavian": "𐑖𐑱𐑝𐑰𐑩𐑯",
    "Sundanese": "ᮘᮞ ᮞᮥᮔ᮪ᮓ",
    "Sunuwar": "\U00011bc0\U00011bc1",
    "Syloti Nagri": "ꠍꠤꠟꠐꠤ",
    "Syriac": "ܠܫܢܐ ܣܘܪܝܝܐ ܀",
    "Tagalog": "ᜊᜌ᜔ᜊᜌᜒᜈ᜔",
    "Tai Le": "ᥖᥭᥰᥖᥬᥳᥑᥨᥒᥰ",
    "Tai Tham": "ᨲᩫ᩠ᩅᨾᩮᩬᩥᨦ",
    "Tai Viet": "ꪼꪕ ꪒꪾ",
    "Tangsa": "𖩰𖩱",
    "Thaana": "ދިވެހިބަސް",
    "Tibetan": "བོད་སྐད། རྒྱལ",
    "Tifinagh": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "Toto": "𞊐𞊑",
    "Vai": "ꕙꔤ",
    "Vithkuqi": "𐕰𐕱",
    "Wancho": "𞋀𞋁",
    "Warang Citi": "𑢹𑣗𑣁",
    "Yezidi": "𐺀𐺁",
    "Yi": "ꆈꌠꉙ",
}
# Of dead scripts and of the youngest there is no Noto that a package holds, or it is large.
WITHOUT_FACE = {
    *("Beria Erfe", "Chorasmian", "Cypro Minoan", "Dives Akuru", "Garay", "Gurung Khema"),
    *("Jurchen", "Khitan Small Script", "Kirat Rai", "Makasar", "Nandinagari", "Ol Onal"),
    *("Old Uyghur", "Proto Cuneiform", "Seal", "Sidetic", "SignWriting", "Tai Yo", "Tangut"),
    *("Todhri", "Tolong Siki", "Tulu Tigalari"),
}


@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_its_own_script_is_drawn(script):
    assert Typesetter().find_missing(NAMES[script]) == set()
    pictures = [ink(letter) for letter in NAMES[script] if letter.isalpha()]
    assert all(picture.max() > 200 for picture in pictures)
    assert all(picture[0].max() == picture[-1].max() == 0 for picture in pictures)


def test_the_letters_of_a_name_differ():
    for letters in ({*name.replace(" ", "")} for name in NAMES.values()):
        pictures = {ink(letter).tobytes() for letter in letters if letter.isalpha()}
        assert len(pictures) == sum(letter.isalpha() for letter in letters)


def test_every_script_that_is_not_listed_here_has_a_face():
    typesetter = Typesetter()
    missing = {
        script_name(code)
        for code, each in script_letters().items()
        if typesetter.find_missing(each)
    }
    assert missing <= WITHOUT_FACE


def test_the_basmala_is_as_wide_as_its_words():
    typesetter = Typesetter()
    assert 5 < typesetter.width("﷽", 100) / 100 < 12
    drawn = ink("﷽")
    assert np.count_nonzero(drawn.max(axis=0)) > 300


def test_vowel_separators_and_variants_of_mongolian_letters_are_drawn():
    assert not np.array_equal(ink("ᠠ\u180b"), ink("ᠠ"))
    assert not np.array_equal(ink("ᠨ\u180eᠠ"), ink("ᠨᠠ"))


@pytest.mark.parametrize("text", ["🩷", "🫨", "🪿🩵"])
def test_emoji_newer_than_the_tables_of_python_are_drawn(text):
    assert ink(text).max() > 200


def test_there_is_a_name_for_every_script_but_those_of_the_other_table():
    assert len(NAMES) + len(SCRIPTS) > 85
