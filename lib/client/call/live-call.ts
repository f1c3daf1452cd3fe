import type { CallApi } from '@/lib/client/api/call-api';
import { overReason } from '@/lib/client/api/call-failure';
import type { HeldTicket } from '@/lib/client/api/tickets';
import { createCallMicrophone } from '@/lib/client/audio/call-microphone';
import type { DeviceFollower } from '@/lib/client/audio/devices';
import type { CallAudio } from '@/lib/client/audio/levels';
import { createSpeaker } from '@/lib/client/audio/speaker';
import { createApprovals } from '@/lib/client/call/approvals';
import { createCallTimers } from '@/lib/client/call/call-timers';
import type { EngineContext } from '@/lib/client/call/engine-context';
import { createFarewell } from '@/lib/client/call/farewell';
import { createPushToTalk } from '@/lib/client/call/push-to-talk';
import { createToolRunner } from '@/lib/client/call/tool-runner';
import { type Connection, createConnection } from '@/lib/client/connection/connection';
import { createReconnectingConnection } from '@/lib/client/connection/reconnecting-connection';
import type { InspectRecorder } from '@/lib/client/inspect/inspect-recorder';
import type { RealtimeModule } from '@/lib/client/page/browser';
import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';
import { seedItems, toolItems } from '@/lib/client/state/replay';
import type { CallTicket, EndReason } from '@/lib/shared/contract';

export interface LiveCallOptions {
  context: EngineContext;
  dispatch: (event: CallEvent) => void;
  inspect: InspectRecorder;
  api: CallApi;
  held: HeldTicket;
  stream: MediaStream;
  hasMicrophone: boolean;
  realtime: RealtimeModule;
  sound: CallAudio;
  /** The call must end now. May be called more than once. */
  onOver: (reason: EndReason) => void;
}

/** A call with everything that belongs to it: line, microphone, loudspeaker, tools, approvals, clocks. */
export interface LiveCall extends DeviceFollower {
  readonly callId: string;
  connect(signal: AbortSignal): Promise<void>;
  /** The call is up: shows it, starts its clocks, lets the agent greet. */
  begin(): void;
  setMuted(muted: boolean): void;
  holdToTalk(held: boolean): void;
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
  const { context, dispatch, api, held, sound, hasMicrophone } = options;
  const { browser, state } = context;
  const { ticket } = held;
  const { callId } = ticket;
  let isMuted = false;
  let isBegun = false;
  let endedEarly: EndReason | null = null;
  /** Typed while another line was being set up. */
  let waitingTexts: string[] = [];

  /** What ends a call before it begins is kept until then. */
  const onOver = (reason: EndReason) => {
    if (isBegun) options.onOver(reason);
    else endedEarly ??= reason;
  };
  const liveState = () => {
    const { phase } = state.getState();
    return phase.name === 'live' ? phase.call : null;
  };

  const clock = createCallTimers({
    now: browser.now,
    endsAtMs: held.endsAtMs,
    call: liveState,
    userAmplitude: sound.userAmplitude,
    dispatch,
    onTimeUp: () => onOver('time_limit'),
  });
  const farewell = createFarewell(() => onOver('goodbye'));
  const speaker = createSpeaker({
    browser,
    sound,
    deviceId: state.getState().sound.speakerId,
    onBlocked: (blocked) => dispatch({ type: 'playback_blocked', blocked }),
  });
  const microphone = createCallMicrophone({
    browser,
    stream: options.stream,
    onStream(stream) {
      sound.meterUser(stream);
      const [track] = stream.getAudioTracks();
      if (track !== undefined) line.voice()?.replaceTrack(track);
    },
    onNote: (text) => dispatch({ type: 'sound_note', text }),
    onLost: () => dispatch({ type: 'microphone_lost' }),
    onFound: (label) =>
      dispatch({
        type: 'microphone_found',
        label,
        microphone: pushToTalk.isOn() ? 'released' : isMuted ? 'muted' : 'on',
      }),
  });
  const pushToTalk = createPushToTalk({
    voice: () => line.voice(),
    now: browser.now,
    turn: () => liveState()?.turn ?? null,
    setMicrophone: (on) => microphone.setEnabled(on && !isMuted),
    dispatch,
  });
  const approvals = createApprovals({
    preview: (request) => api.previewTool(callId, request.toolName, request.arguments),
    tools: () => state.getState().tracking.tools,
    now: browser.now,
    dispatch,
  });
  const runOnServer = createToolRunner({
    api,
    callId,
    tools: () => state.getState().tracking.tools,
    allowedLines: approvals.allowedLines,
    now: browser.now,
    dispatch,
    onCallOver: onOver,
    onEndCall: farewell.begin,
    onHandoff: (handoff) => line.voice()?.handOff(handoff),
    onDataChanged: context.onDataChanged,
  });

