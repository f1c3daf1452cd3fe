'use client';

import { useTheme } from 'next-themes';
import { type CaptionSize, setPreferences, usePreferences } from '@/components/call/call-preferences';
import { THEMES } from '@/components/header/themes';
import { CheckField } from '@/components/ui/check-field';
import { ChoiceRow } from '@/components/ui/choice-row';
import { OptionSection } from '@/components/ui/option-section';

const CAPTIONS: readonly { value: CaptionSize; label: string }[] = [
  { value: 'normal', label: 'Normal' },
  { value: 'large', label: 'Large' },
  { value: 'largest', label: 'Largest' },
];
/** The size of captions, the theme, and the keys. */
export function ScreenOptions() {
  const { theme, setTheme } = useTheme();
  const { captions, shortcuts } = usePreferences();
  const onCaptions = (value: string) => {
    const size = CAPTIONS.find((choice) => choice.value === value);
    if (size) setPreferences({ captions: size.value });
  };
  return (
    <OptionSection title="Screen and keys">
      <ChoiceRow label="Caption size" value={captions} choices={CAPTIONS} onChange={onCaptions} />
      <ChoiceRow label="Theme" value={theme ?? 'system'} choices={THEMES} onChange={setTheme} />
      <CheckField
        label="Shortcut keys"
        detail="Space talks, M mutes and Esc stops the agent. Switch them off if you dictate to your device: it would press them."
        checked={shortcuts}
        onChange={(checked) => setPreferences({ shortcuts: checked })}
      />
    </OptionSection>
  );
}
