import { parseArgs } from 'node:util';
import { z } from 'zod';
import { fromZodIssue } from '../protocol/events/zod-refusal.ts';
import { FaultPlan } from './fault-plan.ts';
import { PROFILE_NAMES, type ProfileName } from './profiles.ts';

export const HELP = `parley-realtime-sandbox: a stand-in for OpenAI's Realtime API that runs offline.

  --port <number>      port to listen on, 0 for any free one          8080
  --host <address>     address to listen on                           127.0.0.1
  --profile <name>     how it behaves                                 quick
                         quick  answers at once, and nothing fails
                         real   waits of 0.8 to 4.6 s, as others measured
                         harsh  as real, and: one response in 72 waits 25 s longer,
                                error events without an id, consent checks refused
                                after the first turn (ICE-lite), for three seconds
                                its own voice in the microphone
  --faults <JSON>      faults from the start, such as {"mint":{"status":429,"times":1}}
                         mint, calls, hangup, strictCors, refuseIce, response, transcription,
                         wait, stall, mistakes, namelessErrors, refuseChecks, echo
  --mcp-hosts <names>  hosts whose MCP servers may be called, beside this machine:
                       names with commas between them, or * for any
  --allow-production   start although NODE_ENV is production
  --help               this text

It prints its base URL, the value for OPENAI_BASE_URL; wss and https work on the same port.
Environment: SANDBOX_API_KEY, SANDBOX_PROFILE, SANDBOX_FAULTS, SANDBOX_PHRASES,
SANDBOX_SESSION_SECONDS, SANDBOX_MAX_CALLS, SANDBOX_MCP_HOSTS, SANDBOX_LOOPBACK,
PARLEY_SANDBOX=1.
The package's README explains each.`;

export interface SandboxOptions {
  host: string;
  port: number;
  /** The only key that is accepted; `null` accepts any that begins with `sk-`. */
  apiKey: string | null;
  maxSessionSeconds: number;
  maxCalls: number;
  profile: ProfileName;
  faults: FaultPlan;
  /** Hosts beside this machine whose MCP servers may be called; `*` is any. */
  mcpHosts: string[];
  /** Answers offer 127.0.0.1 beside the addresses of the machine's networks. */
  loopback: boolean;
  /** Path of the module with the business's phrases; `null`: there is none. */
  phrases: string | null;
}

const Port = z.coerce.number().int().min(0).max(65_535);
const Seconds = z.coerce.number().positive().max(7_200);
const Profile = z.enum(PROFILE_NAMES);
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
      profile: { type: 'string' },
      faults: { type: 'string' },
      'mcp-hosts': { type: 'string' },
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
    profile: read(
      values.profile === undefined ? 'SANDBOX_PROFILE' : '--profile',
      Profile,
      values.profile ?? (env.SANDBOX_PROFILE || 'quick'),
      `one of ${PROFILE_NAMES.join(', ')}`,
    ),
    faults: values.faults
      ? readFaults('--faults', values.faults)
      : readFaults('SANDBOX_FAULTS', env.SANDBOX_FAULTS),
    mcpHosts: (values['mcp-hosts'] ?? env.SANDBOX_MCP_HOSTS ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    loopback: env.SANDBOX_LOOPBACK !== '0',
    phrases: env.SANDBOX_PHRASES || null,
  };
}

function read<T>(name: string, schema: z.ZodType<T>, value: string, allowed: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Error(`${name} is '${value}', but must be ${allowed}.`);
}

function readFaults(name: string, text: string | undefined): FaultPlan {
  if (!text) return {};
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new Error(`${name} is not JSON. Example: {"mint":{"status":429,"times":1}}`);
  }
  const parsed = FaultPlan.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new Error(`${name}: ${fromZodIssue(parsed.error.issues, raw, '').message}`);
}
