"""The pictures of the small site, drawn here so that they are nobody else's: python -m tests.drawing writes them anew."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image, ImageDraw

SECRET = "51.5074 N, 0.1278 W"  # what a camera says beside what is seen


def steps() -> Image.Image:
    """Three boxes, each with an arrow to the next; one sees through what lies between them."""
    image = Image.new("RGBA", (640, 160))
    pen = ImageDraw.Draw(image)
    for number, colour in enumerate(["#005b96", "#8a5a00", "#2e6b3a"]):
        left = 20 + number * 215
        pen.rectangle((left, 30, left + 150, 130), colour, "#111", 4)
        if number < 2:
            pen.line((left + 155, 80, left + 200, 80), "#111", 6)
            pen.polygon([(left + 212, 80), (left + 194, 68), (left + 194, 92)], "#111")
    return image


def key() -> Image.Image:
    """A key as a camera that was held on its side sees it: lying, where it is to stand."""
    image = Image.new("RGB", (180, 60), "#f4f1e8")
    pen = ImageDraw.Draw(image)
    pen.ellipse((10, 12, 46, 48), outline="#444", width=7)
    pen.rectangle((46, 26, 165, 34), "#444")
    pen.rectangle((140, 34, 150, 48), "#444")
    pen.rectangle((156, 34, 165, 44), "#444")
    return image


def files() -> dict[str, bytes]:
    """The pictures by the names of their files, as an editor would put them there."""
    about = Image.Exif()
    about[0x0112], about[0x010E] = 6, SECRET  # a quarter turn to the right, and where it was taken
    return {
        "three-steps.png": saved(steps(), "PNG", optimize=True),
        "key.jpg": saved(key(), "JPEG", quality=80, exif=about),
    }


def odd(what: str) -> bytes:
    """A file as it may come to stand in docs/: a small picture of a kind, or one with something wrong."""
    size = (4, 3)
    if what == "pointer of Git LFS":
        return b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 8000000\n"
    if what == "of two moments":
        return saved(Image.new("L", size), "PNG", save_all=True, append_images=[Image.new("L", size, 9)])
    if what == "of a telephone":
        return b"\0\0\0\x18ftypheic"
    if what == "drawing with scripts":
        return b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    if what == "immense":  # a few kilobytes that would fill a machine once they are drawn
        return saved(Image.new("1", (21_000, 3_000)), "PNG")
    if what == "cut short":
        return saved(key(), "JPEG")[:-400]
    if what == "without its end":
        return saved(key(), "PNG")[:-5]
    if what == "noise":  # packs badly, as a photograph that was saved as PNG
        return saved(Image.frombytes("RGB", (500, 500), Random(1).randbytes(750_000)), "PNG")
    return saved(Image.new("L", size), what)


def saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    """The bytes of a picture."""
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


if __name__ == "__main__":
    for name, data in files().items():
        (Path(__file__).parent / "sites" / "whole" / "docs" / "part-one" / name).write_bytes(data)
