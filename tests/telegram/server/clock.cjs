'use strict';
// The server's own time: the machine's, moved forward as far as a test asks.

class Clock {
  constructor() {
    this.ahead = 0;
  }

  /** Seconds since 1970, whole as everywhere in the Bot API. */
  now() {
    return Math.floor(Date.now() / 1000) + this.ahead;
  }

  forward(seconds) {
    this.ahead += Math.floor(seconds);
  }
}

module.exports = {Clock};
