'use client';

import { CircleStop, Mic, MicOff, PhoneOff } from 'lucide-react';
import { useAgent, useCallContext, useCallState } from '@/components/call/call-context';
import { TimeLeft } from '@/components/call/live/time-left';
import { LevelMeter } from '@/components/call/wheel/level-meter';
import { buttonClass } from '@/components/ui/button-class';

const KEY_HINT = 'rounded-sm border border-current px-1.5 leading-4 max-sm:hidden pointer-coarse:hidden';

/** The controls of a call, within reach of a thumb: mute, stop the agent, time left, end. */
export function CallControls() {
  const { store } = useCallContext();
  const { title } = useAgent();
  const call = useCallState(({ phase }) => (phase.name === 'live' ? phase.call : null));
  const { commands } = store;
  const microphone = call?.microphone ?? 'on';
  const muted = microphone === 'muted';
  const speaking = call?.turn === 'agent_speaking';
  const MuteIcon = muted ? MicOff : Mic;
  return (
    <div
      role="toolbar"
      aria-label="Call controls"
      className="mx-auto flex w-full max-w-xl items-center gap-1 rounded-full border border-line bg-raised p-1.5 shadow-raised"
    >
      {(microphone === 'on' || muted) && (
        <button
          type="button"
          disabled={!call}
          aria-keyshortcuts="M"
          onClick={() => commands.setMuted(!muted)}
          className={buttonClass({ look: muted ? 'primary' : 'quiet', shape: 'snug' })}
        >
          <MuteIcon className="size-5" aria-hidden />
          <span className="max-sm:sr-only">{muted ? 'Unmute' : 'Mute'}</span>
          {!muted && <LevelMeter side="user" className="text-accent" />}
          <kbd className={KEY_HINT} aria-hidden>
            M
          </kbd>
        </button>
      )}
      <button
        type="button"
        aria-disabled={!speaking}
        aria-keyshortcuts="Escape"
        onClick={() => speaking && commands.stopAgent()}
        className={buttonClass({ look: 'quiet', shape: 'snug', place: 'aria-disabled:opacity-55' })}
      >
        <CircleStop className="size-5" aria-hidden />
        <span className="max-sm:sr-only">Stop {title}</span>
        <LevelMeter side="agent" className="text-accent" />
        <kbd className={KEY_HINT} aria-hidden>
          Esc
        </kbd>
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
    </div>
  );
}
