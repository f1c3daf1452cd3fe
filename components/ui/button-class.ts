import { clsx } from 'clsx';

export type ButtonLook = 'primary' | 'outline' | 'quiet' | 'danger';
export type ButtonShape = 'text' | 'snug' | 'icon';

/** A border that is not seen shows in forced colours, which take every background away. */
const LOOKS: Record<ButtonLook, string> = {
  primary: 'border-transparent bg-accent text-accent-ink hover:bg-accent-hover',
  outline: 'border-line-strong bg-raised text-ink hover:bg-sunken',
  quiet: 'border-transparent text-ink-muted hover:bg-sunken hover:text-ink',
  danger: 'border-transparent bg-danger text-danger-ink hover:bg-danger-hover',
};

const SHAPES: Record<ButtonShape, string> = {
  text: 'px-5 py-2',
  snug: 'px-3 py-2 sm:px-4',
  icon: 'size-11 shrink-0',
};

interface ButtonClassOptions {
  look?: ButtonLook;
  shape?: ButtonShape;
  /** Layout classes. They must not set what `look` and `shape` set. */
  place?: string;
}

/** Returns the classes of a button, for `<button>` and for links that look like one. At least 44 px high and wide. */
export const buttonClass = ({ look = 'outline', shape = 'text', place }: ButtonClassOptions = {}): string =>
  clsx(
    'inline-flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-full border text-center font-medium text-sm',
    'transition-colors disabled:pointer-events-none disabled:opacity-55',
    LOOKS[look],
    SHAPES[shape],
    place,
  );
