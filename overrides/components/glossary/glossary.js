// The finder of /glossary/: terms are read from the entries of the page, and those that fit are moved to the top.
// What is typed stays here and in the address after "#", which browsers do not send. The list for a report is termlist.js.
/**
 * On the entry of a term.
 * @typedef {DOMStringMap} TermEntry
 * @property {string} say - the id of the term that is said today
 * @property {string} usual - the usual one of several meanings
 * @property {string} explicit - its letters are a word too
 * @property {string} also - another name
 * @property {string} by - who uses it
 */
(function () {
  "use strict";
  var KEYS = ["q", "in", "by"];
  var SMALL = /^(?:an?|and|doe|for|in|is|mean|of|or|stand|the|to|what)$/;

  var { plain, fold, split, key, typed, slips, sorted } = window.lrpMatching;

  function lettersOf(text) { return key(text).replace(/&/g, ""); }

  // Words as they are compared: without plural and possessive.
  function wordsOf(text) {
    return split(fold(text)).map(function (word) {
      return word === "children" ? "child" : word.length < 4 ? word : word.replace(/ies$/, "y").replace(/sses$/, "ss").replace(/([^s])s$/, "$1");
    });
  }

  function spaced(words) { return " " + words.join(" ") + " "; }

  // What always shows.
  function textOf(element) {
    if (!element) return "";
    if (element.firstElementChild) {
      element = element.cloneNode(true);
      element.querySelectorAll("[hidden], [popover], [role=tooltip]").forEach(function (part) { part.remove(); });
    }
    return element.textContent.replace(/\s+/g, " ").trim();
  }

  function read(article, place) {
    function one(name) { return textOf(article.querySelector(name)); }
    function all(name) { return Array.from(article.querySelectorAll(".lrp-term__facts > " + name), textOf); }
    var letters = one(".lrp-term__letters"), words = one(".lrp-term__words"), meaning = one(".lrp-term__meaning");
    var written = all("abbr"), called = all("[data-also]"), users = one("[data-by]"), kind = article.querySelector('[href^="#in-"]');
    return {
      id: article.id, article: article, place: place, name: letters || words, letters: letters, words: words, meaning: meaning,
      written: written, called: called, users: users, kind: kind.hash.slice(4), say: article.dataset.say, explicit: "explicit" in article.dataset,
      rank: (article.dataset.say ? 0 : 0.5) + ("usual" in article.dataset ? 0.6 : 0),
      spelled: [letters].concat(written).filter(Boolean).map(lettersOf), named: spaced(wordsOf(words)),
      also: called.map(function (name) { return spaced(wordsOf(name)); }), about: spaced(wordsOf(meaning + " " + kind.textContent + " " + users))
    };
  }

  function asked(text) {
    text = typed(text, function (letters) { return terms.some(function (term) { return term.written.concat(term.letters).some(function (name) { return key(name) === letters; }); }); });
    var all = wordsOf(text), words = all.filter(function (word) { return !/\s/.test(text) || !SMALL.test(word); });
    if (!words.length) words = all;
    return { words: words, whole: spaced(words), letters: lettersOf(words.length < all.length ? words.join("") : text) };
  }

  // How well a term fits, in points: its letters 1000, other letters of it 900, its name 800, another name 700; else by its
  // words. 0 where one of the query is nowhere in it.
  function fit(term, query) {
    var letters = query.letters, points = 0;
    function begins(spelling) { return spelling.startsWith(letters); }
    var place = term.spelled.findIndex(function (one) { return one === letters || one + "s" === letters; });
    if (place >= 0) return place ? 900 : 1000;
    if (term.named === query.whole) return 800;
    if (term.also.includes(query.whole)) return 700;
    var every = query.words.every(function (word) {
      var more = term.spelled.includes(word) ? 60 : term.named.includes(" " + word + " ") ? 40
        : (term.named + term.spelled.join(" ")).includes(" " + word) ? 30 : term.also.join("").includes(" " + word) ? 20 : term.about.includes(" " + word) ? 5 : 0;
      points += more / query.words.length;
      return more;
    });
    if (term.spelled.some(begins)) return 200 + points;
    if (letters.length > 3 && query.words.length < 2 && term.spelled[0] && sorted(term.spelled[0]) === sorted(letters)) return 150;
    return every ? points + (term.named.startsWith(query.whole.slice(0, -1)) ? 50 : 0) : 0;
  }

  function best(terms, points) {
    return terms.map(function (term) { return { term: term, points: points(term) }; })
      .filter(function (entry) { return entry.points > 0 && (entry.points += entry.term.rank); })
      .sort(function (a, b) { return b.points - a.points || a.term.place - b.term.place; });
  }

  // The terms that fit; today's name comes straight after a retired one that was asked for.
  function find(terms, query) {
    var entries = best(terms, function (term) { return query.letters ? fit(term, query) : 1 - term.rank; });
    var found = new Set();
    entries.forEach(function (entry) {
      found.add(entry.term);
      if (entry.points >= 700 && entry.term.say) terms.forEach(function (term) { if (term.id === entry.term.say) found.add(term); });
    });
    return Array.from(found);
  }

  // How much a word and others are alike, from 0 to 1, by two slips at most; each of them is read once.
  function likeness(word) {
    var known = new Map();
    return function (part) {
      if (!known.has(part)) {
        var off = slips(word, part, 2);
        known.set(part, off > 2 ? 0 : Math.max(0, 1 - off / Math.max(word.length, part.length)));
      }
      return known.get(part);
    };
  }

  // The terms whose letters and words are most like a query that fits none.
  function nearest(terms, query) {
    var alike = query.words.slice(0, 8).map(likeness);
    return best(terms, function (term) {
      var parts = term.spelled.concat((term.named + term.also.join("")).trim().split(/ +/));
      return alike.reduce(function (sum, one) { return sum + Math.max.apply(null, parts.map(one)); }, 0) / query.words.length * 100 - 45;
    }).slice(0, 5);
  }

  function make(name, looks, text) {
    var element = document.createElement(name);
    if (looks) element.className = looks;
    if (name === "button") element.type = name;
    element.append(text || "");
    return element;
  }

  // Copies text, and a table if there is one; fails where the browser does not allow it.
  function copy(text, html) {
    return new Promise(function (done) {
      var kinds = { "text/plain": new Blob([text], { type: "text/plain" }) };
      if (html) kinds["text/html"] = new Blob([html], { type: "text/html" });
      done(navigator.clipboard.write([new ClipboardItem(kinds)]));
    });
  }

  // Marks what was typed in what is found, without changing the page.
  function highlight(box, query) {
    if (!window.Highlight) return;
    var marks = new Highlight(), words = query.words.concat(query.letters).filter(function (word) { return word.length > 1; });
    CSS.highlights.set("lrp-found", marks);
    if (words.length) box.querySelectorAll(".lrp-term__letters, .lrp-term__words, .lrp-term__meaning").forEach(function (part) {
      var node = part.firstChild;
      for (var hit of (node.data || "").matchAll(new RegExp("(?<![\\p{L}\\p{N}])(?:" + words.join("|") + ")", "giu"))) {
        var range = new Range();
        range.setStart(node, hit.index);
        range.setEnd(node, hit.index + hit[0].length);
        marks.add(range);
      }
    });
  }

  var root, form, inputs, field, kind, agency, status, box, whole, more, articles, tick;
  var terms = [], moved = [], found = [], query, saying, remembering, coming;

  function say(words) {
    clearTimeout(saying);
    saying = setTimeout(function () { status.textContent = words || advise(); }, 250);
  }

  // Entries move here and leave a mark: ids stay alone, ticks stay set.
  function bring(many) {
    found.splice(0, many).forEach(function (term) {
      var mark = document.createComment("");
      term.article.replaceWith(mark);
      moved.push({ article: term.article, mark: mark });
      box.append(term.article);
    });
    highlight(box, query);
    more.textContent = "Show more (" + found.length + " left)";
    if (found.length) box.append(more); else more.remove();
  }

  function focusOn(place) {
    (moved[place] ? moved[place].article.querySelector("h3 a") : field).focus();
  }

  function advise() {
    if (box.hidden) return "";
    var narrowed = kind.value || agency.value, advice = make("div"), list = make("ul"), near = nearest(terms, query);
    near.forEach(function (entry) {
      var link = make("a", "", [entry.term.letters, entry.term.words].filter(Boolean).join(": "));
      link.href = "#" + entry.term.id;
      list.append(make("li", "", link));
    });
    advice.append(make("p", "", "No term fits" + (narrowed ? " in this category and agency. Choose all, or try fewer letters" : ". Try fewer letters") + ", or the words that the letters stand for."));
    if (near.length) advice.append(make("p", "", "Did you mean one of these?"), list);
    box.append(advice);
    return "No term fits." + (near.length ? " The nearest is " + near[0].term.name + "." : "");
  }

  // Reads entries: piece by piece, or all that are left.
  function all(many) {
    articles.splice(0, many || 1e4).forEach(equip);
    if (articles.length) setTimeout(all, 0, 40);
    return terms;
  }

  function equip(article) {
    var term = read(article, terms.length), button = make("button", "lrp-term__copy", "Copy link"), tools = make("div", "lrp-term__do");
    terms.push(term);
    button.setAttribute("aria-label", "Copy link to " + term.name);
    button.addEventListener("click", function () {
      copy(location.href.split("#")[0] + "#" + term.id).then(function () {
        say("The link to " + term.name + " is copied.");
        button.ariaLabel = button.textContent = "Copied";
      }, function () { location.hash = term.id; });
    });
    tools.append(tick("Add to list", term.name, term), button);
    article.lastElementChild.append(tools);
  }

  function show() {
    var text = field.value.trim().slice(0, 200), idle = !text && !kind.value && !agency.value;
    query = asked(text);
    clearTimeout(coming);
    moved.forEach(function (pair) { pair.mark.replaceWith(pair.article); });
    moved = [];
    box.textContent = "";
    box.hidden = idle;
    whole.classList.toggle("lrp-away", !idle);
    found = idle || text && !query.letters ? [] : find(all().filter(function (term) {
      return (!kind.value || term.kind === kind.value) && (!agency.value || term.users.split(", ").includes(agency.value));
    }), query);
    say(found.length && found.length + (found.length > 1 ? " terms found. First: " : " term found: ") + [found[0].letters, found[0].words].filter(Boolean).join(", ") + ".");
    bring(3);  // five more when no key follows
    coming = setTimeout(bring, 60, 5);
  }

  function given() { return /^#(?:q|in|by)=/.test(location.hash) && new URLSearchParams(location.hash.slice(1)); }

  function remember() {
    var query = new URLSearchParams();
    inputs.forEach(function (input, place) { if (input.value.trim()) query.set(KEYS[place], input.value.trim()); });
    clearTimeout(remembering);
    if (given() || String(query)) history.replaceState(null, "", String(query) ? "#" + query : location.pathname + location.search);
  }

  // The address holds a query, or the id of an entry: for that the whole A to Z comes back.
  function take() {
    var query = given();
    if (!query && (box.hidden || location.hash.length < 2)) return;
    inputs.forEach(function (input, place) {
      input.value = query && query.get(KEYS[place]) || "";
      if (input.selectedIndex < 0) input.value = "";
    });
    show();
    if (query) return;
    location.replace(location.hash);
    document.querySelector(":target")?.scrollIntoView();
  }

  function listen() {
    root.addEventListener("keydown", function (event) {
      var article = event.target.closest(".lrp-found > article"), place = moved.findIndex(function (pair) { return pair.article === article; });
      var step = { ArrowDown: 1, ArrowUp: -1, Escape: -1 - place, Enter: !article }[event.key];
      if (!step || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !(article || event.target === field && step > 0 && moved.length)) return;
      event.preventDefault();
      if (moved[place + step] || step < 0) focusOn(place + step);
    });
    more.addEventListener("click", function () {
      var from = moved.length;
      clearTimeout(coming);
      bring(60);
      focusOn(from);
    });
    field.addEventListener("input", function () {
      show();
      clearTimeout(remembering);
      remembering = setTimeout(remember, 400);
    });
    form.addEventListener("change", function (event) {
      if (event.target !== field) show();
      remember();
    });
    window.addEventListener("hashchange", take);
  }

  function start(element) {
    root = element;
    form = root.querySelector("search");
    inputs = form.querySelectorAll("input, select");
    [field, kind, agency] = inputs;
    status = root.querySelector(".lrp-found__said");
    box = root.querySelector(".lrp-found");
    whole = root.querySelector(".lrp-glossary__whole");
    articles = [...root.querySelectorAll(".lrp-term")];
    more = make("button", "lrp-quiet");
    listen();
    form.hidden = false;
    tick = window.lrp.termList(root.querySelector(".lrp-report"), all, { make: make, copy: copy, plain: plain });
    all(!location.hash && 40);
    take();
  }

  document.querySelectorAll('[data-module="glossary"]').forEach(start);
})();
