import 'server-only';
import type { Redis } from '@upstash/redis';
import { z } from 'zod';
import { fail } from '@/lib/server/agents/outcome';
import type { User } from '@/lib/server/auth/user';
import type { Handoff, ToolPreview, ToolReply } from '@/lib/shared/contract';
import type { CallId } from '@/lib/shared/ids';

export type ToolUser = Pick<User, 'id' | 'role'>;

/** What a tool may rely on. `user` decides whose data it touches, never the model's arguments. */
export interface ToolContext {
  user: ToolUser;
  callId: CallId;
  /**
   * An opaque id of the network that a guest calls from; `null` for other users, and where the network is unknown.
   * A guest who clears the cookies is a new user on the same network, so count by it whatever a guest leaves behind.
   */
  network: string | null;
  now: Date;
  /** Of the business, such as Europe/London. */
  timeZone: string;
  redis: Redis;
  /** Gives this call to another agent. The tool's reply must carry the result. */
  handOff: (agentName: string) => Promise<Handoff>;
  /** Aborts when the tool's time is up. Pass it to `fetch`. */
  signal: AbortSignal;
}

/** A preview changes nothing, so it cannot hand off the call. */
export type PreviewContext = Omit<ToolContext, 'handOff'>;

interface ToolDefinition<Name extends string, Input extends z.ZodObject> {
  /** What the model calls: `verb_noun`. */
  name: Name;
  /** On the screen: "Send a reminder". */
  title: string;
  /** For the model: what the tool does, and when to use it. */
  description: string;
  /** A `z.strictObject`. Describe every field: the model reads nothing else. */
  input: Input;
  /** True: the user allows each run on the screen first. */
  needsApproval: boolean;
  /** True: a successful run changes what the page shows. Left out: false. */
  changesData?: boolean;
  /** Left out: 5000. */
  timeoutMs?: number;
  /**
   * Returns what `run` would do with this input now: lines for the screen, or the failure that it would return. Changes
   * nothing. The user reads it before allowing the run. Without it they read the arguments.
   */
  preview?(input: z.output<Input>, context: PreviewContext): Promise<ToolPreview>;
  run(input: z.output<Input>, context: ToolContext): Promise<ToolReply>;
}

/** A business capability with any arguments. */
export interface Tool<Name extends string = string> {
  readonly name: Name;
  readonly title: string;
  readonly description: string;
  readonly needsApproval: boolean;
  readonly changesData: boolean;
  readonly timeoutMs: number;
  /** JSON Schema of the arguments, in OpenAI's form. */
  readonly parameters: Record<string, unknown>;
  /** Parses the arguments as `call` does, and returns what it would do. No lines: the tool has no preview. */
  preview(args: unknown, context: PreviewContext): Promise<ToolPreview>;
  /** Parses the model's arguments with the tool's own schema, runs it, and returns its reply. */
  call(args: unknown, context: ToolContext): Promise<ToolReply>;
}

function jsonSchema(input: z.ZodObject): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input' });
  return schema;
}

/** The message for a missing field. Any other problem keeps the message of zod or of the schema itself. */
const missingMessage: z.core.$ZodErrorMap = ({ code, input }) =>
  code === 'invalid_type' && input === undefined ? 'is missing' : undefined;

/** Of a refusal: the names of fields that the tool does not have are the caller's own words, as many as they like. */
const MOST_PROBLEMS = 5;
const MOST_CHARACTERS = 200;

/** Returns a failure that names the wrong fields, so that the model can correct itself. Holds no value that was sent. */
function refuseArguments(error: z.ZodError) {
  const problems = error.issues
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message }) => [...path, message].join(' ').slice(0, MOST_CHARACTERS));
  return fail('bad_arguments', `The arguments do not fit: ${problems.join('; ')}.`);
}

/** Returns a tool made of its parts. See docs/add-a-tool.md. */
export function defineTool<const Name extends string, Input extends z.ZodObject>(
  definition: ToolDefinition<Name, Input>,
): Tool<Name> {
  const { input, preview, run, changesData = false, timeoutMs = 5000, ...rest } = definition;
  const parse = (args: unknown) => input.safeParse(args, { error: missingMessage });
  return {
    ...rest,
    changesData,
    timeoutMs,
    parameters: jsonSchema(input),
    async preview(args, context) {
      const parsed = parse(args);
      if (!parsed.success) return refuseArguments(parsed.error);
      return preview === undefined ? { ok: true, lines: [] } : preview(parsed.data, context);
    },
    async call(args, context) {
      const parsed = parse(args);
      return parsed.success ? run(parsed.data, context) : refuseArguments(parsed.error);
    },
  };
}
