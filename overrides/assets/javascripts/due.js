// Dates the duties of an outcome; workingdays.js counts. The day given goes when outcome or page is left.
(function () {
  "use strict";

  var dates = window.lrpDates;

  function start(place, whole, all) {
    var form = whole.cloneNode(true), more = form.querySelector("details"), outcome = place.closest(".lrp-outcome");
    place.dataset.fields.split(" ").forEach(function (id) {
      var field = all[id].cloneNode(true);
      field.querySelectorAll("*").forEach(function (part) {
        Array.from(part.attributes, function (one) { one.value = one.value.replace(/\bdue\d*-/g, outcome.id + "-"); });
      });
      more.append(field);
    });
    more.before(more.children[1]);
    if (!more.children[1]) more.remove();
    place.append(form);
    var steps = outcome.querySelectorAll("[data-number]");
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
      // One day is enough.
      fields[0].required = !fields.some(function (field, place) { return place && (field.value || field.validity.badInput); });
      var starts = dates.given(fields), dated = starts && dates.date(steps, starts);
      if (dated) status.textContent = "Worked out below. The first date: " + dated[0].step.querySelector("time").textContent + ". " + dates.told(dated, fields, "date");
    });
    window.addEventListener("pagehide", function () { form.reset(); });
    place.firstElementChild.hidden = true;
    form.hidden = false;
  }

  if (dates) document.querySelectorAll('form[data-module="due"]').forEach(function (whole) {
    var all = {}; // date fields are slow to copy
    whole.querySelectorAll(".lrp-field").forEach(function (field) {
      all[field.querySelector("input").id] = field;
      field.remove();
    });
    whole.parentNode.querySelectorAll(".lrp-due[data-fields]").forEach(function (place) {
      try {
        start(place, whole, all);
      } catch (error) {
        console.error(error);
      }
    });
  });
})();
