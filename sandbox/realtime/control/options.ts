import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fromZodIssue } from '../protocol/events/api-error.ts';
import { FaultPlan } from './fault-plan.ts';

export interface SandboxOptions {
  host: string;
  port: number;
  /** The only key that is accepted; `null` accepts any that begins with `sk-`. */
  apiKey: string | null;
  maxSessionSeconds: number;
  maxCalls: number;
  faults: FaultPlan;
  /** Path of the module with the business's phrases; `null`: there is none. */
  phrases: string | null;
}

const Port = z.coerce.number().int().min(0).max(65_535);
const Seconds = z.coerce.number().positive().max(7_200);
const Calls = z.coerce.number().int().min(1).max(100);

/**
 * Reads the command line and the environment. @throws Error that names the setting, what it was and what it
 * may be, and when `NODE_ENV` is `production` without permission.
 */
export function readOptions(args: string[], env: Record<string, string | undefined>): SandboxOptions {
  const { values } = parseArgs({
    args,
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '8080' },
      'allow-production': { type: 'boolean', default: false },
    },
  });
  if (env.NODE_ENV === 'production' && env.PARLEY_SANDBOX !== '1' && !values['allow-production']) {
    throw new Error(
      'The Realtime sandbox does not start with NODE_ENV=production. Set PARLEY_SANDBOX=1 or pass --allow-production if you mean it.',
    );
  }
  return {
    host: values.host,
    port: read('--port', Port, values.port, 'a port number, or 0 for any free one'),
    apiKey: env.SANDBOX_API_KEY || null,
    maxSessionSeconds: read(
      'SANDBOX_SESSION_SECONDS',
      Seconds,
      env.SANDBOX_SESSION_SECONDS ?? '3600',
      'seconds, more than 0 and at most 7200',
    ),
    maxCalls: read('SANDBOX_MAX_CALLS', Calls, env.SANDBOX_MAX_CALLS ?? '20', 'a number from 1 to 100'),
    faults: readFaults(env.SANDBOX_FAULTS),
    phrases: env.SANDBOX_PHRASES || null,
  };
}

function read<T>(name: string, schema: z.ZodType<T>, value: string, allowed: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${name} is '${value}', but must be ${allowed}.`);
}

function readFaults(text: string | undefined): FaultPlan {
  if (!text) return {};
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new Error(`SANDBOX_FAULTS is not JSON. Example: {"mint":{"status":429,"times":1}}`);
  }
  const parsed = FaultPlan.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new Error(`SANDBOX_FAULTS: ${fromZodIssue(parsed.error.issues, raw, '').message}`);
}
