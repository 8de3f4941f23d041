// Dates the duties of an outcome; calendar.js counts. The day given goes when outcome or page is left.
// Fields for a date are slow to make: an outcome gets them when first shown.
/**
 * On the form of an outcome, and on each duty of it.
 * @typedef {DOMStringMap} DueData
 * @property {string} fields - the ids of the fields that it asks, with spaces between
 * @property {string} number - a duty that can be dated
 */
(function () {
  "use strict";

  var dates = window.lrpDates, whole = document.querySelector('form[data-module="due"]'), all = new DocumentFragment();

  function start(outcome) {
    var place = outcome.querySelector(".lrp-due");
    if (!place || place.children[1]) return;
    var form = whole.cloneNode(true), more = form.querySelector("details");
    place.dataset.fields.split(" ").forEach(function (id) {
      var field = all.getElementById(id).parentNode.cloneNode(true);
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
      fields[0].required = !fields.slice(1).some(function (field) { return field.value || field.validity.badInput; });
      var starts = dates.given(fields), dated = starts && dates.date(steps, starts);
      if (dated) status.textContent = "Worked out below. The first date: " + dated[0].step.querySelector("time").textContent + ". " + dates.told(dated, fields, "date");
    });
    window.addEventListener("pagehide", function () { form.reset(); });
    form.hidden = false;
  }

  if (!dates || !whole) return;
  all.append(...whole.querySelectorAll(".lrp-field"));
  document.addEventListener("lrp-shown", function (event) { start(event.target); });
  document.querySelectorAll(".lrp-shown, :not(.lrp-decision--live) > .lrp-outcome").forEach(start);
})();
