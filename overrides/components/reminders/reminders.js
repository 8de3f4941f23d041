// Saves worked-out dates as a calendar file: lrpReminders(events, pathway, maker, mark). An event is {day, number, step}, its
// step an element that names itself in data-key; the mark is the reader's own for the case. Nothing is stored or sent.
/**
 * On a step of an event.
 * @typedef {DOMStringMap} EventStep
 * @property {string} key - what the event is known by when its file is saved again
 */
(function () {
  "use strict";

  var dates = window.lrpDates;
  var START = 1577836800; // seconds: sequences are counted from the year 2020, so that they stay small enough
  var FIRST = "1"; // the mark of readers who have one case

  // A number that tells nothing of the words it is made from.
  function hash(words, prime) {
    return Array.from(words).reduce(function (sum, letter) { return Math.imul(sum ^ letter.codePointAt(0), prime); }, prime) >>> 0;
  }

  // Always the same for one step of one case, so that a calendar knows the day again.
  function nameOf(words) { return hash(words, 1597334677) + "-" + hash(words, 16777619) + "@review-dates.invalid"; }

  // Nine in the morning of the working day before. Whole days are counted as days: hours would be wrong where clocks change.
  function alarm(day) {
    var before = dates.count(day, -1, "working days"), days = before === null ? 0 : day - before - 1;
    return "-P" + (days ? days + "D" : "") + "T15H";
  }

  // RFC 5545: whole days with neutral titles and no names. A later file has a higher sequence, and takes an earlier one's place.
  function text(events, pathway, maker, mark) {
    var now = new Date(), stamp = now.toISOString().replace(/[-:]|\.\d+/g, ""), sequence = Math.max(0, Math.floor(now / 1e3) - START);
    var lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:" + maker, "CALSCALE:GREGORIAN", "METHOD:PUBLISH"];
    events.forEach(function (event) {
      var title = "Review step " + event.number + " due" + (mark === FIRST ? "" : " (" + mark + ")");
      lines.push("BEGIN:VEVENT", "UID:" + nameOf([pathway, event.step.dataset.key, mark.toLowerCase()].join("|")),
        "DTSTAMP:" + stamp, "LAST-MODIFIED:" + stamp, "SEQUENCE:" + sequence,
        "DTSTART;VALUE=DATE:" + dates.iso(event.day).replace(/-/g, ""), "DTEND;VALUE=DATE:" + dates.iso(event.day + 1).replace(/-/g, ""),
        "SUMMARY:" + title, "TRANSP:TRANSPARENT", "CLASS:PRIVATE", "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:" + title,
        "TRIGGER:" + alarm(event.day), "END:VALARM", "END:VEVENT");
    });
    return lines.concat("END:VCALENDAR", "").join("\r\n");
  }

  // What a calendar would read as its own signs, or nobody sees, is no part of a mark.
  function plain(mark) {
    return mark.normalize("NFC").replace(/[^\p{L}\p{N} ./-]/gu, "").replace(/ +/g, " ").trim() || FIRST;
  }

  window.lrpReminders = dates && function (events, pathway, maker, mark) {
    var file = new Blob([text(events, pathway, maker, plain(mark))], { type: "text/calendar" });
    var link = document.createElement("a"), url = URL.createObjectURL(file);
    link.href = url;
    link.download = "review-dates.ics";
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
  };
})();
