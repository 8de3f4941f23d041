// The list of abbreviations for a report: ticked terms, and those that a pasted text names. The text is kept nowhere.
// glossary.js starts it, and hands over what both need. Saving needs docx.js.
/**
 * The parts of the list.
 * @typedef {DOMStringMap} ListParts
 * @property {string} read - the button that reads the text
 * @property {string} clear - the one that clears text and list
 * @property {string} copy - the one that copies the table
 * @property {string} docx - the one that saves it for Word
 * @property {string} csv - the one that saves it for a spreadsheet
 * @property {string} meanings - the box that adds the meanings
 * @property {string} list - the part with the table
 * @property {string} count - how many terms are listed
 * @property {string} doubt - letters that may mean several terms
 * @property {string} unknown - letters that no term has
 * @property {string} [label] - what a cell is called where the table is narrow
 */
(function () {
  "use strict";
  var TITLE = "Abbreviations and terms", WORD = /[\p{L}\p{N}]+/u;
  var chosen = new Set(), boxes = new Map(), reading = 0, names, root, text, status, table, all, make, copy, plain;

  function part(name) { return root.querySelector("[data-" + name + "]"); }

  // In small letters, each character in its place.
  function small(text) { return text.replace(/\n/g, " ").replace(/İ/g, "I").toLowerCase(); }

  // What stands for terms, by its first word: letters exactly as they are, words in any case, the longest first.
  function namesOf(terms) {
    var names = new Map();
    function add(exact, term, spelling) {
      var said = exact ? plain(spelling) : small(plain(spelling)), first = small(WORD.exec(said)[0]), all = names.get(first) || [];
      var known = all.find(function (name) { return name.said === said && name.exact === exact; });
      if (!known) all.push(known = { said: said, exact: exact, terms: new Set() });
      known.terms.add(term);
      names.set(first, all.sort(function (a, b) { return b.said.length - a.said.length; }));
    }
    terms.forEach(function (term) {
      [term.letters].concat(term.written).filter(Boolean).forEach(add.bind(null, true, term));
      [term.words].concat(term.called).forEach(add.bind(null, false, term));
    });
    return names;
  }

  // Looks like an abbreviation: mostly capitals, no Roman number, no part of a postcode.
  function looksShort(word) {
    var capitals = word.match(/\p{Lu}/gu) || [];
    return capitals.length > 1 && capitals.length * 2 >= word.length && word.length < 13 && !/^(?:[IVX]+|[A-Z]{1,2}\d.?|\d[A-Z]{2})$/.test(word);
  }

  // Adds what a piece of text names to `found`. A run of words in capitals is a heading, not abbreviations.
  function readPiece(piece, names, found) {
    var exact = plain(piece), lower = small(exact), end = 0;
    var loud = Array.from(exact.matchAll(/\p{Lu}{2,}(?: \p{Lu}{2,}){2,}/gu), function (run) { return [run.index, run.index + run[0].length]; });
    function count(kind, key, place) {
      var seen = found[kind].get(key) || { times: 0, text: exact.slice(Math.max(0, place - 40), place + 50) };
      seen.times += 1;
      found[kind].set(key, seen);
    }
    for (var hit of exact.matchAll(/[\p{L}\p{N}]+(?:[&/][\p{L}\p{N}]+)*/gu)) {
      var place = hit.index;
      if (place < end) continue;
      while (loud.length && loud[0][1] <= place) loud.shift();
      var heading = loud.length && loud[0][0] <= place;
      var first = WORD.exec(lower.slice(place, place + 60))[0];
      var name = (names.get(first) || []).concat(names.get(first.replace(/s$/, "")) || []).find(function (name) {
        return (name.exact ? exact : lower).startsWith(name.said, place) && /^(?:'?s)?(?![\p{L}\p{N}])/u.test(exact.slice(place + name.said.length, place + name.said.length + 4));
      });
      if (!name) {
        if (!heading && looksShort(hit[0])) count("unknown", hit[0].replace(/s$/, ""), place);
        continue;
      }
      end = place + name.said.length;
      if (name.terms.size > 1) count("doubt", name, place);
      else name.terms.forEach(function (term) { if (!heading || !name.exact || !term.explicit) count("terms", term, place); });
    }
  }

  // Reads a text in pieces, cut after a line, a sentence or a word: a long one does not freeze the page.
  function readText(text, names, tell, done, wanted) {
    var found = { terms: new Map(), doubt: new Map(), unknown: new Map() };
    (function next(place) {
      if (!wanted()) return;
      var rest = text.slice(place, place + 50000), size = rest.length;
      if (size === 50000) size = Math.max(rest.lastIndexOf("\n"), rest.lastIndexOf(". ")) + 1 || rest.lastIndexOf(" ") + 1 || size;
      readPiece(rest.slice(0, size), names, found);
      if (size === text.length - place) return done(found);
      tell("Reading: " + Math.floor(100 * place / text.length) + " %");
      setTimeout(next, 0, place + size);
    })(0);
  }

  // A cell that spreadsheets take for a formula is made text, as source/cells.py makes it.
  function harmless(cell) {
    return cell.replace(/^(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])/, "'");
  }

  function save(data, kind, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type: kind }));
    link.download = "abbreviations." + name;
    link.click();
    setTimeout(URL.revokeObjectURL, 1000, link.href);
  }

  function say(words) { status.textContent = words; }

  function tick(words, name, term) {
    var label = make("label", "lrp-report__tick"), box = make("input");
    box.type = "checkbox";
    box.checked = chosen.has(term);
    box.setAttribute("aria-label", words + ": " + name);
    box.addEventListener("change", function () { choose([term], box.checked); });
    label.append(box, " " + words);
    boxes.set(term, (boxes.get(term) || []).concat(box));
    return label;
  }

  function choose(terms, on) {
    terms.forEach(function (term) {
      chosen[on ? "add" : "delete"](term);
      boxes.get(term).forEach(function (box) { box.checked = on; });
    });
    show();
  }

  function ordered() { return Array.from(chosen).sort(function (a, b) { return a.name.localeCompare(b.name, "en") || a.place - b.place; }); }

  // The list as rows, the head first.
  function rows() {
    return [["Abbreviation", "In full", "Meaning"]].concat(ordered().map(function (term) {
      var now = all().find(function (other) { return other.id === term.say; });
      return [term.letters, term.words, (now ? "An older name. Say " + now.name + ". " : "") + term.meaning];
    })).map(function (cells) { return part("meanings").checked ? cells : cells.slice(0, 2); });
  }

  function show() {
    var all = rows(), listed = ordered();
    table.textContent = "";
    [make("thead"), make("tbody")].forEach(function (group, rest) {
      table.append(group);
      all.slice(rest, rest ? undefined : 1).forEach(function (cells, place) {
        var row = make("tr"), last = make("td");
        cells.forEach(function (words, column) {
          var cell = make(rest && column ? "td" : "th", "", words || "–");
          if (rest && column) cell.dataset.label = all[0][column]; else cell.scope = rest ? "row" : "col";
          row.append(cell);
        });
        if (rest) last.append(takeOut(listed[place], place));
        row.append(last);
        group.append(row);
      });
    });
    part("list").hidden = !listed.length;
    part("count").textContent = listed.length ? "(" + listed.length + ")" : "";
  }

  function takeOut(term, place) {
    var button = make("button", "lrp-quiet", "Take out");
    button.setAttribute("aria-label", "Take out: " + term.name);
    button.addEventListener("click", function () {
      choose([term], false);
      var left = table.querySelectorAll("button");
      (left[place] || left[place - 1] || text).focus();
    });
    return button;
  }

  // Fills a part of the result by letters, or hides it.
  function fill(name, found, made) {
    var box = part(name), entries = Array.from(found).sort(function (a, b) { return (a[0].said || a[0]) < (b[0].said || b[0]) ? -1 : 1; });
    box.hidden = !entries.length;
    box.lastElementChild.replaceChildren.apply(box.lastElementChild, entries.map(function (entry) {
      var note = make("span", "lrp-source", entry[1].times + (entry[1].times > 1 ? " times" : " time") + " · … " + entry[1].text.replace(/^\S+\s|\s\S+$/g, "") + " …");
      return made(entry[0], note);
    }));
  }

  function tell(found) {
    choose(Array.from(found.terms.keys()), true);
    fill("doubt", found.doubt, function (name, note) {
      var set = make("fieldset");
      set.append(make("legend", "", name.said), note);
      name.terms.forEach(function (term) { set.append(tick(term.words + (term.users && " (" + term.users + ")"), name.said, term)); });
      return set;
    });
    fill("unknown", found.unknown, function (letters, note) {
      var item = make("li", "", make("strong", "", letters));
      item.append(" ", note);
      return item;
    });
    say("Terms added to the list: " + found.terms.size + ". Letters with more than one meaning: " + found.doubt.size + ". Unknown abbreviations: " + found.unknown.size + ".");
  }

  var works = {
    read: function () {
      var mine = reading += 1;
      if (!text.value.trim()) return say("Paste a text first.");
      names = names || namesOf(all());
      readText(text.value, names, say, tell, function () { return mine === reading; });
    },
    clear: function () {
      reading += 1;
      text.value = "";
      tell({ terms: new Map(), doubt: [], unknown: [] });
      choose(Array.from(chosen), false);
      say("Text and list are cleared.");
    },
    copy: function () {
      var shown = table.cloneNode(true);
      shown.querySelectorAll("tr > :last-child").forEach(function (cell) { cell.remove(); });
      shown.querySelectorAll("th, td").forEach(function (cell) { cell.textContent = harmless(cell.textContent); });
      copy(rows().map(function (cells) { return cells.map(harmless).join("\t"); }).join("\n"), "<table>" + shown.innerHTML + "</table>").then(function () {
        say("The table is copied. Paste it into the report.");
      }, function () {
        getSelection().selectAllChildren(table);
        say("Your browser does not let this page copy. The table is selected: copy it with Ctrl and C.");
      });
    },
    docx: function () {
      var all = rows(), block = { head: all[0], rows: all.slice(1), widths: all[0].length > 2 ? [18, 32, 50] : [25, 75] };
      save(window.lrp.docx({ title: TITLE, date: new Date(), blocks: [{ heading: TITLE }, block] }), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx");
    },
    csv: function () {
      save("\ufeff" + rows().map(function (cells) {
        return cells.map(function (cell) { return '"' + harmless(cell).replace(/"/g, '""') + '"'; }).join(",") + "\r\n";
      }).join(""), "text/csv", "csv");
    }
  };

  // Starts the list in an element; the function that makes a box to tick for a term comes back.
  function start(element, terms, tools) {
    root = element;
    all = terms;
    make = tools.make;
    copy = tools.copy;
    plain = tools.plain;
    text = root.querySelector("textarea");
    status = root.querySelector("[role=status]");
    table = root.querySelector("table");
    Object.keys(works).forEach(function (name) { part(name).addEventListener("click", works[name]); });
    part("meanings").addEventListener("change", show);
    root.hidden = false;
    return tick;
  }

  window.lrp = Object.assign(window.lrp || {}, { termList: start });
})();
