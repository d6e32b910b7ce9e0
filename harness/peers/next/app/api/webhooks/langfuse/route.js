// The server as a Next.js route handler; what it knows of events is peer-lean's.
import { isGenuine } from '../../../../lib/events.js';
import { keep } from '../../../../lib/queue.js';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

export async function POST(request) {
  const body = await request.text();
  if (!isGenuine(request.headers.get('x-langfuse-signature'), body, process.env.SECRET)) {
    return Response.json({ error: 'The signature is missing, wrong or too old.' }, { status: 401 });
  }
  let event;
  try {
    event = JSON.parse(body);
  } catch {
    return Response.json({ error: 'The body is not JSON.' }, { status: 400 });
  }
  if (typeof event?.event !== 'string') {
    return Response.json({ error: 'The event has no type.' }, { status: 400 });
  }
  await keep(event);
  return Response.json({ received: true });
}