  const onServerEvent = (event: ServerEvent) => {
    dispatch(event);
    farewell.notice(event);
    clock.notice(event);
    if (event.type === 'server_error' && event.code === 'session_expired') onOver('time_limit');
  };

  const onAnswered = (rtcCallId: string) => {
    api.reportConnected(callId, rtcCallId).catch((error: unknown) => {
      // A report that did not get through leaves the call up: the server's deadline settles it.
      const over = overReason(error);
      if (over !== null) onOver(over);
    });
  };

  function createVoice(nextTicket: CallTicket, onLost: () => void): Connection {
    const voice: Connection = createConnection({
      browser,
      realtime: options.realtime,
      ticket: nextTicket,
      stream: microphone.stream(),
      audio: speaker.audio,
      inspect: options.inspect,
      async runTool(name, toolCallId, args) {
        const reply = await runOnServer(name, toolCallId, args);
        const now = line.voice();
        // The line that asked is gone, and the next one was told the conversation without this answer.
        if (now !== null && now !== voice) {
          now.seed(toolItems(toolCallId, { name, arguments: args, reply }));
          now.requestResponse();
        }
        return reply;
      },
      dispatch,
      onServerEvent,
      onApproval: approvals.ask,
      onGuardrail: (tripped) => dispatch({ type: 'guardrail_tripped', ...tripped }),
      onAgentStream: speaker.attach,
      onAnswered,
      onLost,
    });
    return voice;
  }

  /** An answer was due when the line dropped: the next one gives it. */
  let isAnswerDue = false;
  const line = createReconnectingConnection({
    browser,
    api,
    ticket,
    createVoice,
    endsAtMs: held.endsAtMs,
    onDropped(reconnect) {
      isAnswerDue = liveState()?.turn === 'thinking' || liveState()?.turn === 'agent_speaking';
      pushToTalk.drop();
      approvals.drop();
      dispatch({ type: 'connection_dropped', reconnect });
    },
    onAttempt: (reconnect) => dispatch({ type: 'reconnecting', reconnect }),
    onRestored(voice, { tools }) {
      pushToTalk.apply(voice);
      voice.seed(seedItems(state.getState().transcript));
      dispatch({ type: 'connection_restored', tools });
      const texts = waitingTexts.splice(0);
      for (const text of texts) voice.sendText(text);
      if (texts.length === 0 && isAnswerDue) voice.requestResponse();
    },
    onOver,
  });

  return {
    callId,
    async connect(signal) {
      signal.addEventListener('abort', approvals.drop, { once: true });
      await line.connect(signal);
    },
    begin() {
      const { agent, tools, greets } = ticket;
      dispatch({
        type: 'went_live',
        callId,
        agent,
        tools,
        endsAtMs: held.endsAtMs,
        microphone: hasMicrophone ? 'on' : 'none',
      });
      options.inspect.connected();
      if (hasMicrophone) {
        sound.meterUser(microphone.stream());
        pushToTalk.setPushToTalk(state.getState().sound.pushToTalk);
      }
      clock.start();
      // Repeated here, because a refusal to play counts only once the call is on the screen.
      speaker.play();
      const voice = line.voice();
      const texts = context.takeWaitingTexts();
      for (const text of texts) voice?.sendText(text);
      if (texts.length === 0 && greets) voice?.requestResponse();
      isBegun = true;
      if (endedEarly !== null) onOver(endedEarly);
    },
    setMuted(muted) {
      if (!hasMicrophone || pushToTalk.isOn()) return;
      isMuted = muted;
      sound.resume();
      microphone.setEnabled(!muted);
      dispatch({ type: 'mute_changed', muted });
    },
    holdToTalk(on) {
      sound.resume();
      pushToTalk.hold(on);
    },
    setPushToTalk(on) {
      if (!hasMicrophone) return;
      isMuted = false;
      pushToTalk.setPushToTalk(on);
    },
    changeMicrophone(id) {
      if (hasMicrophone) void microphone.change(id);
    },
    changeSpeaker: speaker.change,
    stopAgent: () => line.voice()?.interrupt(),
    sendText(text) {
      sound.resume();
      const voice = line.voice();
      if (voice === null) {
        waitingTexts.push(text);
        return;
      }
      const turn = liveState()?.turn;
      if (turn === 'agent_speaking' || turn === 'thinking') voice.interrupt();
      voice.sendText(text);
    },
    answerApproval: approvals.answer,
    playAudio: speaker.play,
    close(hungUp) {
      clock.stop();
      farewell.cancel();
      approvals.drop();
      pushToTalk.drop();
      waitingTexts = [];
      microphone.close();
      const closed = line.close(hungUp);
      speaker.close();
      sound.close();
      return closed;
    },
  };
}
