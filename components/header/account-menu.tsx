'use client';

import { CircleUserRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';

const fetchMenu = () => import('@/components/header/account-menu-open');
const OpenedMenu = lazy(fetchMenu);
const fetchAhead = () => void fetchMenu().catch(() => undefined);

interface Account {
  name: string;
  /** What kind of account it is: "Guest", or an e-mail address. */
  detail: string;
}

/** The account button. The menu itself is fetched when someone reaches for it. */
export function AccountMenu({ account }: { account: Account }) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      className={buttonClass({ look: 'quiet', shape: 'icon' })}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={fetchAhead}
      onFocus={fetchAhead}
      onClick={() => setWanted(true)}
    >
      <CircleUserRound className="size-5" aria-hidden />
      <span className="sr-only">Account: {account.name}</span>
    </button>
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <OpenedMenu account={account} />
    </Suspense>
  );
}
