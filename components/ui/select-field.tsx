import { ChevronDown } from 'lucide-react';
import { useId } from 'react';

interface SelectFieldProps {
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** A labelled native `<select>`, which every keyboard and screen reader handles. */
export function SelectField({ label, value, choices, onChange }: SelectFieldProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          // An iPhone zooms into a field whose letters are smaller than 16 px.
          className="min-h-11 w-full appearance-none truncate rounded-md border border-line-strong bg-surface ps-3 pe-9 text-sm pointer-coarse:text-base"
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
        <ChevronDown
          className="pointer-events-none absolute inset-y-0 end-3 my-auto size-4 text-ink-muted"
          aria-hidden
        />
      </div>
    </div>
  );
}
