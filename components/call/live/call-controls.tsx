'use client';

import { CircleStop, Mic, MicOff, PhoneOff } from 'lucide-react';
import { useAgent, useCallContext, useCallState } from '@/components/call/call-context';
import { usePreferences } from '@/components/call/call-preferences';
import { KeyHint } from '@/components/call/live/key-hint';
import { TimeLeft } from '@/components/call/live/time-left';
import { LevelMeter } from '@/components/call/wheel/level-meter';
import { buttonClass } from '@/components/ui/button-class';

/** The controls of a call, within reach of a thumb: mute, stop the agent, time left, end. */
export function CallControls() {
  const { store } = useCallContext();
  const { title } = useAgent();
  const { shortcuts } = usePreferences();
  const call = useCallState(({ phase }) => (phase.name === 'live' ? phase.call : null));
  const { commands } = store;
  const microphone = call?.microphone ?? 'on';
  const muted = microphone === 'muted';
  const speaking = call?.turn === 'agent_speaking';
  const MuteIcon = muted ? MicOff : Mic;
  return (
    <fieldset
      aria-label="Call controls"
      className="mx-auto flex w-full min-w-0 max-w-xl items-center gap-1 rounded-full border border-line bg-raised p-1.5 shadow-raised"
    >
      {(microphone === 'on' || muted) && (
        <button
          type="button"
          disabled={!call}
          aria-keyshortcuts={shortcuts ? 'M' : undefined}
          onClick={() => commands.setMuted(!muted)}
          className={buttonClass({ look: muted ? 'primary' : 'quiet', shape: 'snug' })}
        >
          <MuteIcon className="size-5" aria-hidden />
          <span className="max-sm:sr-only">{muted ? 'Unmute' : 'Mute'}</span>
          {!muted && <LevelMeter side="user" className="text-accent" />}
          <KeyHint>M</KeyHint>
        </button>
      )}
      <button
        type="button"
        aria-disabled={!speaking}
        aria-keyshortcuts={shortcuts ? 'Escape' : undefined}
        onClick={() => speaking && commands.stopAgent()}
        className={buttonClass({ look: 'quiet', shape: 'snug', place: 'aria-disabled:opacity-55' })}
      >
        <CircleStop className="size-5" aria-hidden />
        <span className="max-sm:sr-only">Stop {title}</span>
        <LevelMeter side="agent" className="text-accent" />
        <KeyHint>Esc</KeyHint>
      </button>
      <div className="ms-auto flex items-center gap-2">
        {call && <TimeLeft endsAtMs={call.endsAtMs} />}
        <button
          type="button"
          disabled={!call}
          onClick={() => commands.end()}
          className={buttonClass({ look: 'danger', shape: 'snug' })}
        >
          <PhoneOff className="size-5" aria-hidden />
          <span className="max-sm:sr-only">End call</span>
        </button>
      </div>
    </fieldset>
  );
}
