"""A picture drawn anew for pages: upright, no larger than a page can show, on white, in the colours of screens, and no more.

Where a picture was taken, by whom and with what stands in its file beside what is seen. Only what is seen is passed on.
This is the only door to Pillow, which is opened where a project has pictures.
"""

from __future__ import annotations

import io
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

from macros.source.problems import Wrong

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

WIDEST, TALLEST = 1600, 2400  # points: text is half as wide, and sharp screens show two points in the place of one
_LONGEST, _MOST = 20_000, 50_000_000  # points of a side and of the whole: what cameras make, and a machine can hold
LARGEST = 500_000  # bytes of a packed picture; readers wait for it on telephones
_QUALITIES = (82, 70, 60)  # of a JPEG: the first that is small enough
_COLOURS = 256  # that a PNG can list
_ENDS = {"PNG": b"IEND\xaeB`\x82", "JPEG": b"\xff\xd9"}
_TURN = 0x0112  # of EXIF: how the camera was held
Packed = tuple[bytes, int, int]


class UnfitPictureError(Exception):
    """Why no page can show a picture: what is wrong with it and how to mend it."""

    def __init__(self, wrong: str, mend: str) -> None:
        super().__init__(wrong)
        self.says: Wrong = (wrong, mend)


def packed(data: bytes, kind: str) -> Packed:
    """The bytes of a PNG or JPEG as pages show it, with its width and its height in points."""
    from PIL.JpegImagePlugin import JpegImageFile
    from PIL.PngImagePlugin import PngImageFile

    try:
        with warnings.catch_warnings(action="ignore"):  # what a camera wrote may be odd; it is left out
            image = {"PNG": PngImageFile, "JPEG": JpegImageFile}[kind](io.BytesIO(data))
            _judge(image)
            if _ENDS[kind] not in data:
                raise EOFError
            return _png(image, len(data) <= 2 * LARGEST) if kind == "PNG" else _jpeg(image)
    except UnfitPictureError:
        raise
    except Exception as fault:  # whatever a reader of bytes from anywhere stumbles on
        wish = "Save it again, and put the new file here."
        raise UnfitPictureError("The picture cannot be read to its end.", wish) from fault


def _judge(image: ImageFile) -> None:
    """Refuses, before a point of it is drawn, a picture that is too large to draw or that moves."""
    wide, high = image.size
    if max(wide, high) > _LONGEST or wide * high > _MOST:
        wish = f"Make it smaller: pages show at most {WIDEST:,} across."
        raise UnfitPictureError(f"The picture is {wide:,} points wide and {high:,} high.", wish)
    if getattr(image, "is_animated", False):
        wish = "Save one picture of it: not every reader can stop it, and paper shows one."
        raise UnfitPictureError("The picture moves.", wish)


def _drawn(image: ImageFile, size: tuple[int, int]) -> Image:
    """The picture as it is seen, in a size; the same object where nothing had to change."""
    from PIL.Image import Resampling

    profile, turn = image.info.get("icc_profile"), image.getexif().get(_TURN, 1)
    image.load()
    drawn: Image = _plain_points(image)
    if drawn.size != size:
        drawn = drawn.resize(size, Resampling.LANCZOS, reducing_gap=3)
    return _upright(_on_white(drawn, profile), turn)


def _fitting(image: ImageFile) -> tuple[int, int]:
    """The size of a picture, before it is turned upright, that is no larger than a page can show."""
    wide, high = image.size
    lying = image.getexif().get(_TURN, 1) in (5, 6, 7, 8)
    widest, tallest = (TALLEST, WIDEST) if lying else (WIDEST, TALLEST)
    share = min(1, widest / wide, tallest / high)
    return max(1, round(wide * share)), max(1, round(high * share))


def _plain_points(image: Image) -> Image:
    """The picture in one of the few ways of keeping points that can be made smaller."""
    if image.mode.startswith("I"):  # 65,536 greys, of which a screen shows 256
        return image.point(lambda grey: grey / 256).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _on_white(image: Image, profile: bytes | None) -> Image:
    """The picture in the colours of screens, which all programs show alike, and white where one sees through it."""
    from PIL import ImageCms
    from PIL.Image import new

    if image.mode == "RGBA":
        ground = new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    if profile and image.mode != "L":
        with suppress(ImageCms.PyCMSError):  # a profile that fits no picture says nothing of this one
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(own).lower():
                image = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _upright(image: Image, turn: int) -> Image:
    from PIL.Image import Transpose as To

    ways = [
        To.FLIP_LEFT_RIGHT,
        To.ROTATE_180,
        To.FLIP_TOP_BOTTOM,
        To.TRANSPOSE,
        To.ROTATE_270,
        To.TRANSVERSE,
        To.ROTATE_90,
    ]
    return image.transpose(ways[turn - 2]) if turn in range(2, 9) else image


def _png(image: ImageFile, light: bool) -> Packed:
    """The picture as PNG, every point kept, in fewer of them where that saves bytes."""
    size = _fitting(image)
    made = [_exact(_drawn(image, size))]
    if size != image.size and light:  # what a screen showed packs better as it is
        made.append(_exact(_drawn(image, image.size)))
    return min(made, key=lambda one: len(one[0]))


def _exact(image: Image) -> Packed:
    """The picture as PNG, by a list of its colours where it has few: a drawing is then a third as large."""
    from PIL import ImageChops
    from PIL.Image import Quantize

    few = image.quantize(_COLOURS, Quantize.FASTOCTREE) if image.mode == "RGB" and image.getcolors(_COLOURS) else image
    if few is not image and ImageChops.difference(few.convert("RGB"), image).getbbox():
        few = image  # the list came out a shade beside the picture
    return _saved(few, "PNG"), *image.size


def _jpeg(image: ImageFile) -> Packed:
    """The picture as JPEG: as fine as it came, but no finer than eyes see, and coarser where it would be large."""
    size = _fitting(image)
    image.draft(None, size)  # it can be read at half its size, in a quarter of the time
    drawn = _drawn(image, size)
    made = [_saved(drawn, "JPEG", quality="keep")] if drawn is image else []
    for quality in _QUALITIES:
        made.append(_saved(drawn, "JPEG", quality=quality))
        if len(min(made, key=len)) <= LARGEST:
            break
    return min(made, key=len), *drawn.size


def _saved(image: Image, kind: str, **how: str | int) -> bytes:
    """The bytes of a picture without anything that its file said of it."""
    image.info.clear()
    file = io.BytesIO()
    image.save(file, kind, optimize=True, **({"progressive": True, **how} if kind == "JPEG" else {}))
    return file.getvalue()
