import type { Answers } from './answers.ts';
import { applyPlan } from './apply-plan.ts';
import { completeAnswers, createAsker } from './ask.ts';
import { HELP, readFlags } from './flags.ts';
import { describePlan, makePlan } from './plan.ts';
import { Refusal } from './refusal.ts';
import { listFiles, requireCleanTree } from './work-tree.ts';

interface Run {
  args: readonly string[];
  /** The clone, an absolute path. */
  root: string;
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

const nextSteps = ({ agent }: Answers) =>
  `
Done. Next:

  npm run dev        open the printed address, click Talk, and leave ${agent} a message
  npm test           everything, from lint to a call by voice
  git add -A && git commit -m "Our business"

The rest is in business/: site.ts (the time zone too), agents, tools, panel. app/icon.svg is the icon of the tab,
and app/globals.css has the colours. docs/add-a-tool.md and docs/add-an-agent.md go on from here.
Before that commit, \`git restore . && git clean -fd business e2e\` takes everything back.
Commit before you change anything: docs/your-fork.md says how later versions of Parley are merged, from that commit on.
`.trim();

async function run({ args, root, input, output }: Run): Promise<void> {
  const flags = readFlags(args);
  if (flags.help) {
    output.write(`${HELP}\n`);
    return;
  }
  if (!flags.dryRun) requireCleanTree(root);
  const asker = createAsker(input, output);
  try {
    const answers = await completeAnswers(flags.given, asker, output);
    const plan = makePlan(root, listFiles(root), answers);
    output.write(`\n${describePlan(plan, answers)}\n\n`);
    if (flags.dryRun) {
      output.write('A dry run: nothing was changed.\n');
      return;
    }
    if (!flags.yes && !/^y(es)?$/i.test((await asker.ask('Continue? [y/N] ')).trim())) {
      throw new Refusal('Nothing was changed.');
    }
    applyPlan(root, plan);
    output.write(`${nextSteps(answers)}\n`);
  } finally {
    asker.close();
  }
}

/** Runs the command and returns its exit code. Changes everything that it announces, or nothing. */
export async function makeItMine(command: Run): Promise<number> {
  try {
    await run(command);
    return 0;
  } catch (error) {
    if (error instanceof Refusal) {
      command.output.write(`${error.message}\n`);
    } else {
      const reason = error instanceof Error ? error.message : String(error);
      command.output.write(
        `${reason}\n\nThis did not work, and the files are as they were committed (see git status).\n`,
      );
    }
    return 1;
  }
}
