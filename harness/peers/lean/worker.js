// The worker: runs the rules on each event, posts its alerts, and counts.
import { createServer } from 'node:http';
import { Worker } from 'bullmq';
import { alerts } from './events.js';
import { connection, queue, QUEUE } from './queue.js';

const counts = new Map();
let done = 0;

function count(name, by = 1) {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

async function decide({ data: event }) {
  for (const { url, body } of alerts(event)) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await answer.text();
    if (!answer.ok) {
      throw new Error(`status ${answer.status}`);
    }
    count('deliveries');
  }
  count(`events ${event.event}`);
  const usage = event.data?.usage;
  if (usage) {
    count(`tokens ${event.data.model} input`, usage.promptTokens);
    count(`tokens ${event.data.model} output`, usage.completionTokens);
  }
  done++;
}

new Worker(QUEUE, decide, { connection, concurrency: Number(process.env.CONCURRENCY ?? 100) });

createServer(async (request, response) => {
  const jobs = await queue.getJobCounts('wait', 'active', 'delayed');
  const waiting = jobs.wait + jobs.active + jobs.delayed;
  response.end(JSON.stringify({ done, waiting, counts: Object.fromEntries(counts) }));
}).listen(Number(process.env.STATS_PORT), '127.0.0.1');
