// The server: proves who sent an event, and answers 200 once Redis has it.
import { createServer } from 'node:http';
import { isGenuine } from './events.js';
import { keep } from './queue.js';

const LARGEST = 1024 * 1024;

async function accept(request, response) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST) {
      return answer(response, 413, '{"error":"The body is too large."}');
    }
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  if (!isGenuine(request.headers['x-langfuse-signature'], body, process.env.SECRET)) {
    return answer(response, 401, '{"error":"The signature is missing, wrong or too old."}');
  }
  let event;
  try {
    event = JSON.parse(body);
  } catch {
    return answer(response, 400, '{"error":"The body is not JSON."}');
  }
  if (typeof event?.event !== 'string') {
    return answer(response, 400, '{"error":"The event has no type."}');
  }
  await keep(event);
  return answer(response, 200, '{"received":true}');
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

createServer((request, response) => {
  accept(request, response).catch(() => answer(response, 503, '{"error":"Come again."}'));
}).listen(Number(process.env.PORT), '127.0.0.1');
