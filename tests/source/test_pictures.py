"""Pictures: the first bytes decide, what a camera wrote goes, and every point that is seen stays where it was."""

from __future__ import annotations

import base64
import struct
from pathlib import Path
from zlib import compress, crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from macros.build import problems_of
from macros.content.load import load
from macros.output.plain_pictures import strip
from macros.source.pictures import BrokenPictureError, kind, plain
from tests.project import small_project

SECRET = b"51.5074 N, 0.1278 W; taken by A. Camera"
TURN_OVER = 3  # of EXIF: the picture lies upside down
DRAW = """([type, wide]) => new Promise((done) => {
  const canvas = document.createElement("canvas");
  canvas.width = wide; canvas.height = 20;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#c00"; pen.fillRect(0, 0, wide, 20);
  pen.fillStyle = "#06c"; pen.fillRect(0, 0, 10, 10);
  done(canvas.toDataURL(type, 0.9).split(",")[1]);
})"""
POINTS = """async (data) => {
  const picture = new Image();
  picture.src = data;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth; canvas.height = picture.naturalHeight;
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  return [canvas.width, canvas.height, ...pen.getImageData(0, 0, canvas.width, canvas.height).data];
}"""


def exif(turn: int = TURN_OVER, order: str = "<") -> bytes:
    """What a camera says: how the picture stands, and where it was taken."""
    mark = {"<": b"II", ">": b"MM"}[order]
    head = struct.pack(f"{order}2sHIHHHIHHHHII", mark, 42, 8, 2, 0x0112, 3, 1, turn, 0, 0x010E, 2, len(SECRET), 38)
    return head + struct.pack("<I", 0) + SECRET


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))


def png(*more: bytes) -> bytes:
    rows = compress(b"\0\x10\x20\x30" * 2)
    head = struct.pack(">IIBBBBB", 1, 2, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def segment(mark: int, data: bytes) -> bytes:
    return bytes([0xFF, mark]) + struct.pack(">H", len(data) + 2) + data


def with_secrets(data: bytes) -> bytes:
    """A picture as a camera and programs leave it, with something behind its end."""
    if kind(data) == "PNG":
        texts = (
            chunk(b"eXIf", exif()) + chunk(b"tEXt", b"Comment\0" + SECRET) + chunk(b"tIME", b"\x07\xea\x01\x01\0\0\0")
        )
        return data[:33] + texts + data[33:] + SECRET
    if kind(data) == "JPEG":
        said = segment(0xE1, b"Exif\0\0" + exif(order=">")) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET)
        said += segment(0xED, b"Photoshop 3.0\0" + SECRET) + segment(0xFE, SECRET) + segment(0xE2, b"MPF\0" + SECRET)
        return data[:2] + said + data[2:] + SECRET
    assert data[12:16] == b"VP8X"
    body = data[12:20] + bytes([data[20] | 0x0C]) + data[21:]
    for name, about in ((b"EXIF", exif()), (b"XMP ", SECRET)):
        body += name + struct.pack("<I", len(about)) + about + b"\0" * (len(about) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body + SECRET


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    return browser.new_page()


@pytest.mark.parametrize("name", ["png", "jpeg", "webp"])
def test_what_is_seen_stays_and_everything_else_goes(name: str, page: Page) -> None:
    def points(data: bytes) -> list[int]:
        found: list[int] = page.evaluate(POINTS, f"data:image/{name};base64,{base64.b64encode(data).decode()}")
        return found

    drawn = base64.b64decode(page.evaluate(DRAW, [f"image/{name}", 40]))
    assert kind(drawn).lower() == name
    assert points(plain(drawn)) == points(drawn)
    full = with_secrets(drawn)
    bare = plain(full)
    assert SECRET in full
    assert SECRET[:8] not in bare
    assert len(bare) < len(drawn) + 60
    assert points(bare) == points(full)
    assert plain(bare) == bare
    if name == "jpeg":  # the one kind whose turn every browser follows
        assert points(full) != points(drawn)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("turn", range(10))
def test_only_how_a_picture_stands_is_kept_of_what_a_camera_says(turn: int, order: str) -> None:
    bare = plain(png(chunk(b"eXIf", exif(turn, order))))
    about = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, turn, 0, 0)
    assert bare == png(*([chunk(b"eXIf", about)] if 2 <= turn <= 8 else []))


