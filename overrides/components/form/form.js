// Shows a form one group at a time, then the answers to check, and makes its files on the reader's device: the Word file
// from the template of the build, a draft to go on with, a print. Answers live in the controls of the page alone: nothing
// is stored or sent, and nothing is left after leaving. Without this script the page shows every field, to print.
/**
 * On the form, its groups, fields and choices, and on the parts of the tools around them.
 * @typedef {DOMStringMap} FormData
 * @property {string} name - the name of the form, for its files
 * @property {string} version - the version of its fields
 * @property {string} saved - what is said once a file is saved
 * @property {string} moved - fields of older versions: old=now, with spaces between
 * @property {string} title - the title of a group
 * @property {string} office - a group that the office fills in
 * @property {string} type - what a field takes
 * @property {string} required - a field that has to be filled in
 * @property {string} question - what a field asks
 * @property {string} stop - the title of what stops a reader at an answer
 * @property {string} stops - the choice that stops
 * @property {string} says - what is said then
 * @property {string} from - the answers of decisions that tick a choice, with spaces between
 * @property {string} part - which of the parts it is
 * @property {string} do - what a button does
 * @property {string} [field] - the id of a field, on the links that this script makes to it
 */
/**
 * A file that was saved to go on with; read from a device, so nothing of it is taken on trust.
 * @typedef {object} Draft
 * @property {string} form - the name of the form
 * @property {number} version - the version of its fields
 * @property {{id: string, answers: string[]}[]} answers - each with the id of its field and its answers, as texts
 */
