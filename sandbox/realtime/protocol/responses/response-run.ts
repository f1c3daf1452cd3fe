import type { RealtimeResponse, RealtimeResponseStatus } from 'openai/resources/realtime/realtime';
import type { Speech } from '../../media/interfaces.ts';
import type { Reply, ToolCall } from '../../mind/interfaces.ts';
import type { Clock } from '../clock.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { textTokens } from '../conversation/usage.ts';
import { toApiError } from '../events/api-error.ts';
import { newId } from '../events/ids.ts';
import type { Emit } from '../events/server-event.ts';
import type { RemoteCall, RemoteTool } from '../mcp/remote-tools.ts';
import { FunctionCallWriter } from './function-call-writer.ts';
import { McpCallWriter } from './mcp-call-writer.ts';
import { MessageWriter, type Modality } from './message-writer.ts';
import type { OutputSlot, OutputWriter } from './output-writer.ts';
import { type Pace, pauseBetweenDeltas } from './pace.ts';
import type { ResponseParams } from './response-params.ts';
import {
  type ResponseSettings,
  type ResponseStatus,
  statusDetails,
  toWireResponse,
} from './response-snapshot.ts';
import type { VoiceOutput } from './voice-output.ts';

const SAMPLES_PER_MS = 48;

/** What a response needs of its call. */
export interface ResponseDeps {
  emit: Emit;
  clock: Clock;
  pace: Pace;
  /** Before the first output. */
  waitMs: number;
  speech: Speech;
  voice: VoiceOutput;
  /** `null` for a response outside the conversation. */
  conversation: Conversation | null;
  settings: ResponseSettings;
  think(run: ResponseRun): Promise<Reply>;
  /** The remote tool of that name, unless a function has it. */
  findRemote(name: string, params: ResponseParams): RemoteTool | null;
  callRemote(call: RemoteCall): void;
  measure(output: { text: number; audioMs: number }): NonNullable<RealtimeResponse['usage']>;
  onEnded(run: ResponseRun): void;
}

/**
 * One response from `response.created` to `response.done`. It can be cancelled between any two steps: it
 * closes the open item as incomplete and announces the end at once, in the recorded order.
 */
export class ResponseRun {
  readonly id = newId('resp');
  readonly params: ResponseParams;
  #deps: ResponseDeps;
  #abort = new AbortController();
  #writer: OutputWriter | null = null;
  #output: OutputWriter['item'][] = [];
  #textTokens = 0;
  #audioMs = 0;
  #ended = false;

  constructor(deps: ResponseDeps, params: ResponseParams) {
    this.#deps = deps;
    this.params = params;
  }

  get output(): readonly OutputWriter['item'][] {
    return this.#output;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get outOfBand(): boolean {
    return this.#deps.conversation === null;
  }

