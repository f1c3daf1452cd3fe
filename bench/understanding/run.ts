/**
 * Measures how well the sandbox understands sentences, one figure a line:
 *
 *   npx jiti bench/understanding/run.ts [--set tuning|more-tuning|fresh-tuned|fresh-checked|held-out] [--spoken] [--show] [--business folder --phrases file]
 *
 * As text, and spoken by the sandbox's synthesiser in three ways, clean and in noise, and heard by its recogniser. A business
 * keeps its requests in `<set>.json` and its agents in `agents.json` of a folder of its own. `--show` prints each sentence that
 * went wrong: not for held-out sentences, or they are none any more.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadVoiceDetector } from '@parley/realtime-sandbox/media/audio/silero';
import { createMedia } from '@parley/realtime-sandbox/media/create-media';
import { print } from '../browser.ts';
import { agentKey, Judge, type Verdict } from './judge.ts';
import { readSets, type SaidOnce } from './read-sets.ts';
import { recognise, SPEAKERS, speak } from './speakers.ts';

const { values: options } = parseArgs({
  options: {
    spoken: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
    set: { type: 'string', default: 'tuning' },
    business: { type: 'string' },
    phrases: { type: 'string' },
  },
});
const { set, business, phrases } = options;
const folder = fileURLToPath(new URL(`./${set}/`, import.meta.url));
const sets = await readSets({
  forks: join(folder, 'forks.json'),
  offTopic: join(folder, 'off-topic.json'),
  business:
    business && phrases
      ? { requests: join(business, `${set}.json`), agents: join(business, 'agents.json'), phrases }
      : null,
});
const counts = new Map<string, Map<Verdict, number>>();
const media = await createMedia();
const detectors = await loadVoiceDetector();
const judge = new Judge(media);
try {
  for (const said of sets) await note(said, said.say, 'text');
  if (options.spoken) await listen();
} finally {
  await Promise.all([media.close(), detectors.close()]);
}
report();

/** Every recording is heard once for each agent, because each expects other words. */
async function listen(): Promise<void> {
  const bySentence = groupBy(sets, ({ say }) => say);
  for (const speaker of SPEAKERS) {
    for (const [index, [say, alike]] of [...bySentence].entries()) {
      const spoken = await speak(media, say, speaker, index + 1);
      for (const [condition, pcm] of Object.entries(spoken)) {
        const byAgent = groupBy(alike, ({ agent }) => agentKey(agent));
        for (const [first, ...others] of byAgent.values()) {
          if (!first) continue;
          const heard = await recognise(media, detectors.createDetector(), pcm, judge.hints(first));
          for (const said of [first, ...others]) await note(said, heard, condition);
        }
      }
    }
  }
}

function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

async function note(said: SaidOnce, heard: string, condition: string): Promise<void> {
  const verdict = await judge.judge(said, heard);
  const group = `${said.group}, ${condition}`;
  const count = counts.get(group) ?? new Map<Verdict, number>();
  count.set(verdict, (count.get(verdict) ?? 0) + 1);
  counts.set(group, count);
  if (
    options.show &&
    (verdict === 'wrong tool' || verdict === 'not understood' || verdict === 'false accept')
  ) {
    console.log(`  ${group}: ${said.say} → ${heard}: ${verdict}`);
  }
}

function report(): void {
  for (const [group, count] of counts) {
    const all = [...count.values()].reduce((sum, one) => sum + one, 0);
    const percent = (verdict: Verdict) => (100 * (count.get(verdict) ?? 0)) / all;
    print(`${group}: sentences`, all);
    if (group.startsWith('off topic')) {
      print(`${group}: false accepts, %`, percent('false accept'));
      print(`${group}: asked which tool, %`, percent('asked'));
      continue;
    }
    print(`${group}: right tool, %`, percent('right'));
    print(`${group}: wrong tool, %`, percent('wrong tool'));
    print(`${group}: asked, and named the right tool, %`, percent('asked right'));
    print(`${group}: asked, without the right tool, %`, percent('asked'));
  }
}
