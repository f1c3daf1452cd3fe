import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Answers } from './answers.ts';
import { dropScript } from './drop-script.ts';
import { createFiller, packageName } from './fill.ts';

const SCRIPT = 'scripts/make-it-mine/';
const TEMPLATE = `${SCRIPT}template/`;
const ONLY_HERE = `${TEMPLATE}tsconfig.json`;

/** The demo business, its tests and its pictures, and this script. What the template has too is written anew. */
const REMOVED_FOLDERS = ['business/', 'e2e/business/', 'docs/screens/', SCRIPT] as const;
/** Explains why this script removes itself. */
const DECISION = /^docs\/decisions\/[^/]*make-it-mine[^/]*$/;
/** Tells a fork to run this script on a later version of Parley, in order to merge that. */
const FOR_FORKS = 'docs/your-fork.md';
const TEXT = /(?:^\.ci\/\w+|\.(?:json|md|mts|ts|yml))$/;

export interface Plan {
  /** Paths of committed files. */
  removed: readonly string[];
  written: readonly { path: string; content: string | Buffer }[];
  changed: readonly { path: string; content: string }[];
}

/** Packages that only the demo imports. */
const DEMO_DEPENDENCIES = ['chrono-node'] as const;
/** A record keeps the order of the keys, as an object schema does not. */
const Json = z.record(z.string(), z.unknown());
type Json = z.infer<typeof Json>;
const toText = (value: Json) => `${JSON.stringify(value, null, 2)}\n`;

const isOfDemo = (name: string) => DEMO_DEPENDENCIES.some((one) => name === one);

function withoutDemo(manifest: Json): Json {
  const dependencies = Object.entries(Json.parse(manifest.dependencies ?? {}));
  return { ...manifest, dependencies: Object.fromEntries(dependencies.filter(([name]) => !isOfDemo(name))) };
}

/** The files that name the package itself and what it depends on. */
const MANIFESTS: Record<string, (manifest: Json, answers: Answers) => Json> = {
  'package.json': (manifest, { site, agent }) => ({
    ...withoutDemo(manifest),
    name: packageName(site),
    description: `Talk with ${agent}, the voice agent of ${site}.`,
  }),
  'package-lock.json': (lock, { site }) => {
    const name = packageName(site);
    const { '': root, ...packages } = Json.parse(lock.packages);
    const kept = Object.entries(packages).filter(([path]) => !isOfDemo(path.replace('node_modules/', '')));
    const own = { ...withoutDemo(Json.parse(root)), name };
    return { ...lock, name, packages: { '': own, ...Object.fromEntries(kept) } };
  },
};

function changeManifest(path: string, text: string, answers: Answers): string {
  const change = MANIFESTS[path];
  return change ? toText(change(Json.parse(JSON.parse(text)), answers)) : text;
}

/** What has to change for these answers. Reads the work tree and changes nothing. */
export function makePlan(root: string, files: readonly string[], answers: Answers): Plan {
  const fill = createFiller(answers);
  const read = (path: string) => readFileSync(join(root, path));

  const written = files
    .filter((path) => path.startsWith(TEMPLATE) && path !== ONLY_HERE)
    .map((path) => ({
      path: fill(path.slice(TEMPLATE.length)),
      content: path.endsWith('.wav') ? read(path) : fill(read(path).toString()),
    }));
  const isWritten = new Set(written.map(({ path }) => path));
  const goes = (path: string) =>
    REMOVED_FOLDERS.some((folder) => path.startsWith(folder)) || DECISION.test(path);
  const removed = files.filter((path) => goes(path) && !isWritten.has(path));
  const isRemoved = new Set(removed);

  const changed = files
    .filter((path) => TEXT.test(path) && path !== FOR_FORKS && !isWritten.has(path) && !isRemoved.has(path))
    .flatMap((path) => {
      const before = read(path).toString();
      const after = dropScript(path, changeManifest(path, before, answers));
      return after === before ? [] : [{ path, content: after }];
    });
  return { removed, written, changed };
}

const countIn = (folder: string, paths: readonly string[]) =>
  paths.filter((path) => path.startsWith(folder)).length;
const list = (lines: readonly string[]) => lines.map((line) => `    ${line}`).join('\n');
const paths = (files: readonly { path: string }[]) => list(files.map(({ path }) => path));

/** The plan in words, for the terminal. */
export function describePlan({ removed, written, changed }: Plan, { site, agent, voice }: Answers): string {
  const folders = REMOVED_FOLDERS.map((folder) => `${folder} (${countIn(folder, removed)} files)`);
  return [
    `${site}, with ${agent} as its one agent (voice: ${voice}).`,
    `  Removes the demo business, and this script, which has no further use:\n${list(folders)}`,
    `  Writes ${written.length} files:\n${paths(written)}`,
    `  Changes ${changed.length} files:\n${paths(changed)}`,
  ].join('\n\n');
}
