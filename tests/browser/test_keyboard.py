"""Every page by keyboard alone: Tab goes through it in reading order with the focus in sight, Shift+Tab back, and both lead out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.access import LAID_OUT, addresses, open_settled, opened
from tests.evidence import record

pytestmark = [pytest.mark.browser, pytest.mark.site]
WHOLE = 300  # stops; of a page with more, lists all alike, the quick test walks so many at its beginning and its end
AT_EACH_END = 80
OUT = 100  # milliseconds: a key that leads out of the page goes through the browser's own window, and comes back later
SHIFT = 8  # as the browser's protocol counts modifier keys
# What takes the focus by Tab, read from the page and not by walking: the walk has to come to each of these, in this order.
# Of buttons that share a name, one. An address in the page as a link is one too, whatever its looks.
STOPS = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]")];
  const named = one => all.filter(other => other.type === "radio" && other.name === one.name && other.form === one.form);
  return all.filter(one => one.tabIndex >= 0 && !one.disabled && !one.closest("[inert]")
    && one.checkVisibility({visibilityProperty: true})
    && (one.type !== "radio" || one.checked || (!named(one).some(other => other.checked) && named(one)[0] === one)));
}"""
# Looks at each stop just before the next key moves on, when the page has settled. Kept in the page: a question for each stop
# would take longer than the walk.
WATCH = """stopsOf => {
  const stops = eval(stopsOf)();
  const numbers = new Map(stops.map((stop, number) => [stop, number]));
  const light = text => {
    const colour = (text.match(/rgba?\\(([^)]*)\\)/) || ["", "0 0 0 0"])[1].match(/[\\d.]+/g).map(Number);
    if (colour[3] === 0) return null;
    const [red, green, blue] = colour.slice(0, 3).map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * red + .7152 * green + .0722 * blue;
  };
  // Two colours, at least 9 to 1: one of the two stands out by 3 to 1 from whatever lies beside it.
  const ring = stop => {
    const style = getComputedStyle(stop);
    if (["none", "hidden"].includes(style.outlineStyle) || parseFloat(style.outlineWidth) < 2) return `outline ${style.outline}`;
    const other = stop instanceof SVGElement ? getComputedStyle(stop.firstElementChild).stroke : style.boxShadow;
    const pair = [style.outlineColor, other].map(light);
    if (pair.includes(null)) return `colours ${style.outlineColor}, ${other}`;
    return (Math.max(...pair) + .05) / (Math.min(...pair) + .05) >= 9 ? "" : `colours too near: ${style.outlineColor}, ${other}`;
  };
  // What of a box lies in the window, and in every frame that it scrolls in.
  const clipped = (stop, box) => {
    let [left, right, top, bottom] = [Math.max(box.left, 0), Math.min(box.right, innerWidth), Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    for (let at = stop.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX === "visible") continue;
      const frame = at.getBoundingClientRect();
      [left, right, top, bottom] = [Math.max(left, frame.left), Math.min(right, frame.right), Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
    }
    return [left, right, top, bottom];
  };
  const inSight = stop => {
    for (const box of stop.getClientRects()) {
      const [left, right, top, bottom] = clipped(stop, box);
      if (right - left < 1 || bottom - top < 1) continue;
      for (const across of [.5, .1, .9, .3, .7]) for (const down of [.5, .2, .8]) {
        const hit = document.elementFromPoint(left + (right - left) * across, top + (bottom - top) * down);
        if (hit && (stop.contains(hit) || hit.closest("label")?.control === stop)) return "";
      }
    }
    return "covered or out of sight";
  };
  const nameOf = stop => `${stop.localName} ${stop.id || stop.className.baseVal || stop.className} “${(stop.textContent || stop.value || "").trim().slice(0, 40)}”`;
  const walk = window.lrpWalk = {count: stops.length, seen: [], names: stops.map(nameOf), faults: [], unsure: []};
  let last = null;
  walk.look = () => {
    const stop = document.activeElement;
    if (!stop || stop === document.body || stop === document.documentElement || stop === last) return;
    last = stop;
    walk.seen.push(numbers.has(stop) ? numbers.get(stop) : -1);
    if (!numbers.has(stop) && !stop.closest("#lrp-meaning")) walk.faults.push(`${nameOf(stop)}: a stop that the page does not show`);
    const fault = ring(stop);
    if (fault) walk.faults.push(`${nameOf(stop)}: ${fault}`);
    if (inSight(stop)) walk.unsure.push(stop);
  };
  // A key that is held down outruns the browser's scrolling: what was not in sight then is looked at again once the page stands still.
  walk.settled = async () => {
    for (const stop of walk.unsure) {
      stop.focus();
      for (let frame = 0; frame < 3; frame += 1) await new Promise(next => requestAnimationFrame(() => setTimeout(next)));
      const fault = inSight(stop);
      if (fault) walk.faults.push(`${nameOf(stop)}: ${fault}`);
    }
    return walk.faults;
  };
  addEventListener("keydown", event => { if (event.key === "Tab") walk.look(); }, true);
  walk.from = number => { last = stops[number]; last.focus(); walk.seen = []; };
  walk.passed = () => walk.seen.filter(number => number >= 0);
}"""
# Where reading goes back: a stop that lies wholly above the one before it, in the same column.
BACKWARDS = """stopsOf => {
  const stops = eval(stopsOf)().filter(stop => !stop.closest(".lrp-skip"));
  const found = stops.filter(stop => stop.tabIndex > 0).map(stop => `${stop.outerHTML.slice(0, 80)}: tabindex above 0`);
  const scrolls = part => ["auto", "scroll"].includes(getComputedStyle(part).overflowY);
  const framesOf = stop => { const frames = []; for (let at = stop; at; at = at.parentElement) if (scrolls(at)) frames.push(at); return frames; };
  const boxOf = (stop, other) => {
    const frames = framesOf(other);  // what scrolls in a frame of its own stands where its frame does
    const shown = framesOf(stop).filter(frame => !frames.includes(frame)).pop() || stop;
    return shown.getClientRects()[0] || shown.getBoundingClientRect();
  };
  stops.slice(1).forEach((stop, number) => {
    const before = boxOf(stops[number], stop), after = boxOf(stop, stops[number]);
    if (after.bottom <= before.top && after.left < before.right)
      found.push(`${stop.outerHTML.slice(0, 80)}: above the stop before it, ${stops[number].outerHTML.slice(0, 80)}`);
  });
  return found;
}"""


