import { createHash } from 'node:crypto';

/** Upstash's own script flag, first line of every @upstash/ratelimit script. Stock engines refuse it. */
const UPSTASH_SHEBANG = /^#!lua flags=allow-key-locking[^\n]*/;

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

/**
 * Rewrites script commands so that scripts written for Upstash run on a stock engine: the flag line becomes
 * a comment, and `EVALSHA` with the original's hash finds the rewritten script.
 */
export function createScriptShim(): (command: readonly string[]) => string[] {
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
      case 'eval_ro':
        return [name, makePortable(second), ...command.slice(2)];
      case 'evalsha':
      case 'evalsha_ro':
        return [name, portableHashes.get(second.toLowerCase()) ?? second, ...command.slice(2)];
      case 'script':
        if (second.toLowerCase() === 'load') return [name, second, makePortable(third), ...rest];
        if (second.toLowerCase() !== 'exists') return [...command];
        return [name, second, ...command.slice(2).map((sha) => portableHashes.get(sha.toLowerCase()) ?? sha)];
      default:
        return [...command];
    }
  };
}
