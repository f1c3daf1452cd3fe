import type { RealtimeResponseUsage } from 'openai/resources/realtime/realtime';
import type { Speech } from '../../media/interfaces.ts';
import type { Mind, Reply } from '../../mind/interfaces.ts';
import type { Memory } from '../../mind/memory.ts';
import type { Clock } from '../clock.ts';
import { Conversation, type Entry } from '../conversation/conversation.ts';
import { spokenTurn, toItem } from '../conversation/item-schema.ts';
import { countInput, type InputTokens, toUsage } from '../conversation/usage.ts';
import { ApiError } from '../events/api-error.ts';
import { newId } from '../events/ids.ts';
import type { Emit } from '../events/server-event.ts';
import type { RemoteTools } from '../mcp/remote-tools.ts';
import type { Session } from '../policy/session.ts';
import type { Troubles } from '../troubles.ts';
import type { Pace } from './pace.ts';
import { readPastTurns } from './past-turns.ts';
import type { ResponseParams } from './response-params.ts';
import { ResponseRun } from './response-run.ts';
import { resolveSettings } from './response-snapshot.ts';
import { type Asked, findRemote, readTurnInput, selectTools } from './turn-input.ts';
import type { VoiceOutput } from './voice-output.ts';

/** OpenAI's lowest paid tier. */
const TOKENS_PER_MINUTE = 40_000;

export interface ResponsesDeps {
  emit: Emit;
  clock: Clock;
  pace: Pace;
  speech: Speech;
  mind: Mind;
  memory: Memory;
  voice: VoiceOutput;
  conversation: Conversation;
  remote: RemoteTools;
  session(): Session;
  troubles: Pick<Troubles, 'response' | 'waitMs' | 'mistaken'>;
  /** The last response has ended and none waits. */
  onQuiet(): void;
}

/** At most one response writes into the conversation at a time; out-of-band responses run beside it. */
export class Responses {
  readonly conversationId = newId('conv');
  #deps: ResponsesDeps;
  #active: ResponseRun | null = null;
  #outOfBand = new Set<ResponseRun>();
  #turnWaits = false;
  #memory: Memory;
  /** In this connection. */
  #hasThought = false;
  #lastThought: { run: ResponseRun; memoryBefore: Memory } | null = null;
  #previousInput: InputTokens | null = null;
  #tokensSpent = 0;

  constructor(deps: ResponsesDeps) {
    this.#deps = deps;
    this.#memory = deps.memory;
  }

  get busy(): boolean {
    return this.#active !== null;
  }

  get memory(): Memory {
    return this.#memory;
  }

  /** `response.create`. @throws ApiError `conversation_already_has_active_response` */
  create(params: ResponseParams): void {
    if (params.conversation !== 'none' && this.#active) {
      const message = `Conversation already has an active response in progress: ${this.#active.id}. Wait until the response is finished before creating a new one.`;
      throw new ApiError(400, 'conversation_already_has_active_response', message);
    }
    this.#start(params, false);
  }

