// Shows a decision one question at a time: the trail of answers, a link to share, a record to print or save.
// An answer is the mark aria-current on its option. The address carries the answers after "#", which browsers do not send:
// #<step shown>.<fingerprint of the way>[.<first question, if not the start>]&<question>=<words of the answer>…
// Nothing is stored. Without this script, or after a fault in it, the page is the whole decision with links as options.
/**
 * On the decision, its questions, options and outcomes, and on the parts of the tools around them.
 * @typedef {DOMStringMap} DecisionData
 * @property {string} name - the name of the decision, for its files
 * @property {string} step - a question or an outcome
 * @property {string} unsure - an option for readers who are not sure
 * @property {string} part - which of the parts it is
 * @property {string} do - what a button does
 * @property {string} form - an outcome that leads to the form
 */
(function () {
  "use strict";

  function make(name, children, looks) {
    var element = document.createElement(name);
    element.className = looks || "";
    element.append.apply(element, [].concat(children));
    return element;
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  function wordsOf(text, between) {
    return text.normalize("NFC").split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean).join(between);
  }

  // Words from an address may be anybody's: they are cut short and shown as a quotation.
  function quoted(text) {
    return make("q", make("bdi", wordsOf(text || "", " ").slice(0, 40)));
  }

  function hash(text) {
    var sum = 5381;
    for (var i = 0; i < text.length; i++) sum = (sum * 33 ^ text.charCodeAt(i)) >>> 0;
    return sum.toString(36);
  }

  // An option is known by the words of its answer, which stay when options change places.
  function stepOf(section) {
    var heading = section.querySelector("h3");
    var names = [];
    var options = Array.from(section.querySelectorAll(".lrp-option"), function (link) {
      var answer = link.querySelector("bdi").textContent;
      var name = wordsOf(answer.toLowerCase(), "-");
      while (names.includes(name)) name += "-";
      names.push(name);
      return { link: link, name: name, answer: answer, next: link.getAttribute("href").slice(1) };
    });
    return { id: section.id, section: section, heading: heading, text: heading.textContent, options: options };
  }

  function chosen(step) {
    return step.options.find(function (option) { return option.link.hasAttribute("aria-current"); });
  }

  function choose(step, option) {
    step.options.forEach(function (other) { other.link.removeAttribute("aria-current"); });
    if (option) option.link.setAttribute("aria-current", "true");
  }

  function said(answer) {
    return make("span", [make("bdi", answer.step.text), " ", make("strong", make("bdi", answer.option.answer))]);
  }

  // An answer as the record has it: with its hint, and the sources of its question.
  function recorded(answer) {
    var hint = answer.option.link.querySelector("small");
    var open = answer.option.link.hasAttribute("data-unsure");
    var sources = plain(answer.step.section.querySelector(".lrp-question__sources"));
    return make("li", [said(answer), hint ? " – " + hint.textContent : "", open ? " [still to be found out]" : "", make("br"), make("small", sources)]);
  }

  // What an element holds, without its links, which lead nowhere on paper, and without dates that are not kept.
  function plain(element) {
    var copy = element.cloneNode(true);
    copy.querySelectorAll(".lrp-due, .lrp-dates").forEach(function (part) { part.remove(); });
    copy.querySelectorAll("a").forEach(function (link) {
      link.replaceWith(link.matches(".lrp-mark") ? "[" + link.textContent + "]" : link.textContent);
    });
    return Array.from(copy.childNodes);
  }

  function save(sheet) {
    var day = new Date().toLocaleDateString("en-GB", { timeZone: "Europe/London", day: "2-digit", month: "2-digit", year: "numeric" });
    var style = "body{max-width:46em;margin:2em auto;padding:0 1em;font:1em/1.5 sans-serif}dl>div{display:flex;gap:1em;margin:.4em 0}dt{flex:0 0 9em;font-weight:bold}" +
      "dd{margin:0}dd ul{margin:0;padding-left:1.1em}.lrp-space{break-inside:avoid}.lrp-space div{height:2.2em;border-bottom:1px solid}.lrp-tag{border:1px solid;padding:0 .3em}";
    var text = '<!DOCTYPE html><html lang="en-GB"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Decision record</title><style>' +
      style + "</style>" + sheet.innerHTML.replace(/(<\/?)h4/g, "$1h1").replace(/(<\/?)h5/g, "$1h2");
    var link = make("a", []);
    link.href = URL.createObjectURL(new Blob([text], { type: "text/html" }));
    link.download = "decision-record-" + day.split("/").reverse().join("-") + ".html";
    link.click();
  }

  function print(sheet) {
    var page = document.documentElement;
    var paper = make("div", sheet.cloneNode(true), "lrp-paper");
    document.body.append(paper);
    page.classList.add("lrp-prints-record");
    window.addEventListener("afterprint", function () {
      page.classList.remove("lrp-prints-record");
      paper.remove();
    }, { once: true });
    window.print();
  }

  function startDecision(root) {
    var steps = new Map();
    root.querySelectorAll(".lrp-question, .lrp-outcome").forEach(function (section) {
      steps.set(section.id, stepOf(section));
    });
    var first = steps.get(root.querySelector(".lrp-question--start").id);
    var begin = first; // where the reader came in
    var shown = first;
    var over = false; // after a fault
    var panel = root.querySelector(".lrp-panel");
    var sheet = panel.querySelector(".lrp-record__sheet");
    var line = make("p", [], "lrp-source lrp-count");
    var notice = make("div", [], "lrp-notice");
    notice.id = first.id + "-notice";

    function part(name) {
      return panel.querySelector('[data-part="' + name + '"], [data-do="' + name + '"]');
    }

    function fill(name, children) {
      part(name).replaceChildren.apply(part(name), [].concat(children));
    }

    function reveal(name, on) {
      if (part(name)) part(name).hidden = !on;
    }

    // A fault gives the page back as it is without scripts; an option that was followed then works as the link it is.
    function guarded(work) {
      return function (event) {
        try {
          if (!over) work(event);
        } catch (error) {
          over = true;
          console.error(error);
          restore();
        }
      };
    }

    function restore() {
      panel.hidden = true;
      line.remove();
      notice.remove();
      root.classList.remove("lrp-decision--live");
      steps.forEach(function (step) {
        choose(step);
        step.section.classList.remove("lrp-shown");
        announce(step);
        step.heading.removeAttribute("tabindex");
        step.heading.removeAttribute("aria-describedby");
      });
    }

    // For due.js, which makes the date fields of an outcome when it is first seen.
    function announce(step) {
      step.section.dispatchEvent(new Event("lrp-shown", { bubbles: true }));
    }

    // The answers from where the reader came in, and last the step that they lead to.
    function walk() {
      var way = [];
      for (var step = begin, option; (option = chosen(step)); step = steps.get(option.next)) way.push({ step: step, option: option });
      return way.concat({ step: step });
    }

    function placeOn(way, step) {
      return way.findIndex(function (entry) { return entry.step === step; });
    }

    function mostQuestionsFrom(step) {
      if (!("most" in step)) {
        step.most = Math.max.apply(null, [0].concat(step.options.map(function (option) {
          return 1 + mostQuestionsFrom(steps.get(option.next));
        })));
      }
      return step.most;
    }

    function fingerprint(way) {
      return hash(way.map(function (entry) {
        return entry.option ? [entry.step.text, entry.option.answer, entry.option.next] : "";
      }).join("\n"));
    }

    // Answers that the way has left wait in the address too: they are used where they fit again.
    function fragment(way, withWaiting) {
      var answers = way.slice(0, -1);
      steps.forEach(function (step) {
        if (withWaiting && chosen(step) && placeOn(way, step) < 0) answers.push({ step: step, option: chosen(step) });
      });
      return "#" + [shown.id, fingerprint(way)].concat(begin === first ? [] : begin.id).join(".") + handed(answers);
    }

    // Answers as an address holds them, for this page or for a form; the step at the end of a way is none.
    function handed(answers) {
      return answers.map(function (answer) {
        return answer.option ? "&" + answer.step.id + "=" + encodeURIComponent(answer.option.name) : "";
      }).join("");
    }

    function page() {
      return location.href.split("#")[0];
    }

    function address(how, where) {
      try {
        if (where !== location.hash) history[how](null, "", page() + where);
      } catch (error) {
        console.warn(error); // some browsers refuse many entries in a row: the page goes on, its address stays behind
      }
    }

    function show(step, how, words) {
      var way = walk();
      var place = placeOn(way, step);
      var more = mostQuestionsFrom(step) - 1;
      shown.section.classList.remove("lrp-shown");
      shown.section.querySelectorAll("form").forEach(function (form) { form.reset(); });
      shown.heading.removeAttribute("aria-describedby");
      shown = step;
      step.section.classList.add("lrp-shown");
      announce(step);
      step.heading.tabIndex = -1;
      line.textContent = more < 0 ? "Outcome" : "Step " + (place + 1) + " · " +
        (more ? "at most " + more + " more question" + (more > 1 ? "s" : "") : "the last question on this way");
      step.heading.before(line);
      tell(words || []);
      reveal("back", place > 0);
      reveal("forward", place < way.length - 1);
      reveal("restart", begin !== first || Array.from(steps.values()).some(chosen));
      reveal("answers", way.length > 1);
      reveal("share", way.length > 1);
      reveal("link", false);
      reveal("form", "form" in step.section.dataset && way.length > 1);
      if (part("carry")) part("carry").hash = part("carry").dataset.name + handed(way);
      reveal("record", more < 0 && way.length > 1);
      list(way);
      if (sheet) {
        fill("copy", "Copy a link to these answers");
        if (more < 0) record(way);
      }
      if (how) address(how, fragment(way, true));
    }

    function tell(words) {
      if (begin !== first) {
        var start = make("button", "Start with the first question", "lrp-quiet");
        start.dataset.do = "restart";
        words = words.concat(make("p", begin.options.length
          ? "You came in part of the way through. The questions before have not been answered."
          : "This outcome is shown without the answers that lead to it."), start);
      }
      notice.replaceChildren.apply(notice, words);
      notice.hidden = !words.length;
      shown.section.before(notice);
      if (words.length) shown.heading.setAttribute("aria-describedby", notice.id);
    }

    function list(way) {
      var trail = panel.querySelector(".lrp-trail");
      trail.replaceChildren.apply(trail, way.slice(0, -1).map(function (answer) {
        if (answer.step === shown) return make("li", [said(answer), make("span", "Shown above", "lrp-source")]);
        var change = make("button", ["Change", make("span", " your answer to: " + answer.step.text, "lrp-hidden")], "lrp-change");
        change.dataset.step = answer.step.id;
        return make("li", [said(answer), change]);
      }));
    }

    function record(way) {
      fill("date", new Date().toLocaleDateString("en-GB", { timeZone: "Europe/London", day: "numeric", month: "long", year: "numeric" }));
      fill("page", page());
      reveal("partial", begin !== first);
      fill("given", way.slice(0, -1).map(recorded));
      fill("outcome", shown.text);
      fill("facts", plain(shown.section.querySelector("dl")));
    }

    function focus() {
      var top = notice.hidden ? shown.section : notice;
      shown.heading.focus({ preventScroll: true });
      if (top.getBoundingClientRect().top < 0 || shown.section.getBoundingClientRect().bottom > window.innerHeight) top.scrollIntoView();
    }

    function move(step) {
      show(step, "pushState");
      focus();
    }

    function go(by) {
      var way = walk();
      move(way[placeOn(way, shown) + by].step);
    }

    function clear() {
      steps.forEach(function (step) { choose(step); });
      begin = first;
    }

    function showLink(link) {
      var field = part("link").querySelector("input");
      reveal("link", true);
      field.value = link;
      field.select();
    }

    var controls = {
      back: function () { go(-1); },
      forward: function () { go(1); },
      restart: function () {
        clear();
        show(first);
        address("pushState", "");
        focus();
      },
      copy: function () {
        var link = page() + fragment(walk());
        if (!navigator.clipboard) return showLink(link);
        navigator.clipboard.writeText(link).then(function () { fill("copy", "Link copied"); }, function () { showLink(link); });
      },
      print: function () { print(sheet); },
      save: function () { save(sheet); }
    };

    // Does what the address says: answers, one step alone, or nothing of ours.
    function take(isNew) {
      var whole = decoded(location.hash.slice(1));
      var other = !steps.has(whole) && (whole === "top" ? root.ownerDocument.body : whole && document.getElementById(whole));
      if (other && !isNew) return;
      if (other || !whole) {
        clear();
        show(first);
        if (other) other.scrollIntoView();
      } else if (steps.has(whole)) {
        takeStep(steps.get(whole));
      } else {
        takeLink(location.hash.slice(1).split("&"));
      }
      if (!other && (whole || !isNew)) focus();
    }

    function takeStep(step) {
      if (placeOn(walk(), step) < 0) {
        clear();
        begin = step;
      }
      show(step, chosen(begin) ? "replaceState" : "");
    }

    function takeLink(parts) {
      var head = parts[0].split(".").map(decoded);
      var lost = [];
      clear();
      begin = steps.get(head[2]) || first;
      parts.slice(1).forEach(function (part) {
        var pair = part.split("=").map(decoded);
        var step = steps.get(pair[0]);
        var option = step && step.options.find(function (known) { return known.name === pair[1]; });
        if (option) choose(step, option);
        else lost.push(make("li", ["The answer ", quoted(pair[1]), " to the question ", step ? make("q", step.text) : quoted(pair[0])]));
      });
      var way = walk();
      var fits = !lost.length && placeOn(way, steps.get(head[0])) >= 0 && (!head[1] || head[1] === fingerprint(way));
      show(fits ? steps.get(head[0]) : way[way.length - 1].step, "", fits ? [] : changes(head[0], lost, way));
    }

    // Says in words what an address asks for that is not here any more.
    function changes(name, lost, way) {
      if (!lost.length && way.length < 2) {
        var why = steps.has(name) ? ", which needs answers that are not in it." : ", which is not on this page.";
        return [make("p", ["The address names ", quoted(name), why, " The questions begin at the start."])];
      }
      return [make("p", make("strong", "These questions have changed since the link was made."))].concat(
        lost.length ? [make("p", "Not here any more:"), make("ul", lost.slice(0, 20))] : [],
        make("p", "The other answers are kept where they fit. Read each one again before you rely on the outcome.")
      );
    }

    guarded(function () {
      root.classList.add("lrp-decision--live");
      panel.hidden = false;
      take(true);
    })();
    window.addEventListener("hashchange", guarded(function () { take(false); }));
    root.addEventListener("click", guarded(function (event) {
      var control = event.target.closest("button");
      var link = event.target.closest(".lrp-option");
      if (control && control.dataset.do) controls[control.dataset.do]();
      if (control && control.dataset.step) move(steps.get(control.dataset.step));
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (event.detail > 1) {
        focus(); // the second click of a double click is no answer to the next question
      } else {
        choose(shown, shown.options.find(function (option) { return option.link === link; }));
        move(walk().pop().step);
      }
      event.preventDefault();
    }));
  }

  document.querySelectorAll('[data-module="decision"]').forEach(function (root) {
    try {
      startDecision(root);
    } catch (error) {
      console.error(error);
    }
  });
})();
