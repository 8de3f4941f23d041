// Dates the duties of an outcome; workingdays.js counts. The day that the reader gives goes when outcome or page is left.
(function () {
  "use strict";

  var dates = window.lrpDates;

  // The form of an outcome: a copy of the one at the foot of the decision, with the fields that the outcome asks.
  function made(place, whole, all) {
    var form = whole.cloneNode(true), more = form.querySelector("details"), outcome = place.closest(".lrp-outcome").id;
    var asked = place.dataset.fields.split(" ");
    asked.forEach(function (number, rank) {
      var field = all[number].cloneNode(true), input = field.querySelector("input"), id = outcome + "-" + input.dataset.clocks;
      [["[id]", "id"], ["[for]", "for"], ["[aria-describedby]", "aria-describedby"]].forEach(function (pair) {
        field.querySelectorAll(pair[0]).forEach(function (part) {
          part.setAttribute(pair[1], part.getAttribute(pair[1]).split("due-" + number).join(id));
        });
      });
      if (input.dataset.against) input.dataset.against = outcome + "-" + input.dataset.against;
      if (rank) more.append(field);
      else form.insertBefore(field, more);
      input.required = !rank;
    });
    if (!asked[1]) more.remove();
    if (place.hasAttribute("data-one")) form.querySelector("button").textContent = "Work out the date";
    form.removeAttribute("data-unsearched");
    place.append(form);
    return form;
  }

  function start(form) {
    var steps = form.closest(".lrp-outcome").querySelectorAll("[data-number]");
    var status = form.querySelector("[role=status]"), fields = Array.from(form.querySelectorAll("input"));

    function clear() {
      steps.forEach(function (step) { step.hidden = true; });
      status.textContent = "";
    }

    form.addEventListener("input", clear);
    form.addEventListener("reset", function () {
      clear();
      fields.forEach(function (field) { dates.show(field, ""); });
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      clear();
      // One day is enough, whichever it is.
      fields[0].required = !fields.some(function (field, place) { return place && (field.value || field.validity.badInput); });
      var starts = dates.given(fields), dated = starts && dates.date(steps, starts);
      if (dated) status.textContent = "Worked out below. The first date: " + dated[0].step.querySelector("time").textContent + ". " + dates.told(dated, fields, "date");
    });
    window.addEventListener("pagehide", function () { form.reset(); });
    form.previousElementSibling.hidden = true;
    form.hidden = false;
  }

  if (dates) document.querySelectorAll('form[data-module="due"]').forEach(function (whole) {
    // Taken out, so that only those asked are copied: date fields are costly to make.
    var all = Array.from(whole.querySelectorAll(".lrp-field"));
    all.forEach(function (field) { field.remove(); });
    whole.parentNode.querySelectorAll(".lrp-due[data-fields]").forEach(function (place) {
      try {
        start(made(place, whole, all));
      } catch (error) {
        console.error(error);
      }
    });
  });
})();
