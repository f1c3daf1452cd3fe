import { createApprovals } from '@/lib/client/approvals';
import type { CallApi } from '@/lib/client/call-api';
import type { RealtimeModule } from '@/lib/client/call-browser';
import { overReason } from '@/lib/client/call-failure';
import type { CallSound } from '@/lib/client/call-sound';
import type { EngineContext } from '@/lib/client/engine-context';
import { createFarewell } from '@/lib/client/farewell';
import { createSoundHints } from '@/lib/client/sound-hints';
import type { HeldTicket } from '@/lib/client/ticket-desk';
import { createToolRunner } from '@/lib/client/tool-runner';
import { createVoiceCall } from '@/lib/client/voice-call';
import type { ServerEvent } from '@/lib/shared/call-event';
import type { EndReason } from '@/lib/shared/contract';

const SAMPLE_EVERY_MS = 100;
/** A server that hangs up this shortly before our own clock says so did it for the time limit. */
const DEADLINE_MARGIN_MS = 3_000;

interface LiveCallOptions {
  context: EngineContext;
  api: CallApi;
  held: HeldTicket;
  stream: MediaStream;
  hasMicrophone: boolean;
  realtime: RealtimeModule;
  sound: CallSound;
  /** The call must end now. May be called more than once. */
  onOver: (reason: EndReason) => void;
}

/** A call with everything that belongs to it: connection, tools, approvals, clocks. */
export interface LiveCall {
  readonly callId: string;
  connect(signal: AbortSignal): Promise<void>;
  /** The call is up: shows it, starts its clocks, lets the agent greet. */
  begin(): void;
  setMuted(muted: boolean): void;
  stopAgent(): void;
  sendText(text: string): void;
  answerApproval(toolCallId: string, allowed: boolean): void;
  playAudio(): void;
  /**
   * Silence at once; resolves when everything is released. The server is told by whoever closes: `hungUp` settles
   * when it has hung up.
   */
  close(hungUp?: Promise<unknown>): Promise<void>;
}

export function createLiveCall(options: LiveCallOptions): LiveCall {
  const { context, api, held, sound } = options;
  const { browser, dispatch, getState } = context;
  const { ticket } = held;
  const { callId } = ticket;
  /** What ends a call before it begins is kept until then. */
  const onOver = (reason: EndReason) => {
    if (isBegun) options.onOver(reason);
    else endedEarly ??= reason;
  };
  const readHint = createSoundHints();
  const farewell = createFarewell(() => onOver('goodbye'));
  const approvals = createApprovals({ tools: ticket.tools, now: browser.now, dispatch });
  const runTool = createToolRunner({
    api,
    ticket,
    now: browser.now,
    dispatch,
    onCallOver: onOver,
    onEndCall: farewell.begin,
    onDataChanged: context.onDataChanged,
  });
  let wasHeard = false;
  let isBegun = false;
  let endedEarly: EndReason | null = null;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let sampler: ReturnType<typeof setInterval> | undefined;

  const liveState = () => {
    const { phase } = getState();
    return phase.name === 'live' ? phase.call : null;
  };

  const onServerEvent = (event: ServerEvent) => {
    dispatch(event);
    farewell.notice(event);
    if (event.type === 'user_speech_started') wasHeard = true;
    if (event.type === 'server_error' && event.code === 'session_expired') onOver('time_limit');
  };

  const onLost = (cause: 'network' | 'server') => {
    const isTimeUp = browser.now() >= held.endsAtMs - DEADLINE_MARGIN_MS;
    if (isTimeUp) onOver('time_limit');
    else onOver(cause === 'network' ? 'connection_lost' : 'server_hangup');
  };

  const onAnswered = (rtcCallId: string) => {
    api.reportConnected(callId, rtcCallId).catch((error: unknown) => {
      // A report that did not get through leaves the call up: the server's deadline settles it.
      const over = overReason(error);
      if (over !== null) onOver(over);
    });
  };

  const voice = createVoiceCall({
    browser,
    realtime: options.realtime,
    ticket,
    stream: options.stream,
    sound,
    runTool,
    dispatch,
    onServerEvent,
    onApproval: approvals.ask,
    onAnswered,
    onLost,
  });

  const sample = () => {
    const call = liveState();
    if (call === null) return;
    const atMs = browser.now();
    dispatch({ type: 'tick', atMs });
    const { microphone, turn, hint } = call;
    const next = readHint({ atMs, amplitude: sound.userAmplitude(), microphone, turn, wasHeard });
    if (next !== hint) dispatch({ type: 'hint_changed', hint: next });
  };

  const sendText = (text: string) => {
    const turn = liveState()?.turn;
    if (turn === 'agent_speaking' || turn === 'thinking') voice.interrupt();
    voice.sendText(text);
  };

  return {
    callId,
    async connect(signal) {
      signal.addEventListener('abort', approvals.close, { once: true });
      await voice.connect(signal);
    },
    begin() {
      const { agent, tools, greets } = ticket;
      const microphone = options.hasMicrophone ? 'on' : 'none';
      dispatch({ type: 'went_live', callId, agent, tools, endsAtMs: held.endsAtMs, microphone });
      if (options.hasMicrophone) sound.meterUser(options.stream);
      deadline = setTimeout(() => onOver('time_limit'), held.endsAtMs - browser.now());
      sampler = setInterval(sample, SAMPLE_EVERY_MS);
      // Repeated here, because a refusal to play counts only once the call is on the screen.
      voice.playAudio();
      const texts = context.takeWaitingTexts();
      for (const text of texts) voice.sendText(text);
      if (texts.length === 0 && greets) voice.requestResponse();
      isBegun = true;
      if (endedEarly !== null) onOver(endedEarly);
    },
    setMuted(muted) {
      if (!options.hasMicrophone) return;
      voice.setMuted(muted);
      dispatch({ type: 'mute_changed', muted });
    },
    stopAgent: () => voice.interrupt(),
    sendText,
    answerApproval: approvals.answer,
    playAudio: voice.playAudio,
    close(hungUp) {
      clearTimeout(deadline);
      clearInterval(sampler);
      farewell.cancel();
      approvals.close();
      return voice.close(hungUp);
    },
  };
}
