import { CircleAlert, CircleCheck, CircleHelp, CircleX } from 'lucide-react';
import type { Check, Finding } from '@/lib/shared/owner/doctor';

const TITLES: Record<Check, string> = {
  settings: 'Settings',
  provider: 'Voice service',
  clock: 'Clock',
  database: 'Database',
  address: 'Address',
  sign_in: 'Sign-in',
  call_ends: 'Ending calls',
  client_ip: 'Networks of guests',
  budget: 'Budget',
  webhooks: 'Webhooks',
};

const LOOKS = {
  ok: { Icon: CircleCheck, word: 'In order', color: 'text-accent' },
  unknown: { Icon: CircleHelp, word: 'Not checked', color: 'text-ink-muted' },
  warning: { Icon: CircleAlert, word: 'Worth a look', color: 'text-warn' },
  problem: { Icon: CircleX, word: 'Problem', color: 'text-danger' },
} as const satisfies Record<Finding['result'], object>;

function FindingItem({ finding }: { finding: Finding }) {
  const { check, result, says, cure, details } = finding;
  const { Icon, word, color } = LOOKS[result];
  return (
    <li className="flex gap-3 border-line border-b py-3 last:border-b-0">
      <Icon className={`mt-0.5 size-5 shrink-0 ${color}`} aria-hidden />
      <div className="min-w-0">
        <h3 className="font-semibold">
          {TITLES[check]}
          <span className="sr-only">: {word}</span>
        </h3>
        <p className="text-sm">{says}</p>
        {details.length > 0 && (
          <ul className="mt-1 text-ink-muted text-sm">
            {details.map((detail) => (
              <li key={detail} className="break-words">
                {detail}
              </li>
            ))}
          </ul>
        )}
        {cure && (
          <p className="mt-1 text-sm">
            <span className="font-medium">What to do: </span>
            {cure}
          </p>
        )}
      </div>
    </li>
  );
}

/** What the doctor found, what is wrong first. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const worst = ['problem', 'warning', 'unknown', 'ok'] as const;
  const sorted = worst.flatMap((result) => findings.filter((finding) => finding.result === result));
  return (
    <ul>
      {sorted.map((finding) => (
        <FindingItem key={`${finding.check} ${finding.code} ${finding.details.join()}`} finding={finding} />
      ))}
    </ul>
  );
}
