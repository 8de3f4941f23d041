// Writes a Word document: lrp.docx({title, date, blocks}) gives its bytes, with real headings, table heads and language, and
// no author. A block is {heading, level}, {text} or {head, rows, widths}, widths in per cent. Needs zip.js, and the fixed
// parts of a document in the page (components/docx.html).
/**
 * On the fixed parts of a Word document.
 * @typedef {DOMStringMap} DocxPart
 * @property {string} part - the path of the part in the file
 */
(function () {
  "use strict";
  var lrp = window.lrp = window.lrp || {};
  var WIDTH = 9638; // between the margins of an A4 page, in twentieths of a point

  function clean(text) {
    return text.replace(/[\v\f\x85\u2028\u2029]/g, " ").replace(/[\0-\x08\x0e-\x1f\u202a-\u202e\u2066-\u2069\ufffe\uffff\p{Cs}]/gu, "")
      .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  function paragraph(text, style) {
    return "<w:p>" + (style ? '<w:pPr><w:pStyle w:val="' + style + '"/></w:pPr>' : "") + '<w:r><w:t xml:space="preserve">' +
      clean(text).replace(/\r\n?|\n/g, '</w:t><w:br/><w:t xml:space="preserve">') + "</w:t></w:r></w:p>";
  }

  function table(block) {
    var widths = block.widths.map(function (part) { return Math.round(WIDTH * part / 100) + '"'; });
    function row(cells, about) {
      return "<w:tr><w:trPr><w:cantSplit/>" + about + "</w:trPr>" + cells.map(function (cell, place) {
        return '<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="' + widths[place] + "/></w:tcPr>" + paragraph(cell) + "</w:tc>";
      }).join("") + "</w:tr>";
    }
    return '<w:tbl><w:tblPr><w:tblStyle w:val="Table"/><w:tblW w:w="' + WIDTH + '" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="' +
      widths.join('/><w:gridCol w:w="') + "/></w:tblGrid>" + row(block.head, "<w:tblHeader/>") +
      block.rows.map(function (cells) { return row(cells, ""); }).join("") + "</w:tbl><w:p/>";
  }

  lrp.docx = function (given) {
    var fill = { title: clean(given.title), day: given.date.toISOString().slice(0, 19) + "Z" };
    fill.body = given.blocks.map(function (block) {
      return block.rows ? table(block) : block.heading ? paragraph(block.heading, "Heading" + (block.level || 1)) : paragraph(block.text);
    }).join("");
    return lrp.zip(Array.from(document.querySelectorAll("[data-part]"), function (part) {
      var xml = part.textContent.trim().replace(/\[(title|day|body)\]/g, function (_, name) { return fill[name]; });
      return { name: part.dataset.part, data: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml };
    }), given.date);
  };
})();
