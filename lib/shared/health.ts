/** Where the server runs. `process`: one that lives on between requests. `serverless`: one that may freeze after each. */
export const HOST_KINDS = ['process', 'vercel', 'serverless'] as const;
export type HostKind = (typeof HOST_KINDS)[number];

/** What ends a call that nobody ends: a timer of this process, a message of QStash, or a scheduler, every minute at least. */
export const CALL_ENDERS = ['timer', 'qstash', 'cron'] as const;
export type CallEnder = (typeof CALL_ENDERS)[number];

/** What can be wrong with the database. */
const STORE_PROBLEMS = [
  'store_unreachable',
  'store_refused',
  'store_read_only',
  'store_quota_used',
  'store_cluster',
  'store_evicts',
] as const;
export type StoreProblem = (typeof STORE_PROBLEMS)[number];

/** What can be wrong with a site that has all its settings. Codes, as those of refusals: never renamed. */
export const HEALTH_PROBLEMS = [...STORE_PROBLEMS, 'sweep_late', 'draining'] as const;
export type HealthProblem = (typeof HEALTH_PROBLEMS)[number];
