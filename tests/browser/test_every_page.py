"""Every page in one visit: its landmarks and headings as a screen reader has them, and that it gives way to small screens,
large text, wide spacing, fingers, and readers whom motion makes ill."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.access import LAID_OUT, addresses, open_settled, opened
from tests.evidence import record

pytestmark = [pytest.mark.browser, pytest.mark.site]
LANDMARKS = ("banner", "main", "contentinfo", "navigation", "search", "region", "form", "complementary")
# As WCAG 1.4.12 puts it: whoever sets these loses nothing.
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
# Text alone at twice its size, as a browser that zooms text only does it: widths in pixels stay what they were.
LARGE = ":root { font-size: 200% !important; }"
OPENED = "() => document.querySelectorAll('main details').forEach(fold => { fold.open = true; })"
# What sticks out of the window; what scrolls sideways in a frame that no key reaches, or that has no name; what is cut off.
LOST = """() => {
  const say = (part, what) => `${part.localName}.${part.className.baseVal ?? part.className} “${(part.textContent || "").trim().slice(0, 30)}” ${what}`;
  const found = [], wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) found.push(`the page is ${document.documentElement.scrollWidth} wide, the window ${wide}`);
  for (const part of document.body.querySelectorAll("*")) {
    if (part.closest("svg") !== null && part.localName !== "svg" || !part.getClientRects().length) continue;
    if (part.matches("input, textarea, select, option, iframe")) continue;
    const style = getComputedStyle(part);
    if (style.clipPath === "inset(50%)" || style.visibility === "hidden") continue;
    const across = part.scrollWidth > part.clientWidth + 1, down = part.scrollHeight > part.clientHeight + 1;
    if (["auto", "scroll"].includes(style.overflowX) && across) {
      const named = part.getAttribute("aria-label") || part.getAttribute("aria-labelledby");
      if (part.tabIndex < 0 || !named) found.push(say(part, "scrolls sideways and takes no focus, or has no name"));
    }
    if (["hidden", "clip"].includes(style.overflowX) && across && part.clientWidth || ["hidden", "clip"].includes(style.overflowY) && down && part.clientHeight)
      found.push(say(part, "is cut off"));
    if (part.localName === "svg") {
      const frame = part.getBoundingClientRect();
      for (const text of part.querySelectorAll("text")) {
        const box = text.getBoundingClientRect();
        if (box.width && (box.left < frame.left - 1 || box.right > frame.right + 1)) found.push(say(text, "leaves its picture"));
      }
      continue;
    }
    if (wide >= part.getBoundingClientRect().right - 1 || document.documentElement.scrollWidth <= wide) continue;
    found.push(say(part, `ends at ${Math.round(part.getBoundingClientRect().right)}`));
  }
  return found.slice(0, 6);
}"""
# Fingers: 24 pixels each way; or within a sentence, whose lines set its height; or so far from others that a circle of 24
# around its middle touches none of them (WCAG 2.5.8).
SMALL = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, label:has(input)")]
    .filter(part => part.checkVisibility({visibilityProperty: true}) && !(part.matches("input") && part.closest("label")));
  const boxes = all.flatMap(part => [...part.getClientRects()].map(box => [part, box])).filter(([, box]) => box.width > 1 && box.height > 1);
  const sentence = part => getComputedStyle(part).display === "inline" && [...part.parentElement.childNodes]
    .some(node => node !== part && /\\w/.test(node.textContent) && !(node.matches && node.matches("a, button")));
  const little = boxes.filter(([part, box]) => (box.width < 23.99 || box.height < 23.99) && part.getClientRects().length === 1);
  const found = [];
  for (const [part, box] of little) {
    if (sentence(part)) continue;
    const [across, down] = [box.left + box.width / 2, box.top + box.height / 2];
    const near = boxes.find(([other, its]) => {
      if (other === part || other.contains(part) || part.contains(other)) return false;
      const gap = Math.hypot(Math.max(its.left - across, 0, across - its.right), Math.max(its.top - down, 0, down - its.bottom));
      const apart = Math.hypot(its.left + its.width / 2 - across, its.top + its.height / 2 - down);
      return gap < 12 || (Math.min(its.width, its.height) < 23.99 && apart < 24);
    });
    if (near) found.push(`${part.outerHTML.slice(0, 90)} ${box.width.toFixed(1)}×${box.height.toFixed(1)} beside ${near[0].outerHTML.slice(0, 60)}`);
  }
  return [all.length, found.slice(0, 6)];
}"""
MOVING = """() => {
  const long = text => text.split(",").some(time => parseFloat(time) > 0);
  const found = document.getAnimations().filter(one => one.playState === "running").map(() => "an animation runs");
  for (const part of document.querySelectorAll("*")) {
    for (const which of [null, "::before", "::after"]) {
      const style = getComputedStyle(part, which);
      if (long(style.transitionDuration) && style.transitionProperty !== "none" || long(style.animationDuration) && style.animationName !== "none")
        found.push(`${part.localName}.${part.className} ${which || ""} moves`);
    }
    if (getComputedStyle(part).scrollBehavior === "smooth") found.push(`${part.localName} scrolls smoothly`);
  }
  return found.slice(0, 6);
}"""


