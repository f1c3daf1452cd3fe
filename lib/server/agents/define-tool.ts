import 'server-only';
import type { Redis } from '@upstash/redis';
import { z } from 'zod';
import { fail } from '@/lib/server/agents/outcome';
import type { User } from '@/lib/server/auth/user';
import type { Handoff, ToolPreview, ToolReply } from '@/lib/shared/contract';
import type { CallId } from '@/lib/shared/ids';

export type ToolUser = Pick<User, 'id' | 'role'>;

/** What a tool may rely on. Whose data it touches is decided by `user`, never by the model's arguments. */
export interface ToolContext {
  user: ToolUser;
  callId: CallId;
  now: Date;
  /** Of the business, such as Europe/London. */
  timeZone: string;
  redis: Redis;
  /** Puts another agent on the line of this call. The reply must carry what this answers. */
  handOff: (agentName: string) => Promise<Handoff>;
  /** Aborts when the tool's time is up: pass it to `fetch`. */
  signal: AbortSignal;
}

/** A preview changes nothing, so it puts nobody on the line. */
export type PreviewContext = Omit<ToolContext, 'handOff'>;

interface ToolDefinition<Name extends string, Input extends z.ZodObject> {
  /** What the model calls: `verb_noun`. */
  name: Name;
  /** For people: "Send a reminder". */
  title: string;
  /** For the model: what it does, and when to use it. */
  description: string;
  /** A `z.strictObject`. Describe every field: the model reads nothing else. */
  input: Input;
  /** True: the visitor allows each run on the screen first. */
  needsApproval: boolean;
  /** True: a successful run changes what the page shows. */
  changesData: boolean;
  timeoutMs: number;
  /**
   * What `run` would do with this input now: in lines for people, or the failure that it would answer. Changes
   * nothing. The visitor reads it before they allow the run; without it they read the arguments.
   */
  preview?(input: z.output<Input>, context: PreviewContext): Promise<ToolPreview>;
  run(input: z.output<Input>, context: ToolContext): Promise<ToolReply>;
}

/** A business capability, whatever its arguments are. */
export interface Tool<Name extends string = string> {
  readonly name: Name;
  readonly title: string;
  readonly description: string;
  readonly needsApproval: boolean;
  readonly changesData: boolean;
  readonly timeoutMs: number;
  /** JSON Schema of the arguments, as OpenAI takes it. */
  readonly parameters: Record<string, unknown>;
  /** Parses the arguments as `call` does, and answers what it would do. No lines: the tool does not say. */
  preview(args: unknown, context: PreviewContext): Promise<ToolPreview>;
  /** Parses the model's arguments with the tool's own schema, and runs it. */
  call(args: unknown, context: ToolContext): Promise<ToolReply>;
}

function jsonSchema(input: z.ZodObject): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input' });
  return schema;
}

/** Words for a field that was left out; any other problem keeps the words of zod or of the schema itself. */
const sayMissing: z.core.$ZodErrorMap = ({ code, input }) =>
  code === 'invalid_type' && input === undefined ? 'is missing' : undefined;

/** Names the wrong fields, so that the model can correct itself. Holds no value that was sent. */
function badArguments(error: z.ZodError) {
  const problems = error.issues.slice(0, 5).map(({ path, message }) => [...path, message].join(' '));
  return fail('bad_arguments', `The arguments do not fit: ${problems.join('; ')}.`);
}

/** Makes a tool out of its parts. See docs/add-a-tool.md. */
export function defineTool<const Name extends string, Input extends z.ZodObject>(
  definition: ToolDefinition<Name, Input>,
): Tool<Name> {
  const { input, preview, run, ...rest } = definition;
  const parse = (args: unknown) => input.safeParse(args, { error: sayMissing });
  return {
    ...rest,
    parameters: jsonSchema(input),
    async preview(args, context) {
      const parsed = parse(args);
      if (!parsed.success) return badArguments(parsed.error);
      return preview === undefined ? { ok: true, lines: [] } : preview(parsed.data, context);
    },
    async call(args, context) {
      const parsed = parse(args);
      return parsed.success ? run(parsed.data, context) : badArguments(parsed.error);
    },
  };
}
