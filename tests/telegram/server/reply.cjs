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
  const bytes = Buffer.from(`<html><head><title>${status}</title></head><body>nginx</body></html>`);
  response.writeHead(status, {'content-type': 'text/html', 'content-length': bytes.length});
  response.end(bytes);
}

module.exports = {json, page};
