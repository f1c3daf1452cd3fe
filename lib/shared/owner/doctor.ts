import { z } from 'zod';

/** What the doctor looks at, in the order in which a site is set up. */
const CHECKS = [
  'settings',
  'provider',
  'clock',
  'database',
  'address',
  'sign_in',
  'call_ends',
  'client_ip',
  'budget',
  'webhooks',
] as const;
export type Check = (typeof CHECKS)[number];

/** `unknown`: it could not be looked at. */
const RESULTS = ['ok', 'unknown', 'warning', 'problem'] as const;

export const Finding = z.object({
  check: z.enum(CHECKS),
  result: z.enum(RESULTS),
  /** Closed: `docs/doctor.md` lists all. `null`: nothing is wrong. */
  code: z.string().nullable(),
  says: z.string(),
  cure: z.string().nullable(),
  /** Names of variables, addresses, figures. Never a secret. */
  details: z.array(z.string()),
});
export type Finding = z.infer<typeof Finding>;

/** The 200 response of `GET /api/doctor`. */
export const Examination = z.object({ findings: z.array(Finding) });
export type Examination = z.infer<typeof Examination>;
