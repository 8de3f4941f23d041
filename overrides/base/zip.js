// Makes a zip file without compressing it: lrp.zip([{name, data}], date) gives its bytes, data being text or bytes. The
// same files and date give the same bytes in every time zone.
(function () {
  "use strict";
  var lrp = window.lrp = window.lrp || {};
  var utf8 = new TextEncoder();
  var TABLE = new Uint32Array(256).map(function (_, number) {
    for (var bit = 0; bit < 8; bit++) number = number & 1 ? 0xEDB88320 ^ number >>> 1 : number >>> 1;
    return number;
  });

  function checksum(bytes) {
    var sum = -1;
    for (var i = 0; i < bytes.length; i++) sum = TABLE[(sum ^ bytes[i]) & 255] ^ sum >>> 8;
    return ~sum >>> 0;
  }

  // Numbers, little end first: a plain one takes two bytes, one in brackets four.
  function numbers(list) {
    return Uint8Array.from(list.flatMap(function (one) {
      return one.length ? [one[0], one[0] >>> 8, one[0] >>> 16, one[0] >>> 24] : [one, one >>> 8];
    }));
  }

  function length(parts) { return parts.reduce(function (sum, part) { return sum + part.length; }, 0); }

  lrp.zip = function (files, date) {
    // Zip counts days from 1980 to 2107 and time in steps of two seconds.
    var year = Math.min(Math.max(date.getUTCFullYear(), 1980), 2107) - 1980;
    var day = year << 9 | date.getUTCMonth() + 1 << 5 | date.getUTCDate();
    var time = date.getUTCHours() << 11 | date.getUTCMinutes() << 5 | date.getUTCSeconds() >> 1;
    var parts = [], index = [];
    files.forEach(function (file) {
      var name = utf8.encode(file.name), data = typeof file.data === "string" ? utf8.encode(file.data) : file.data;
      // version 2.0, names in UTF-8, stored as it is
      var about = [20, 0x0800, 0, time, day, [checksum(data)], [data.length], [data.length], name.length, 0];
      index.push(numbers([[0x02014B50], 20].concat(about, 0, 0, 0, [[0], [length(parts)]])), name);
      parts.push(numbers([[0x04034B50]].concat(about)), name, data);
    });
    var all = parts.concat(index, numbers([[0x06054B50], 0, 0, files.length, files.length, [length(index)], [length(parts)], 0]));
    var whole = new Uint8Array(length(all)), place = 0;
    all.forEach(function (part) { whole.set(part, place); place += part.length; });
    return whole;
  };
})();
