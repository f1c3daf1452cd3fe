import { clsx } from 'clsx';
import { site } from '@/business/site';
import { WheelMark } from '@/components/ui/wheel-mark';

/** Of a wordmark that leads home. */
export const HOME_CLASS = '-mx-2 inline-flex min-h-11 items-center rounded-full px-2';

/** The name of the site. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-2 font-semibold text-lg tracking-tight', className)}>
      <WheelMark className="size-6 text-accent" />
      {site.name}
    </span>
  );
}