def heard(keys: CDPSession, role: str) -> list[dict[str, str]]:
    """What the accessibility tree holds of a role: names and levels."""
    root = keys.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = keys.send("Accessibility.queryAXTree", {"nodeId": root, "role": role})["nodes"]
    return [
        {"name": node.get("name", {}).get("value", "")}
        | {one["name"]: str(one["value"].get("value")) for one in node.get("properties", [])}
        for node in nodes
        if not node["ignored"]
    ]


def outlined(page: Page, keys: CDPSession) -> list[str]:
    """What is wrong with landmarks, headings and language in the accessibility tree."""
    found = []
    keys.send("Accessibility.enable")  # keeps the tree from one question to the next
    for role in ("banner", "main", "contentinfo"):
        if (count := len(heard(keys, role))) != 1:
            found.append(f"{count} of {role}")
    for role in LANDMARKS[3:]:
        names = [one["name"] for one in heard(keys, role)]
        if len(names) > 1 and (len(set(names)) < len(names) or "" in names):
            found.append(f"{role} named {names}")
    headings = heard(keys, "heading")
    if [one["level"] for one in headings].count("1") != 1 or not all(one["name"].strip() for one in headings):
        found.append(f"headings {headings[:4]}")
    if page.evaluate("document.documentElement.lang") != "en-GB":
        found.append("no language")
    keys.send("Accessibility.disable")
    return found


def shown(page: Page, width: int, style: str) -> list[str]:
    """What is lost at that width, with a style of the reader's own."""
    page.set_viewport_size({"width": width, "height": 900})
    own = page.add_style_tag(content=style)
    lost = page.evaluate(LOST)
    own.evaluate("style => style.remove()")
    return [f"{width} {style[:20]}: {what}" for what in lost]


def judged(page: Page, keys: CDPSession, where: str) -> tuple[int, list[str]]:
    """How many targets a page has, and what is wrong with it in any of the ways that readers set it."""
    page.set_viewport_size({"width": 1280, "height": 900})
    open_settled(page, where)
    page.add_style_tag(content=LAID_OUT)
    found = outlined(page, keys) + page.evaluate(MOVING)
    page.evaluate(OPENED)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{wide} pixels wide on a screen of {width}"] if wide > width else []
    found += shown(page, 1280, LARGE) + shown(page, 390, LARGE) + shown(page, 320, SPACED)
    targets, small = page.evaluate(SMALL)
    return targets, found + small


def test_every_page_gives_way_to_its_reader(site: Path, lettered: Browser, address: str) -> None:
    page = opened(lettered, address, reduced_motion="reduce")
    keys, targets = page.context.new_cdp_session(page), 0
    found, titles = dict[str, list[str]](), Counter[str]()
    pages = addresses(site)
    for where in pages:
        count, wrong = judged(page, keys, where)
        targets += count
        titles[page.title()] += 1
        found[f"/{where}"] = wrong
    page.context.close()
    assert {where: wrong for where, wrong in found.items() if wrong} == {}
    assert [title for title, times in titles.items() if times > 1 or not title.strip()] == []
    record("display", pages=len(pages), targets=targets, findings=0)
