'use client';

import { findAgent, useCallContext, useCallState } from '@/components/call/call-context';
import { setPreferences, usePreferences } from '@/components/call/call-preferences';
import { optionFields } from '@/components/options/option-fields';
import { ChoiceRow } from '@/components/ui/choice-row';
import { OptionSection } from '@/components/ui/option-section';
import { SelectField } from '@/components/ui/select-field';
import { pickOffered } from '@/lib/shared/agent-choices';

/** Which agent answers, in which language and how it sounds. The server checks every choice against the agent's lists. */
export function AgentOptions() {
  const { setting } = useCallContext();
  const isLive = useCallState(({ phase }) => phase.name === 'live');
  const { agent, options } = usePreferences();
  const { name, choices } = findAgent(setting, agent);
  const chosen = pickOffered(options[name] ?? {}, choices);
  return (
    <OptionSection title="Who answers">
      {setting.agents.length > 1 && (
        <ChoiceRow
          label="Agent"
          value={name}
          choices={setting.agents.map(({ name: value, title, tagline }) => ({
            value,
            label: title,
            detail: tagline,
          }))}
          onChange={(value) => setPreferences({ agent: value })}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        {optionFields(choices).map(({ option, label, choices: offered }) => (
          <SelectField
            key={option}
            label={label}
            value={chosen[option] ?? ''}
            choices={offered}
            onChange={(value) =>
              setPreferences({ options: { ...options, [name]: { ...chosen, [option]: value || undefined } } })
            }
          />
        ))}
      </div>
      {isLive && <p className="text-ink-muted text-sm">Takes effect from your next call.</p>}
    </OptionSection>
  );
}
