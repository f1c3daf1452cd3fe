/**
 * Commands that Upstash does not offer over REST, or that would harm the one connection all requests share:
 * they change its state, block it, turn it into a stream, or end the engine.
 */
const UNAVAILABLE = new Set(
  [
    ['AUTH', 'HELLO', 'QUIT', 'RESET', 'SELECT', 'CLIENT', 'READONLY', 'READWRITE', 'ASKING'],
    ['MULTI', 'EXEC', 'DISCARD', 'WATCH', 'UNWATCH'],
    ['SUBSCRIBE', 'PSUBSCRIBE', 'SSUBSCRIBE', 'UNSUBSCRIBE', 'PUNSUBSCRIBE', 'SUNSUBSCRIBE', 'MONITOR'],
    ['BLPOP', 'BRPOP', 'BRPOPLPUSH', 'BLMOVE', 'BLMPOP', 'BZPOPMIN', 'BZPOPMAX', 'BZMPOP', 'WAIT', 'WAITAOF'],
    ['SHUTDOWN', 'CONFIG', 'DEBUG', 'MODULE', 'ACL', 'SAVE', 'BGSAVE', 'BGREWRITEAOF', 'LASTSAVE'],
    ['CLUSTER', 'FAILOVER', 'REPLICAOF', 'SLAVEOF', 'SYNC', 'PSYNC', 'REPLCONF', 'MIGRATE'],
  ].flat(),
);

/** One command as text, the name first; never empty. */
export type Command = readonly [name: string, ...args: string[]];

/** Reads a command from JSON. Upstash takes strings, and writes numbers, booleans and null as text. */
export function parseCommand(value: unknown): Command | undefined {
  if (!Array.isArray(value)) return undefined;
  const isScalar = (item: unknown) => item === null || ['string', 'number', 'boolean'].includes(typeof item);
  if (!value.every(isScalar)) return undefined;
  const [name, ...args] = value.map(String);
  return name ? [name, ...args] : undefined;
}

const waitsForStream = ([name, ...args]: Command): boolean =>
  /^xread(group)?$/i.test(name) && args.some((argument) => argument.toUpperCase() === 'BLOCK');

/** Upstash's reason for refusing a command; `undefined` when it may run. */
export const refusalReason = (command: Command): string | undefined =>
  UNAVAILABLE.has(command[0].toUpperCase()) || waitsForStream(command)
    ? `ERR Command is not available: '${command[0].toUpperCase()}'`
    : undefined;
