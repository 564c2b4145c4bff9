'use strict';
// Starts the server on a free port of loopback, says where, and ends with whoever started it.
const http = require('node:http');
const {ORDERS, Stage} = require('./control.cjs');
const {answerBot, answerFile} = require('./answers.cjs');
const {read} = require('./forms.cjs');
const {json} = require('./reply.cjs');

const stage = new Stage();

async function route(request, response) {
  const {pathname, searchParams} = new URL(request.url, 'http://127.0.0.1');
  const bot = /^\/bot([^/]+)\/(\w+)$/.exec(pathname);
  if (bot) return answerBot(stage, decodeURIComponent(bot[1]), bot[2], request, response, searchParams);
  const file = /^\/file\/bot([^/]+)\/files\/(\w+)$/.exec(pathname);
  if (file) return answerFile(stage, file[2], response);
  return control(pathname, request, response, searchParams);
}

async function control(pathname, request, response, searchParams) {
  const order = pathname.replace('/control/', '');
  if (!ORDERS.has(order)) return json(response, 404, {ok: false, error_code: 404, description: 'Not Found'});
  const {params} = await read(request, searchParams);
  const wanted = Array.isArray(params.acts) ? params.acts : params;
  try {
    return json(response, 200, stage[order](wanted));
  } catch (error) {
    return json(response, 400, {error: error.message});
  }
}

const server = http.createServer((request, response) => {
  route(request, response).catch((error) => {
    console.error(error); // a fault of this server: a test that meets it should show it
    if (!response.headersSent) json(response, 500, {ok: false, error_code: 500, description: 'Internal Server Error'});
  });
});
// A connection that the server ends while it rests is a fault nobody asked for.
server.keepAliveTimeout = 3600000;
server.requestTimeout = 0;
server.listen(Number(process.argv[2] || 0), '127.0.0.1', () => console.log(server.address().port));
process.stdin.on('end', () => process.exit(0)).resume(); // a test run that was killed leaves no server behind
