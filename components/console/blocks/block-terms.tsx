import { TextField } from '@/components/console/frame/text-field';

const LENGTHS = [
  { days: '1', label: 'for a day' },
  { days: '7', label: 'for a week' },
  { days: '30', label: 'for 30 days' },
  { days: '', label: 'until I unblock' },
] as const;

/** How long a block lasts, and why, in the question before it. */
export function BlockTerms() {
  return (
    <>
      <fieldset>
        <legend className="font-medium text-sm">How long</legend>
        <div className="mt-1 grid grid-cols-2 gap-x-4">
          {LENGTHS.map(({ days, label }) => (
            <label key={label} className="flex min-h-11 items-center gap-3 text-sm">
              <input
                type="radio"
                name="days"
                value={days}
                defaultChecked={days === '30'}
                className="size-4 accent-accent"
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <TextField
        label="Note"
        name="note"
        maxLength={200}
        hint="Only administrators read it. It is deleted with the block."
      />
    </>
  );
}

/** Returns what was chosen. */
export function readTerms(form: FormData): { note: string; days: number | null } {
  const days = Number(form.get('days'));
  return { note: String(form.get('note') ?? ''), days: days > 0 ? days : null };
}
