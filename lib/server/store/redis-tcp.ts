import 'server-only';
import { createClient, ErrorReply, MultiErrorReply } from '@redis/client';
import type { Requester, UpstashResponse } from '@upstash/redis';
import { withDeadline } from '@/lib/server/platform/with-deadline';
import { createScriptRewriter } from '@/lib/server/store/redis-portable-scripts';

type Outcome = { result: unknown } | { error: string };

export interface TcpRequester extends Requester {
  close(): void;
}

const MAX_RECONNECT_DELAY_MS = 2_000;

const toOutcome = (reply: unknown): Outcome =>
  reply instanceof ErrorReply ? { error: reply.message } : { result: reply };

const toStrings = (command: unknown): string[] => (Array.isArray(command) ? command.map(String) : []);

function connect(url: string, deadlineMs: number) {
  const client = createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: deadlineMs,
      reconnectStrategy: (attempt) => Math.min(50 * 2 ** attempt, MAX_RECONNECT_DELAY_MS),
    },
  });
  // Requests wait for the first attempt only. Later attempts go on in the background, and requests fail meanwhile.
  const firstAttempt = new Promise<unknown>((resolve, reject) => {
    client.once('ready', resolve).on('error', reject);
    client.connect().catch(reject);
  });
  return { client, ready: () => (client.isReady ? undefined : firstAttempt) };
}

type Connection = ReturnType<typeof connect>;
type Client = Connection['client'];

const runCommand = (client: Client, command: string[]): Promise<Outcome> =>
  client.sendCommand(command).then(toOutcome, (error: unknown) => {
    if (error instanceof ErrorReply) return { error: error.message };
    throw error;
  });

/** Returns whether an error says that this server takes no writes: after a failover it may have become a replica. */
const saysReadOnly = (outcome: Outcome): boolean => 'error' in outcome && /\bREADONLY\b/.test(outcome.error);

/** Returns one outcome for each command. Throws the engine's error if it discards the transaction. */
async function runTransaction(client: Client, commands: string[][]): Promise<Outcome[]> {
  const transaction = client.multi();
  for (const command of commands) transaction.addCommand(command);
  try {
    return (await transaction.exec()).map(toOutcome);
  } catch (error) {
    if (error instanceof MultiErrorReply) return error.replies.map(toOutcome);
    throw error;
  }
}

/**
 * Returns a `Requester` through which the Upstash client speaks to any Redis over TCP. Every request ends within
 * `deadlineMs`, and fails at once while there is no connection. A request that reaches the deadline drops the
 * connection, because a silent one would hold up every later command. So does one that is refused because the server has
 * become a replica: the address leads to the new primary, but only a new connection goes there.
 */
export function createTcpRequester(url: string, deadlineMs: number): TcpRequester {
  const rewrite = createScriptRewriter();
  let connection: Connection | undefined;

  const drop = (dropped: Connection | undefined) => {
    if (dropped?.client.isOpen) dropped.client.destroy();
    if (connection === dropped) connection = undefined;
  };

  async function perform(
    { client, ready }: Connection,
    path: string[] = [],
    body: unknown,
  ): Promise<Outcome | Outcome[]> {
    await ready();
    if (path.length === 0) return runCommand(client, rewrite(toStrings(body)));
    const commands = Array.isArray(body) ? body.map((command) => rewrite(toStrings(command))) : [];
    if (path[0] === 'multi-exec') return runTransaction(client, commands);
    return Promise.all(commands.map((command) => runCommand(client, command)));
  }

  return {
    async request<TResult>({ path, body }: { path?: string[]; body?: unknown }) {
      connection ??= connect(url, deadlineMs);
      const used = connection;
      const answer = await withDeadline(perform(used, path, body), deadlineMs, () => {
        drop(used);
        throw new Error('Redis did not answer in time.');
      });
      if ([answer].flat().some(saysReadOnly)) drop(used);
      // The interface types the array of a pipeline as one response, as the HTTP requester does.
      return answer as UpstashResponse<TResult>;
    },
    close: () => drop(connection),
  };
}
