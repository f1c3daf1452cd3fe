import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DOCKERFILE = fileURLToPath(new URL('../../../Dockerfile', import.meta.url));

export interface Instruction {
  /** In capitals: `RUN`, `COPY`. */
  name: string;
  /** The rest of the line, lines that are continued put together. */
  text: string;
}

/** Returns the instructions of the Dockerfile, stage by stage. */
export function readDockerfile(): Instruction[][] {
  const lines = readFileSync(DOCKERFILE, 'utf8').split('\n');
  const whole = lines.filter((line) => !line.startsWith('#')).join('\n');
  const stages: Instruction[][] = [];
  for (const line of whole.replace(/\\\n\s*/g, '').split('\n')) {
    const [, name, text] = /^(\w+)\s+(.+)$/.exec(line.trim()) ?? [];
    if (name === undefined || text === undefined) continue;
    if (name.toUpperCase() === 'FROM') stages.push([]);
    stages.at(-1)?.push({ name: name.toUpperCase(), text });
  }
  return stages;
}

const textOf = (stage: readonly Instruction[], name: string): string =>
  stage.find((instruction) => instruction.name === name)?.text ?? '';

/** An instruction in exec form, such as `["node", "server.js"]`. */
function wordsOf(text: string): [string, ...string[]] {
  const words: unknown = JSON.parse(text);
  if (!Array.isArray(words) || words.length === 0 || words.some((word) => typeof word !== 'string')) {
    throw new Error(`This is not in exec form: ${text}`);
  }
  return words as [string, ...string[]];
}

/** Returns how the image starts its server and looks after it. Throws when a command is not in exec form. */
export function readImage() {
  const last = readDockerfile().at(-1) ?? [];
  const health = textOf(last, 'HEALTHCHECK');
  return {
    from: textOf(last, 'FROM'),
    user: textOf(last, 'USER'),
    env: Object.fromEntries(
      textOf(last, 'ENV')
        .split(/\s+/)
        .map((pair) => pair.split('=', 2)),
    ) as Record<string, string>,
    command: wordsOf(textOf(last, 'CMD')),
    healthCheck: wordsOf(health.slice(health.indexOf('CMD') + 'CMD'.length).trim()),
  };
}
