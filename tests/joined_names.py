"""Names that change if a joiner, a variation selector or a tag is lost."""

JOINED_NAMES = {
    "family": "👩‍👩‍👧 song",
    "rainbow flag": "🏳️‍🌈",
    "flag of tags": "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f Cymru",
    "keycaps": "1️⃣2️⃣ #️⃣",
    "skin colours": "👩🏽‍🚀🤝🏿",
    "text style": "❤︎ ♥️",
    "pink heart": "🩷\u200d🫨",
    "Persian": "می‌خواهم",
    "Sinhala": "ශ්‍රී ලංකා",
    "Malayalam": "അവന്‍ ക്‌ഷ",
    "Bengali": "র‍্যাব",
    "Marathi": "र्‍यांचा",
    "Hebrew and English": "שיר\u200f! (live)\u200e",
    "Mongolian": "ᠬᠠᠨ\u180eᠠ ᠠ\u180b",
    "variant ideograph": "葛\U000e0100飾区",
    "spaces": "夜\u3000空 a\u00a0b",
}
# What is cut at fewer characters than it has ends before a cluster, never inside.
FAMILY = "👩‍👩‍👧‍👦"
