import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Scenario } from './scenario.ts';

/** Where a business keeps its scenarios. */
export const SCENARIO_FOLDER = 'business/evals';

export interface NamedScenario {
  /** The name of its file. */
  name: string;
  scenario: Scenario;
}

const isScenarioFile = (file: string) => file.endsWith('.eval.ts');

/**
 * Loads the files `*.eval.ts` of `business/evals` in the order of their names, only those whose name holds one of the
 * words if there are any. Throws for a file without a scenario, and when none is left.
 */
export async function loadScenarios(directory: string, only: readonly string[]): Promise<NamedScenario[]> {
  const folder = join(directory, SCENARIO_FOLDER);
  const files = (await readdir(folder)).filter(isScenarioFile).toSorted();
  const chosen = files.filter((file) => only.length === 0 || only.some((word) => file.includes(word)));
  if (chosen.length === 0) {
    throw new Error(
      `No scenario is named so. There are: ${files.map((file) => file.replace('.eval.ts', '')).join(', ')}.`,
    );
  }
  const named: NamedScenario[] = [];
  for (const file of chosen) {
    const module: { default?: Scenario } = await import(pathToFileURL(join(folder, file)).href);
    if (module.default === undefined)
      throw new Error(`${SCENARIO_FOLDER}/${file} exports no scenario as its default.`);
    named.push({ name: file.replace('.eval.ts', ''), scenario: module.default });
  }
  return named;
}
