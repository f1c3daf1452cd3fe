import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Phrasebook } from './phrasebook.ts';

/**
 * Reads the phrases of a business: the default export of the module at `path`. Without a path there are none,
 * and the mind uses only the names, descriptions and schemas of the tools. @throws Error that names the file,
 * the field that is wrong and what is wrong with it.
 */
export async function loadPhrases(path: string | null): Promise<Phrasebook> {
  if (path === null) return parsePhrases({}, '');
  const file = resolve(path);
  const module: { default?: unknown } = await import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new Error(`SANDBOX_PHRASES: ${file} cannot be read.`, { cause: error });
  });
  return parsePhrases(module.default, file);
}

/** Checks phrases; `file` appears in errors only. @throws Error as {@link loadPhrases}. */
export function parsePhrases(phrases: unknown, file: string): Phrasebook {
  const parsed = Phrasebook.safeParse(phrases);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') || 'the default export';
  throw new Error(`SANDBOX_PHRASES: ${file}: ${field}: ${issue?.message ?? 'is not valid'}`);
}
