'use strict';
// The updates of one bot that it has not confirmed yet, in order. What is kept how long and what an offset does was
// read in Telegram's published server (tdlib: telegram-bot-api and TQueue).

const FIRST = 700000000;
const FAR_AHEAD = 10; // Telegram: an offset further beyond the newest id is taken for a mistake and ignored
const FAR_BEHIND = 2000000;

class Queue {
  constructor(clock) {
    this.clock = clock;
    this.next = FIRST;
    this.events = [];
  }

  push(update, lifetime) {
    const event = {id: this.next, expires: this.clock.now() + lifetime, update};
    event.update.update_id = event.id;
    this.events.push(event);
    this.next += 1;
    return event;
  }

  /** Up to `limit` updates from `offset` on; all before it are confirmed by the asking. */
  get(offset, limit) {
    if (offset < 0) this.events = this.pending().slice(offset); // Telegram: counts from the end, the rest is forgotten
    this.confirm(offset);
    const found = [];
    for (const event of this.events) {
      if (found.length === limit) break;
      if (!this.expired(event)) found.push(event);
    }
    return found;
  }

  confirm(offset) {
    const sensible = offset > 0 && offset <= this.next + FAR_AHEAD && offset >= this.next - FAR_BEHIND;
    let gone = 0;
    while (gone < this.events.length && (this.expired(this.events[gone]) || (sensible && this.events[gone].id < offset))) {
      gone += 1;
    }
    if (gone) this.events.splice(0, gone);
  }

  /** The oldest that has not expired. */
  first() {
    return this.get(0, 1)[0];
  }

  drop(event) {
    const place = this.events.indexOf(event); // nearly always 0
    if (place >= 0) this.events.splice(place, 1);
  }

  clear() {
    this.events = [];
  }

  pending() {
    return this.events.filter((event) => !this.expired(event));
  }

  expired(event) {
    return event.expires < this.clock.now();
  }

  /** After a quiet week Telegram chooses the next id by chance; a test chooses it here. */
  restart(at) {
    if (this.pending().length) {
      throw new Error('ids restart after a quiet week only: let the bot confirm its updates, or move the clock, first');
    }
    this.events = [];
    this.next = at;
  }
}

module.exports = {Queue};