# Where the focus is, for the link past the menu: in the text, and then at the first stop in it.
IN_TEXT = """stopsOf => [document.activeElement.id, eval(stopsOf)().find(stop => stop.closest("main")) === document.activeElement]"""


def tab(keys: CDPSession, times: int, modifiers: int = 0) -> None:
    """Presses Tab so many times, as a reader who holds it down: the key comes up once."""
    key = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9, "nativeVirtualKeyCode": 9, "modifiers": modifiers}
    for _ in range(times):
        keys.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def walk(page: Page, keys: CDPSession, order: list[int], back: bool) -> list[str]:
    """Goes from where the focus is through the stops of that order; what was wrong on the way."""
    most, pressed = 3 * len(order) + 40, 0  # a field for a date has four stops within, a meaning that opens has one
    while (left := len(order) - len(page.evaluate("lrpWalk.look(), lrpWalk.passed()"))) > 0 and pressed < most:
        inside = max(left - 1, 1)
        tab(keys, inside, SHIFT if back else 0)
        pressed += inside
        if left == 1:
            page.wait_for_timeout(OUT)
    passed = page.evaluate("lrpWalk.passed()")
    if passed == order:
        return []
    names = page.evaluate("lrpWalk.names")
    at = next(
        number for number, pair in enumerate(zip([*passed, -1], [*order, -1], strict=False)) if pair[0] != pair[1]
    )
    where = f"{'back' if back else 'on'} from {names[order[at - 1]] if at else 'the start'}"
    came = names[passed[at]] if at < len(passed) else "nothing"
    return [f"{where}: came to {came}, not to {names[order[at]] if at < len(order) else 'the end'}"]


def round_trip(page: Page, keys: CDPSession, whole: bool) -> tuple[int, list[str]]:
    """Walks the page on and back, each time out of it and in again at its other end; how many stops it saw, what was wrong."""
    page.evaluate(WATCH, STOPS)
    count = page.evaluate("lrpWalk.count")
    laid_out = page.add_style_tag(content=LAID_OUT)
    faults = page.evaluate(BACKWARDS, STOPS)
    laid_out.evaluate("style => style.remove()")
    first, last = (count, 0) if whole or count <= WHOLE else (AT_EACH_END, count - AT_EACH_END)
    legs: list[tuple[list[int], int | None, bool]] = [(list(range(first)), None, False)]
    if last:
        legs += [([*range(last, count), 0], last - 1, False), ([*reversed(range(last, count - 1))], count - 1, True)]
        legs += [([*reversed(range(first)), count - 1], first, True)]
    else:
        legs[0][0].append(0)
        legs += [([*reversed(range(count - 1)), count - 1], count - 1, True)]
    for order, start, back in legs:
        if start is not None:
            page.evaluate("number => lrpWalk.from(number)", start)
        faults += walk(page, keys, order, back)
    return min(count, first + count - last) if last else count, faults + page.evaluate("lrpWalk.settled()")


def skipped(page: Page, keys: CDPSession) -> list[str]:
    """What is wrong with the link past the menu: Enter on the first stop leads to the text, the next Tab to what is in it."""
    page.evaluate("lrpWalk.from(0)")
    first = page.evaluate("document.activeElement.className")
    page.keyboard.press("Enter")
    text = page.evaluate(IN_TEXT, STOPS)[0]
    tab(keys, 1)
    came = page.evaluate(IN_TEXT, STOPS)[1]
    return [] if (first, text, came) == ("lrp-skip", "content", True) else [f"skip link: {first}, {text}, {came}"]


def walk_all(site: Path, browser: Browser, address: str, whole: bool) -> tuple[int, int, dict[str, list[str]]]:
    """Pages and stops walked, and what was wrong on each."""
    page = opened(browser, address)
    keys, stops, found = page.context.new_cdp_session(page), 0, dict[str, list[str]]()
    pages = addresses(site)
    for where in pages:
        open_settled(page, where)
        seen, faults = round_trip(page, keys, whole)
        stops += seen
        found[f"/{where}"] = (faults + skipped(page, keys))[:10]
    page.context.close()
    return len(pages), stops, {where: faults for where, faults in found.items() if faults}


def test_tab_goes_through_every_page_in_order_and_in_sight_and_shift_tab_back(
    site: Path, browser: Browser, address: str
) -> None:
    pages, stops, found = walk_all(site, browser, address, whole=False)
    assert found == {}
    record("keyboard", pages=pages, stops=stops, faults=0)


@pytest.mark.long
def test_tab_goes_through_every_stop_of_the_longest_pages_too(site: Path, browser: Browser, address: str) -> None:
    assert walk_all(site, browser, address, whole=True)[2] == {}
