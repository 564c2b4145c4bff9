'use strict';
// Answers one call of a bot: records it, lets go wrong what shall go wrong, does what was asked.
const {setTimeout: sleep} = require('node:timers/promises');
const {read, typed} = require('./forms.cjs');
const {methods: messageMethods} = require('./messages.cjs');
const {methods: settingMethods} = require('./settings.cjs');
const {json, page, raw} = require('./reply.cjs');
const {Refusal} = require('./refusal.cjs');

const METHODS = {...messageMethods, ...settingMethods, getUpdates};
const BY_LOWER_NAME = new Map(Object.keys(METHODS).map((name) => [name.toLowerCase(), name])); // Telegram: any case
const WEBHOOK_ON = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
  + 'webhook first';

async function answerBot(stage, token, asked, request, response, query) {
  const name = BY_LOWER_NAME.get(asked.toLowerCase()) || asked;
  const {params, files} = await read(request, query);
  const call = stage.calls.open(token, name, params, files);
  const fault = stage.faults.take(token, name, params.chat_id);
  if (fault.delay && fault.where !== 'after') await sleep(fault.delay * 1000);
  if (fault.cut === 'before') return cut(call, fault.cut, request);
  const {status, answer} = fault.refuse ? refused(fault.refuse) : await done(stage, call, {files, response});
  if (fault.delay && fault.where === 'after') await sleep(fault.delay * 1000);
  Object.assign(call, {status, answer: call.method === 'getUpdates' ? brief(answer) : answer});
  if (fault.cut === 'after') return cut(call, fault.cut, request);
  if (fault.body !== undefined) return raw(response, fault.body, fault.refuse ? status : 200);
  if (fault.refuse?.page) return page(response, status);
  const retry = answer.parameters?.retry_after;
  return json(response, status, answer, retry ? {'retry-after': retry} : {});
}

/** Of fetched updates only the numbers: a bot that asks again and again would fill the record. */
function brief(answer) {
  return answer.ok ? {...answer, result: answer.result.map((update) => update.update_id)} : answer;
}

function cut(call, when, request) {
  call.cut = when;
  request.socket.destroy();
}

function refused({code, description, parameters}) {
  return {status: code, answer: new Refusal(code, description, parameters).body()};
}

async function done(stage, call, {files = {}, response = null}) {
  try {
    const {telegram} = stage;
    const bot = telegram.bot(call.token);
    call.params = typed(call.params);
    if (!METHODS[call.method]) throw new Refusal(404, 'Not Found: method not found');
    if (call.method === 'setWebhook') bot.webhook.perform = (body) => answerInReply(stage, call.token, body);
    const result = await METHODS[call.method]({telegram, bot, response}, call.params, files);
    return {status: 200, answer: {ok: true, result}};
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {status: error.code, answer: error.body()};
  }
}

/** A webhook may answer with one call; nobody hears what comes of it. */
function answerInReply(stage, token, body) {
  const {method, ...params} = body;
  if (!method || /^(get|setWebhook|deleteWebhook)/i.test(method)) return;
  const call = stage.calls.open(token, BY_LOWER_NAME.get(method.toLowerCase()) || method, params, {});
  done(stage, call, {}).then((outcome) => Object.assign(call, outcome));
}

function getUpdates({bot, response}, params) {
  if (bot.webhook.set) throw new Refusal(409, WEBHOOK_ON);
  bot.allow(params.allowed_updates);
  return bot.polling.ask(params, (leave) => response.once('close', leave))
    .then((events) => events.map((event) => event.update));
}

function answerFile(stage, id, response) {
  const file = stage.telegram.files.get(id);
  if (!file) return json(response, 404, {ok: false, error_code: 404, description: 'Not Found'});
  response.writeHead(200, {'content-type': 'application/octet-stream', 'content-length': file.bytes.length});
  response.end(file.bytes);
}

module.exports = {answerBot, answerFile};
