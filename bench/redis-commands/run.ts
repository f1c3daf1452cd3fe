import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { GOOD_OFFER } from '../../e2e/attack/fuzz/offers.ts';
import { startProvider } from './provider.ts';

/*
 * Counts the Redis commands that requests cause, as `INFO commandstats` does: a script, and every command in it. So does
 * Upstash, whose free plan has 500,000 a month. Prints one line each, with its goal, and exits with 1 beyond one.
 * `npm run build && npx jiti bench/redis-commands/run.ts ['{"tool":{"argument":"value"},"other_tool":{}}']`
 */

// The forged sign-ins need the secret when their module loads.
process.env.AUTH_SECRET ??= randomBytes(32).toString('base64url');
const { AttackServer } = await import('../../e2e/attack/server/attack-server.ts');
const { newGuest: newGuestPerson } = await import('../../e2e/attack/server/people.ts');
type Server = Awaited<ReturnType<typeof AttackServer.start>>;
type Person = Parameters<Server['open']>[0];

/** What follows a response is written by then. */
const SETTLE_MS = 400;
const IDLE_SECONDS = 65;
/** The measurement's own commands, and what a client sends on its own. */
const NOT_COUNTED = /^(info|eval|command|auth|hello|client|ping|select|multi|exec|config|script)\b/;

const server = await (async () => {
  const provider = await startProvider();
  const started = await AttackServer.start({
    provider: { baseUrl: provider.baseUrl, apiKey: 'sk-bench-key' },
    env: {
      PARLEY_SANDBOX: '0',
      AUTH_GUEST: 'true',
      CLIENT_IP_HEADER: 'x-real-ip',
      VOICE_CONNECT: 'relay',
      VOICE_CALLS_PER_MINUTE: '5',
      LOG_LEVEL: 'error',
    },
  });
  return Object.assign(started, { stopProvider: () => provider.close() });
})();

async function readCount(): Promise<number> {
  const info = await server.redis.eval<[], string>("return redis.call('INFO', 'commandstats')", [], []);
  const lines = [...info.matchAll(/cmdstat_([a-z|]+):calls=(\d+)/g)];
  return lines.reduce((sum, [, name = '', calls]) => sum + (NOT_COUNTED.test(name) ? 0 : Number(calls)), 0);
}

async function count(work: () => Promise<unknown>): Promise<number> {
  await wait(SETTLE_MS);
  const before = await readCount();
  await work();
  await wait(SETTLE_MS);
  return (await readCount()) - before;
}

/** Returns the least of three counts: beside the others, the process may just have looked for overdue calls. */
async function countThrice(work: () => Promise<unknown>): Promise<number> {
  const counts = [];
  for (let i = 0; i < 3; i += 1) counts.push(await count(work));
  return Math.min(...counts);
}

let isBeyond = false;
function print(name: string, commands: number, goal: number | null): void {
  if (goal !== null && commands > goal) isBeyond = true;
  console.log(
    `${name.padEnd(64)} ${commands.toFixed(2).padStart(7)}   ${goal === null ? '' : `goal ${goal}`}`,
  );
}

let addresses = 0;
interface Guest {
  person: Person;
  headers: Record<string, string>;
}
/** Returns a new guest of a new network. */
async function newGuest(): Promise<Guest> {
  addresses += 1;
  return { person: await newGuestPerson(), headers: { 'x-real-ip': `203.0.113.${addresses}` } };
}

const post = ({ person, headers }: Guest, path: string, body: object = {}) =>
  server.send(path, { as: person, body, headers });
const open = (guest: Guest, body: object = {}) => post(guest, '/api/voice/session', body);

interface Ticket {
  callId: string;
  tools: { name: string; needsApproval: boolean }[];
}

async function openTalking(guest: Guest): Promise<Ticket> {
  const { status, text } = await open(guest, { offer: GOOD_OFFER });
  if (status !== 201) throw new Error(`No call: ${status} ${text}`);
  return JSON.parse(text);
}

const runTool = (guest: Guest, callId: string, name: string, args: object) =>
  post(guest, `/api/voice/calls/${callId}/tools/${name}`, { toolCallId: randomUUID(), arguments: args });
