// Dates the duties of an outcome; workingdays.js counts. The day that the reader gives goes when outcome or page is left.
(function () {
  "use strict";

  var dates = window.lrpDates;

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

  if (dates) document.querySelectorAll('[data-module="due"]').forEach(function (form) {
    try {
      start(form);
    } catch (error) {
      console.error(error);
    }
  });
})();
