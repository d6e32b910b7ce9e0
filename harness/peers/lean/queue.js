import { Queue } from 'bullmq';
import { key } from './events.js';

export const QUEUE = 'events';
export const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT) };

export const queue = new Queue(QUEUE, {
  connection,
  defaultJobOptions: {
    attempts: 3,
    backoff: { type: 'exponential', delay: 1000 },
    removeOnComplete: 1000,
    removeOnFail: 5000,
  },
});

/** Keeps an event once: a job's id that is there already is not added again. */
export function keep(event) {
  return queue.add(event.event, event, { jobId: key(event) });
}
