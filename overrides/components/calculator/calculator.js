// The calculator of /deadlines/, its calendar file and its print; calendar.js counts. Nothing is stored or sent.
(function () {
  "use strict";

  var dates = window.lrpDates;

  // The calendar file: whole days with neutral titles and no names, an alarm at nine on the working day before.
  function icsOf(steps, maker) {
    var stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:" + maker, "CALSCALE:GREGORIAN", "METHOD:PUBLISH"];
    steps.forEach(function (step) {
      var before = dates.count(step.day, -1, "working days");
      var hours = 24 * (step.day - (before === null ? step.day - 1 : before)) - 9;
      var title = "Review step " + step.number + " due";
      lines.push("BEGIN:VEVENT", "UID:" + stamp + "-" + step.number + "-" + Math.random().toString(36).slice(2) + "@review-dates.invalid",
        "DTSTAMP:" + stamp, "DTSTART;VALUE=DATE:" + dates.iso(step.day).replace(/-/g, ""), "DTEND;VALUE=DATE:" + dates.iso(step.day + 1).replace(/-/g, ""),
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

    function work(event) {
      event.preventDefault();
      var fields = Array.from(chosen().querySelectorAll("input")), starts = dates.given(fields), number = 0;
      result.hidden = true;
      if (!starts) return;
      starts[""] = starts[fields[0].dataset.clocks.split(" ")[0]]; // for what a later date, left empty, would start
      result.querySelectorAll("[data-line]").forEach(function (part) { part.hidden = part.dataset.line !== chosen().dataset.pathway; });
      var dated = dates.date(result.querySelectorAll("ol:not([hidden]) > [data-number]"), starts);
      dated.forEach(function (entry) {
        if (!entry.step.dataset.start) entry.step.querySelector("[data-step]").textContent = "Step " + (entry.number = number += 1);
      });
      events = dated.filter(function (entry) { return entry.number && entry.day >= dates.today(); });
      result.querySelector("[data-ics]").hidden = !events.length;
      result.querySelector("[data-counted]").textContent = "Counted from " + dates.written(starts[""]);
      result.querySelector("[role=status]").textContent = dates.told(dated, fields, "step");
      result.hidden = false;
      result.querySelector("[data-counted]").focus();
    }

    form.addEventListener("change", function (event) { if (event.target.type === "radio") choose(); });
    form.addEventListener("input", function () { result.hidden = true; });
    form.addEventListener("submit", work);
    result.querySelector("[data-ics]").addEventListener("click", function () { download(icsOf(events, root.dataset.maker)); });
    result.querySelector("[data-print]").addEventListener("click", function () { window.print(); });
    choose();
    root.hidden = false;
  }

  if (dates) document.querySelectorAll('[data-module="deadlines"]').forEach(function (root) {
    try {
      start(root);
      root.parentElement.querySelectorAll("[data-without]").forEach(function (part) { part.hidden = true; });
    } catch (error) {
      console.error(error);
    }
  });
})();
