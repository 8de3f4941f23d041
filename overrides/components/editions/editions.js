// Names the edition that was in force on the day of an incident; the table below the field holds them all.
/**
 * On the list of editions.
 * @typedef {DOMStringMap} EditionsData
 * @property {string} ask - the part with the field
 * @property {string} from - the first day of an edition, on its row
 * @property {string} until - the last one; empty where it is today's
 */
(function () {
  "use strict";

  function start(root) {
    var ask = root.querySelector("[data-ask]"), field = ask && ask.querySelector("input");
    if (!field) return;
    var status = ask.querySelector("[role=status]"), rows = Array.from(root.querySelectorAll("tr[data-from]"));
    var first = rows[rows.length - 1];

    function say(before, row, after) {
      status.textContent = before;
      if (row) {
        var link = row.querySelector("th a").cloneNode(true);
        status.append(link, after);
      }
      rows.forEach(function (other) { other.classList.toggle("lrp-editions__found", other === row); });
    }

    function find() {
      var day = field.value;
      if (!day) return say("", null);
      var today = new Date().toLocaleDateString("en-GB", { timeZone: "Europe/London", day: "2-digit", month: "2-digit", year: "numeric" }).split("/").reverse().join("-");
      if (day > today) return say("That day has not come yet.", null);
      var row = rows.find(function (one) { return one.dataset.from <= day && (!one.dataset.until || day <= one.dataset.until); });
      if (!row) return say("No edition that is kept here was in force on that day. The first is the ", first, ".");
      var changed = row.querySelector("td:last-child a") ? " It was changed within its time: see the table." : "";
      say("In force on that day: ", row, "." + changed);
    }

    field.addEventListener("input", find);
    window.addEventListener("pagehide", function () { field.value = ""; find(); });
    ask.hidden = false;
  }

  document.querySelectorAll('[data-module="editions"]').forEach(function (root) {
    try {
      start(root);
    } catch (error) {
      console.error(error);
    }
  });
})();