def test_the_small_picture_of_a_jpeg_goes_and_its_colours_stay() -> None:
    scan = segment(0xDA, b"\0") + b"\x12\xff\x00\xff\xd0\x34"
    colours = segment(0xE2, b"ICC_PROFILE\0\1\1colours") + segment(0xEE, b"Adobe\0\x64\0\0\0\0\1")
    small = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\1\1" + SECRET[:3])
    bare = segment(0xE0, b"JFIF\0\1\2\0\0\1\0\1\0\0")
    end = b"\xff\xd9"
    assert plain(b"\xff\xd8" + small + colours + scan + end) == b"\xff\xd8" + bare + colours + scan + end


@given(st.binary(max_size=200), st.integers(0, 2), st.integers(0, 300))
@settings(max_examples=300, deadline=None, database=None, derandomize=True)
def test_no_bytes_are_more_than_a_broken_picture(data: bytes, number: int, cut: int) -> None:
    whole = [
        png(chunk(b"eXIf", exif())),
        b"\xff\xd8" + segment(0xE1, b"Exif\0\0" + data),
        b"RIFF\x40\0\0\0WEBPVP8X" + data,
    ]
    for odd in (whole[number][:cut] + data, whole[number] + data, data):
        try:
            made = plain(odd)
        except BrokenPictureError:
            continue
        assert kind(made) == kind(odd)


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.png", b"<html>", "The file is no picture, whatever its name says. Save it as PNG, JPEG or WebP."),
        ("a.jpg", b"", "The file is no picture, whatever its name says. Save it as PNG, JPEG or WebP."),
        ("a.webp", b"GIF89a", "The file is no picture, whatever its name says. Save it as PNG, JPEG or WebP."),
        ("a.jpg", b"<svg/>", "The file is no picture, whatever its name says. Save it as PNG, JPEG or WebP."),
        ("a.jpeg", png(), "The file is a PNG picture, as its first bytes say. Give it the ending .png."),
        ("a.png", b"\xff\xd8\xff", "The file is a JPEG picture, as its first bytes say. Give it the ending .jpg."),
        ("a.png", png()[:-1], "The picture cannot be read to its end. Save it again, and put the new file here."),
        (
            "a.png",
            b"version https://git-lfs.github.com/spec/v1\n",
            "The picture itself lies elsewhere; this only says where. Put the picture here: git lfs pull.",
        ),
        ("a.png", b"\0" * 8_000_000, "The picture has 8,000,000 bytes; the most is 5,000,000. Make it smaller."),
        (
            "photo.20261127.png",
            png(),
            'Its name holds ".". Rename it, for example docs/photo-20261127.png: small letters, digits and single hyphens do.',
        ),
    ],
)
def test_a_picture_that_is_none_is_a_line(name: str, data: bytes, says: str, tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (root / "docs" / name).write_bytes(data)
    assert [str(problem) for problem in problems_of(root)] == [f"docs/{name}:1: {says}"]


def test_a_built_site_holds_the_plain_picture(tmp_path: Path) -> None:
    root, full = small_project(tmp_path), with_secrets(png())
    (root / "docs" / "part-one" / "plan.png").write_bytes(full)
    (tmp_path / "site" / "part-one").mkdir(parents=True)
    copied = tmp_path / "site" / "part-one" / "plan.png"
    copied.write_bytes(full)
    assert problems_of(root) == []
    strip(load(root), tmp_path / "site")
    assert SECRET not in copied.read_bytes()
    assert copied.read_bytes() == plain(full)