(function () {
  "use strict";
  var lrp = window.lrp = window.lrp || {};
  var MINUTE = 6e4, ASK = 20 * MINUTE, CLEAR = 22 * MINUTE; // on a shared computer, since the last input
  var MOST = 5e6; // bytes of a draft: every long answer may have 20,000 letters
  var MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  var MISSING = { date: "Give the date.", time: "Give the time.", choice: "Choose an answer.", choices: "Tick at least one." };
  var WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  function make(name, children, looks) {
    var element = document.createElement(name);
    element.className = looks || "";
    element.append.apply(element, [].concat(children));
    return element;
  }

  function button(words, job, looks) {
    var element = make("button", words, looks);
    element.type = "button";
    element.dataset.do = job;
    return element;
  }

  function fill(element, children) { element.replaceChildren.apply(element, [].concat(children)); }
  function two(number) { return String(number).padStart(2, "0"); }
  function count(number, word) { return number + " " + word + (number === 1 ? "" : "s"); }
  function cut(text) { return text.length > 200 ? text.slice(0, 200) + " …" : text; }

  // A day as year-month-day, from a date field or from day/month/year typed in a browser without date fields; else "".
  function dayOf(text) {
    var parts = (/^(\d{4})-(\d\d?)-(\d\d?)$/.exec(text) || []).slice(1);
    if (!parts.length) parts = (/^(\d\d?)[/. -](\d\d?)[/. -](\d{4})$/.exec(text) || []).slice(1).reverse();
    if (!parts.length) return "";
    var day = [parts[0], two(parts[1]), two(parts[2])].join("-"), date = new Date(day + "T00:00:00Z");
    return !isNaN(date) && date.toISOString().slice(0, 10) === day ? day : "";
  }

  function written(day) {
    var parts = day.split("-").map(Number);
    return parts[2] + " " + MONTHS[parts[1] - 1] + " " + parts[0];
  }

  function moment(date, between) {
    var figures = { timeZone: "Europe/London", day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" };
    var [day, time] = date.toLocaleString("en-GB", figures).split(", ");
    return day.split("/").reverse().join("-") + between[0] + time.replace(":", between[1]);
  }

  // An answer as its readers see it: every line break of Word and other programs is one, and what nobody sees, turns the
  // direction of writing or may stand in no XML is left out.
  function tidy(text) {
    return text.replace(/\r\n?|[\v\f\x85\u2028\u2029]/g, "\n")
      .replace(/[\0-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\p{Cs}]/gu, "");
  }

  function words(text) {
    return tidy(text).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
      .replace(/\n/g, '</w:t><w:br/><w:t xml:space="preserve">');
  }

  // A part of the template with the answers in its slots; macros/formword.py does the same for the blank form.
  function filled(text, answers, stamp) {
    return text.split("\ue005").join(stamp).replace(/\ue000([^]*?)\ue001([^]*?)\ue001([^]*?)\ue002/g, function (_, key, without, answered) {
      var answer = answers.get(key), day = answered.includes("\ue004");
      return answer ? answered.split("\ue004").join(answer).split("\ue003").join(day ? written(answer) : words(answer)) : without;
    });
  }

  // One field. Its controls are looked up anew each time, because clearing replaces them.
  function fieldOf(element) {
    var type = element.dataset.type, ticks = type === "choice" || type === "choices";
    var field = { id: element.id, element: element, type: type, ticks: ticks, passed: "" };
    field.required = "required" in element.dataset;
    field.question = element.dataset.question;
    field.fault = element.querySelector(".lrp-fault");
    field.controls = function () { return Array.from(element.querySelectorAll("input, textarea")); };

    // What was answered, as texts: none, one or several.
    field.answers = function () {
      if (ticks) return field.controls().filter(function (box) { return box.checked; }).map(function (box) { return box.value; });
      var text = field.controls()[0].value;
      return text.trim() === "" ? [] : [type === "date" ? dayOf(text) || text : text];
    };

    // Takes answers over; those that do not fit come back.
    field.take = function (answers) {
      if (!ticks) {
        var fits = answers.length === 1 && (type !== "date" || dayOf(answers[0])) && (type !== "time" || /^\d\d:\d\d$/.test(answers[0]));
        if (fits) field.controls()[0].value = answers[0];
        return fits ? [] : answers;
      }
      return answers.filter(function (answer, place) {
        var box = field.controls().find(function (one) { return one.value === answer; });
        if (box && !(type === "choice" && place)) box.checked = true;
        return !box;
      });
    };

    field.shown = function () { return field.answers().map(function (answer) { return type === "date" && dayOf(answer) ? written(answer) : tidy(answer); }); };

    // What is wrong with the entry itself; an answer that is missing is another matter.
    field.wrong = function () {
      var bad = !ticks && field.controls()[0].validity.badInput, text = field.answers()[0] || "";
      if (type === "date" && (bad || text && !dayOf(text))) return "This is not a whole date, or there is no such day. Give day, month and the year in four figures.";
      if (type === "date" && text && (text < "1900" || text > "2100")) return "Check the year.";
      if (type === "time" && (bad || text && !/^([01]\d|2[0-3]):[0-5]\d$/.test(text))) return "This is not a whole time. Give hours and minutes, for example 14:30.";
      return type === "number" && text && !/^\d+$/.test(text.trim()) ? "Write the number in figures." : "";
    };

    field.missing = function () {
      return field.required && !field.answers().length && !field.wrong() ? MISSING[type] || "Write an answer, or “not known”." : "";
    };

    // A text field that held something could give it back by "undo": a new one cannot.
    field.clear = function () {
      field.passed = "";
      field.controls().forEach(function (control) {
        if (ticks) control.checked = false;
        else control.value = "";
        control.replaceWith(control.cloneNode());
      });
      field.say("");
    };

    field.say = function (words) {
      field.fault.textContent = words;
      field.fault.hidden = !words;
      field.controls().forEach(function (control) {
        if (words) control.setAttribute("aria-invalid", "true");
        else control.removeAttribute("aria-invalid");
      });
      var undo = element.querySelector(".lrp-undo");
      if (undo) undo.hidden = !field.answers().length;
    };
    return field;
  }

  function startForm(root) {
    var name = root.dataset.name, page = document.documentElement, title = document.title;
    var groups = Array.from(root.querySelectorAll(".lrp-group"), function (section) {
      var group = { section: section, heading: section.querySelector("h3"), title: section.dataset.title };
      group.fields = Array.from(section.querySelectorAll("[data-type]"), fieldOf);
      return group;
    });
    var steps = groups.filter(function (group) { return !("office" in group.section.dataset); });
    var fields = steps.flatMap(function (group) { return group.fields; });
    var START = -1, END = steps.length;
    var at = START; // the step shown, or one of these
    var wanted = 0; // where "Start" leads
    var begun = false;
    var changing = false; // came from the answers to check
    var last = Date.now(); // of the last input
    var unasked = null; // what follows when the dialog is closed without an answer
    var warning = root.querySelector(".lrp-warning"), line = make("p", [], "lrp-source lrp-group__count"), dialog = part("dialog");

    function part(name) { return root.querySelector('[data-part="' + name + '"]'); }
    function fieldBy(id) { return fields.find(function (field) { return field.id === id; }); }
    function isShared() { return root.querySelector('[value="shared"]').checked; }
    function isEmpty() { return !fields.some(function (field) { return field.answers().length || field.wrong(); }); }
    function headingOf(place) { return place === END ? part("check").querySelector("h3") : steps[place].heading; }

    // Leaving

    function leaving(event) {
      event.preventDefault();
      event.returnValue = "";
    }

    function unsaved(is) { window[is ? "addEventListener" : "removeEventListener"]("beforeunload", leaving); }

    // Showing

    function show(place, how) {
      at = place;
      root.querySelectorAll(".lrp-shown").forEach(function (element) { element.classList.remove("lrp-shown"); });
      page.classList.toggle("lrp-fills", at !== START);
      part("start").hidden = at !== START;
      part("check").hidden = at !== END;
      part("stop").hidden = true;
      part("moves").hidden = part("tools").hidden = at === START;
      tell();
      complain([]);
      say("");
      root.querySelector('[data-do="start"]').textContent = begun ? "Go on with the form" : "Start";
      if (at === START) {
        part("start").before(warning);
      } else {
        if (at === END) review();
        else steps[at].section.classList.add("lrp-shown");
        line.textContent = at === END ? "Last step" : "Group " + (at + 1) + " of " + END;
        headingOf(at).before(line);
        headingOf(at).after(warning);
        root.querySelector('[data-do="next"]').textContent = changing ? "Back to your answers" : "Continue";
        root.querySelector('[data-do="next"]').hidden = at === END;
        root.querySelector('[data-do="review"]').hidden = at >= END - 1 || changing;
      }
      if (how) remember(how);
    }

    // The browser's own "back" leads to the step before. The step's number is all that its history holds.
    function remember(how) {
      try {
        history[how]({ form: at }, "");
      } catch (error) {
        console.warn(error);
      }
    }

    function focus(element) {
      element.tabIndex = -1;
      element.focus({ preventScroll: true });
      root.scrollIntoView();
    }

    function move(place) {
      show(place, "pushState");
      focus(place === START ? part("start") : headingOf(place));
    }

    function tell(children) {
      fill(part("told"), children || []);
      part("told").hidden = !children;
    }

    function say(words) { part("status").textContent = words; }

    // A link to a field, for the lists of what is missing or wrong.
    function way(field, words) {
      var link = make("a", words);
      link.href = "#" + field.id;
      link.dataset.field = field.id;
      return make("li", link);
    }

    function go(field) {
      var place = steps.findIndex(function (group) { return group.fields.includes(field); });
      if (place !== at || !part("stop").hidden) {
        changing = changing || at === END;
        show(place, "pushState");
      }
      field.controls()[0].focus();
      field.element.scrollIntoView();
    }

    // Checking

    // Shows what is wrong, in the summary and beside the fields; whether there is anything.
    function complain(found) {
      fields.forEach(function (field) { field.say(found.includes(field) ? field.wrong() || field.missing() : ""); });
      fill(part("faults").querySelector("ul"), found.map(function (field) { return way(field, field.question + " – " + field.fault.textContent); }));
      part("faults").hidden = !found.length;
      part("skip").hidden = found.some(function (field) { return field.wrong(); });
      document.title = (found.length ? "Problem: " : "") + title;
      if (found.length) focus(part("faults"));
      return found.length > 0;
    }

    function next(skips) {
      var group = steps[at];
      if (complain(group.fields.filter(function (field) { return field.wrong() || !skips && field.missing(); }))) return;
      var stop = group.fields.find(function (field) {
        return field.element.querySelector("[data-stops]:checked") && field.passed !== field.answers()[0];
      });
      if (stop) return halt(stop);
      var place = changing ? END : at + 1;
      changing = false;
      move(place);
    }

    function halt(field) {
      var box = part("stop"), heading = box.querySelector("h3");
      steps[at].section.classList.remove("lrp-shown");
      box.hidden = false;
      part("moves").hidden = true;
      box.dataset.field = field.id;
      heading.textContent = field.element.dataset.stop;
      box.querySelector("p").textContent = field.element.dataset.says;
      focus(heading);
    }

    function rowOf(field) {
      var shown = field.shown(), answer = make("dd", shown.length ? shown.map(function (text) { return make("span", text); }) : make("em", "Not answered"));
      answer.translate = false;
      var change = button(["Change", make("span", " your answer to: " + field.question, "lrp-hidden")], "change", "lrp-change");
      change.dataset.field = field.id;
      return make("div", [make("dt", field.question), answer, make("dd", fields.includes(field) ? change : [])]);
    }

    function review() {
      var open = fields.filter(function (field) { return field.missing() || field.wrong(); });
      fill(part("answers"), groups.map(function (group) {
        var own = make("section", [make("h4", group.title), make("dl", group.fields.map(rowOf), "lrp-summary")]);
        if (!steps.includes(group)) own.className = "lrp-form__office";
        return own;
      }));
      part("open").hidden = !open.length;
      var list = make("details", [make("summary", "Show them"), make("ul", open.map(function (field) { return way(field, field.question); }))]);
      list.open = open.length < 9;
      fill(part("open"), [make("p", count(open.length, "question") + " still to answer. You can save the form without, if you have no answer yet."), list]);
    }

    // Files

    function save(ending, data, type) {
      var link = make("a", []), file = name + "-" + moment(new Date(), "--") + "." + ending;
      link.href = URL.createObjectURL(new Blob([data], { type: type }));
      link.download = file;
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, MINUTE);
      unsaved(false);
      say("Saved as " + file + ". Look in the folder for downloads. " + (root.dataset.saved || ""));
    }

    function saveWord() {
      if (complain(fields.filter(function (field) { return field.wrong(); }))) return;
      if (!lrp.template || !lrp.zip) return say("The Word template has not loaded. Print the form, or save a draft and load the page again.");
      var answers = new Map(), now = new Date(), stamp = now.toISOString().slice(0, 19) + "Z";
      fields.forEach(function (field) {
        field.answers().forEach(function (answer) { answers.set(field.id + (field.type === "choices" ? "=" + answer : ""), answer); });
      });
      save("docx", lrp.zip(Object.keys(lrp.template).map(function (part) {
        return { name: part, data: filled(lrp.template[part], answers, stamp) };
      }), now), WORD);
    }

    function saveDraft() {
      var answered = fields.filter(function (field) { return field.answers().length && !field.wrong(); });
      var lost = fields.filter(function (field) { return field.wrong(); });
      save("json", JSON.stringify({
        form: name, version: Number(root.dataset.version), saved: moment(new Date(), "T:"),
        answers: answered.map(function (field) { return { id: field.id, question: field.question, answers: field.answers() }; })
      }, null, 1), "application/json");
      if (!lost.length) return;
      unsaved(true);
      say(part("status").textContent + " Not in the file, because not complete: " + lost.map(function (field) { return field.question; }).join("; "));
    }

    function refuse(words) {
      var fault = root.querySelector("#" + name + "-draft-fault");
      fault.textContent = words && words + " Nothing was opened, and nothing in the form has changed.";
      fault.hidden = !words;
    }

    // A draft as it is read: its answers, or why it is none.
    function understood(text) {
      try {
        var draft = JSON.parse(text);
      } catch {
        return { why: "This file cannot be read. It is no draft, or it is damaged or not complete." };
      }
      var isList = draft && draft.form === name && Number.isInteger(draft.version) && Array.isArray(draft.answers);
      if (!isList) return { why: "This file is not a draft of this form." };
      if (draft.version > Number(root.dataset.version)) return { why: "This draft was made with a newer version of the form. Load the page again, then open it." };
      var fits = draft.answers.every(function (entry) {
        return entry && typeof entry.id === "string" && Array.isArray(entry.answers) && entry.answers.every(function (answer) { return typeof answer === "string"; });
      });
      return fits ? draft : { why: "This file was changed by hand or is damaged: its answers cannot be read." };
    }

    function open(file) {
      if (file.size > MOST) return refuse("This file is too large to be a draft of this form.");
      var reader = new FileReader();
      reader.onerror = function () { refuse("This file cannot be read."); };
      reader.onload = guarded(function () {
        var draft = understood(reader.result);
        refuse(draft.why || "");
        if (draft.why) return;
        if (isEmpty()) return take(draft);
        ask("Replace what is in the form?", "The answers that are in the form now are cleared first.", [
          ["Keep what is in the form", function () {}], ["Open the draft", function () { take(draft); }]
        ]);
      });
      reader.readAsText(file);
    }

    function take(draft) {
      var moved = new Map((root.dataset.moved || "").split(" ").map(function (pair) { return pair.split("="); })), says = [], taken = 0;
      clear();
      draft.answers.forEach(function (entry) {
        var field = fieldBy(moved.get(entry.id) || entry.id), question = cut(String(entry.question || entry.id));
        var left = field ? field.take(entry.answers) : entry.answers;
        if (left.length < entry.answers.length) taken += 1;
        if (field && moved.has(entry.id)) says.push("“" + question + "” is now asked as “" + field.question + "”.");
        if (left.length) says.push((field ? "Does not fit any more: “" : "Not asked any more: “") + question + "” – " + cut(left.join("; ")));
      });
      last = Date.now();
      begun = true;
      move(END);
      tell([make("p", make("strong", "The draft is open, with " + count(taken, "answer") + "."))].concat(
        says.length ? [make("p", "The form has changed since. Read these, and answer again where you need to:"), make("ul", says.map(function (text) { return make("li", text); }))] : []
      ));
      part("told").focus();
    }

    // Clearing

    function clear() {
      fields.forEach(function (field) { field.clear(); });
      fill(part("answers"), []);
      fill(part("open"), []);
      root.querySelector("[type=file]").value = "";
      refuse("");
      unsaved(false);
      begun = changing = false;
      wanted = 0;
    }

    function cleared(words) {
      clear();
      show(START, "replaceState");
      tell(make("p", words));
      part("told").focus();
      root.scrollIntoView();
    }

    // A dialog of ours, native or, where the browser has none, in the place of the form. The first answer changes nothing.
    function ask(heading, says, answers) {
      dialog.querySelector("h3").textContent = heading;
      dialog.querySelector("p").textContent = says;
      fill(dialog.querySelector(".lrp-moves"), answers.map(function (answer, place) {
        var choice = button(answer[0], "", place ? "lrp-quiet" : "");
        choice.onclick = guarded(function () {
          close();
          answer[1]();
        });
        return choice;
      }));
      unasked = answers[0][1];
      if (!dialog.showModal) {
        dialog.setAttribute("open", "");
        root.classList.add("lrp-form--asks");
      } else if (!dialog.open) {
        dialog.showModal();
      }
      dialog.querySelector("button").focus();
    }

    function close() {
      unasked = null;
      root.classList.remove("lrp-form--asks");
      if (dialog.close) dialog.close();
      else dialog.removeAttribute("open");
    }

    // On a shared computer: asks after a while without input, then clears. By the clock, so that sleep counts as well.
    function watch() {
      var idle = Date.now() - last;
      if (idle < 0 || !isShared() || isEmpty()) last = Date.now();
      else if (idle >= CLEAR) {
        close();
        cleared("Your answers were cleared at " + moment(new Date(), " :").slice(-5) + ", because nobody had typed for " + CLEAR / MINUTE + " minutes. Nothing was kept.");
      } else if (idle >= ASK) {
        var says = "Nobody has typed for a while. This form is cleared in " + (CLEAR - idle > MINUTE ? "2 minutes." : "1 minute.");
        var waits = dialog.hasAttribute("open") && unasked === stay;
        if (!waits) ask("Are you still there?", says, [["Keep going", stay], ["Save a draft", saveDraft]]);
        else if (dialog.querySelector("p").textContent !== says) dialog.querySelector("p").textContent = says;
      }
    }

    function stay() { last = Date.now(); }

    // Arriving: answers that a decision hands over are taken from the address at once.
    function arrive() {
      var parts = location.hash.slice(1).split("&"), brought = [];
      wanted = Math.max(0, steps.findIndex(function (group) { return group.section.id === parts[0]; }));
      if (parts.length < 2) return;
      try {
        history.replaceState(null, "", location.href.split("#")[0]);
      } catch {
        location.hash = "";
      }
      var given = parts.slice(1).map(function (part) { return parts[0] + "." + part; });
      root.querySelectorAll("[data-from]").forEach(function (box) {
        if (box.dataset.from.split(" ").some(function (one) { return given.includes(one) || given.includes(encodeURI(one)); })) box.checked = true;
      });
      fields.forEach(function (field) {
        field.say("");
        if (field.answers().length) brought.push(make("li", field.question + " – " + field.answers().join("; ")));
      });
      tell(brought.length ? [make("p", make("strong", "These answers were brought along from the questions of this guidance:")), make("ul", brought),
        make("p", "Read each one again when you come to it. You can change it.")] : make("p", "None of the answers that you brought along is asked here."));
      part("told").focus({ preventScroll: true });
      root.scrollIntoView();
    }

    function leave() {
      clear();
      show(START);
    }

    var jobs = {
      start: function () {
        begun = true;
        move(wanted);
      },
      next: function () { next(false); },
      skip: function () { next(true); },
      previous: function () {
        changing = false;
        move(at - 1);
      },
      review: function () {
        changing = false;
        move(END);
      },
      passed: function () {
        var field = fieldBy(part("stop").dataset.field);
        field.passed = field.answers()[0];
        part("stop").hidden = true;
        next(true);
      },
      unstop: function () { go(fieldBy(part("stop").dataset.field)); },
      change: function (control) { go(fieldBy(control.dataset.field)); },
      undo: function (control) {
        var field = fieldBy(control.closest("[data-type]").id);
        field.controls().forEach(function (box) { box.checked = false; });
        field.say("");
        unsaved(true);
        field.controls()[0].focus();
      },
      word: saveWord,
      draft: saveDraft,
      print: function () { window.print(); },
      clear: function () {
        ask("Clear everything?", "All answers on this page are deleted. Files that you have saved stay where they are.", [
          ["Keep my answers", function () {}], ["Clear everything", function () { cleared("Everything has been cleared. Nothing was kept."); }]
        ]);
      }
    };

    // A fault of ours costs no entry: it is said, and the controls stay as they are.
    function guarded(work) {
      return function (event) {
        try {
          return work(event);
        } catch (error) {
          console.error(error);
          tell(make("p", "Something went wrong here. Your entries are still in the form. Save a draft, or print the page."));
        }
      };
    }

    var heading = Array.from(root.parentNode.querySelectorAll("h2")).filter(function (one) { return one.compareDocumentPosition(root) & 4; }).pop();
    // HTML knows no autocomplete for boxes and files, so it is set here: a reload brings no tick back.
    root.querySelectorAll("input").forEach(function (control) { control.setAttribute("autocomplete", "off"); });
    root.classList.add("lrp-form--live");
    Array.from(root.parentNode.children).forEach(function (element) {
      if (element !== root && element !== heading) element.classList.add("lrp-aside");
    });
    show(START);
    root.addEventListener("click", guarded(function (event) {
      var control = event.target.closest("button, a[data-field]");
      if (!control || !control.dataset.field && !control.dataset.do) return;
      if (control.dataset.do) return jobs[control.dataset.do](control);
      event.preventDefault();
      go(fieldBy(control.dataset.field));
    }));
    ["input", "change"].forEach(function (kind) {
      root.addEventListener(kind, guarded(function (event) {
        var element = event.target.closest("[data-type]");
        if (event.target.type === "file") return kind === "change" && event.target.files.length && open(event.target.files[0]);
        if (!element) return;
        unsaved(true);
        if (fieldBy(element.id).fault.hidden) fieldBy(element.id).say("");
      }));
    });
    ["keydown", "pointerdown", "input"].forEach(function (kind) {
      document.addEventListener(kind, function () { if (!dialog.hasAttribute("open")) last = Date.now(); }, true);
    });
    dialog.addEventListener("close", function () {
      var then = unasked;
      if (!then || dialog.open) return;
      unasked = null;
      then();
    });
    dialog.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || dialog.showModal) return;
      var then = unasked;
      close();
      then();
    });
    window.addEventListener("popstate", guarded(function (event) {
      if (event.state && "form" in event.state) show(begun ? event.state.form : START);
    }));
    window.addEventListener("beforeprint", guarded(function () {
      if (at === START) return;
      review();
      headingOf(END).after(warning);
      document.title = name + "-" + moment(new Date(), "--"); // the name that browsers give to a PDF
    }));
    window.addEventListener("afterprint", guarded(function () {
      document.title = title;
      if (at !== START) headingOf(at).after(warning);
    }));
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", guarded(function (event) {
      if (begun && !event.persisted) return; // the reader was quicker than the last picture
      leave();
      if (!event.persisted) arrive();
      remember("replaceState");
    }));
    ["focus", "pageshow"].forEach(function (kind) { window.addEventListener(kind, guarded(watch)); });
    document.addEventListener("visibilitychange", guarded(watch));
    setInterval(guarded(watch), 1000);
  }

  document.querySelectorAll('[data-module="form"]').forEach(function (root) {
    try {
      startForm(root);
    } catch (error) {
      console.error(error);
    }
  });
})();
