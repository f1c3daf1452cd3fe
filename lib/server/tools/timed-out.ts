// Tested in run-tool.test, run-once.test and preview-tool.test.
import 'server-only';
import { fail } from '@/lib/server/agents/outcome';

/** Returns what the agent says of a tool whose reply did not come in time. `mayHaveActed`: it may have changed something. */
export const timedOut = (mayHaveActed: boolean) =>
  fail(
    'timed_out',
    mayHaveActed
      ? 'That took too long, and it may or may not have gone through. Look it up before you try again.'
      : 'That took too long. Please try again in a moment.',
  );
