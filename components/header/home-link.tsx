import Link from 'next/link';
import { HOME_CLASS, Wordmark } from '@/components/header/wordmark';

/** The link home, in the header of every page but the first. */
export function HomeLink() {
  return (
    <Link href="/" className={HOME_CLASS}>
      <Wordmark />
    </Link>
  );
}
