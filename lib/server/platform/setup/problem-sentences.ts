import 'server-only';
import type { HealthProblem } from '@/lib/shared/health';

/** What each problem means for the owner, and what cures it. For the log and the setup page. */
export const PROBLEM_SENTENCES: Readonly<Record<HealthProblem, string>> = {
  store_unreachable:
    'The database does not respond, so no call can be opened. Check its address and its state.',
  store_refused: 'The database refuses the password or token of this site, so no call can be opened.',
  store_read_only:
    'The database lets this site only read, so no call can be opened. Use a token or user that may write and run scripts, and no read replica.',
  store_quota_used: 'The database has used up the requests of its plan, so no call can be opened.',
  store_cluster:
    'The database is a Redis Cluster. One script touches several keys when a call opens, which a cluster refuses: use a single Redis.',
  store_evicts:
    'The database drops keys when it is full: allowances, budgets and open calls could be forgotten, and spending would begin afresh. Set its maxmemory-policy to noeviction.',
  sweep_late:
    'No scheduler has called /api/cron/reap for a while, so calls that nobody ends go on at your expense. Check the schedule and CRON_SECRET.',
};
