'use strict';
// One bot behind one token: what waits for it, how it fetches, what it has set; it knows no chat.
const {Polling} = require('./polling.cjs');
const {Queue} = require('./queue.cjs');
const {Webhook} = require('./webhook.cjs');

const UNASKED = new Set(['chat_member', 'message_reaction', 'message_reaction_count']); // Telegram: only if named

class Bot {
  constructor(token, clock) {
    this.token = token;
    this.clock = clock;
    this.id = Number(token.split(':')[0]);
    this.user = {id: this.id, is_bot: true, first_name: `Bot ${this.id}`, username: `kw_${this.id}_bot`};
    this.queue = new Queue(clock);
    this.polling = new Polling(this.queue);
    this.webhook = new Webhook(this.queue, clock);
    this.settings = new Map();
    this.taps = new Map();
    this.allowed = null;
  }

  get me() {
    return {
      ...this.user, can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false,
    };
  }

  /** Telegram looks at allowed_updates when an update comes to be, not when it is fetched. */
  hear(kind, update, lifetime) {
    if (this.allowed ? !this.allowed.includes(kind) : UNASKED.has(kind)) return;
    this.queue.push(update, lifetime);
    if (this.webhook.set) this.webhook.deliver();
    else this.polling.wake();
  }

  /** Absent leaves it as it was, an empty list is the usual choice. */
  allow(kinds) {
    if (Array.isArray(kinds)) this.allowed = kinds.length ? kinds : null;
  }

  end() {
    this.polling.end('the server forgot everything');
    this.webhook.remove();
  }
}

module.exports = {Bot};
