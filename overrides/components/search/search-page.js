// The page of search: results as one types, what else to do where there are none, and the query in the address.
// search.js finds; without it the page is its lists.
(function () {
  "use strict";

  const { latest, sayer, element, marked, older, addressOf, behindTheMark, queryOf, PAUSE } = window.lrpFind;
  const PAGE = 10; // results at a time
  const SLOW = 400; // milliseconds without an answer before the page says that it is searching
  const root = document.querySelector('[data-module="search"]');
  const field = root.querySelector("input");
  const [status, list] = [root.querySelector('[role="status"]'), root.querySelector("#search-results")];
  const [advice, more] = [root.querySelector(".lrp-find__advice"), root.querySelector(".lrp-find__more")];
  const rest = [...root.parentElement.children].filter((one) => one !== root);
  const say = sayer(status);
  let most = PAGE;
  let entered = false; // the query came as a whole: with the address, or by the button
  let waiting;
  let remembering;

  function lists(shown) { // the tasks, the pages and the A to Z, which stand below where nothing is asked
    rest.forEach((one) => { one.hidden = !shown; });
  }

  function wipe() {
    list.replaceChildren();
    advice.replaceChildren();
    [list, advice, more].forEach((one) => { one.hidden = true; });
  }

  function clear() {
    clearTimeout(waiting);
    ask.forget();
    wipe();
    say("", 0);
    lists(true);
  }

  function item(address, title, where, line) {
    const to = element("a", "", ...title);
    to.href = addressOf(address);
    return element("li", "", to, element("small", "", where), line.length ? element("p", "", ...line) : null);
  }

  function meaning(term) {
    const made = item(term.address, [term.title], "Meaning · Glossary", [term.text.split("\n")[0]]);
    made.className = "lrp-results__meaning";
    if (term.today) {
      const today = element("a", "", term.today.title);
      today.href = addressOf(term.today.address);
      made.append(element("p", "", `${older(term)} Today: `, today, "."));
    }
    return made;
  }

  function again(text, words) { // a query to follow instead
    const to = element("a", "", words);
    to.href = behindTheMark(text);
    return to;
  }

  function advise(answer) {
    const offers = answer.suggested.map((one) =>
      element("p", "", "Did you mean ", again(one.letters, `${one.letters} (${one.expansion})`), "?"));
    const mended = answer.corrected.length && answer.results.length
      ? [element("p", "", `Shown for ${answer.corrected.map(([, word]) => `“${word}”`).join(" and ")}.`)] : [];
    const found = answer.count || answer.panel.length;
    const help = !found ? [nothing(answer)] : answer.partly ? [element("p", "", "No place says all of this. The nearest come first. ",
      "You can also find your ", way("tasks", "task"), " or look through the ", way("a-to-z", "A to Z"), " below.")] : [];
    advice.replaceChildren(...offers, ...mended, ...help);
    advice.hidden = !advice.children.length;
    return found;
  }

  function way(anchor, words) {
    const to = element("a", "", words);
    to.href = `#${anchor}`;
    return to;
  }

  function nothing(answer) {
    const why = answer.searched.length
      ? `Searched for: ${answer.searched.join(", ")}.` : "These words alone say too little. Add what it is about.";
    const near = answer.nearest.map((one) => element("li", "", again(one.letters, `${one.letters} (${one.expansion})`)));
    return element("div", "", element("p", "", why),
      ...(near.length ? [element("p", "", "The nearest terms:"), element("ul", "", ...near)] : []),
      element("p", "", "Or look through the ", way("a-to-z", "A to Z"), ", find your ", way("tasks", "task"),
        " or choose from the ", way("pages", "pages"), "."));
  }

  function show(answer, text) {
    if (text !== field.value) return;
    clearTimeout(waiting);
    const found = advise(answer);
    list.replaceChildren(...answer.panel.map(meaning),
      ...answer.results.map((unit) => item(unit.address, marked(unit.name), `${unit.part} · ${unit.kind}`, marked(unit.line))));
    list.hidden = !found;
    more.hidden = !answer.more;
    const count = answer.count + answer.panel.length;
    say(found ? `${count} ${count === 1 ? "result" : "results"} for “${text.trim()}”.` : `Nothing found for “${text.trim()}”.`,
      entered ? 0 : PAUSE);
    lists(!found || answer.partly);
    if (entered) bringIntoView();
    entered = false;
  }

  // On a small or enlarged screen what was found stands below the first screen.
  function bringIntoView() {
    if (status.getBoundingClientRect().top > innerHeight * 0.6) status.scrollIntoView();
  }

  const ask = latest(show, () => {
    clear();
    say("A part of the search could not be loaded. Use the A to Z below, or load this page again.", 0);
    const again = element("button", "", "Load this page again"); // what is asked stands in its address
    again.type = "button";
    again.addEventListener("click", () => { remember(); location.reload(); });
    advice.replaceChildren(element("p", "", "Go to the ", way("a-to-z", "A to Z"), "."), again);
    advice.hidden = false;
  });

  function run() {
    if (!field.value.trim()) { clear(); return; }
    clearTimeout(waiting);
    waiting = setTimeout(() => { wipe(); say("Searching …", 0); }, SLOW); // no answer to another query stands meanwhile
    ask(field.value, most);
  }

  function remember() {
    history.replaceState(null, "", location.pathname + (field.value.trim() ? behindTheMark(field.value) : ""));
  }

  function take() {
    clearTimeout(remembering);
    const query = queryOf(location.hash) ?? queryOf(location.search);
    if (query === null) {
      if (field.value && location.hash) { field.value = ""; clear(); document.getElementById(location.hash.slice(1))?.scrollIntoView(); }
      return;
    }
    field.value = query;
    most = PAGE;
    remember();
    enter();
  }

  function enter() {
    entered = true;
    run();
  }

  function listen() {
    field.addEventListener("input", () => {
      most = PAGE;
      entered = false;
      clearTimeout(remembering);
      remembering = setTimeout(remember, PAUSE); // so that a reload or the way back finds what was typed
      run();
    });
    field.addEventListener("change", remember);
    field.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (matchMedia("(pointer: coarse)").matches) field.blur(); // the keys on the screen make room
      remember();
      enter();
    });
    more.querySelector("button").addEventListener("click", async () => {
      const before = list.children.length;
      most += PAGE;
      await ask(field.value, most);
      list.children[before]?.querySelector("a").focus();
    });
    window.addEventListener("hashchange", take);
  }

  listen();
  take();
})();
