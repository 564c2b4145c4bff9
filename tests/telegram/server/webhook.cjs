'use strict';
// Brings updates to a bot's webhook: in order, one at a time, again and again until each is taken or expires.
const http = require('node:http');

// ours: Telegram waits a second and doubles up to a minute; nobody wants to wait so long in a test
const FIRST_WAIT = 20;
const LONGEST_WAIT = 500;
const PATIENCE = 10000;

class Webhook {
  constructor(queue, clock) {
    this.queue = queue;
    this.clock = clock;
    this.set = null;
    this.busy = false;
    this.hurry = () => {};
    this.agent = new http.Agent({keepAlive: true, maxSockets: 1});
    this.perform = () => {};
  }

  put(settings) {
    this.set = settings;
    this.error = null;
    this.hurry();
    this.deliver();
  }

  remove() {
    this.set = null;
    this.hurry();
  }

  async deliver() {
    if (this.busy) return;
    this.busy = true;
    let wait = FIRST_WAIT;
    while (this.set && this.queue.first()) {
      const event = this.queue.first();
      const answer = await post(this.set, event.update, this.agent).catch((error) => ({error: said(error)}));
      if (!answer.error) {
        this.queue.drop(event);
        wait = FIRST_WAIT;
        if (answer.body) this.perform(answer.body);
        continue;
      }
      this.error = {last_error_date: this.clock.now(), last_error_message: answer.error};
      await this.pause(answer.retryAfter ? answer.retryAfter * 1000 : wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
    this.busy = false;
  }

  pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.hurry = () => { clearTimeout(timer); resolve(); };
    });
  }

  info() {
    const {url = '', max_connections, allowed_updates} = this.set || {};
    const info = {url, has_custom_certificate: false, pending_update_count: this.queue.pending().length};
    if (!url) return info;
    return {...info, max_connections, ...(allowed_updates?.length ? {allowed_updates} : {}), ...this.error};
  }
}

const said = (error) => (error.code === 'ECONNREFUSED' ? 'Connection refused' : `Webhook connection closed: ${error.code}`);

function post({url, secret_token: secret}, update, agent) {
  const body = Buffer.from(JSON.stringify(update));
  const headers = {'content-type': 'application/json', 'content-length': body.length};
  if (secret) headers['x-telegram-bot-api-secret-token'] = secret;
  return new Promise((resolve, reject) => {
    const request = http.request(url, {method: 'POST', headers, agent, timeout: PATIENCE}, (response) => {
      const pieces = [];
      response.on('data', (piece) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => resolve(judged(response, Buffer.concat(pieces).toString())));
    });
    request.on('timeout', () => request.destroy(Object.assign(new Error(), {code: 'timeout'})));
    request.on('error', reject);
    request.end(body);
  });
}

function judged({statusCode, statusMessage, headers}, body) {
  if (statusCode >= 200 && statusCode <= 299) return {body: object(headers['content-type'], body)};
  const retryAfter = Number(headers['retry-after'] || 0);
  return {error: `Wrong response from the webhook: ${statusCode} ${statusMessage}`, retryAfter};
}

/** ours: of the forms a call may have here only JSON is read; anything else is no call. */
function object(type, body) {
  try {
    const found = type?.includes('application/json') && JSON.parse(body);
    return found && typeof found === 'object' ? found : null;
  } catch {
    return null;
  }
}

module.exports = {Webhook};
