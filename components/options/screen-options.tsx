'use client';

import { useTheme } from 'next-themes';
import { type CaptionSize, setPreferences, usePreferences } from '@/components/call/call-preferences';
import { ChoiceRow } from '@/components/ui/choice-row';
import { OptionSection } from '@/components/ui/option-section';

const CAPTIONS: readonly { value: CaptionSize; label: string }[] = [
  { value: 'normal', label: 'Normal' },
  { value: 'large', label: 'Large' },
  { value: 'largest', label: 'Largest' },
];
const THEMES = [
  { value: 'system', label: 'Match my device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** The size of captions, and the theme. */
export function ScreenOptions() {
  const { theme, setTheme } = useTheme();
  const { captions } = usePreferences();
  const onCaptions = (value: string) => {
    const size = CAPTIONS.find((choice) => choice.value === value);
    if (size) setPreferences({ captions: size.value });
  };
  return (
    <OptionSection title="Screen">
      <ChoiceRow label="Caption size" value={captions} choices={CAPTIONS} onChange={onCaptions} />
      <ChoiceRow label="Theme" value={theme ?? 'system'} choices={THEMES} onChange={setTheme} />
    </OptionSection>
  );
}
