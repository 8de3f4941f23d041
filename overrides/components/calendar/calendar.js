// Counts days and dates the steps of a page, for calculator.js and due.js. Steps, periods and bank holidays stand in the page.
// Days are whole days in universal time, so that the reader's time zone changes nothing.
/**
 * On the list of bank holidays, whose value is the days with spaces between.
 * @typedef {DOMStringMap} Calendar
 * @property {string} calendar - marks the list
 * @property {string} first - the first day of the years that are known
 * @property {string} last - the last one
 */
/**
 * On a field for a date.
 * @typedef {DOMStringMap} DateField
 * @property {string} clocks - the clocks that start on its day, with spaces between
 * @property {string} future - its day may be still to come
 * @property {string} against - the id of the field that it is held against
 * @property {string} order - "before" or "after" that day
 * @property {string} fault - what is said where it is not
 */
/**
 * On a step that is dated.
 * @typedef {DOMStringMap} Step
 * @property {string} number - how many units after the start it is due
 * @property {string} unit - of what, such as "working days"
 * @property {string} kind - how binding the number is
 * @property {string} clock - the clock that starts it
 * @property {string} after - the duty whose due date starts it instead
 * @property {string} unless - the clock with which that is not counted
 * @property {string} earliest - the first of the two numbers of a span
 * @property {string} place - its place in the order of the page
 * @property {string} other - it is counted only where its clock has started
 * @property {string} dayOne - the start itself is day one where it is a working day
 * @property {string} duty - the id of its duty
 * @property {string} start - it is the day that was given
 */
