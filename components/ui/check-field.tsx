interface CheckFieldProps {
  label: string;
  /** What it does, in a sentence or two. */
  detail: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A labelled checkbox, with its explanation. */
export function CheckField({ label, detail, checked, onChange }: CheckFieldProps) {
  return (
    <label className="flex min-h-11 cursor-pointer items-start gap-3">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <span>
        <span className="font-medium text-sm">{label}</span>
        <span className="block text-ink-muted text-sm">{detail}</span>
      </span>
    </label>
  );
}
