import 'server-only';
import type { HealthProblem } from '@/lib/shared/health';

interface ProblemFacts {
  problem: string;
  cure: string;
}

/** What each problem of a site that has all its settings means for the owner, and what cures it. */
export const PROBLEMS: Readonly<Record<HealthProblem, ProblemFacts>> = {
  store_unreachable: {
    problem: 'The database does not respond, so no call can be opened.',
    cure: 'Check its address and its state.',
  },
  store_refused: {
    problem: 'The database refuses the password or token of this site, so no call can be opened.',
    cure: 'Copy the password or token again.',
  },
  store_read_only: {
    problem: 'This site may only read from the database, so no call can be opened.',
    cure: 'Use a token or user that may write and run scripts, and not a read replica.',
  },
  store_quota_used: {
    problem: 'The database has used up the requests of its plan, so no call can be opened.',
    cure: 'Wait until they renew, or take a larger plan.',
  },
  store_cluster: {
    problem:
      'The database is a Redis Cluster. One script touches several keys when a call opens, which a cluster refuses.',
    cure: 'Use a single Redis.',
  },
  store_evicts: {
    problem:
      'The database drops keys when it is full: allowances, budgets and open calls could be forgotten, and spending would begin afresh.',
    cure: 'Set its maxmemory-policy to noeviction.',
  },
  sweep_late: {
    problem:
      'No scheduler has called /api/cron/reap for a while, so calls that nobody ends go on at your expense.',
    cure: 'Check the schedule and CRON_SECRET.',
  },
  draining: {
    problem: 'This process is shutting down and is about to stop taking calls.',
    cure: 'Nothing is wrong: another process takes its place.',
  },
};

/** Returns both in a row, for the log and the setup page. */
export const problemSentence = (code: HealthProblem): string =>
  `${PROBLEMS[code].problem} ${PROBLEMS[code].cure}`;
