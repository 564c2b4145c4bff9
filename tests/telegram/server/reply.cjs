'use strict';
// Writes an answer.

function json(response, status, body, headers = {}) {
  if (response.destroyed) return;
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {'content-type': 'application/json', 'content-length': bytes.length, ...headers});
  response.end(bytes);
}

/** What the machine in front of Telegram's says when there is nobody behind it. */
function page(response, status) {
  raw(response, `<html><head><title>${status}</title></head><body>nginx</body></html>`, status);
}

function raw(response, text, status = 200) {
  const bytes = Buffer.from(text);
  response.writeHead(status, {'content-type': 'text/html', 'content-length': bytes.length});
  response.end(bytes);
}

module.exports = {json, page, raw};
