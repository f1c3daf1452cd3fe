'use client';

import { Mic, Square } from 'lucide-react';
import { useCallContext, useCallState } from '@/components/call/call-context';
import { setPreferences, usePreferences } from '@/components/call/call-preferences';
import { microphoneAdvice } from '@/components/call/copy/microphone-copy';
import { LevelMeter } from '@/components/call/wheel/level-meter';
import { buttonClass } from '@/components/ui/button-class';
import { CheckField } from '@/components/ui/check-field';
import { OptionSection } from '@/components/ui/option-section';
import { SelectField } from '@/components/ui/select-field';
import type { SoundDevice } from '@/lib/client/state/call-state';
import { PACES } from '@/lib/shared/pace';

const DEFAULT = { value: '', label: 'System default' };
const PACE_CHOICES = [
  { value: '', label: 'Agent’s default' },
  { value: 'patient', label: 'Let me think longer' },
  { value: 'brisk', label: 'Answer sooner' },
] as const;

/** A remembered device stays in the list when it is unplugged, or the field would show a wrong choice. */
function deviceChoices(devices: readonly SoundDevice[], chosenId: string | null) {
  const isGone = chosenId !== null && !devices.some(({ id }) => id === chosenId);
  return [
    DEFAULT,
    ...devices.map(({ id, label }) => ({ value: id, label })),
    ...(isGone ? [{ value: chosenId, label: 'Your earlier choice (not connected)' }] : []),
  ];
}

/** Shows that the chosen microphone works: on request before a call, always during one. */
function LevelPreview() {
  const { commands } = useCallContext().store;
  const { previewing, previewProblem } = useCallState(({ sound }) => sound);
  const isLive = useCallState(({ phase }) => phase.name === 'live');
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-5 gap-y-2">
      {!isLive && (
        <button
          type="button"
          aria-pressed={previewing}
          className={buttonClass({ place: 'whitespace-nowrap' })}
          onClick={() => commands.previewMicrophone(!previewing)}
        >
          {previewing ? <Square className="size-4" aria-hidden /> : <Mic className="size-4" aria-hidden />}
          {previewing ? 'Stop' : 'Test the microphone'}
        </button>
      )}
      <LevelMeter side="user" className="scale-150 text-accent" />
      <p className="text-ink-muted text-sm">
        {previewing || isLive ? 'The bars move when it hears you.' : 'Nothing is sent.'}
      </p>
      {/* Always there: a screen reader misses the words of a region that appears together with them. */}
      <div role="status" className="w-full">
        {previewProblem && (
          <p className="rounded-md bg-warn-soft px-4 py-3 text-sm">{microphoneAdvice(previewProblem)}</p>
        )}
      </div>
    </div>
  );
}

/** How long the agent waits in a pause before it answers. */
function PaceField() {
  const { pace } = usePreferences();
  const isLive = useCallState(({ phase }) => phase.name === 'live');
  return (
    <div>
      <SelectField
        label="When you pause"
        value={pace ?? ''}
        choices={PACE_CHOICES}
        onChange={(value) => setPreferences({ pace: PACES.find((one) => one === value) ?? null })}
      />
      {isLive && <p className="mt-2 text-ink-muted text-sm">Takes effect from your next call.</p>}
    </div>
  );
}

/** Microphone, loudspeaker, push-to-talk and pauses. Devices change at once, also during a call. */
export function SoundOptions() {
  const { commands } = useCallContext().store;
  const sound = useCallState((state) => state.sound);
  return (
    <OptionSection title="Sound">
      <SelectField
        label="Microphone"
        value={sound.microphoneId ?? ''}
        choices={deviceChoices(sound.microphones, sound.microphoneId)}
        onChange={(id) => commands.chooseMicrophone(id || null)}
      />
      <LevelPreview />
      {sound.speakers.length > 0 && (
        <SelectField
          label="Loudspeaker"
          value={sound.speakerId ?? ''}
          choices={deviceChoices(sound.speakers, sound.speakerId)}
          onChange={(id) => commands.chooseSpeaker(id || null)}
        />
      )}
      <CheckField
        label="Push to talk"
        detail="You’re heard only while you hold the button or Space. Useful in a noisy room."
        checked={sound.pushToTalk}
        onChange={commands.setPushToTalk}
      />
      <PaceField />
    </OptionSection>
  );
}
