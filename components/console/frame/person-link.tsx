import Link from 'next/link';

/** The way from a person's name to everything that the audit trail holds of them. */
export function PersonLink({ who }: { who: string }) {
  return (
    <Link
      href={`/admin/audit?person=${encodeURIComponent(who)}`}
      className="break-all font-mono underline decoration-line-strong underline-offset-4 hover:decoration-current"
    >
      {who}
    </Link>
  );
}
