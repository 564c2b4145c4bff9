'use strict';
// Everything that bots asked, in the order it arrived, and what they were answered.

class Calls {
  constructor() {
    this.count = 0;
    this.all = [];
    this.fetches = [];
    this.byToken = new Map();
  }

  /** getUpdates is kept apart: there are many, and they say nothing to anybody. */
  open(token, method, params, files) {
    const call = {
      number: this.count, token, method, params, status: null, answer: null, cut: null,
      files: Object.entries(files).map(([field, {file_name, mime_type, bytes}]) => (
        {field, file_name, mime_type, size: bytes.length})),
    };
    this.count += 1;
    for (const list of this.lists(method, token)) list.push(call);
    return call;
  }

  lists(method, token) {
    if (method === 'getUpdates') return [this.fetches];
    if (!this.byToken.has(token)) this.byToken.set(token, []);
    return [this.all, this.byToken.get(token)];
  }

  list({token, method, since = 0}) {
    const kept = method === 'getUpdates' ? this.fetches : token ? this.byToken.get(token) || [] : this.all;
    const found = kept.slice(from(kept, since));
    return found.filter((call) => (!method || call.method === method) && (!token || call.token === token));
  }
}

/** Where the calls numbered `since` and later begin. */
function from(list, since) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].number < since) low = middle + 1;
    else high = middle;
  }
  return low;
}

module.exports = {Calls};