  /** Announces the response, then writes it. Never rejects: an error becomes a failed response. */
  async start(): Promise<void> {
    this.#deps.emit({ type: 'response.created', response: this.#snapshot('in_progress', null) });
    try {
      const reply = await this.#thinkSlowly();
      if (this.#ended) return;
      const complete = (await this.#say(reply)) && (await this.#call(reply.calls));
      if (complete) this.#end('completed', null);
      else this.#end('incomplete', statusDetails.outOfTokens());
    } catch (error) {
      if (!this.#ended) this.fail('server_error', toApiError(error).message);
    }
  }

  cancel(reason: 'turn_detected' | 'client_cancelled'): void {
    this.#end('cancelled', statusDetails.cancelled(reason));
  }

  fail(code: string, message: string): void {
    this.#end('failed', statusDetails.failed(code, message));
  }

  /** Ends without an event, because the call has ended. */
  abandon(): void {
    this.#ended = true;
    this.#abort.abort();
  }

  async #thinkSlowly(): Promise<Reply> {
    const { think, clock, waitMs } = this.#deps;
    await clock.delay(waitMs, this.#abort.signal);
    return think(this);
  }

  /** False when the token limit cut the message. */
  async #say(reply: Reply): Promise<boolean> {
    if (reply.say === null || reply.say === '') return true;
    const { settings } = this.#deps;
    const modality: Modality = settings.modalities[0];
    const phase = reply.calls.length > 0 ? 'commentary' : 'final_answer';
    const writer = new MessageWriter(this.#slot(), modality, settings.marksPhases ? phase : undefined);
    this.#open(writer);
    const text = this.#withinLimit(reply.say);
    const deltas = text.match(/\s*\S+/g) ?? [];
    writer.delta(deltas.shift() ?? '');
    const spoken = modality === 'audio' ? this.#speak(text, writer.item.id) : null;
    await Promise.all([this.#write(writer, deltas), spoken]);
    const whole = text === reply.say;
    this.#close(whole ? 'completed' : 'incomplete');
    return whole;
  }

  async #call(calls: readonly ToolCall[]): Promise<boolean> {
    for (const call of calls) {
      if (this.#ended) return true;
      const text = JSON.stringify(call.arguments);
      const slot = this.#slot();
      const remote = this.#deps.findRemote(call.name, this.params);
      const writer = remote ? new McpCallWriter(slot, remote) : new FunctionCallWriter(slot, call.name);
      this.#open(writer);
      await this.#write(writer, text.match(/[\s\S]{1,8}/g) ?? []);
      this.#close('completed');
      if (remote && writer instanceof McpCallWriter && !this.#ended) {
        this.#deps.callRemote({ item: writer.item, outputIndex: slot.index, remote });
      }
    }
    return true;
  }

  async #write(
    writer: MessageWriter | FunctionCallWriter | McpCallWriter,
    deltas: readonly string[],
  ): Promise<void> {
    for (const delta of deltas) {
      await pauseBetweenDeltas(this.#deps.pace, this.#abort.signal);
      if (this.#ended) return;
      writer.delta(delta);
    }
  }

  async #speak(text: string, itemId: string): Promise<void> {
    const { speech, voice, settings, conversation } = this.#deps;
    const { signal } = this.#abort;
    const format = settings.format.type;
    const place = { responseId: this.id, itemId, outputIndex: this.#output.length - 1, format };
    for await (const pcm of speech.speak(text, { voice: settings.voice, speed: settings.speed }, signal)) {
      if (this.#ended) return;
      this.#audioMs += pcm.length / SAMPLES_PER_MS;
      const entry = conversation?.find(itemId);
      if (entry) entry.audioMs = this.#audioMs;
      const taken = voice.enqueue(place, pcm, signal);
      if (taken) await taken;
    }
  }

  #withinLimit(text: string): string {
    const limit = this.#deps.settings.maxOutputTokens;
    if (limit === 'inf' || textTokens(text) <= limit) return text;
    return text.slice(0, limit * 4).trimEnd();
  }

  #slot(): OutputSlot {
    const { emit, conversation } = this.#deps;
    return { responseId: this.id, index: this.#output.length, conversation, emit };
  }

  #open(writer: OutputWriter): void {
    this.#writer = writer;
    this.#output.push(writer.item);
    writer.open();
  }

  #close(status: 'completed' | 'incomplete'): void {
    const writer = this.#writer;
    if (this.#ended || !writer) return;
    this.#writer = null;
    const written = writer.item.type === 'message' ? (writer as MessageWriter).text : writer.item.arguments;
    this.#textTokens += textTokens(written);
    writer.close(status);
  }

  #end(status: ResponseStatus, details: RealtimeResponseStatus | null): void {
    if (this.#ended) return;
    this.#close('incomplete');
    this.#ended = true;
    this.#abort.abort();
    this.#deps.voice.finish(this.id);
    const usage = this.#deps.measure({ text: this.#textTokens, audioMs: this.#audioMs });
    const response = this.#snapshot(status, usage);
    if (details) response.status_details = details;
    this.#deps.emit({ type: 'response.done', response });
    this.#deps.onEnded(this);
  }

  #snapshot(status: ResponseStatus, usage: RealtimeResponse['usage'] | null): RealtimeResponse {
    return toWireResponse(this.id, status, this.#output, usage, this.#deps.settings, this.params.metadata);
  }
}
