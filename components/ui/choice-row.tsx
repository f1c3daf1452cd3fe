import { clsx } from 'clsx';
import { useId } from 'react';

interface ChoiceRowProps {
  label: string;
  value: string;
  choices: readonly { value: string; label: string; detail?: string }[];
  onChange: (value: string) => void;
}

/** One of a few choices, all in sight: radio buttons in a row. */
export function ChoiceRow({ label, value, choices, onChange }: ChoiceRowProps) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium text-sm">{label}</legend>
      <div className="grid auto-cols-fr gap-2 sm:grid-flow-col">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={clsx(
              'flex min-h-11 cursor-pointer items-start gap-3 rounded-md border px-4 py-2.5 text-sm transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
              choice.value === value ? 'border-accent bg-accent-soft' : 'border-line-strong hover:bg-sunken',
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
            />
            <span>
              <span className="font-medium">{choice.label}</span>
              {choice.detail && <span className="mt-0.5 block text-ink-muted text-xs">{choice.detail}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
