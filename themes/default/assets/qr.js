// Answers as QR codes, where nobody takes a file: one code or several, each a line of text that any scanner gives.
//
//   SHIRUBE-ANSWER/1/RECEIPT/WHOLE/PART/PARTS/SUM/DATA
//
// Only capitals, digits, «-» and «/»: what a hand scanner types comes out the same on every keyboard, whatever is locked on it, and no
// phone has to guess in which encoding a text was written. DATA is the part's share of the answers in base32 (RFC 4648, without «=»);
// WHOLE is the CRC-32 of all of them, SUM the first half of the CRC-32 of RECEIPT/WHOLE/PART/PARTS/DATA.
(function (root) {
  "use strict";

  // QR codes after ISO/IEC 18004, letters and digits only, error correction M: the check bytes of a block and the blocks of each version,
  // as far as a phone's camera reads them from a screen with ease.
  var CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  var CHECKS = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
  var BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];

  function bytesIn(version) {
    var marks = version > 1 ? Math.floor(version / 7) + 2 : 0;
    var modules = (16 * version + 128) * version + 64 - (marks > 0 ? (25 * marks - 10) * marks - 55 : 0) - (version > 6 ? 36 : 0);
    return Math.floor(modules / 8);
  }
  function dataIn(version) { return bytesIn(version) - CHECKS[version - 1] * BLOCKS[version - 1]; }
  function counter(version) { return version < 10 ? 9 : 11; }
  function capacity(version) {
    var bits = 8 * dataIn(version) - 4 - counter(version);
    return 2 * Math.floor(bits / 11) + (bits % 11 > 5 ? 1 : 0);
  }

  function binary(value, length) { return value.toString(2).padStart(length, "0"); }
  function codewords(text, version) {
    var most = 8 * dataIn(version);
    var bits = "0010" + binary(text.length, counter(version));
    (text.match(/..?/g) || []).forEach(function (pair) {
      var first = CHARACTERS.indexOf(pair.charAt(0));
      bits += pair.length > 1 ? binary(45 * first + CHARACTERS.indexOf(pair.charAt(1)), 11) : binary(first, 6);
    });
    bits = bits.padEnd(Math.min(bits.length + 4, most), "0");
    var bytes = bits.match(/.{1,8}/g).map(function (byte) { return parseInt(byte.padEnd(8, "0"), 2); });
    for (var at = 0; bytes.length < most / 8; at++) bytes.push(at % 2 ? 17 : 236);
    return bytes;
  }

  // Numbers of 256, as the standard multiplies them.
  function times(one, other) {
    var product = 0;
    for (var bit = 7; bit >= 0; bit--) product = (product << 1) ^ (product & 128 ? 0x11d : 0) ^ ((other >> bit) & 1 ? one : 0);
    return product;
  }
  function divisor(degree) {
    var factors = [1];
    for (var at = 0, root = 1; at < degree; at++, root = times(root, 2)) {
      factors = factors.concat(0).map(function (factor, place) { return factor ^ (place > 0 ? times(factors[place - 1], root) : 0); });
    }
    return factors.slice(1);
  }
  function checks(bytes, factors) {
    var rest = factors.map(function () { return 0; });
    bytes.forEach(function (byte) {
      var by = byte ^ rest.shift();
      rest.push(0);
      factors.forEach(function (factor, at) { rest[at] ^= times(factor, by); });
    });
    return rest;
  }

  // All bytes in the order in which they are drawn: one of each block in turn. The last blocks are longer by one.
  function interleaved(bytes, version) {
    var count = BLOCKS[version - 1];
    var short = Math.floor(bytes.length / count);
    var factors = divisor(CHECKS[version - 1]);
    var blocks = [];
    for (var at = 0, from = 0; at < count; at++) {
      var length = short + (at >= count - (bytes.length % count) ? 1 : 0);
      blocks.push(bytes.slice(from, from + length));
      from += length;
    }
    function inTurn(all) {
      var order = [];
      for (var place = 0; all.some(function (one) { return place < one.length; }); place++) {
        all.forEach(function (one) { if (place < one.length) order.push(one[place]); });
      }
      return order;
    }
    return inTurn(blocks).concat(inTurn(blocks.map(function (block) { return checks(block, factors); })));
  }

  function remainder(value, bits, generator) {
    var rest = value;
    for (var at = 0; at < bits; at++) rest = (rest << 1) ^ ((rest >>> (bits - 1)) * generator);
    return (value << bits) | rest;
  }

  // The field with everything that is not data; null: still free.
  function frame(version) {
    var width = 17 + 4 * version;
    var field = [];
    for (var row = 0; row < width; row++) field.push(new Array(width).fill(null));
    function set(x, y, dark) { if (x >= 0 && y >= 0 && x < width && y < width) field[y][x] = dark; }
    function around(x, y, reach, isDark) {
      for (var dy = -reach; dy <= reach; dy++) for (var dx = -reach; dx <= reach; dx++) set(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
    for (var at = 0; at < width; at++) {
      set(6, at, at % 2 === 0);
      set(at, 6, at % 2 === 0);
    }
    [[3, 3], [width - 4, 3], [3, width - 4]].forEach(function (corner) {
      around(corner[0], corner[1], 4, function (far) { return far !== 2 && far !== 4; });
    });
    var marks = version > 1 ? Math.floor(version / 7) + 2 : 0;
    var step = 2 * Math.ceil((width - 13) / (2 * marks - 2));
    var places = [6];
    for (var place = 1; place < marks; place++) places.push(width - 7 - (marks - 1 - place) * step);
    places.forEach(function (x) {
      places.forEach(function (y) {
        var corner = (x === 6 && (y === 6 || y === width - 7)) || (y === 6 && x === width - 7);
        if (marks > 0 && !corner) around(x, y, 2, function (far) { return far !== 1; });
      });
    });
    if (version > 6) {
      var number = remainder(version, 12, 0x1f25);
      for (var bit = 0; bit < 18; bit++) {
        var dark = ((number >>> bit) & 1) === 1;
        set(width - 11 + (bit % 3), Math.floor(bit / 3), dark);
        set(Math.floor(bit / 3), width - 11 + (bit % 3), dark);
      }
    }
    format(field, 0);
    return field;
  }

  // Which mask was laid over the data, twice.
  function format(field, mask) {
    var width = field.length;
    var bits = remainder(mask, 10, 0x537) ^ 0x5412;
    for (var at = 0; at < 15; at++) {
      var dark = ((bits >>> at) & 1) === 1;
      if (at < 8) field[at < 6 ? at : at + 1][8] = dark;
      else field[8][at < 9 ? 7 : 14 - at] = dark;
      if (at < 8) field[8][width - 1 - at] = dark;
      else field[width - 15 + at][8] = dark;
    }
    field[width - 8][8] = true;
  }

  var MASKS = [
    function (x, y) { return (x + y) % 2; },
    function (x, y) { return y % 2; },
    function (x) { return x % 3; },
    function (x, y) { return (x + y) % 3; },
    function (x, y) { return (Math.floor(x / 3) + Math.floor(y / 2)) % 2; },
    function (x, y) { return ((x * y) % 2) + ((x * y) % 3); },
    function (x, y) { return (((x * y) % 2) + ((x * y) % 3)) % 2; },
    function (x, y) { return (((x + y) % 2) + ((x * y) % 3)) % 2; },
  ];

  // The field with the data under a mask: up and down in columns of two, from the right, past the column of the timing.
  function drawn(version, bytes, mask) {
    var field = frame(version);
    var width = field.length;
    var bit = 0;
    for (var right = width - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (var step = 0; step < width; step++) {
        for (var x = right; x > right - 2; x--) {
          var y = ((right + 1) & 2) === 0 ? width - 1 - step : step;
          if (field[y][x] !== null) continue;
          var dark = bit < 8 * bytes.length && ((bytes[bit >> 3] >> (7 - (bit & 7))) & 1) === 1;
          bit += 1;
          field[y][x] = dark !== (MASKS[mask](x, y) === 0);
        }
      }
    }
    format(field, mask);
    return field;
  }

  // How hard a field is to read: long runs, squares, what looks like a corner, too much of one colour.
  function penalty(field) {
    var width = field.length;
    var score = 0;
    var all = 0;
    function line(at) {
      for (var i = 0; i < width; i++) {
        var run = 1;
        for (var j = 1; j <= width; j++) {
          if (j < width && at(i, j) === at(i, j - 1)) run += 1;
          else {
            if (run > 4) score += run - 2;
            run = 1;
          }
        }
        for (var from = 0; from < width - 6; from++) {
          var corner = [true, false, true, true, true, false, true].every(function (dark, k) { return at(i, from + k) === dark; });
          function dark(start) { return [0, 1, 2, 3].some(function (k) { return start + k >= 0 && start + k < width && at(i, start + k); }); }
          if (corner && !(dark(from - 4) && dark(from + 7))) score += 40;
        }
      }
    }
    line(function (i, j) { return field[i][j]; });
    line(function (i, j) { return field[j][i]; });
    field.forEach(function (row, y) {
      row.forEach(function (dark, x) {
        if (dark) all += 1;
        if (x + 1 < width && y + 1 < width && dark === row[x + 1] && dark === field[y + 1][x] && dark === field[y + 1][x + 1]) score += 3;
      });
    });
    return score + Math.abs(Math.floor((all * 200) / (width * width)) - 100);
  }

  // The modules of a text's code, row by row, without the margin; null: too long. A mask may be asked for.
  function modules(text, mask) {
    var version = 1;
    while (version <= CHECKS.length && capacity(version) < text.length) version += 1;
    if (version > CHECKS.length) return null;
    var bytes = interleaved(codewords(text, version), version);
    if (mask !== undefined) return drawn(version, bytes, mask);
    var best = null;
    var least = Infinity;
    MASKS.forEach(function (_, at) {
      var field = drawn(version, bytes, at);
      var score = penalty(field);
      if (score < least) best = field;
      least = Math.min(least, score);
    });
    return best;
  }

  // The answers as text: survey, revision and sheet, then the fields as a form would send them, with the two characters that would mean
  // something else written out.
  function flat(file) {
    var fields = [file.survey, String(file.revision), file.sheet];
    Object.keys(file.answers).forEach(function (name) {
      file.answers[name].forEach(function (value) { fields.push(name + "=" + value.replace(/%/g, "%25").replace(/&/g, "%26")); });
    });
    return fields.join("&");
  }
  function crc(bytes) {
    var sum = -1;
    bytes.forEach(function (byte) {
      sum ^= byte;
      for (var bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    });
    return ((sum ^ -1) >>> 0).toString(16).toUpperCase().padStart(8, "0");
  }
  function bytesOf(text) { return Array.from(new TextEncoder().encode(text)); }
  function base32(bytes) {
    var bits = bytes.map(function (byte) { return binary(byte, 8); }).join("");
    return bits.match(/.{1,5}/g).map(function (five) { return "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(parseInt(five.padEnd(5, "0"), 2)); }).join("");
  }

  // The texts of a file's codes, all of about one length, and as few as can be.
  function texts(file, receipt) {
    var bytes = bytesOf(flat(file));
    var data = base32(bytes);
    var whole = crc(bytes);
    var head = "SHIRUBE-ANSWER/1/";
    function part(number, count, share) {
      var place = [receipt, whole, number, count].join("/") + "/";
      return head + place + crc(bytesOf(place + share)).slice(0, 4) + "/" + share;
    }
    var count = 1;
    while (Math.ceil(data.length / count) > capacity(CHECKS.length) - part(count, count, "").length) count += 1;
    var size = Math.ceil(data.length / count);
    var all = [];
    for (var at = 0; at < count; at++) all.push(part(at + 1, count, data.slice(at * size, (at + 1) * size)));
    return all;
  }

  root.shirubeQr = { texts: texts, modules: modules };
})(typeof window === "undefined" ? globalThis : window);
