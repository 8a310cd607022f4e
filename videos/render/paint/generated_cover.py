"""Generates a cover for a song that has none, always the same for the same genre and title."""

import re
from collections.abc import Callable
from hashlib import blake2b

import numpy as np
from PIL import Image

from videos.render.paint.cover_families.landscapes import (
    draw_hills,
    draw_northern_lights,
    draw_sea,
    draw_skyline,
)
from videos.render.paint.cover_families.patterns import draw_rays, draw_rings, draw_shapes
from videos.render.paint.cover_families.sheet import Sheet

MAX_SIDE = 896  # pixels that are drawn, in a tenth of a second; a larger cover is enlarged

Family = Callable[[Sheet], None]

# Words of genres and moods, and the family of covers that suits them.
FAMILIES: dict[Family, str] = {
    draw_hills: "folk country acoustic americana bluegrass indie singer songwriter world celtic",
    draw_sea: "ambient chill chillout chillwave lofi lo-fi reggae surf tropical bossa calm beach",
    draw_skyline: "hip hop hip-hop rap trap r&b rnb soul synthwave city drill jazz blues lounge",
    draw_northern_lights: "classical cinematic orchestral piano epic new age choir score space "
    "dream ethereal meditation sleep",
    draw_rays: "rock metal punk hardcore grunge emo hard heavy industrial gospel march",
    draw_rings: "electronic electro techno house trance edm dance dubstep drum bass idm garage dj",
    draw_shapes: "pop funk disco k-pop j-pop kpop jpop latin salsa swing children kids comedy ska",
}
WORDS = re.compile(r"[\w&-]+")


def generate_cover(title: str, side: int, genre: str = "") -> Image.Image:
    """Return the cover of a song, RGB, ``side`` pixels wide.

    Its ``genre`` (or any tags) chooses what is drawn, and its ``title`` how; without a genre that
    is known, the title chooses both.
    """
    seed = int.from_bytes(blake2b(title.encode("utf-8", "replace"), digest_size=8).digest())
    sheet = Sheet(seed, min(2 * side, MAX_SIDE))  # at twice the size edges come out smoothest
    choose_family(title, genre)(sheet)
    sheet.pixels += sheet.random.standard_normal((sheet.side, sheet.side, 1), np.float32) * 3
    picture = Image.fromarray(sheet.pixels.clip(0, 255).astype(np.uint8))
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def choose_family(title: str, genre: str = "") -> Family:
    """Return what draws the cover of a song: the family of most words of its genre.

    Where two have as many, the one of the first word counts.
    """
    words = WORDS.findall(genre.lower())
    votes = [
        family for word in words for family, names in FAMILIES.items() if word in names.split()
    ]
    if votes:
        return max(votes, key=votes.count)
    digest = blake2b(title.encode("utf-8", "replace"), digest_size=8, person=b"family").digest()
    return list(FAMILIES)[int.from_bytes(digest) % len(FAMILIES)]
