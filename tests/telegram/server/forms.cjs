'use strict';
// Reads what bots and tests send: JSON, forms, and forms with files; it does not judge the contents.
const busboy = require('busboy');
const {badRequest} = require('./refusal.cjs');

// Forms know texts only; the Bot API reads these fields as something else.
const JSON_FIELDS = new Set([
  'allowed_updates', 'caption_entities', 'commands', 'entities', 'link_preview_options', 'media', 'menu_button',
  'message_ids', 'reaction', 'reply_markup', 'reply_parameters', 'scope',
]);
const NUMBERS = new Set([
  'cache_time', 'chat_id', 'from_chat_id', 'limit', 'max_connections', 'message_id', 'message_thread_id', 'offset',
  'reply_to_message_id', 'timeout', 'user_id',
]);
const FLAGS = new Set([
  'allow_sending_without_reply', 'disable_notification', 'disable_web_page_preview', 'drop_pending_updates',
  'protect_content', 'show_alert',
]);

/** The body as `{params, files}`; of a file its name, type and bytes. */
function read(request, query) {
  const type = request.headers['content-type'] || '';
  const fromQuery = Object.fromEntries(query);
  if (type.startsWith('multipart/')) return multipart(request, fromQuery);
  return whole(request).then((body) => ({params: {...fromQuery, ...parsed(type, body)}, files: {}}));
}

async function whole(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

function parsed(type, body) {
  if (!body) return {};
  if (type.startsWith('application/json')) return JSON.parse(body);
  return Object.fromEntries(new URLSearchParams(body));
}

function multipart(request, params) {
  const files = {};
  return new Promise((resolve, reject) => {
    const reader = busboy({headers: request.headers, limits: {fieldSize: 1 << 20}, defParamCharset: 'utf8'});
    reader.on('field', (name, value) => { params[name] = value; });
    reader.on('file', (name, stream, {filename, mimeType}) => {
      const pieces = [];
      stream.on('data', (piece) => pieces.push(piece));
      stream.on('end', () => { files[name] = {file_name: filename, mime_type: mimeType, bytes: Buffer.concat(pieces)}; });
    });
    reader.on('close', () => resolve({params, files}));
    reader.on('error', reject);
    request.on('aborted', () => reject(new Error('the request ended early')));
    request.pipe(reader);
  });
}

/** The same parameters with their types; what is no JSON where JSON belongs is refused as Telegram does. */
function typed(params) {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typedValue(name, value)]));
}

function typedValue(name, value) {
  if (typeof value !== 'string') return value;
  if (JSON_FIELDS.has(name)) return json(name, value);
  if (NUMBERS.has(name) && /^-?\d+$/.test(value)) return Number(value);
  if (FLAGS.has(name)) return value.toLowerCase() === 'true' || value === '1';
  return value;
}

function json(name, value) {
  if (value === '') return undefined;
  try {
    return JSON.parse(value);
  } catch {
    throw badRequest(`can't parse ${name.replaceAll('_', ' ')} JSON object`);
  }
}

module.exports = {read, typed};
