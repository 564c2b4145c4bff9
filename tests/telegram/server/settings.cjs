'use strict';
// Methods with which a bot says who it is, asks about chats and files, and sets its webhook.
const checks = require('./checks.cjs');
const {badRequest} = require('./refusal.cjs');

/** Kept by kind, scope and language; an empty value takes the setting back. */
function place(kind, {scope, language_code: language = ''}) {
  return JSON.stringify([kind, scope || {type: 'default'}, language]);
}

function setMyCommands({bot}, params) {
  checks.commands(params.commands);
  const list = params.commands.map(({command, description}) => ({command: command.replace('/', ''), description}));
  bot.settings.set(place('commands', params), list);
  return true;
}

function deleteMyCommands({bot}, params) {
  bot.settings.delete(place('commands', params));
  return true;
}

const getMyCommands = ({bot}, params) => bot.settings.get(place('commands', params)) || [];

/** setMyName and the like: one text, of so many characters at most. */
function wording(field, method, most) {
  return {
    [`setMy${method}`]: ({bot}, params) => {
      const text = params[field] || '';
      if (text.length > most) throw badRequest(`bot ${field.replace('_', ' ')} is too long`);
      bot.settings.set(place(field, {language_code: params.language_code}), text);
      return true;
    },
    [`getMy${method}`]: ({bot}, {language_code}) => ({[field]: bot.settings.get(place(field, {language_code})) ?? ''}),
  };
}

function setChatMenuButton({bot}, {chat_id: chat = '', menu_button: button = {type: 'default'}}) {
  bot.settings.set(`menu ${chat}`, button);
  return true;
}

const getChatMenuButton = ({bot}, {chat_id: chat = ''}) => bot.settings.get(`menu ${chat}`) || {type: 'default'};

function getChat({telegram, bot}, params) {
  const chat = telegram.open(bot, params.chat_id, 'read');
  const required = {accent_color_id: 0, max_reaction_count: 11}; // no test looks at these; both libraries insist on them
  const gifts = {
    unlimited_gifts: false, limited_gifts: false, unique_gifts: false, premium_subscription: false,
    gifts_from_channels: false,
  };
  return {...chat.card(), ...required, accepted_gift_types: gifts};
}

function getFile({telegram}, {file_id: id}) {
  const file = telegram.files.get(id);
  if (!file) throw badRequest('invalid file_id');
  return {file_id: id, file_unique_id: `U${id}`, file_size: file.bytes.length, file_path: `files/${id}`};
}

function setWebhook({bot}, params) {
  if (!params.url) return deleteWebhook({bot}, params);
  address(params.url);
  const {secret_token: secret = ''} = params;
  if (secret.length > 256) throw badRequest('secret token is too long');
  if (!/^[\w-]*$/.test(secret)) throw badRequest('secret token contains unallowed characters');
  if (params.drop_pending_updates) bot.queue.clear();
  bot.allow(params.allowed_updates);
  bot.polling.end('terminated by setWebhook request');
  bot.webhook.put({max_connections: 40, ...params, secret_token: secret});
  return true;
}

/** ours: Telegram takes https only; a test has no certificate, so http is taken on loopback. */
function address(url) {
  const found = URL.canParse(url) ? new URL(url) : null;
  if (!found || !/^https?:$/.test(found.protocol)) throw badRequest('invalid webhook URL specified');
  if (found.hostname !== '127.0.0.1') throw badRequest('bad webhook: this server for tests reaches 127.0.0.1 only');
}

function deleteWebhook({bot}, params) {
  if (params.drop_pending_updates) bot.queue.clear();
  bot.webhook.remove();
  return true;
}

module.exports = {
  methods: {
    getMe: ({bot}) => bot.me,
    setMyCommands, deleteMyCommands, getMyCommands, setChatMenuButton, getChatMenuButton, getChat, getFile,
    setWebhook, deleteWebhook, getWebhookInfo: ({bot}) => bot.webhook.info(),
    ...wording('name', 'Name', 64),
    ...wording('description', 'Description', 512),
    ...wording('short_description', 'ShortDescription', 120),
  },
};
