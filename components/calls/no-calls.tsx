import { PhoneMissed } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '@/components/ui/button-class';

/** An empty history, or a filter that matches nothing, with the way on. */
export function NoCalls({ filtered }: { filtered: boolean }) {
  return (
    <div className="flex flex-col items-center gap-4 rounded-lg border border-line-strong border-dashed px-6 py-12 text-center">
      <PhoneMissed className="size-8 text-ink-muted" aria-hidden />
      <p className="max-w-sm text-ink-muted">
        {filtered
          ? 'No calls match these filters. Remove one to see more.'
          : 'No calls yet. Each call you make is listed here: when it was, how long it lasted and how it ended.'}
      </p>
      <Link href={filtered ? '/calls' : '/'} className={buttonClass({ look: 'primary' })}>
        {filtered ? 'Show all calls' : 'Start a call'}
      </Link>
    </div>
  );
}
