interface TextFieldProps {
  label: string;
  name: string;
  /** Below the field. */
  hint?: string;
  isRequired?: boolean;
  maxLength: number;
}

/** One line of text in a form of the console. */
export function TextField({ label, name, hint, isRequired = false, maxLength }: TextFieldProps) {
  const hintId = `${name}-hint`;
  return (
    <label className="block">
      <span className="font-medium text-sm">{label}</span>
      <input
        type="text"
        name={name}
        required={isRequired}
        maxLength={maxLength}
        autoComplete="off"
        aria-describedby={hint ? hintId : undefined}
        className="mt-1 block min-h-11 w-full rounded-md border border-line-strong bg-surface px-3"
      />
      {hint && (
        <span id={hintId} className="mt-1 block text-ink-muted text-xs">
          {hint}
        </span>
      )}
    </label>
  );
}
