// Opens the meaning of an abbreviation beside its letters. The meanings stand in the list at the end of the page; without
// this script, or in a browser without popovers, the letters stay the link to the glossary that they are.
(function () {
  "use strict";

  var SHOW = 200, HIDE = 300; // milliseconds: no flicker on the way across a line, time to move into the box

  function span(name, children) {
    var made = document.createElement("span");
    made.className = name;
    made.append.apply(made, children);
    return made;
  }

  var open = null; // the letters whose meaning is shown
  var pinned = false; // by a tap, a click or a key: leaving with the pointer does not close it
  var wait = 0;
  var quiet = false; // focus that comes back from the box opens nothing
  var box = span("lrp-meaning", []);

  function entryOf(control) {
    return document.getElementById("used-" + control.hash.slice(1));
  }

  function control(target) {
    var found = target instanceof Element ? target.closest("a.lrp-abbr") : null;
    return found && found.hasAttribute("aria-expanded") ? found : null;
  }

  function fill(letters) {
    var entry = entryOf(letters);
    var parts = Array.from(entry.querySelector("dd").children).map(function (part) {
      var copy = part.cloneNode(true);
      copy.removeAttribute("id");
      return copy;
    });
    box.replaceChildren.apply(box, parts);
    box.setAttribute("aria-label", "Meaning of " + entry.querySelector("dt").textContent);
  }

  function place(letters) {
    var at = letters.getClientRects()[0] || letters.getBoundingClientRect();
    var size = box.getBoundingClientRect();
    var page = document.documentElement;
    var left = Math.max(8, Math.min(at.left, page.clientWidth - size.width - 8));
    var above = at.bottom + size.height > window.innerHeight && at.top > size.height;
    box.style.left = left + window.scrollX + "px";
    box.style.top = (above ? at.top - size.height : at.bottom) + window.scrollY + "px";
  }

  function show(letters) {
    clearTimeout(wait);
    if (open === letters) return;
    hide();
    fill(letters);
    letters.after(box); // next in the order of reading and of the Tab key
    box.showPopover();
    place(letters);
    letters.setAttribute("aria-expanded", "true");
    letters.setAttribute("aria-controls", box.id);
    open = letters;
  }

  function hide() {
    clearTimeout(wait);
    if (!open) return;
    open.setAttribute("aria-expanded", "false");
    open.removeAttribute("aria-controls");
    open = null;
    pinned = false;
    box.remove(); // nothing of it stays in what is copied or kept as a record
  }

  function later(work, time) {
    clearTimeout(wait);
    wait = setTimeout(work, time);
  }

  function within(target) {
    return target instanceof Node && (box.contains(target) || (open && open.contains(target)));
  }

  // Letters whose meaning stands on the page become buttons that say so.
  function equip() {
    document.querySelectorAll("a.lrp-abbr").forEach(function (letters) {
      if (!entryOf(letters)) return;
      letters.setAttribute("role", "button");
      letters.setAttribute("aria-expanded", "false");
      if (document.getElementById(entryOf(letters).id + "-words")) {
        letters.setAttribute("aria-describedby", entryOf(letters).id + "-words");
      }
    });
  }

  function followPointer() {
    document.addEventListener("pointerover", function (event) {
      if (event.pointerType === "touch") return;
      var letters = control(event.target);
      if (letters && letters !== open) later(function () { show(letters); }, SHOW);
      else if (within(event.target)) clearTimeout(wait);
    });
    document.addEventListener("pointerout", function (event) {
      if (event.pointerType === "touch" || within(event.relatedTarget)) return;
      if (control(event.target) || within(event.target)) {
        later(function () {
          if (!pinned && !within(document.activeElement)) hide();
        }, HIDE);
      }
    });
  }

  function followFocus() {
    document.addEventListener("focusin", function (event) {
      var letters = control(event.target);
      if (letters && !quiet) show(letters);
      else if (open && !within(event.target)) hide();
    });
    document.addEventListener("focusout", function (event) {
      if (open && within(event.target) && event.relatedTarget && !within(event.relatedTarget)) hide();
    });
  }

  function answerClicks() {
    document.addEventListener("pointerdown", function (event) {
      if (open && !within(event.target)) hide();
    });
    document.addEventListener("click", function (event) {
      var letters = control(event.target);
      if (!letters || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (open === letters && pinned) return hide();
      show(letters);
      pinned = true;
    });
  }

  function answerKeys() {
    document.addEventListener("keydown", function (event) {
      if (event.key === " " && control(event.target)) {
        event.preventDefault();
        event.target.click();
      }
      if (event.key !== "Escape" || !open) return;
      var letters = open;
      var inside = box.contains(document.activeElement);
      hide();
      quiet = true;
      if (inside) letters.focus();
      quiet = false;
    });
  }

  function start() {
    box.id = "lrp-meaning";
    box.setAttribute("popover", "manual");
    box.setAttribute("role", "group");
    [equip, followPointer, followFocus, answerClicks, answerKeys].forEach(function (work) { work(); });
    window.addEventListener("resize", function () { if (open) place(open); });
    window.addEventListener("beforeprint", hide);
  }

  if (!HTMLElement.prototype.showPopover || !document.querySelector('[data-module="term"]')) return;
  try {
    start();
  } catch (error) {
    console.error(error);
  }
})();
