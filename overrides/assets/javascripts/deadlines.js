// Works out the dates of /deadlines/ from the day that the reader gives. The steps, their periods and the bank holidays
// stand in the page; nothing is stored or sent. Days are counted as whole days in universal time, so that the reader's
// time zone changes nothing. Without this script the tables of the page give the dates.
(function () {
  "use strict";

  var DAY = 864e5;
  var WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  var MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  function dayOf(year, month, day) { return Date.UTC(year, month, day) / DAY; }
  function iso(day) { return new Date(day * DAY).toISOString().slice(0, 10); }
  function parse(text) { return Date.parse(text + "T00:00:00Z") / DAY; }

  function written(day, short) {
    var date = new Date(day * DAY);
    return (short ? "" : WEEKDAYS[date.getUTCDay()] + " ") + date.getUTCDate() + " " + MONTHS[date.getUTCMonth()] + " " + date.getUTCFullYear();
  }

  function todayInTheUk() {
    var parts = {};
    new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", year: "numeric", month: "numeric", day: "numeric" })
      .formatToParts(new Date()).forEach(function (part) { parts[part.type] = +part.value; });
    return dayOf(parts.year, parts.month - 1, parts.day);
  }

  // The calendar: null stands for a day outside of the years whose bank holidays are published.
  function calendarOf(element) {
    var data = element.dataset, first = parse(data.first), last = parse(data.last);
    var off = new Set(data.holidays.split(" ").map(parse));

    function sure(day) { return day >= first && day <= last ? day : null; }

    function working(start, days) {
      var day = sure(start), step = days > 0 ? 1 : -1;
      for (var left = Math.abs(days); left && day !== null;) {
        day = sure(day + step);
        if (isWorking(day)) left -= 1;
      }
      return day;
    }

    function isWorking(day) {
      var weekday = new Date(day * DAY).getUTCDay();
      return weekday !== 0 && weekday !== 6 && !off.has(day);
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

    return { first: first, last: last, count: count, isWorking: isWorking };
  }

  // What is wrong with an entry, in words; nothing where it is a day that can be counted from.
  function faultOf(field, calendar) {
    var text = field.value.trim(), parts = /^(\d{4,6})-(\d\d)-(\d\d)$/.exec(text);
    if (!text && field.validity.badInput) return "This is not a whole date, or no such day exists. Give day, month and the year in four figures.";
    if (!text) return field.required ? "Give the date first: day, month and year." : "";
    if (!parts) return "This is not a date. Give day, month and the year in four figures, for example with the calendar of the field.";
    var day = parts[1] > 9999 ? Infinity : parse(text);
    if (day !== Infinity && (isNaN(day) || iso(day) !== text)) return "There is no such day. Check the day and the month.";
    if (day < calendar.first) return "Dates before " + written(calendar.first, true) + " cannot be worked out here. Check the year.";
    if (day > calendar.last) return "Bank holidays are known until " + written(calendar.last, true) + ". Later dates cannot be worked out. Check the year.";
    return "";
  }

  function show(field, fault) {
    var line = document.getElementById(field.id + "-fault");
    line.textContent = fault;
    line.hidden = !fault;
    if (fault) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
  }

  // The days that a step runs to: {from, to}, or nothing where it has no day of its own here.
  function daysOf(step, starts, due, calendar) {
    var data = step.dataset, start = data.after ? due[data.after] : starts[data.clock];
    if (start === undefined && !data.other) start = starts[""];
    if (start === undefined) return undefined;
    var shift = data.dayOne && calendar.isWorking(start) ? 1 : 0;
    var end = start === null ? null : calendar.count(start, data.number - shift, data.unit);
    return { from: data.earliest && start !== null ? calendar.count(start, data.earliest - shift, data.unit) : end, to: end };
  }

  function fill(step, days, today, last) {
    var time = step.querySelector("time"), flag = step.querySelector(".lrp-flag"), keep = step.dataset.kind === "at least";
    step.hidden = !days;
    step.classList.remove("lrp-late", "lrp-today");
    flag.textContent = "";
    if (!days) return;
    if (days.to === null) {
      time.removeAttribute("datetime");
      time.textContent = "After " + written(last, true) + ": not known yet";
      return;
    }
    var many = days.from !== days.to;
    time.dateTime = iso(days.to);
    time.textContent = (keep ? "Until at least " : "") + (many ? written(days.from) + " to " : "") + written(days.to);
    if (step.dataset.start || keep) return;
    if (days.to < today) {
      step.classList.add("lrp-late");
      flag.textContent = "Overdue, if not yet done";
    } else if (days.from <= today) {
      step.classList.add("lrp-today");
      flag.textContent = days.to === today ? "Due today" : "Now";
    }
  }

  // The calendar file: whole days with neutral titles and no names, an alarm at nine on the working day before.
  function icsOf(steps, calendar) {
    var stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Learning and review pathways//Deadlines//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"];
    steps.forEach(function (step) {
      var before = calendar.count(step.day, -1, "working days");
      var hours = 24 * (step.day - (before === null ? step.day - 1 : before)) - 9;
      var title = "Review step " + step.number + " due";
      lines.push("BEGIN:VEVENT", "UID:" + stamp + "-" + step.number + "-" + Math.random().toString(36).slice(2) + "@review-dates.invalid",
        "DTSTAMP:" + stamp, "DTSTART;VALUE=DATE:" + iso(step.day).replace(/-/g, ""), "DTEND;VALUE=DATE:" + iso(step.day + 1).replace(/-/g, ""),
        "SUMMARY:" + title, "TRANSP:TRANSPARENT", "CLASS:PRIVATE", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:" + title,
        "TRIGGER:-PT" + hours + "H", "END:VALARM", "END:VEVENT");
    });
    return lines.concat("END:VCALENDAR", "").join("\r\n");
  }

  function download(text) {
    var link = document.createElement("a"), url = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    link.href = url;
    link.download = "review-dates.ics";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
  }

  function start(root) {
    var calendar = calendarOf(document.querySelector("[data-holidays]"));
    var form = root.querySelector("form"), result = root.querySelector(".lrp-timeline"), events = [];
    var groups = Array.from(form.querySelectorAll("[data-pathway]"));

    function chosen() {
      var radio = form.querySelector("[type=radio]:checked");
      return groups.find(function (group) { return !radio || group.dataset.pathway === radio.value; });
    }

    function choose() {
      result.hidden = true;
      groups.forEach(function (group) { group.hidden = group !== chosen(); });
    }

    // The days that the reader gave by clock, the first of them under "" too; nothing where one of them is wrong.
    function given() {
      var starts = {}, wrong = null, first, fields = Array.from(chosen().querySelectorAll("input"));
      fields.forEach(function (field) {
        var fault = faultOf(field, calendar), day = field.value && !fault ? parse(field.value) : undefined;
        if (first === undefined) first = day;
        if (!fault && (field.dataset.order === "before" ? day > first : day < first)) fault = field.dataset.fault;
        show(field, fault);
        wrong = wrong || (fault ? field : null);
        if (day !== undefined) field.dataset.clocks.split(" ").concat(field === fields[0] ? "" : []).forEach(function (clock) { starts[clock] = day; });
      });
      if (wrong) wrong.focus();
      return wrong ? null : starts;
    }

    function tell(starts, today, late, now) {
      var words = [], day = starts[""];
      if (late) words.push(late + (late === 1 ? " step is" : " steps are") + " overdue, if not yet done.");
      if (now) words.push(now + (now === 1 ? " step falls" : " steps fall") + " on today.");
      if (day > today && !chosen().dataset.future) words.push("The day you gave is still to come. Check the year.");
      result.querySelector("[data-counted]").textContent = "Counted from " + written(day);
      result.querySelector("[role=status]").textContent = words.join(" ") || "Nothing is overdue and nothing is due today.";
    }

    function work(event) {
      event.preventDefault();
      var starts = given(), today = todayInTheUk(), due = {};
      result.hidden = true;
      if (!starts) return;
      result.querySelectorAll("[data-line]").forEach(function (part) { part.hidden = part.dataset.line !== chosen().dataset.pathway; });
      var line = result.querySelector("ol[data-line]:not([hidden])");
      var steps = Array.from(line.querySelectorAll("[data-number]")).sort(function (a, b) { return a.dataset.place - b.dataset.place; });
      var dated = steps.map(function (step) {
        var days = daysOf(step, starts, due, calendar);
        if (step.dataset.duty && days) due[step.dataset.duty] = days.to;
        fill(step, days, today, calendar.last);
        return { step: step, day: days ? days.to : undefined };
      });
      dated = dated.filter(function (entry) { return entry.day !== undefined; });
      dated.sort(function (a, b) { return (a.day === null ? Infinity : a.day) - (b.day === null ? Infinity : b.day) || 0; });
      var number = 0;
      dated.forEach(function (entry) {
        line.append(entry.step);
        if (!entry.step.dataset.start) entry.step.querySelector("[data-step]").textContent = "Step " + (entry.number = number += 1);
      });
      events = dated.filter(function (entry) { return entry.number && entry.day >= today; })
        .map(function (entry) { return { number: entry.number, day: entry.day }; });
      result.querySelector("[data-ics]").hidden = !events.length;
      tell(starts, today, line.querySelectorAll(".lrp-late:not([hidden])").length, line.querySelectorAll(".lrp-today:not([hidden])").length);
      result.hidden = false;
      result.querySelector("[data-counted]").focus();
    }

    form.addEventListener("change", function (event) { if (event.target.type === "radio") choose(); });
    form.addEventListener("input", function () { result.hidden = true; });
    form.addEventListener("submit", work);
    result.querySelector("[data-ics]").addEventListener("click", function () { download(icsOf(events, calendar)); });
    result.querySelector("[data-print]").addEventListener("click", function () { window.print(); });
    choose();
    root.hidden = false;
  }

  document.querySelectorAll('[data-module="deadlines"]').forEach(function (root) {
    try {
      start(root);
      root.parentElement.querySelectorAll("[data-without]").forEach(function (part) { part.hidden = true; });
    } catch (error) {
      console.error(error);
    }
  });
})();
