interface TextFieldProps {
  label: string;
  /** Also the id: no form is open twice. */
  name: string;
  /** Below the field. */
  hint: string;
  isRequired?: boolean;
  maxLength: number;
}

/** One line of text in a question of the console. */
export function TextField({ label, name, hint, isRequired = false, maxLength }: TextFieldProps) {
  const hintId = `${name}-hint`;
  return (
    <div>
      <label htmlFor={name} className="font-medium text-sm">
        {label}
      </label>
      <input
        type="text"
        id={name}
        name={name}
        required={isRequired}
        maxLength={maxLength}
        autoComplete="off"
        aria-describedby={hintId}
        className="mt-1 block min-h-11 w-full rounded-md border border-line-strong bg-surface px-3"
      />
      <p id={hintId} className="mt-1 text-ink-muted text-xs">
        {hint}
      </p>
    </div>
  );
}
