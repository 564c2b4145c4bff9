'use strict';
// Methods with which a bot writes: sending, changing, removing, answering a tap.
const {isDeepStrictEqual} = require('node:util');
const checks = require('./checks.cjs');
const {whole} = require('./chat.cjs');
const {badRequest} = require('./refusal.cjs');

const TOO_OLD = 'query is too old and response timeout expired or query ID is invalid';
const SAME = 'message is not modified: specified new message content and reply markup are exactly the same as a '
  + 'current content and reply markup of the message';
const TAP_LIVES = 900; // ours: Telegram names no number; seconds after which a tap can be answered no more
const DELETABLE = 48 * 3600; // seconds, documented

function sendMessage({telegram, bot}, params) {
  checks.plain(params);
  const text = checks.text(params.text);
  checks.markup(params.reply_markup);
  const chat = telegram.open(bot, params.chat_id);
  return telegram.send(bot, chat, {text, ...entities(params)}, params);
}

const entities = ({entities: given}) => (given?.length ? {entities: given} : {});

function sendFile(kind) {
  return ({telegram, bot}, params, files) => {
    checks.plain(params);
    const caption = checks.caption(params.caption);
    checks.markup(params.reply_markup);
    const chat = telegram.open(bot, params.chat_id);
    const content = {[kind]: described(kind, keepFile(telegram, kind, params[kind], files))};
    return telegram.send(bot, chat, caption ? {...content, caption} : content, params);
  };
}

/** What was uploaded, or what was uploaded before and is named again. */
function keepFile(telegram, kind, given, files) {
  const uploaded = files[kind] || files[String(given).replace('attach://', '')];
  if (uploaded) return telegram.keepFile(uploaded);
  if (!telegram.files.has(given)) throw badRequest('wrong file identifier/HTTP URL specified');
  return telegram.files.get(given);
}

/** As it stands in a message. */
function described(kind, {file_id, file_name, mime_type, bytes}) {
  const file = {file_id, file_unique_id: `U${file_id}`, file_size: bytes.length};
  switch (kind) {
    case 'photo': return [{...file, width: 90, height: 90}];
    case 'voice': return {...file, duration: 3, mime_type: 'audio/ogg'};
    case 'sticker':
      return {...file, type: 'regular', width: 512, height: 512, is_animated: false, is_video: false, emoji: '👍'};
    default: return {...file, file_name, mime_type};
  }
}

function sendChatAction({telegram, bot}, params) {
  telegram.open(bot, params.chat_id);
  return true;
}

function editMessageText({telegram, bot}, params) {
  checks.plain(params);
  if (params.inline_message_id) throw badRequest('this server for tests plays no inline messages');
  const text = checks.text(params.text);
  return changed(telegram, bot, params, {text, entities: params.entities?.length ? params.entities : undefined});
}

function editMessageCaption({telegram, bot}, params) {
  checks.plain(params);
  return changed(telegram, bot, params, {caption: checks.caption(params.caption)});
}

const editMessageReplyMarkup = ({telegram, bot}, params) => changed(telegram, bot, params, {});

/** Telegram: an edit without reply_markup takes the buttons away. */
function changed(telegram, bot, params, content) {
  const chat = telegram.open(bot, params.chat_id, 'edit');
  const message = chat.messages.get(Number(params.message_id));
  if (!message) throw badRequest('message to edit not found');
  if (message.from.id !== bot.id) throw badRequest("message can't be edited");
  if ('text' in content && !message.text) throw badRequest('there is no text in the message to edit');
  if ('caption' in content && message.text) throw badRequest('there is no caption in the message to edit');
  const wanted = {...content, reply_markup: checks.markup(params.reply_markup)};
  const differs = Object.keys(wanted).filter((name) => !isDeepStrictEqual(message[name], wanted[name]));
  if (!differs.length) throw badRequest(SAME);
  for (const name of differs) {
    if (wanted[name] === undefined) delete message[name];
    else message[name] = wanted[name];
  }
  message.edit_date = telegram.clock.now();
  return whole(chat, message);
}

function deleteMessage({telegram, bot}, params) {
  const chat = telegram.open(bot, params.chat_id);
  remove(telegram, chat, Number(params.message_id));
  return true;
}

function remove(telegram, chat, number) {
  const message = chat.messages.get(number);
  if (!message) throw badRequest('message to delete not found');
  if (message.date < telegram.clock.now() - DELETABLE) throw badRequest("message can't be deleted for everyone");
  chat.messages.delete(number);
}

function deleteMessages({telegram, bot}, params) {
  const chat = telegram.open(bot, params.chat_id);
  for (const number of params.message_ids) if (chat.messages.has(number)) remove(telegram, chat, number);
  return true; // documented: those that cannot be found are skipped
}

function answerCallbackQuery({telegram, bot}, params) {
  const tap = bot.taps.get(String(params.callback_query_id));
  if (!tap || tap.at < telegram.clock.now() - TAP_LIVES) throw badRequest(TOO_OLD);
  if ((params.text || '').length > 200) throw badRequest('MESSAGE_TOO_LONG');
  tap.answers.push({text: params.text || '', show_alert: Boolean(params.show_alert), url: params.url || ''});
  return true;
}

module.exports = {
  described,
  methods: {
    sendMessage, sendChatAction, editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage,
    deleteMessages, answerCallbackQuery,
    ...Object.fromEntries(['photo', 'document', 'voice', 'sticker', 'video', 'audio', 'animation'].map((kind) => [
      `send${kind[0].toUpperCase()}${kind.slice(1)}`, sendFile(kind),
    ])),
  },
};
