// Opens what this page holds, with the password that is typed. Nothing is sent, nothing is kept.
(function () {
  'use strict';
  var box = document.getElementById('box');
  var form = document.getElementById('form');
  var field = document.getElementById('password');
  var told = document.getElementById('told');
  var button = document.getElementById('open');
  if (!window.crypto || !crypto.subtle || !window.DecompressionStream) return;
  form.hidden = false;
  document.getElementById('cannot').hidden = true;
  field.focus();

  function bytes(text) {
    var raw = atob(text);
    var out = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i += 1) out[i] = raw.charCodeAt(i);
    return out;
  }

  // A password that the program made is letters and digits alone; look-alikes are mended
  function plain(typed) {
    var text = typed.normalize('NFKC');
    if (!box.hasAttribute('data-code')) return text.trim();
    return text.replace(/[^0-9A-Za-z]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  }

  function say(words, busy) {
    told.className = busy ? 'busy' : '';
    told.textContent = words;
  }

  async function unlock(password) {
    var subtle = crypto.subtle;
    var base = await subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, ['deriveKey']);
    var how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytes(box.dataset.salt), iterations: Number(box.dataset.rounds) };
    var key = await subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
    var open = await subtle.decrypt({ name: 'AES-GCM', iv: bytes(box.dataset.nonce) }, key, bytes(box.content.textContent.trim()));
    var length = new DataView(open).getUint32(0);
    var packed = new Blob([new Uint8Array(open, 4, length)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return new Response(packed).text();
  }

  document.getElementById('show').addEventListener('change', function (event) {
    field.type = event.target.checked ? 'text' : 'password';
  });

  form.addEventListener('submit', async function (event) {
    event.preventDefault();
    if (button.getAttribute('aria-busy')) return;
    field.removeAttribute('aria-invalid');
    button.setAttribute('aria-busy', 'true');
    say('開いています… Opening …', true);
    try {
      var html = await unlock(plain(field.value));
      document.open();
      document.write(html);
      document.close();
    } catch (fault) {
      button.removeAttribute('aria-busy');
      field.setAttribute('aria-invalid', 'true');
      say('このパスワードでは開けません。確かめて、もう一度入れてください。 This password does not open it.', false);
      field.focus();
      field.select();
    }
  });
}());
