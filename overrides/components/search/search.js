// The box of search in the header of every page, and what the page of search (search-page.js) shares with it. The engine and
// its index are loaded when a reader first types, and what is typed stays here: in the page, and in its address after "#",
// which browsers do not send.
/**
 * On an option of the list.
 * @typedef {DOMStringMap} Option
 * @property {string} [href] - where it leads
 */
(function () {
  "use strict";

  const ENGINE = new URL("search-engine.js", document.currentScript.src);
  const HOME = new URL("../../", ENGINE);
  const NOW = new URL("search/now.js", HOME).href;
  const LONGEST = 200;
  const FIRST = 6; // results under the header's box
  const PAUSE = 500; // milliseconds without a key before a count is said, and before the address follows
  const PATIENCE = 15000; // milliseconds until a script that has not come counts as missing
  let loading = null;

  // Every script that a script of ours asks for comes from the site's own folder: with Trusted Types the browser sees to it.
  if (window.trustedTypes) {
    window.trustedTypes.createPolicy("default", {
      createScriptURL: (url) => (new URL(url, document.baseURI).href.startsWith(HOME.href) ? url : null),
    });
  }

  function script(address) {
    return new Promise((give, fail) => {
      const made = document.createElement("script");
      made.src = address;
      made.onload = () => { made.remove(); give(); };
      made.onerror = () => { made.remove(); fail(new Error(`${address} is missing.`)); };
      setTimeout(() => fail(Object.assign(new Error(`${address} has not come.`), { late: true })), PATIENCE);
      document.head.append(made);
    });
  }

  async function engine(address = ENGINE.href) {
    await script(address);
    if (!window.lrpSearch) throw new Error("The search engine is broken.");
    return window.lrpSearch;
  }

  // Since this page was opened a release may have taken its parts away: search/now.js names the engine of today, which
  // then asks for its index anew. The "?" has even a browser or a host that keeps files unasked look for them again.
  async function engineOfToday() {
    const asked = `?${Date.now()}`;
    let name = "";
    window.lrpSearchNow = (now) => { name = now; };
    await script(NOW + asked);
    const today = await engine(new URL(name, ENGINE).href);
    today.renew(asked);
    return today;
  }

  function load(begin) {
    const mine = begin();
    mine.catch(() => { if (loading === mine) loading = null; }); // what failed is asked for again the next time
    loading = mine;
    return mine;
  }

  async function find(text, most) {
    const first = loading || load(engine);
    try {
      return await (await first).find(text, most);
    } catch (error) {
      if (error.late) throw error;
      console.warn(error);
      if (loading === first) loading = null; // else another query has begun anew already
      return (await (loading || load(engineOfToday))).find(text, most);
    }
  }

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content.filter((one) => one !== null));
    return made;
  }

  function marked(runs) {
    return runs.map(([text, found]) => (found ? element("mark", "", text) : text));
  }

  function queryOf(address) {
    const found = /[?&#]q=([^&#]*)/.exec(address);
    try {
      return found ? decodeURIComponent(found[1].replace(/\+/g, " ")).slice(0, LONGEST) : null;
    } catch {
      return found[1].slice(0, LONGEST); // a "%" by itself
    }
  }

  function behindTheMark(query) {
    return `#q=${encodeURIComponent(query.slice(0, LONGEST))}`;
  }

  // Answers come in their order, whatever was loaded first: only the newest is shown, and none that is no longer waited for.
  function latest(show, failed) {
    let newest = 0;
    const ask = async (text, ...more) => {
      newest += 1;
      const mine = newest;
      try {
        const answer = await find(text, ...more);
        if (mine === newest) show(answer, text);
      } catch (error) {
        console.error(error);
        if (mine === newest) failed();
      }
    };
    return Object.assign(ask, { forget() { newest += 1; } });
  }

  // What is said of an answer waits for a pause in typing: a reader who listens hears the last count alone.
  function sayer(status) {
    let coming;
    return (words, delay = PAUSE) => {
      clearTimeout(coming);
      if (delay) coming = setTimeout(() => { status.textContent = words; }, delay); else status.textContent = words;
    };
  }

  // Where a place is, from any page, and from a folder too, where no server adds the name of the file.
  function addressOf(address) {
    const whole = new URL(address, HOME);
    if (whole.protocol === "file:" && whole.pathname.endsWith("/")) whole.pathname += "index.html";
    return whole.href;
  }

  function meaningOf(term) {
    const meaning = term.text.split("\n")[0];
    if (!term.today) return meaning;
    return `${older(term)} Say ${term.today.title}. ${meaning}`;
  }

  function older(term) {
    return term.since ? `No longer used since ${term.since}.` : "An older name.";
  }

  // The header's box: first results under it as one types, by arrows, Enter and Escape.

  const list = element("ul", "lrp-quick__list");
  const status = element("p", "lrp-hidden");
  const say = sayer(status);
  const results = addressOf("search/");
  let field = null;
  let active = -1;

  const all = () => results + behindTheMark(field.value.trim());

  function close() {
    ask.forget(); // an answer that is still to come does not open the list again
    list.hidden = true;
    list.replaceChildren();
    leave();
    field.setAttribute("aria-expanded", "false");
  }

  function leave() { // the list, for the field
    active = -1;
    field.removeAttribute("aria-activedescendant");
    [...list.children].forEach((option) => option.setAttribute("aria-selected", "false"));
  }

  function open(option, event) {
    const address = option.dataset.href;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1) { window.open(address, "_blank", "noopener"); return; }
    location.assign(address);
    close();
  }

  function choose(next) {
    const options = [...list.children];
    if (!options.length) return;
    active = (next + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    field.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  }

  function option(address, ...content) {
    const made = element("li", "", ...content);
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.id = `lrp-quick-${list.children.length}`;
    made.dataset.href = address;
    list.append(made);
  }

  function show(answer) {
    if (document.activeElement !== field || !field.value.trim()) { close(); return; }
    list.replaceChildren();
    leave();
    answer.suggested.slice(0, 2).forEach((one) =>
      option(results + behindTheMark(one.letters), `Did you mean ${one.letters} (${one.expansion})?`));
    answer.panel.forEach((term) =>
      option(addressOf(term.address), element("strong", "", term.title), element("small", "", meaningOf(term))));
    answer.results.slice(0, Math.max(2, FIRST - list.children.length)).forEach((unit) =>
      option(addressOf(unit.address), ...marked(unit.name), element("small", "", `${unit.part} · ${unit.kind}`)));
    option(all(), answer.count || answer.panel.length ? "Show all results" : "Nothing found here. Look at what else you can do");
    unfold();
    const count = list.children.length - 1;
    say(count ? `${count} first results. Use the arrow keys.` : "Nothing found.");
  }

  function unfold() {
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  }

  const ask = latest(show, () => {
    close();
    option(`${results}#a-to-z`, "Search could not be loaded. Look at the A to Z");
    unfold();
    say("Search could not be loaded. Use the arrow keys for the A to Z.");
  });

  function answerTyping(form) {
    field.addEventListener("input", () => {
      if (field.value.trim().length > 1) ask(field.value, FIRST); else close();
    });
    field.addEventListener("blur", () => close());
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    ["click", "auxclick"].forEach((name) => list.addEventListener(name, (event) => {
      const chosen = event.target.closest("li");
      if (chosen && event.button < 2) open(chosen, event);
    }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.assign(all());
      close();
    });
  }

  function answerKeys() {
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // the keys choose letters then
      if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) leave();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) return;
        event.preventDefault();
        choose(active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1));
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        open(list.children[active], event);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, select, textarea, [contenteditable]");
      if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      field.focus();
      field.select();
    });
  }

  function start(form) {
    field = form.querySelector("input");
    Object.assign(list, { id: "lrp-quick-list", hidden: true });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "First results");
    status.setAttribute("role", "status");
    form.append(list, status);
    Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", "aria-keyshortcuts": "/" })
      .forEach(([name, value]) => field.setAttribute(name, value));
    answerTyping(form);
    answerKeys();
  }

  // What the page of search needs as well.
  window.lrpFind = { latest, sayer, element, marked, older, addressOf, behindTheMark, queryOf, PAUSE };

  document.querySelectorAll(".lrp-quick").forEach(start);
})();
