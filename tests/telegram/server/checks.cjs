'use strict';
// What Telegram refuses and the npm package takes: lengths, empty texts, buttons. Limits are from the Bot API's
// documentation, sentences from its published server where it has them.
const {badRequest} = require('./refusal.cjs');

const TEXT = 4096; // UTF-16 code units, which is what a string of JavaScript counts
const CAPTION = 1024;
const RAW = 32768; // bytes, before anything else is looked at
const BUTTONS = 100;
const DATA = 64; // bytes

/** The text as it will be shown: spaces around it are cut off. */
function text(value) {
  if (value === undefined || value === '') throw badRequest('message text is empty');
  const shown = trimmed(value);
  if (!shown) throw badRequest('message text is empty');
  if (shown.length > TEXT) throw badRequest('message is too long');
  return shown;
}

function caption(value) {
  if (value === undefined || value === '') return undefined;
  const shown = trimmed(value);
  if (shown.length > CAPTION) throw badRequest('message caption is too long');
  return shown || undefined;
}

function trimmed(value) {
  if (typeof value !== 'string') throw badRequest('text must be a string');
  if (Buffer.byteLength(value) > RAW) throw badRequest('text is too long');
  return value.trim();
}

/** ours: nothing here reads markup, and a text that only looks right would deceive. */
function plain({parse_mode: mode}) {
  if (mode && mode !== 'None') throw badRequest('this server for tests plays no parse_mode');
}

/** The markup if every button of it can be shown. */
function markup(value) {
  if (value === undefined || value === null || Object.keys(value).length === 0) return undefined;
  if (!('inline_keyboard' in value)) return replyKeyboard(value);
  const rows = value.inline_keyboard;
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) {
    throw badRequest("can't parse reply keyboard markup JSON object");
  }
  const buttons = rows.flat();
  buttons.forEach(inlineButton);
  if (buttons.length > BUTTONS) throw badRequest('reply markup is too long');
  return buttons.length ? value : undefined;
}

function replyKeyboard(value) {
  if ('keyboard' in value || value.force_reply || value.remove_keyboard) return value;
  throw badRequest('object expected as reply markup');
}

function inlineButton(button) {
  if (!button.text) throw badRequest("can't parse inline keyboard button: Can't find field \"text\""); // also when empty
  if (button.url) return url(button.url);
  if (button.callback_data) return data(button.callback_data);
  if (button.copy_text || button.web_app || 'switch_inline_query' in button) return undefined;
  throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
}

function data(value) {
  if (typeof value !== 'string' || Buffer.byteLength(value) > DATA) throw badRequest('BUTTON_DATA_INVALID');
}

/** Telegram asks for a dot in the host, so that localhost is refused and 127.0.0.1 is not. */
function url(value) {
  const invalid = (why) => badRequest(`inline keyboard button URL '${value}' is invalid: ${why}`);
  if (/^(tg|ton):/i.test(value)) return;
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value) || ['http://']; // Telegram takes example.org as well
  if (!/^https?:\/\/$/i.test(scheme)) throw invalid('Unsupported URL protocol');
  const found = URL.canParse(value) ? new URL(value) : URL.canParse(`http://${value}`) && new URL(`http://${value}`);
  if (!found || !/[^.]\.[^.]|^\[/.test(found.hostname)) throw invalid('Wrong HTTP URL');
}

function commands(list) {
  if (!Array.isArray(list)) throw badRequest("can't parse commands JSON object");
  if (list.length > 100) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  for (const {command, description} of list) {
    if (!/^\/?[a-z0-9_]{1,32}$/.test(command || '')) throw badRequest('BOT_COMMAND_INVALID');
    if (!description || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  }
}

module.exports = {caption, commands, markup, plain, text};
