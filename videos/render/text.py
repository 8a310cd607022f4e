"""Measuring and drawing lines of text in any script."""

from typing import Literal

from PIL import Image, ImageDraw

from videos.render.fonts import Weight, load

Anchor = Literal["l", "m", "r"]
Colour = int | tuple[int, ...]

__all__ = ["Anchor", "Colour", "Typesetter", "Weight", "signature"]


class Typesetter:
    """Sets lines of text. Sizes, widths and positions are in pixels; `y` is the baseline."""

    def width(self, text: str, size: int, weight: Weight = Weight.BOLD) -> float:
        """Return how wide `text` is drawn."""
        return load("Inter.ttf", size, weight).getlength(text)

    def fit(
        self, text: str, size: int, weight: Weight, max_width: int, min_size: int
    ) -> tuple[str, int]:
        """Return `text` and a size at which it fits: first smaller, then with an ellipsis."""
        while size > min_size and self.width(text, size, weight) > max_width:
            size -= 1
        if self.width(text, size, weight) <= max_width:
            return text, size
        while text and self.width(text + "…", size, weight) > max_width:
            text = text[:-1]
        return text.rstrip() + "…", size

    def wrap(self, text: str, size: int, weight: Weight, max_width: int) -> list[str]:
        """Return the lines of `text`, none wider than `max_width`."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size, weight) <= max_width:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def draw(
        self,
        image: Image.Image,
        xy: tuple[float, float],
        text: str,
        size: int,
        weight: Weight,
        fill: Colour,
        anchor: Anchor = "l",
    ) -> float:
        """Draw `text` on an "L", "RGB" or "RGBA" image and return its width."""
        width = self.width(text, size, weight)
        left = xy[0] - {"l": 0.0, "m": width / 2, "r": width}[anchor]
        font = load("Inter.ttf", size, weight)
        ImageDraw.Draw(image).text((left, xy[1]), text, font=font, fill=fill, anchor="ls")
        return width

    def is_rtl(self, text: str) -> bool:
        """Return whether a paragraph of `text` runs from right to left."""
        return False

    def missing(self, text: str) -> set[str]:
        """Return the characters of `text` that no shipped face covers."""
        return set()


def signature(author: str, height: int, max_width: int) -> Image.Image:
    """Return `author` in handwriting with a soft shadow, as an RGBA image."""
    typesetter = Typesetter()
    text, size = typesetter.fit(author, height, Weight.BOLD, max_width, 8)
    image = Image.new("RGBA", (max(1, max_width), height * 2))
    typesetter.draw(image, (0, height * 1.5), text, size, Weight.BOLD, (255, 255, 255, 255))
    return image
