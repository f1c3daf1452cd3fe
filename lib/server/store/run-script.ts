import 'server-only';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { AppError } from '@/lib/server/platform/app-error';
import { withDeadline } from '@/lib/server/platform/with-deadline';
import { getRedis } from '@/lib/server/store/redis';

/** However slow the database is, the user hears of it within two seconds. */
const LIMIT_MS = 1800;

type Value = string | number;

/** `...name` stands for all the values that are left, so it comes last. */
type Given<Name extends string, V> = {
  [N in Name as N extends `...${infer List}` ? List : N]: N extends `...${string}` ? readonly V[] : V;
};

interface ScriptDefinition<Key extends string, Arg extends string, Reply> {
  /** Every key that the script touches: in Lua, `KEY.call` for `call` and the list `KEY.accounts` for `...accounts`. */
  keys: readonly Key[];
  /** What else it gets, always as text: in Lua, `ARG.nowMs` for `nowMs`. */
  args: readonly Arg[];
  /** What it returns. Anything else is `store_unavailable`. */
  reply: z.ZodType<Reply>;
  lua: string;
}

export interface Script<Key extends string, Arg extends string, Reply>
  extends ScriptDefinition<Key, Arg, Reply> {
  source: string;
  sha1: string;
}

/** Returns a Lua table of the names: `{owner = ARGV[1], allowances = {unpack(ARGV, 2)}}`. */
function luaTable(names: readonly string[], values: 'KEYS' | 'ARGV'): string {
  const fields = names.map((name, i) =>
    name.startsWith('...')
      ? `${name.slice(3)} = {unpack(${values}, ${i + 1})}`
      : `${name} = ${values}[${i + 1}]`,
  );
  return `{${fields.join(', ')}}`;
}

/**
 * Defines a Lua script that runs atomically, with its keys and arguments by name. Upstash locks only the declared
 * keys if the first line asks for it, so a script must not touch any other key.
 */
export function defineScript<const Key extends string, const Arg extends string, Reply>(
  definition: ScriptDefinition<Key, Arg, Reply>,
): Script<Key, Arg, Reply> {
  const { keys, args, lua } = definition;
  const names = `local KEY, ARG = ${luaTable(keys, 'KEYS')}, ${luaTable(args, 'ARGV')}`;
  const source = `#!lua flags=allow-key-locking\n${names}\n${lua}`;
  return { ...definition, source, sha1: createHash('sha1').update(source).digest('hex') };
}

const isNoScript = (error: unknown) => error instanceof Error && error.message.includes('NOSCRIPT');

/**
 * Returns the result of `operation`.
 * Throws `store_unavailable` if it fails or takes longer than 1.8 s; an `AppError` passes as it is.
 */
export async function fromStore<T>(operation: Promise<T>): Promise<T> {
  try {
    return await withDeadline(operation, LIMIT_MS, () => {
      throw new Error('The database did not answer in time.');
    });
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('store_unavailable', { cause });
  }
}

/** Returns the values in the order of their names. */
const inOrder = <V>(names: readonly string[], given: Readonly<Record<string, V | readonly V[]>>): V[] =>
  names.flatMap((name) => given[name.replace('...', '')] ?? []);

async function evaluate<Reply>(script: Script<string, string, Reply>, keys: string[], args: Value[]) {
  const redis = getRedis();
  // The command leaves in the tick of the call: commands of one tick share one HTTP request.
  const reply = await redis.evalsha<Value[], unknown>(script.sha1, keys, args).catch((error: unknown) => {
    if (isNoScript(error)) return redis.eval<Value[], unknown>(script.source, keys, args);
    throw error;
  });
  return script.reply.parse(reply);
}

/**
 * Runs a script by its hash and returns its reply.
 * Throws `store_unavailable` on a failure, a late reply or a reply that does not fit the script's schema.
 */
export const runScript = <Key extends string, Arg extends string, Reply>(
  script: Script<Key, Arg, Reply>,
  keys: Given<Key, string>,
  args: Given<Arg, Value>,
): Promise<Reply> => fromStore(evaluate(script, inOrder(script.keys, keys), inOrder(script.args, args)));
