'use strict';
// getUpdates: at once, or as soon as something comes; only one may wait for a token.
const {Refusal} = require('./refusal.cjs');

const LONGEST = 50; // Telegram: seconds, whatever was asked for
const OTHER = 'terminated by other getUpdates request; make sure that only one bot instance is running';
const GATHER = 1; // Telegram: milliseconds in which what comes together goes out together

// Telegram: seconds in which the same offset again makes a bot wait, or get one update only
const SOON = 3;
const AT_ONCE = 0.5;

class Polling {
  constructor(queue) {
    this.queue = queue;
    this.waiting = null;
    this.throttled = false;
    this.last = {offset: null, at: 0};
    this.quietUntil = 0;
  }

  /** Updates from `offset` on; `gone` calls back when nobody listens any more. */
  ask(asked, gone) {
    const {offset = 0, limit = 100, timeout = 0} = this.slowed(asked);
    const get = () => this.queue.get(offset, Math.min(Math.max(limit, 1), 100));
    const found = get();
    const seconds = Math.min(Math.max(timeout, 0), LONGEST);
    if (found.length || !seconds) return Promise.resolve(found);
    this.end(OTHER);
    return new Promise((resolve, reject) => {
      const waiting = {resolve, reject, get, timer: setTimeout(() => this.answer(waiting), seconds * 1000)};
      this.waiting = waiting;
      gone(() => this.leave(waiting));
    });
  }

  /** Telegram: who asks the same again and again is made to wait. ours: only if a test wants it. */
  slowed(asked) {
    const {offset = 0, timeout = 0} = asked;
    const passed = (Date.now() - this.last.at) / 1000;
    const again = this.throttled && offset === this.last.offset;
    this.last = {offset, at: Date.now()};
    if (!again || passed >= SOON) return asked;
    return {...asked, timeout: Math.max(timeout, SOON), ...(passed < AT_ONCE ? {limit: 1} : {})};
  }

  wake() {
    const {waiting} = this;
    if (!waiting || waiting.woken) return;
    waiting.woken = true;
    setTimeout(() => this.answer(waiting), GATHER);
  }

  answer(waiting) {
    if (this.leave(waiting)) waiting.resolve(waiting.get());
  }

  end(why) {
    const {waiting} = this;
    if (!waiting || !this.leave(waiting)) return;
    const refuse = () => waiting.reject(new Refusal(409, `Conflict: ${why}`));
    const wait = this.throttled ? this.quietUntil - Date.now() : 0; // Telegram: the second in three seconds comes late
    if (wait > 0) {
      setTimeout(refuse, SOON * 1000);
    } else {
      this.quietUntil = Date.now() + SOON * 1000;
      refuse();
    }
  }

  /** True if it was still waiting. */
  leave(waiting) {
    clearTimeout(waiting.timer);
    if (this.waiting !== waiting) return false;
    this.waiting = null;
    return true;
  }
}

module.exports = {Polling};
