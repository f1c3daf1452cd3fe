import 'server-only';
import { createHash } from 'node:crypto';

/** Upstash's own script flag: the first line of our scripts and of those of @upstash/ratelimit. Other engines refuse it. */
const UPSTASH_SHEBANG = /^#!lua flags=allow-key-locking[^\n]*/;

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

/**
 * Returns a function that rewrites script commands written for Upstash for any Redis: the flag line becomes a
 * comment, and `EVALSHA` with the hash of the original finds the rewritten script.
 */
export function createScriptRewriter(): (command: readonly string[]) => string[] {
  const portableHashes = new Map<string, string>();

  const makePortable = (script: string): string => {
    const portable = script.replace(UPSTASH_SHEBANG, '--');
    if (portable !== script) portableHashes.set(sha1(script), sha1(portable));
    return portable;
  };

  return (command) => {
    const [name = '', second = '', third = '', ...rest] = command;
    switch (name.toLowerCase()) {
      case 'eval':
        return [name, makePortable(second), ...command.slice(2)];
      case 'evalsha':
        return [name, portableHashes.get(second.toLowerCase()) ?? second, ...command.slice(2)];
      case 'script':
        return second.toLowerCase() === 'load' ? [name, second, makePortable(third), ...rest] : [...command];
      default:
        return [...command];
    }
  };
}
