// The calculator of /deadlines/ and its print; calendar.js counts, reminders.js writes the calendar file. Nothing is stored or sent.
/**
 * What the template hands over: of the form and its list, of each pathway, and of each line of the list.
 * @typedef {DOMStringMap} CalculatorData
 * @property {string} pathway - the id of a pathway, on its fields, its line and its button
 * @property {string} case - the field for the reader's own mark of the case
 * @property {string} print - the button that prints
 * @property {string} reminders - the button that saves a calendar file
 * @property {string} ics - what says that the file is saved
 * @property {string} line - the pathway that a list of steps belongs to
 * @property {string} counted - the list in its order of dates
 * @property {string} without - what is shown until a date is given
 * @property {string} maker - who makes the calendar file, for its head
 * @property {string} step - a step of the list
 * @property {string} number - a step that can be dated
 * @property {string} start - the line of the day that was given
 * @property {string} clocks - the clocks that a field of a date starts
 */
(function () {
  "use strict";

  var dates = window.lrpDates;

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
      result.querySelector("[data-reminders]").hidden = !events.length || !window.lrpReminders;
      result.querySelector("[data-counted]").textContent = "Counted from " + dates.written(starts[""]);
      result.querySelector("[role=status]").textContent = dates.told(dated, fields, "step");
      result.hidden = false;
      result.querySelector("[data-counted]").focus();
    }

    form.addEventListener("change", function (event) { if (event.target.type === "radio") choose(); });
    form.addEventListener("input", function () { result.hidden = true; });
    form.addEventListener("submit", work);
    if (window.lrpReminders) result.querySelector("[data-ics]").addEventListener("click", function () {
      window.lrpReminders(events, chosen().dataset.pathway, root.dataset.maker, result.querySelector("[data-case]").value);
    });
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
