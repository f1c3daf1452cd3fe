import { GOOD_OFFER } from '../../e2e/attack/fuzz/offers.ts';
import { newPerson, type Person } from '../../e2e/attack/server/people.ts';
import { ORIGIN } from './site.ts';

export interface Latencies {
  openMs: number[];
  endMs: number[];
}

let visitors = 0;
const addressOf = (index: number) => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;

async function post(url: string, { cookie }: Person, address: string, body: object) {
  const beganMs = performance.now();
  // A proxy has put the name of the cookie's host before it, and its own address of the visitor.
  const headers = {
    cookie: `__Host-${cookie}`,
    origin: ORIGIN,
    'content-type': 'application/json',
    'x-real-ip': address,
  };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return { tookMs: performance.now() - beganMs, text };
}

/** One new member's call: opened and relayed in one request at one process, ended at the next. */
async function callOnce(urls: readonly string[], latencies: Latencies): Promise<void> {
  visitors += 1;
  const at = (turn: number) => urls[(visitors + turn) % urls.length] ?? '';
  const [openAt, endAt, address] = [at(0), at(1), addressOf(visitors)];
  const person = await newPerson();
  const opened = await post(`${openAt}/api/voice/session`, person, address, { offer: GOOD_OFFER });
  const { callId } = JSON.parse(opened.text);
  const ended = await post(`${endAt}/api/voice/calls/${callId}/end`, person, address, { reason: 'user' });
  latencies.openMs.push(opened.tookMs);
  latencies.endMs.push(ended.tookMs);
}

/** Keeps so many callers busy for some seconds. Returns what each call took. */
export async function load(urls: readonly string[], callers: number, seconds: number): Promise<Latencies> {
  const latencies: Latencies = { openMs: [], endMs: [] };
  const untilMs = performance.now() + seconds * 1000;
  const callInARow = async () => {
    while (performance.now() < untilMs) await callOnce(urls, latencies);
  };
  await Promise.all(Array.from({ length: callers }, callInARow));
  return latencies;
}
