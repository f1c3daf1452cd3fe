import Link from 'next/link';
import { WheelMark } from '@/components/ui/wheel-mark';

/** The name of the site, and the way home. */
export function Wordmark() {
  return (
    <Link
      href="/"
      className="-ms-2 inline-flex min-h-11 items-center gap-2 rounded-full px-2 font-semibold text-lg tracking-tight"
    >
      <WheelMark className="size-6 text-accent" />
      Parley
    </Link>
  );
}