const end = (guest: Guest, callId: string) =>
  post(guest, `/api/voice/calls/${callId}/end`, { reason: 'user' });

/** Returns two runs of tools: those of the command line, or twice the first tool that needs nothing. */
async function chooseRuns(): Promise<[string, object][]> {
  const given: Record<string, object> = JSON.parse(process.argv[2] ?? '{}');
  if (Object.keys(given).length > 0) return Object.entries(given);
  const guest = await newGuest();
  const { callId, tools } = await openTalking(guest);
  for (const { name, needsApproval } of tools) {
    if (needsApproval || !JSON.parse((await runTool(guest, callId, name, {})).text).ok) continue;
    await end(guest, callId);
    return [
      [name, {}],
      [name, {}],
    ];
  }
  throw new Error('Name two tools with their arguments.');
}

async function talk(guest: Guest, runs: [string, object][]): Promise<void> {
  const { callId } = await openTalking(guest);
  for (const [name, args] of runs) {
    const { status, text } = await runTool(guest, callId, name, args);
    if (status !== 200) throw new Error(`${name}: ${status} ${text}`);
  }
  await end(guest, callId);
}

async function measureCall(): Promise<void> {
  const runs = await chooseRuns();
  await talk(await newGuest(), runs);
  const guest = await newGuest();
  const names = runs.map(([name]) => name).join(', ');
  print(`a relayed call of a guest, with ${names}`, await count(() => talk(guest, runs)), 40);
}

async function measureRefusedOpens(): Promise<void> {
  const guest = await newGuest();
  for (let i = 0; i < 5; i += 1) await end(guest, JSON.parse((await open(guest)).text).callId);
  const refuse = async () => {
    const { status } = await open(guest);
    if (status !== 429) throw new Error(`Answered ${status} instead of 429.`);
  };
  const callsBefore = new Set(await server.redis.keys('voice:call:*'));
  const first = await count(refuse);
  const others = await count(async () => {
    for (let i = 0; i < 19; i += 1) await refuse();
  });
  print('a refused open, mean of twenty', (first + others) / 20, 3);
  print('a refused open, while the block is remembered', others / 19, 0);
  const left = (await server.redis.keys('voice:call:*')).filter((key) => !callsBefore.has(key));
  const lives = await Promise.all(left.map((key) => server.redis.ttl(key)));
  print('what it leaves, in seconds of life', Math.max(0, ...lives), 120);
}

async function measureOthers(): Promise<void> {
  const guest = await newGuest();
  const { callId } = await openTalking(guest);
  const stranger = await newGuest();
  const at = `/api/voice/calls/${callId}`;
  const offer = { as: stranger.person, body: GOOD_OFFER };
  const headers = {
    ...stranger.headers,
    'content-type': 'application/sdp',
    authorization: `Bearer ek_${'x'.repeat(43)}`,
  };
  const connected = { rtcCallId: 'rtc_1' };
  print(
    '…/end of another’s call',
    await countThrice(() => post(stranger, `${at}/end`, { reason: 'user' })),
    2,
  );
  print(
    '…/connected of another’s call',
    await countThrice(() => post(stranger, `${at}/connected`, connected)),
    2,
  );
  print(
    '…/sdp with a wrong ticket',
    await countThrice(() => server.send(`${at}/sdp`, { ...offer, headers })),
    null,
  );
  await end(guest, callId);
  const failedSignIn = () => server.send('/api/auth/callback/github?error=x', { method: 'GET' });
  print('a failed sign-in', await countThrice(failedSignIn), 2);
  const look = async () => server.send('/', { method: 'GET', as: (await newGuest()).person });
  await look();
  print('the Talk page for a new guest', await count(look), null);
  print(
    'GET /api/health, ten times',
    await count(async () => {
      for (let i = 0; i < 10; i += 1) await server.send('/api/health', { method: 'GET' });
    }),
    null,
  );
  print(`a process with nothing to do, ${IDLE_SECONDS} s`, await count(() => wait(IDLE_SECONDS * 1000)), 1);
}

try {
  await measureCall();
  await measureRefusedOpens();
  await measureOthers();
} finally {
  await server.close();
  server.stopProvider();
}
process.exitCode = isBeyond ? 1 : 0;