  /** A user turn ended: responds now, or when the running response is done. */
  answerTurn(idle = false): void {
    if (this.#active) this.#turnWaits = true;
    else this.#start({}, idle);
  }

  /** What the session's tools mean is learned before the first sentence needs it. */
  learnTools(): void {
    const { mind, remote } = this.#deps;
    const session = this.#deps.session();
    const tools = selectTools({ session, params: {}, remote });
    void mind.learn({ instructions: session.instructions, tools });
  }

  /**
   * Prepares the first sentence of the likely next response. Leaves the conversation as it is. `null`: the
   * user said nothing.
   */
  prepareNext(said: string | null): void {
    const { conversation, mind, speech, remote } = this.#deps;
    const session = this.#deps.session();
    const { modalities, voice, speed } = resolveSettings(session, {}, null);
    if (this.#active || modalities[0] !== 'audio') return;
    const turn = { item: spokenTurn(newId('item')), audioMs: 0, heard: Promise.resolve(said ?? '') };
    const entries = [...conversation.entries, ...(said === null ? [] : [turn])];
    readTurnInput({ session, params: {}, remote }, entries, false, mind)
      .then((input) => mind.think(input, this.#memory))
      .then(({ say }) => speech.prepare(say ?? '', { voice, speed }))
      // The response itself reports what is wrong.
      .catch(() => undefined);
  }

  /** The user speaks over the response. */
  interrupt(): void {
    this.#turnWaits = false;
    this.#active?.cancel('turn_detected');
  }

  /** `response.cancel`. @throws ApiError `response_cancel_not_active` */
  cancel(responseId: string | undefined): void {
    const run = responseId === undefined ? this.#active : this.#find(responseId);
    if (!run) {
      const message = 'Cancellation failed: no active response found';
      throw new ApiError(400, 'response_cancel_not_active', message);
    }
    run.cancel('client_cancelled');
  }

  /** The user did not hear this message: what it asked or promised was not said. */
  unsay(itemId: string): void {
    const run = this.#lastThought?.run;
    if (run?.output.some((item) => item.id === itemId)) this.#forget(run);
  }

  /** The call has ended. */
  abandon(): void {
    this.#turnWaits = false;
    this.#active?.abandon();
    for (const run of this.#outOfBand) run.abandon();
  }

  #find(responseId: string): ResponseRun | undefined {
    return [this.#active, ...this.#outOfBand].find((run) => run?.id === responseId) ?? undefined;
  }

  #start(params: ResponseParams, idle: boolean): void {
    const { emit, clock, pace, speech, voice, remote } = this.#deps;
    const session = this.#deps.session();
    const outOfBand = params.conversation === 'none';
    const context = params.input ? this.#buildContext(params.input) : this.#deps.conversation;
    const input = countInput(session, context.entries);
    const previous = this.#previousInput;
    if (!outOfBand) this.#previousInput = input;
    const run = new ResponseRun(
      {
        emit,
        clock,
        pace,
        speech,
        voice,
        waitMs: this.#deps.troubles.waitMs(),
        conversation: outOfBand ? null : this.#deps.conversation,
        settings: resolveSettings(session, params, outOfBand ? null : this.conversationId),
        findRemote: (name, given) => findRemote(name, { session, params: given, remote }),
        callRemote: (call) => remote.begin(call),
        think: (asking) => this.#think(asking, session, context, idle),
        measure: (output) => this.#spend(toUsage(input, previous, output)),
        onEnded: (ended) => this.#ended(ended),
      },
      params,
    );
    if (outOfBand) this.#outOfBand.add(run);
    else this.#active = run;
    void run.start();
    const fault = this.#deps.troubles.response();
    if (fault) run.fail(fault.code, fault.message);
  }

  async #think(run: ResponseRun, session: Session, context: Conversation, idle: boolean): Promise<Reply> {
    const { mind, remote } = this.#deps;
    void remote.list(session.tools);
    await remote.list(run.params.tools ?? []);
    const asked = { session, params: run.params, remote };
    const input = await readTurnInput(asked, context.entries, idle, mind);
    const memoryBefore = await this.#recall(asked, context.entries);
    const reply = this.#deps.troubles.mistaken(this.#deps.mind.think(input, memoryBefore));
    if (run.ended || run.outOfBand) return reply;
    this.#hasThought = true;
    this.#lastThought = { run, memoryBefore };
    this.#memory = reply.memory;
    return reply;
  }

  /** What happened before this connection, where the client has told of it. */
  async #recall(asked: Asked, entries: readonly Entry[]): Promise<Memory> {
    if (this.#hasThought) return this.#memory;
    const { mind } = this.#deps;
    return mind.recall(await readPastTurns(asked, entries, mind), this.#memory);
  }

  /** `input` replaces the conversation for this one response. */
  #buildContext(input: NonNullable<ResponseParams['input']>): Conversation {
    const context = new Conversation();
    for (const given of input) {
      if (given.type === 'item_reference') context.add(this.#referred(given.id));
      else context.add({ item: toItem(given), audioMs: 0, heard: null });
    }
    return context;
  }

  #referred(itemId: string): Entry {
    const entry = this.#deps.conversation.find(itemId);
    if (entry) return entry;
    throw new ApiError(400, 'item_not_found', `Item with id '${itemId}' not found.`, 'response.input');
  }

  #ended(run: ResponseRun): void {
    this.#announceLimits();
    if (this.#outOfBand.delete(run)) return;
    this.#active = null;
    if (run.output.length === 0) this.#forget(run);
    if (this.#turnWaits) {
      this.#turnWaits = false;
      this.#start({}, false);
    } else {
      this.#deps.onQuiet();
    }
  }

  #forget(run: ResponseRun): void {
    const thought = this.#lastThought;
    const acted = run.output.some((item) => item.type === 'function_call' || item.type === 'mcp_call');
    if (thought?.run === run && !acted) this.#memory = thought.memoryBefore;
  }

  #spend(usage: RealtimeResponseUsage): RealtimeResponseUsage {
    this.#tokensSpent = usage.total_tokens ?? 0;
    return usage;
  }

  /** As if every response began with a full minute's allowance: the sandbox limits nothing. */
  #announceLimits(): void {
    const rate_limits = [
      { name: 'requests' as const, limit: 1_000, remaining: 999, reset_seconds: 0.06 },
      {
        name: 'tokens' as const,
        limit: TOKENS_PER_MINUTE,
        remaining: Math.max(0, TOKENS_PER_MINUTE - this.#tokensSpent),
        reset_seconds: 0.75,
      },
    ];
    this.#deps.emit({ type: 'rate_limits.updated', rate_limits });
  }
}
