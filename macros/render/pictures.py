"""The Markdown extension for pictures: each says its size, so that nothing moves when it comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from macros.content.addresses import resolved, split_target
from macros.source.pictures import Picture

MARK = "lrp-picture"


class Pictures(Extension):
    """Sizes the `pictures` of a page, named by their paths from docs/; `page` tells which page is read."""

    def __init__(self, pictures: Mapping[str, Picture], page: Callable[[], str]) -> None:
        super().__init__()
        self.pictures, self.page = pictures, page

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Adds the step after attributes are written, and before addresses are those of the built site."""
        md.treeprocessors.register(_Step(self), "lrp-pictures", 4)


class _Step(Treeprocessor):
    def __init__(self, extension: Pictures) -> None:
        super().__init__()
        self.extension = extension

    def run(self, root: Element) -> None:
        """Gives each picture its size."""
        far = False  # whether a reader has to move before the picture comes
        for element in root.iter():
            if element.tag == "img":
                goal = resolved(self.extension.page(), split_target(element.get("src", ""))[0])
                _sized(element, self.extension.pictures[goal], far)
            far = far or element.tag in ("img", "h2")


def _sized(image: Element, picture: Picture, far: bool) -> None:
    """Writes the size of a picture, in proportion where the page says how wide or high it is to be, and never above its own."""
    wide, high = (int(image.get(name, "0")) for name in ("width", "height"))
    share = min(1, wide / picture.width if wide else high / picture.height if high else 1)
    image.set("width", str(max(1, round(picture.width * share))))
    image.set("height", str(max(1, round(picture.height * share))))
    image.set("class", " ".join(filter(None, [MARK, image.get("class")])))
    if far:
        image.set("loading", "lazy")
        image.set("decoding", "async")
