import { fileURLToPath } from 'node:url';
import { makeItMine } from './make-it-mine.ts';

/** `npm run make-it-mine`: turns a clone of the demo into the site of another business. `--help` lists the flags. */
process.exitCode = await makeItMine({
  args: process.argv.slice(2),
  root: fileURLToPath(new URL('../../', import.meta.url)),
  input: process.stdin,
  output: process.stdout,
});
