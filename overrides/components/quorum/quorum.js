// Tells whether a meeting can decide, and why, from who is ticked as present. Without this script the page gives the rule
// in words. Nothing that is ticked leaves the page.
/**
 * On a group and on its lines.
 * @typedef {DOMStringMap} QuorumData
 * @property {string} area - the area that a case is in
 * @property {string} concerned - the box of who is concerned
 * @property {string} present - the box of who is present
 * @property {string} partner - which partners an organisation belongs to, with spaces between
 * @property {string} partners - how many of the partners are needed
 * @property {string} others - how many of the others
 * @property {string} [quorate] - whether the group can decide, for the style
 */
(function () {
  "use strict";

  var NEEDED = {
    none: function () { return 0; },
    half: function (count) { return Math.ceil(count / 2); },
    "more than half": function (count) { return count && Math.floor(count / 2) + 1; },
    all: function (count) { return count; }
  };

  function list(words) {
    return words.length < 2 ? words.join("") : words.slice(0, -1).join(", ") + " and " + words[words.length - 1];
  }

  function partnersOf(root, areas) {
    return Array.from(root.querySelectorAll("[data-partner]")).filter(function (label) {
      var concerned = label.dataset.partner.split(" ").some(function (area) { return areas.includes(area); });
      label.hidden = areas.length > 0 && !concerned;
      return concerned;
    });
  }

  function isPresent(label) {
    return label.querySelector("input").checked;
  }

  function name(label) {
    return label.querySelector("span").textContent;
  }

  // The rule is one for each area: an item of two areas needs the partners of both.
  function lacking(root, areas, partners) {
    return areas.filter(function (area) {
      var there = partners.filter(function (label) {
        return label.dataset.partner.split(" ").includes(area) && isPresent(label);
      });
      return there.length < Number(root.dataset.partners);
    });
  }

  function answer(root) {
    var areas = Array.from(root.querySelectorAll("[data-area]:checked"), function (box) { return box.dataset.area; });
    var partners = partnersOf(root, areas);
    var rows = Array.from(root.querySelectorAll("tbody tr")).filter(function (row) {
      var concerned = row.querySelector("[data-concerned]").checked;
      row.querySelector("[data-present]").disabled = !concerned;
      return concerned;
    });
    var there = rows.filter(function (row) { return row.querySelector("[data-present]").checked; }).length;
    var needed = NEEDED[root.dataset.others](rows.length);
    if (!areas.length) return ["", "Tick the area that the item concerns."];
    var missing = partners.filter(function (label) { return !isPresent(label); }).map(name);
    var reasons = [];
    if (lacking(root, areas, partners).length) reasons.push("Not present: " + list(missing) + ".");
    if (there < needed) {
      reasons.push("Other agencies concerned: " + rows.length + "; present: " + there + "; needed: " + needed + ".");
    }
    if (reasons.length) return ["no", "Not quorate. " + reasons.join(" ")];
    return ["yes", "Quorate. The safeguarding partners that the rule asks for are present" +
      (rows.length ? ". Other agencies concerned: " + rows.length + "; present: " + there + "." : ".")];
  }

  document.querySelectorAll('[data-module="quorum"]').forEach(function (root) {
    var place = root.querySelector(".lrp-quorum__answer");
    root.querySelector(".lrp-quorum__check").hidden = false;
    function show() {
      var said = answer(root);
      place.dataset.quorate = said[0];
      if (place.textContent !== said[1]) place.textContent = said[1];
    }
    root.addEventListener("change", show);
    addEventListener("pageshow", show);
    show();
  });
})();
