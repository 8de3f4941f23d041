"""Pictures: the first bytes decide, what a camera wrote goes, and what is seen stays as it was, upright and no larger than needed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms
from PIL.PngImagePlugin import PngInfo

from macros.content.load import load
from macros.output.packed_pictures import put_packed
from macros.source.packing_pictures import LARGEST, UnfitPictureError, packed
from macros.source.pictures import kind
from tests.drawing import SECRET, files, key, odd, saved, steps
from tests.project import WHOLE, small_project

KEPT = {"PNG": {"dpi"}, "JPEG": {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}}


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def differs(one: Image.Image, other: Image.Image) -> int:
    """By how much two pictures differ where they differ most, of 255."""
    extremes = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getextrema()
    return max(most for _, most in extremes)  # type: ignore[misc]


@pytest.mark.parametrize("name", ["PNG", "JPEG"])
def test_nothing_is_said_of_who_took_a_picture_and_where(name: str) -> None:
    about, texts = Image.Exif(), PngInfo()
    about[0x010E] = SECRET
    texts.add_text("Comment", SECRET)
    own: dict[str, Any] = {"pnginfo": texts} if name == "PNG" else {"comment": SECRET, "quality": 60}
    full = saved(key(), name, exif=about, xmp=SECRET.encode(), **own) + SECRET.encode()
    bare, *size = packed(full, name)
    assert full.count(SECRET.encode()) >= 3
    assert SECRET.encode() not in bare
    assert set(opened(bare).info) <= KEPT[name]
    assert (*size,) == key().size
    assert differs(opened(bare), opened(full)) <= (0 if name == "PNG" else 12)


@pytest.mark.parametrize("name", ["PNG", "JPEG"])
@pytest.mark.parametrize(
    ("turn", "way"),
    list(enumerate([None, *map(Image.Transpose, (0, 3, 1, 5, 4, 6, 2))], 1)),
)
def test_a_picture_stands_as_the_camera_was_held(turn: int, way: Image.Transpose | None, name: str) -> None:
    about = Image.Exif()
    about[0x0112] = turn
    data, *size = packed(saved(key(), name, exif=about), name)
    shown = key().transpose(way) if way is not None else key()
    assert (*size,) == shown.size
    assert differs(opened(data), shown) <= (0 if name == "PNG" else 90)
    assert not opened(data).getexif()


def test_an_odd_turn_is_none() -> None:
    for turn in (0, 9, 65_535):
        about = Image.Exif()
        about[0x0112] = turn
        assert packed(saved(key(), "PNG", exif=about), "PNG")[1:] == key().size


@pytest.mark.parametrize(
    ("size", "shown"),
    [((4000, 3000), (1600, 1200)), ((300, 9000), (80, 2400)), ((1600, 2400), (1600, 2400)), ((19_999, 2), (1600, 1))],
)
def test_a_photograph_is_no_larger_than_a_page_can_show(size: tuple[int, int], shown: tuple[int, int]) -> None:
    data, *made = packed(saved(Image.new("RGB", size, "#246"), "JPEG"), "JPEG")
    assert ((*made,), opened(data).size) == (shown, shown)
    about = Image.Exif()
    about[0x0112] = 6
    wide, high = packed(saved(Image.new("RGB", size, "#246"), "JPEG", exif=about), "JPEG")[1:]
    assert wide <= 1600
    assert high <= 2400


def test_a_drawing_keeps_every_point_where_fewer_would_weigh_more() -> None:
    large = steps().resize((1920, 480), Image.Resampling.NEAREST)
    data, *size = packed(saved(large, "PNG"), "PNG")
    assert (*size,) == (1920, 480)
    assert len(data) < 10_000
    ground = Image.new("RGB", large.size, "white")
    ground.paste(large, mask=large.getchannel("A"))
    assert differs(opened(data), ground) == 0


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 100, (100, 100, 100)),
        ("LA", (0, 0), (255, 255, 255)),
        ("P", 0, (0, 0, 0)),
        ("RGB", (9, 90, 200), (9, 90, 200)),
        ("RGBA", (0, 0, 0, 51), (204, 204, 204)),
        ("I;16", 256 * 100, (100, 100, 100)),
    ],
)
def test_each_way_of_keeping_points_comes_out_as_it_is_seen_on_white(
    mode: str, colour: Any, shown: tuple[int, int, int]
) -> None:
    data, *_ = packed(saved(Image.new(mode, (8, 6), colour), "PNG"), "PNG")
    assert opened(data).convert("RGB").getpixel((3, 3)) == shown
    assert not opened(data).has_transparency_data


def test_other_colours_become_those_of_screens() -> None:
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()  # fits no picture of red, green and blue
    plain = saved(key(), "PNG")
    assert differs(opened(packed(saved(key(), "PNG", icc_profile=own), "PNG")[0]), opened(plain)) == 0
    same = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = opened(packed(saved(key(), "PNG", icc_profile=same), "PNG")[0])
    assert differs(made, key()) == 0
    assert "icc_profile" not in made.info
    inks = Image.new("CMYK", (16, 16), (0, 100, 200, 30))
    assert opened(packed(saved(inks, "JPEG"), "JPEG")[0]).mode == "RGB"


def test_a_photograph_full_of_leaves_is_made_coarser_until_it_is_small_enough() -> None:
    noise = Image.effect_noise((1600, 1100), 60).convert("RGB")
    data, *size = packed(saved(noise, "JPEG", quality=95), "JPEG")
    assert (*size,) == noise.size
    assert len(data) < 2 * LARGEST
    assert len(data) < len(saved(noise, "JPEG", quality=75, optimize=True, progressive=True))


def test_a_coarse_photograph_is_not_made_larger() -> None:
    coarse = saved(Image.effect_noise((600, 400), 60).convert("RGB"), "JPEG", quality=30)
    assert len(packed(coarse, "JPEG")[0]) <= len(coarse)


@given(st.binary(max_size=200), st.sampled_from(["PNG", "JPEG"]), st.integers(0, 600), st.booleans())
@settings(max_examples=300, deadline=None, database=None, derandomize=True)
def test_no_bytes_are_more_than_an_unfit_picture(data: bytes, name: str, place: int, cut: bool) -> None:
    whole = bytearray(saved(key(), name))
    whole[place : None if cut else place + len(data)] = data
    for odd_bytes in (bytes(whole), data):
        try:
            made = packed(odd_bytes, name)[0]
        except UnfitPictureError:
            continue
        assert kind(made) == name


def test_an_immense_picture_is_refused_before_it_is_drawn() -> None:
    data = odd("immense")
    assert len(data) < 50_000
    with pytest.raises(UnfitPictureError, match=r"^The picture is 21,000 points wide and 3,000 high\.$"):
        packed(data, "PNG")


def test_the_pictures_of_the_small_site_are_the_ones_drawn_here() -> None:
    for name, data in files().items():
        there = (WHOLE / "docs" / "part-one" / name).read_bytes()
        assert differs(opened(there), opened(data)) == 0
        assert opened(there).getexif().get(0x0112) == opened(data).getexif().get(0x0112)


def test_a_built_site_holds_the_packed_picture(tmp_path: Path) -> None:
    root = small_project(tmp_path, site=WHOLE)
    copied = tmp_path / "site" / "part-one" / "key.jpg"
    copied.parent.mkdir(parents=True)
    for name in files():
        (copied.parent / name).write_bytes((root / "docs" / "part-one" / name).read_bytes())
    assert SECRET.encode() in copied.read_bytes()
    content = load(root)
    put_packed(content, tmp_path / "site")
    assert copied.read_bytes() == content.pictures["part-one/key.jpg"].data
    assert SECRET.encode() not in copied.read_bytes()
    assert opened(copied.read_bytes()).size == (60, 180)
