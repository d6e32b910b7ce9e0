// What both processes know of an event: whether it is genuine, what tells it apart, and what the rules make of it.
import { createHmac, timingSafeEqual } from 'node:crypto';

const TOLERANCE_SECONDS = 300;

/** Langfuse's signature: t=<unix seconds>,v1=<hex>, over the time, a dot and the raw body. */
export function isGenuine(header, body, secret) {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '');
  if (!match || Math.abs(Date.now() / 1000 - Number(match[1])) > TOLERANCE_SECONDS) {
    return false;
  }
  const expected = createHmac('sha256', secret).update(match[1]).update('.').update(body).digest();
  return timingSafeEqual(expected, Buffer.from(match[2], 'hex'));
}

/** The same for two deliveries of one event. BullMQ takes no colon in a job's id. */
export function key(event) {
  const data = event.data ?? {};
  const parts = [event.event, event.timestamp, data.projectId, data.traceId, data.observationId, data.scoreId];
  return (event.id ? `${event.event}|${event.id}` : parts.join('|')).replaceAll(':', '.');
}

/** The alerts that an event raises, each for one sink. */
export function alerts(event) {
  const data = event.data ?? {};
  if (event.event === 'trace.updated' && data.level === 'ERROR') {
    return [slack('Critical: error in trace', data), pagerDuty(event)];
  }
  if (event.event.startsWith('score.') && typeof data.value === 'number' && data.value < 0.5) {
    return [slack('Warning: low score', data)];
  }
  return [];
}

function slack(title, data) {
  const text = value => String(value).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const fields = Object.entries(data).slice(0, 10).map(([name, value]) => ({
    type: 'mrkdwn',
    text: `*${text(name)}*\n${text(value).slice(0, 1900)}`,
  }));
  const blocks = [{ type: 'header', text: { type: 'plain_text', text: title } }, { type: 'section', fields }];
  return { url: process.env.SLACK_URL, body: { text: title, blocks } };
}

function pagerDuty(event) {
  return {
    url: process.env.PAGERDUTY_URL,
    body: {
      routing_key: process.env.PAGERDUTY_KEY,
      event_action: 'trigger',
      dedup_key: `langfuse|${event.data.projectId}|trace-error|${event.data.traceId}`,
      payload: {
        summary: `Error in trace ${event.data.traceId}: ${event.data.statusMessage}`.slice(0, 1024),
        source: 'langfuse',
        severity: 'critical',
        custom_details: event.data,
      },
    },
  };
}
