'use strict';
// What people do on their phones: write, tap, send things, block a bot, talk in a group. What a phone would not let
// them do is an error of the test.
const {Chat, whole} = require('./chat.cjs');
const {described} = require('./messages.cjs');

const LONGEST = 4096; // a phone cuts a longer text into several messages

class People {
  constructor(telegram) {
    this.telegram = telegram;
  }

  /** The chat they are in, and the tokens of the bots that hear it. */
  where({token, from, chat: id}) {
    if (id !== undefined && id < 0) {
      const group = this.group_(id);
      return {chat: group, tokens: [...group.bots]};
    }
    const chat = this.telegram.privateChat(token, from);
    if (chat.blocked) throw new Error('they have blocked the bot: let them unblock it first');
    return {chat, tokens: [token]};
  }

  group_(id) {
    const chat = this.telegram.chats.get(String(id));
    if (!chat) throw new Error(`there is no group ${id}`);
    if (chat.movedTo) throw new Error(`the group ${id} became ${chat.movedTo}`);
    return chat;
  }

  say(act) {
    if (act.text.length > LONGEST) throw new Error('a phone would cut this text into several messages');
    const text = act.text.trim();
    const found = commands(text);
    return this.put(act, {text, ...(found.length ? {entities: found} : {})});
  }

  send(act) {
    const {kind, caption, file_name = 'file.bin', mime_type = 'application/octet-stream'} = act;
    const bytes = Buffer.from(act.content || 'AAAA', 'base64');
    const file = this.telegram.keepFile({file_name, mime_type, bytes});
    return this.put(act, {[kind]: described(kind, file), ...(caption ? {caption} : {})});
  }

  put(act, content) {
    const {chat, tokens} = this.where(act);
    const message = {from: act.from, ...content};
    if (act.reply_to !== undefined) message.reply_to = act.reply_to;
    return {message_id: this.telegram.say(chat, message, tokens.filter((token) => this.hears(chat, token, message)))};
  }

  /** Telegram: in a group a bot without special rights hears commands and answers to itself. */
  hears(chat, token, {entities, reply_to: number}) {
    if (chat.private || chat.hearsAll || entities) return true;
    return chat.messages.get(number)?.from.id === this.telegram.bot(token).id;
  }

  tap({token, from, chat: id, message_id: number, data, unseen = false}) {
    const {chat} = this.where({token, from, chat: id});
    const message = chat.messages.get(number);
    const buttons = (message?.reply_markup?.inline_keyboard || []).flat();
    if (!unseen && !buttons.some((button) => button.callback_data === data)) {
      throw new Error(`message ${number} has no button ${data}`);
    }
    const bot = this.telegram.bot(token);
    const query = {id: String(7000000 + bot.taps.size), from, data, message: this.tapped(chat, message, number)};
    bot.taps.set(query.id, {id: query.id, from: from.id, data, at: this.telegram.clock.now(), answers: []});
    this.telegram.tap(token, query);
    return {query_id: query.id};
  }

  /** Telegram: of a message that is gone only chat and number are told. */
  tapped(chat, message, number) {
    return message ? whole(chat, message) : {chat: chat.card(), message_id: number, date: 0};
  }

  edit(act) {
    const {chat, tokens} = this.where(act);
    const message = chat.messages.get(act.message_id);
    if (!message || message.from.id !== act.from.id) throw new Error(`message ${act.message_id} is not theirs`);
    Object.assign(message, {text: act.text, edit_date: this.telegram.clock.now()});
    for (const token of tokens) this.telegram.tell(token, 'edited_message', whole(chat, message));
    return {};
  }

  block(act) {
    const {chat} = this.where(act);
    chat.blocked = true;
    return this.member(act, chat, 'member', 'kicked');
  }

  unblock(act) {
    const chat = this.telegram.privateChat(act.token, act.from);
    chat.blocked = false;
    return this.member(act, chat, 'kicked', 'member');
  }

  deactivate(act) {
    this.telegram.privateChat(act.token, act.from).deactivated = true;
    return {};
  }

  /** Tell a bot that it may do more or less than before. */
  member({token, from}, chat, before, after) {
    const {user} = this.telegram.bot(token);
    const status = (name) => (name === 'kicked' ? {user, status: name, until_date: 0} : {user, status: name});
    this.telegram.tell(token, 'my_chat_member', {
      chat: chat.card(), from, date: this.telegram.clock.now(),
      old_chat_member: status(before), new_chat_member: status(after),
    });
    return {};
  }

  group({chat: id, title, type = 'group', hears_all: hearsAll = true}) {
    const chat = this.telegram.keepChat(new Chat(id, type, {title}));
    chat.hearsAll = hearsAll;
    return {};
  }

  add(act) {
    const chat = this.group_(act.chat);
    chat.bots.add(act.token);
    return this.member(act, chat, 'left', 'member');
  }

  kick(act) {
    const chat = this.group_(act.chat);
    chat.bots.delete(act.token);
    return this.member(act, chat, 'member', 'kicked');
  }

  /** The group becomes a supergroup with another number; the bots are told in both. */
  migrate({from, chat: id, to}) {
    const old = this.group_(id);
    this.group({chat: to, title: old.about.title, type: 'supergroup', hears_all: old.hearsAll});
    const fresh = this.group_(to);
    fresh.bots = new Set(old.bots);
    this.telegram.say(old, {from, migrate_to_chat_id: to}, old.bots);
    this.telegram.say(fresh, {from, migrate_from_chat_id: id}, fresh.bots);
    old.movedTo = to;
    return {};
  }
}

/** Commands in a text, marked as Telegram marks them. */
function commands(text) {
  const found = text.matchAll(/(?<![\w/<>])\/\w{1,64}(@\w{3,32})?(?![\w/<>])/g);
  return [...found].map((each) => ({type: 'bot_command', offset: each.index, length: each[0].length}));
}

const ACTS = new Set([
  'say', 'send', 'tap', 'edit', 'block', 'unblock', 'deactivate', 'group', 'add', 'kick', 'migrate',
]);

module.exports = {ACTS, People};
