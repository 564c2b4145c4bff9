'use strict';
// What a test wants to go wrong: a list of rules, each for some calls and a number of times.

class Faults {
  constructor() {
    this.rules = [];
  }

  /** `times` of 0 means until it is lifted; `after` so many matching calls go well first. */
  add({token, method, chat_id, times = 1, after = 0, ...what}) {
    this.rules.push({token, method: method?.toLowerCase(), chat_id, left: times || Infinity, after, what});
  }

  lift(token) {
    this.rules = this.rules.filter((rule) => token && rule.token !== token);
  }

  /** What goes wrong with this call, if anything does. */
  take(token, method, chatId) {
    if (!this.rules.length) return {};
    const fits = (rule) => (!rule.token || rule.token === token) && (!rule.method || rule.method === method.toLowerCase())
      && (rule.chat_id === undefined || rule.chat_id === Number(chatId));
    const rule = this.rules.find(fits);
    if (!rule) return {};
    if (rule.after > 0) {
      rule.after -= 1;
      return {};
    }
    rule.left -= 1;
    if (!rule.left) this.rules = this.rules.filter((each) => each !== rule);
    return rule.what;
  }
}

module.exports = {Faults};
