import Link from 'next/link';
import { Wordmark } from '@/components/header/wordmark';

/** The link home, in the header of every page but the first. */
export function HomeLink() {
  return (
    <Link href="/" className="-mx-2 inline-flex min-h-11 items-center rounded-full px-2">
      <Wordmark />
    </Link>
  );
}
