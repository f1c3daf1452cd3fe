import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listAgents, listTools } from '@/lib/server/agents/lookup';
import { UsageError } from '../options.ts';
import { SCENARIO_FOLDER } from '../scenario/load-scenarios.ts';
import { readKept } from './kept-source.ts';
import { writeScenario } from './write-scenario.ts';

interface Wish {
  directory: string;
  /** The file of an export, or the id of a call. */
  source: string;
  /** Which call of the export; the latest by default. */
  call: string | undefined;
  /** The name of the scenario. */
  as: string | undefined;
}

/**
 * Writes a kept conversation as a scenario file, and returns its path. Throws when there is no such conversation, and when a
 * file has the name already.
 */
export async function fromKept({ directory, source, call, as }: Wish): Promise<string> {
  if (as === undefined) throw new UsageError('Say what the scenario is called: --as caller-changes-her-mind');
  const asks = listAgents()
    .flatMap((agent) => listTools(agent))
    .filter(({ needsApproval }) => needsApproval)
    .map(({ title }) => title);
  const text = writeScenario(as, await readKept(source, call), new Set(asks));
  const path = join(SCENARIO_FOLDER, `${as}.eval.ts`);
  await writeFile(join(directory, path), text, { flag: 'wx' });
  return path;
}
