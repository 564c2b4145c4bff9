'use strict';
// All bots and chats of the server. It stands on the store of `telegram-test-api`, which numbers messages, reads their
// markup and forms updates; where that differs from the documented Bot API it is repaired here.
const {TelegramServer} = require('telegram-test-api/lib/telegramServer');
const {Bot} = require('./bot.cjs');
const {Chat, whole} = require('./chat.cjs');
const {Clock} = require('./clock.cjs');
const {badRequest, forbidden, Refusal} = require('./refusal.cjs');

// Telegram: seconds an unconfirmed update is kept
const MESSAGE_KEPT = 86400;
const TAP_KEPT = 150;

class Telegram extends TelegramServer {
  constructor() {
    super();
    this.clock = new Clock();
    this.bots = new Map();
    this.chats = new Map();
    this.files = new Map();
  }

  bot(token) {
    if (!/^\d+:[\w-]+$/.test(token)) throw new Refusal(401, 'Unauthorized');
    if (!this.bots.has(token)) this.bots.set(token, new Bot(token, this.clock));
    return this.bots.get(token);
  }

  /** A private chat is one person's with one bot; a group is the same for all its bots. */
  chat(token, id) {
    return this.chats.get(id < 0 ? String(id) : `${token}/${id}`);
  }

  keepChat(chat, token) {
    this.chats.set(chat.id < 0 ? String(chat.id) : `${token}/${chat.id}`, chat);
    return chat;
  }

  /** The chat of a person who writes to a bot; it begins when they do. */
  privateChat(token, person) {
    const {is_bot: _, language_code: __, ...about} = person;
    delete about.id;
    return this.chat(token, person.id) || this.keepChat(new Chat(person.id, 'private', about), token);
  }

  /** The chat a bot wants to read, edit or write in, or why it may not. */
  open(bot, id, access = 'write') {
    if (id === undefined || id === '') throw badRequest('chat_id is empty');
    const chat = this.chat(bot.token, Number(id));
    if (!chat) throw badRequest('chat not found'); // nobody has written to this bot from there
    if (access === 'read') return chat;
    if (chat.movedTo && access === 'write') {
      throw badRequest('group chat was upgraded to a supergroup chat', {migrate_to_chat_id: chat.movedTo});
    }
    if (chat.private && chat.deactivated) throw forbidden('user is deactivated');
    // ours: whether Telegram lets a bot edit what it wrote before it was blocked is told nowhere
    if (chat.private && chat.blocked) throw forbidden('bot was blocked by the user');
    if (!chat.private && !chat.bots.has(bot.token)) throw forbidden(`bot was kicked from the ${chat.type} chat`);
    return chat;
  }

  /** Keep what a bot sends. */
  send(bot, chat, content, params) {
    this.messageId = chat.nextNumber(); // repair: the package counts over all chats
    const kept = this.addBotMessage({reply_markup: params.reply_markup}, bot.token);
    const message = {
      message_id: kept.message_id, from: bot.user, chat: chat.card(),
      date: this.clock.now(), // repair: the package's date is in milliseconds
      ...content,
    };
    if (kept.reply_markup) message.reply_markup = kept.reply_markup; // inline keyboards only, as documented
    const answered = this.answered(chat, params);
    if (answered !== undefined) message.reply_to = answered;
    return whole(chat, chat.keep(message));
  }

  answered(chat, {reply_parameters: wanted, reply_to_message_id: old, allow_sending_without_reply: anyway}) {
    const number = wanted?.message_id ?? old;
    if (number === undefined || chat.messages.has(number)) return number;
    if (wanted?.allow_sending_without_reply || anyway) return undefined;
    throw badRequest('message to be replied not found');
  }

  /** Keep what a person sends, and let the bots that may hear it hear it. */
  say(chat, message, tokens) {
    const kept = chat.keep({message_id: chat.nextNumber(), chat: chat.card(), date: this.clock.now(), ...message});
    for (const token of tokens) {
      this.messageId = kept.message_id;
      this.addUserMessage({...whole(chat, kept), botToken: token});
    }
    return kept.message_id;
  }

  tap(token, query) {
    this.callbackId = Number(query.id);
    this.addUserCallback({...query, botToken: token});
  }

  /** The package's way in for messages and taps. repair: it scans one list for all bots, and sends to webhooks once. */
  async addUserUpdate(update) {
    const formed = TelegramServer.formatUpdate(update);
    const bot = this.bot(update.botToken);
    if (formed.message) {
      delete formed.message.botToken;
      bot.hear('message', formed, MESSAGE_KEPT);
    } else {
      formed.callback_query.chat_instance = String(formed.callback_query.message.chat.id); // repair: it is required
      bot.hear('callback_query', formed, TAP_KEPT);
    }
  }

  keepFile({file_name, mime_type, bytes}) {
    const file = {file_id: `F${this.files.size + 1}`, file_name, mime_type, bytes};
    this.files.set(file.file_id, file);
    return file;
  }

  /** Updates that the package does not know. */
  tell(token, kind, what) {
    this.bot(token).hear(kind, {[kind]: what}, MESSAGE_KEPT);
  }

  /** The package's own clean-up would throw messages away. */
  cleanUp() {}

  end() {
    for (const bot of this.bots.values()) bot.end();
  }
}

module.exports = {Telegram};
