"""The encodings that are read, by the names that people and programs use."""

from typing import NamedTuple

from videos.render.errors import gettext_noop as _

MAX_NAME_LENGTH = 40  # characters; a longer name is of none
EXPLICIT = 99.0  # the rareness of an encoding that is read only where it is named


class Encoding(NamedTuple):
    """An encoding: its name, what it is for, Python's codec, and how rare it is among songs.

    ``rareness`` is a natural logarithm. ``aliases`` are further names of it or of its subsets.
    """

    name: str
    label: str
    codec: str
    rareness: float = EXPLICIT
    aliases: str = ""


ENCODINGS = (
    Encoding("utf-8", _("Unicode"), "utf-8-sig", aliases="utf8 unicode utf-8-sig"),
    Encoding("utf-16", _("Unicode"), "utf-16", aliases="utf16 ucs-2"),
    Encoding("utf-16-le", _("Unicode"), "utf-16-le", aliases="utf-16le"),
    Encoding("utf-16-be", _("Unicode"), "utf-16-be", aliases="utf-16be"),
    Encoding("utf-32", _("Unicode"), "utf-32", aliases="utf32 ucs-4"),
    Encoding("utf-32-le", _("Unicode"), "utf-32-le", aliases="utf-32le"),
    Encoding("utf-32-be", _("Unicode"), "utf-32-be", aliases="utf-32be"),
    Encoding("utf-7", _("Unicode"), "utf-7", aliases="utf7"),
    Encoding(
        "cp1252",
        _("Western European"),
        "cp1252",
        0,
        "latin-1 latin1 iso-8859-1 ascii us-ascii ansi",
    ),
    Encoding("iso-8859-15", _("Western European"), "iso8859-15", 2, "latin-9 latin9"),
    Encoding("mac-roman", _("Western European"), "mac-roman", 5, "macroman macintosh x-mac-roman"),
    Encoding("cp850", _("Western European"), "cp850", 5, "ibm850"),
    Encoding("cp437", _("Western European"), "cp437", aliases="ibm437"),
    Encoding("cp1250", _("Central European"), "cp1250", 0),
    Encoding("iso-8859-2", _("Central European"), "iso8859-2", 1, "latin-2 latin2"),
    Encoding("iso-8859-16", _("Romanian"), "iso8859-16", 4, "latin-10 latin10"),
    Encoding("mac-latin2", _("Central European"), "mac-latin2", 6, "x-mac-ce maccentraleurope"),
    Encoding("cp852", _("Central European"), "cp852", 5, "ibm852"),
    Encoding("cp1251", _("Cyrillic"), "cp1251", 0, "ansi-cyrillic"),
    Encoding("koi8-r", _("Cyrillic"), "koi8-r", 0.5, "koi8 koi"),
    Encoding("koi8-u", _("Cyrillic"), "koi8-u", 0.5),
    Encoding("iso-8859-5", _("Cyrillic"), "iso8859-5", 1.5),
    Encoding("mac-cyrillic", _("Cyrillic"), "mac-cyrillic", 4, "x-mac-cyrillic x-mac-ukrainian"),
    Encoding("cp866", _("Cyrillic"), "cp866", 3, "ibm866"),
    Encoding("kz1048", _("Kazakh"), "kz1048", 2, "rk1048 strk1048"),
    Encoding("ptcp154", _("Kazakh"), "ptcp154", 4, "pt154 cp154"),
    Encoding("cp1125", _("Cyrillic"), "cp1125", 4, "cp866u ruscii"),
    Encoding("cp1253", _("Greek"), "cp1253", 0),
    Encoding("iso-8859-7", _("Greek"), "iso8859-7", 1),
    Encoding("cp737", _("Greek"), "cp737", 3, "ibm737"),
    Encoding("mac-greek", _("Greek"), "mac-greek", aliases="x-mac-greek"),
    Encoding("cp1254", _("Turkish"), "cp1254", 0, "iso-8859-9 latin-5 latin5"),
    Encoding("iso-8859-3", _("Southern European"), "iso8859-3", 4, "latin-3 latin3"),
    Encoding("cp857", _("Turkish"), "cp857", 4, "ibm857"),
    Encoding("mac-turkish", _("Turkish"), "mac-turkish", aliases="x-mac-turkish"),
    Encoding("cp1255", _("Hebrew"), "cp1255", 0),
    Encoding("iso-8859-8", _("Hebrew"), "iso8859-8", 1.5, "iso-8859-8-i"),
    Encoding("cp862", _("Hebrew"), "cp862", 4, "ibm862"),
    Encoding("cp1256", _("Arabic"), "cp1256", 0),
    Encoding("iso-8859-6", _("Arabic"), "iso8859-6", 1.5),
    Encoding("cp1257", _("Baltic"), "cp1257", 0.5),
    Encoding("iso-8859-13", _("Baltic"), "iso8859-13", 2, "latin-7 latin7"),
    Encoding("iso-8859-4", _("Baltic"), "iso8859-4", 3, "latin-4 latin4"),
    Encoding("cp775", _("Baltic"), "cp775", 4, "ibm775"),
    Encoding("iso-8859-10", _("Nordic"), "iso8859-10", aliases="latin-6 latin6"),
    Encoding("cp865", _("Nordic"), "cp865", aliases="ibm865"),
    Encoding("iso-8859-14", _("Celtic"), "iso8859-14", aliases="latin-8 latin8"),
    Encoding("cp1258", _("Vietnamese"), "cp1258", 1),
    Encoding("cp874", _("Thai"), "cp874", 0, "tis-620 iso-8859-11"),
    Encoding("shift_jis", _("Japanese"), "cp932", 0, "sjis cp932 ms932 x-sjis"),
    Encoding("euc-jp", _("Japanese"), "euc-jp", 0, "ujis x-euc-jp"),
    Encoding("iso-2022-jp", _("Japanese"), "iso2022-jp-ext", aliases="jis csiso2022jp"),
    Encoding("euc-kr", _("Korean"), "cp949", 0, "cp949 uhc ks_c_5601-1987 ksc5601"),
    Encoding("iso-2022-kr", _("Korean"), "iso2022-kr"),
    Encoding("johab", _("Korean"), "johab", aliases="cp1361"),
    Encoding("gb18030", _("Chinese, simplified"), "gb18030", 0, "gbk gb2312 cp936 euc-cn x-gbk"),
    Encoding("hz", _("Chinese, simplified"), "hz", aliases="hz-gb-2312 hzgb"),
    Encoding("big5", _("Chinese, traditional"), "big5hkscs", 0, "cp950 big5-hkscs"),
    Encoding("big5-eten", _("Chinese, traditional"), "cp950", 0.5),
)


def find_encoding(name: str) -> Encoding | None:
    """Return the encoding that ``name`` or an alias of it means, None for an unknown one."""
    return _BY_NAME.get(_plain(name)) if len(name) <= MAX_NAME_LENGTH else None


def unknown_encoding(name: str) -> str:
    """Return the sentence for somebody who named an encoding that is not read here."""
    names = ", ".join(encoding.name for encoding in ENCODINGS)
    words = {"encoding": name[:MAX_NAME_LENGTH], "encodings": names}
    return _("There is no encoding “%(encoding)s”. Take one of these: %(encodings)s.") % words


def _plain(name: str) -> str:
    """Return a name without what its spellings differ in: "Windows-1252" is "cp1252"."""
    plain = "".join(char for char in name.lower() if char.isascii() and char.isalnum())
    for start in ("windows", "win", "xcp"):
        if plain.startswith(start + "1") or plain.startswith(start + "8"):
            return f"cp{plain.removeprefix(start)}"
    return plain


_BY_NAME = {
    _plain(name): encoding
    for encoding in ENCODINGS
    for name in (*encoding.aliases.split(), encoding.codec, encoding.name)
}
