'use strict';
// One chat: who is in it and what was written, by number; it knows no bot's rules.

class Chat {
  constructor(id, type, about) {
    this.id = id;
    this.type = type;
    this.about = about;
    this.messages = new Map();
    this.last = 0;
    this.blocked = false;
    this.deactivated = false;
    this.bots = new Set();
    this.hearsAll = true;
    this.movedTo = null;
  }

  get private() {
    return this.type === 'private';
  }

  /** As it stands in every message. */
  card() {
    return {id: this.id, type: this.type, ...this.about};
  }

  /** Telegram counts a bot's private chats together; counting each apart shows who takes a number for a chat. */
  nextNumber() {
    this.last += 1;
    return this.last;
  }

  keep(message) {
    this.messages.set(message.message_id, message);
    return message;
  }
}

/** A message as a bot reads it now: with what it replies to, as that stands now. */
function whole(chat, message) {
  const {reply_to: number, ...rest} = message;
  const answered = number === undefined ? undefined : chat.messages.get(number);
  if (!answered) return rest;
  const {reply_to: _, ...quoted} = answered; // Telegram gives one level only
  return {...rest, reply_to_message: quoted};
}

module.exports = {Chat, whole};
