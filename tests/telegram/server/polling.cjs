'use strict';
// getUpdates: at once, or as soon as something comes; only one may wait for a token.
const {Refusal} = require('./refusal.cjs');

const LONGEST = 50; // Telegram: seconds, whatever was asked for
const OTHER = 'terminated by other getUpdates request; make sure that only one bot instance is running';
const GATHER = 1; // Telegram: milliseconds in which what comes together goes out together

class Polling {
  constructor(queue) {
    this.queue = queue;
    this.waiting = null;
  }

  /** Updates from `offset` on; `gone` calls back when nobody listens any more. */
  ask({offset = 0, limit = 100, timeout = 0}, gone) {
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
    if (waiting && this.leave(waiting)) waiting.reject(new Refusal(409, `Conflict: ${why}`));
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