(function () {
  "use strict";

  var DAY = 864e5;
  // null stands for a day outside of the years whose bank holidays are published
  var known = document.querySelector("[data-calendar]");
  var first = parse(known.dataset.first), last = parse(known.dataset.last), off = new Set(known.value.split(" ").map(parse));

  function dayOf(year, month, day) { return Date.UTC(year, month, day) / DAY; }
  function iso(day) { return new Date(day * DAY).toISOString().slice(0, 10); }
  function parse(text) { return Date.parse(text + "T00:00:00Z") / DAY; }
  function sure(day) { return day >= first && day <= last ? day : null; }

  function named(day, part) { return new Date(day * DAY).toLocaleDateString("en-GB", { timeZone: "UTC", [part]: "long" }); }

  function written(day, short) {
    var [year, , date] = iso(day).split("-");
    return (short ? "" : named(day, "weekday") + " ") + Number(date) + " " + named(day, "month") + " " + year;
  }

  function todayInTheUk() {
    return parse(new Date().toLocaleDateString("en-GB", { timeZone: "Europe/London", day: "2-digit", month: "2-digit", year: "numeric" }).split("/").reverse().join("-"));
  }

  function isWorking(day) {
    var weekday = new Date(day * DAY).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !off.has(day);
  }

  function working(start, days) {
    var day = sure(start), step = days > 0 ? 1 : -1;
    for (var left = Math.abs(days); left && day !== null;) {
      day = sure(day + step);
      if (isWorking(day)) left -= 1;
    }
    return day;
  }

  function months(start, number) {
    var date = new Date(start * DAY), year = date.getUTCFullYear(), month = date.getUTCMonth() + number;
    return Math.min(dayOf(year, month, date.getUTCDate()), dayOf(year, month + 1, 0));
  }

  function count(start, number, unit) {
    if (unit === "working days") return working(start, number);
    if (sure(start) === null) return null;
    if (unit === "months" || unit === "years") return sure(months(start, unit === "years" ? 12 * number : number));
    return sure(start + (unit === "weeks" ? 7 * number : unit === "hours" ? Math.ceil(number / 24) : number));
  }

  // What is wrong with an entry.
  function faultOf(field, days) {
    var data = field.dataset, text = field.value.trim(), day = days[field.id], other = days[data.against];
    var parts = /^(\d{4,6})-\d\d-\d\d$/.exec(text);
    if (!text && field.validity.badInput) return "This is not a whole date, or no such day exists. Give day, month and the year in four figures.";
    if (!text) return field.required ? "Give the date first: day, month and year." : "";
    if (!parts) return "This is not a date. Give day, month and the year in four figures, for example with the calendar of the field.";
    if (parts[1] > 9999) day = Infinity;
    else if (isNaN(day) || iso(day) !== text) return "There is no such day. Check the day and the month.";
    if (day < first) return "Dates before " + written(first, true) + " cannot be worked out here. Check the year.";
    if (day > last) return "Bank holidays are known until " + written(last, true) + ". Later dates cannot be worked out. Check the year.";
    return (data.order === "before" ? day > other : day < other) ? data.fault : "";
  }

  function show(field, fault) {
    var line = document.getElementById(field.id + "-fault");
    line.textContent = fault;
    line.hidden = !fault;
    field.setAttribute("aria-invalid", !!fault);
  }

  // The days given, by clock; nothing where one is wrong.
  function given(fields) {
    var days = {}, starts = {}, wrong;
    fields.forEach(function (field) { days[field.id] = parse(field.value.trim()); });
    fields.forEach(function (field) {
      var fault = faultOf(field, days);
      show(field, fault);
      if (fault) wrong = wrong || field;
      else if (field.value) field.dataset.clocks.split(" ").forEach(function (clock) { starts[clock] = days[field.id]; });
    });
    if (!wrong) return starts;
    if (wrong.closest("details")) wrong.closest("details").open = true;
    wrong.focus();
  }

  function daysOf(step, starts, due) {
    var data = step.dataset, start = starts[data.clock];
    if (data.after) start = data.unless in starts ? undefined : due[data.after];
    else if (start === undefined && !("other" in data)) start = starts[""];
    if (start === undefined) return undefined;
    var shift = "dayOne" in data && isWorking(start) ? 1 : 0;
    var end = start === null ? null : count(start, data.number - shift, data.unit);
    return { from: end !== null && data.earliest ? count(start, data.earliest - shift, data.unit) : end, to: end };
  }

  // Whether a day of another count has gone by: that count does not lead, so nobody is late by it.
  function isPassed(step, days, today) { return "other" in step.dataset && !step.dataset.start && days.to !== null && days.to < today; }

  function fill(step, days, today) {
    var time = step.querySelector("time"), flag = step.querySelector(".lrp-flag"), keep = step.dataset.kind === "at least";
    step.hidden = !days;
    step.classList.remove("lrp-late", "lrp-today");
    flag.textContent = "";
    if (!days) return;
    time.removeAttribute("datetime");
    time.textContent = "After " + written(last, true) + ": not known yet";
    if (days.to === null) return;
    time.dateTime = iso(days.to);
    time.textContent = (keep ? "Until at least " : "") + (days.from !== days.to ? written(days.from) + " to " : "") + written(days.to);
    if (step.dataset.start || keep) return;
    if (isPassed(step, days, today)) flag.textContent = "Has passed: the other day counts";
    else if (days.to < today) {
      step.classList.add("lrp-late");
      flag.textContent = "Overdue, if not yet done";
    } else if (days.from <= today) {
      step.classList.add("lrp-today");
      flag.textContent = days.to === today ? "Due today" : "Now";
    }
  }

  // Dates the steps and sorts them, each among its neighbours.
  function date(steps, starts) {
    var due = {}, today = todayInTheUk();
    var dated = Array.from(steps).sort(function (a, b) { return a.dataset.place - b.dataset.place; }).map(function (step) {
      var days = daysOf(step, starts, due);
      if (step.dataset.duty && days) due[step.dataset.duty] = days.to;
      fill(step, days, today);
      return { step: step, day: days ? days.to : undefined, last: days && isPassed(step, days, today) };
    }).filter(function (entry) { return entry.day !== undefined; });
    dated.sort(function (a, b) { return !!a.last - !!b.last || (a.day === null ? Infinity : a.day) - (b.day === null ? Infinity : b.day) || 0; });
    dated.forEach(function (entry) { entry.step.parentNode.append(entry.step); });
    return dated;
  }

  function told(dated, fields, name) {
    var today = todayInTheUk(), words = [];
    function tell(looks, one, more) {
      var number = dated.filter(function (entry) { return entry.step.matches(looks); }).length;
      if (number) words.push(number + " " + name + (number === 1 ? one : "s" + more) + ".");
    }
    tell(".lrp-late", " is overdue, if not yet done", " are overdue, if not yet done");
    tell(".lrp-today", " falls on today", " fall on today");
    if (fields.some(function (field) { return parse(field.value) > today && !("future" in field.dataset); })) words.push("The day you gave is still to come. Check the year.");
    return words.join(" ") || "Nothing is overdue and nothing is due today.";
  }

  window.lrpDates = { count: count, date: date, given: given, iso: iso, show: show, today: todayInTheUk, told: told, written: written };
})();
