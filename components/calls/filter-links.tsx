import { clsx } from 'clsx';
import type { Route } from 'next';
import Link from 'next/link';

interface FilterLinksProps {
  /** What the row filters by, such as "Agent". */
  label: string;
  choices: readonly { label: string; path: string; chosen: boolean }[];
}

/** One row of the filter. It consists of links, so it works without script and every view has an address. */
export function FilterLinks({ label, choices }: FilterLinksProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-2">
      <span className="w-full text-ink-muted text-sm sm:w-16" aria-hidden>
        {label}
      </span>
      {choices.map(({ label: name, path, chosen }) => (
        <Link
          key={name}
          href={path as Route}
          aria-current={chosen ? 'true' : undefined}
          className={clsx(
            'inline-flex min-h-11 items-center rounded-full border px-4 text-sm transition-colors',
            chosen
              ? 'border-accent bg-accent-soft font-medium text-accent'
              : 'border-line hover:border-line-strong hover:bg-sunken',
          )}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
