import { clsx } from 'clsx';
import { site } from '@/business/site';
import { WheelMark } from '@/components/ui/wheel-mark';

/** The name of the site. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-2 font-semibold text-lg tracking-tight', className)}>
      <WheelMark className="size-6 text-accent" />
      {site.name}
    </span>
  );
}
