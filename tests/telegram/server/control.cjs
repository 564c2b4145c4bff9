'use strict';
// What only tests ask for, under /control: playing people, looking, faults, the clock. None of it is Telegram's.
const {Calls} = require('./calls.cjs');
const {whole} = require('./chat.cjs');
const {Faults} = require('./faults.cjs');
const {ACTS, People} = require('./people.cjs');
const {Telegram} = require('./telegram.cjs');

class Stage {
  constructor() {
    this.begin();
  }

  begin() {
    this.telegram = new Telegram();
    this.people = new People(this.telegram);
    this.calls = new Calls();
    this.faults = new Faults();
  }

  forget() {
    const ended = this.telegram;
    this.begin();
    ended.end();
    return {};
  }

  /** Several acts one after the other; each tells what came of it. */
  play(acts) {
    return acts.map((act) => {
      if (!ACTS.has(act.act)) throw new Error(`nobody can ${act.act}`);
      return this.people[act.act](act);
    });
  }

  list(wanted) {
    return this.calls.list(wanted);
  }

  /** The messages somebody sees in a chat now, oldest first. */
  chat({token, chat: id}) {
    const chat = this.telegram.chat(token, id);
    return chat ? [...chat.messages.values()].map((message) => whole(chat, message)) : [];
  }

  unconfirmed({token}) {
    return this.telegram.bot(token).queue.pending().map((event) => event.update);
  }

  /** An update of whatever form: one of a future version, or one that no library can read. */
  update({token, kind, body}) {
    this.telegram.tell(token, kind, body);
    return {};
  }

  taps({token}) {
    return [...this.telegram.bot(token).taps.values()];
  }

  tap({token, id}) {
    return this.telegram.bot(token).taps.get(id);
  }

  fault(rule) {
    this.faults.add(rule);
    return {};
  }

  lift({token}) {
    this.faults.lift(token);
    return {};
  }

  forward({seconds}) {
    this.telegram.clock.forward(seconds);
    return {now: this.telegram.clock.now()};
  }

  restart({token, at}) {
    this.telegram.bot(token).queue.restart(at);
    return {};
  }

  throttle({token}) {
    this.telegram.bot(token).polling.throttled = true;
    return {};
  }

  file({file_id: id}) {
    return {content: this.telegram.files.get(id).bytes.toString('base64')};
  }
}

const ORDERS = new Set([
  'forget', 'play', 'list', 'chat', 'unconfirmed', 'taps', 'tap', 'fault', 'lift', 'forward', 'restart', 'throttle', 'file', 'update',
]);

module.exports = {ORDERS, Stage};
