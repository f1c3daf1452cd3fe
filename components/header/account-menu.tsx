'use client';

import { CircleUserRound } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { AccountFacts } from '@/components/header/account-menu-open';
import { buttonClass } from '@/components/ui/button-class';
import { lazyPart } from '@/components/ui/lazy-part';

const fetchMenu = () => import('@/components/header/account-menu-open');
const OpenedMenu = lazyPart(fetchMenu);
const fetchAhead = () => void fetchMenu().catch(() => undefined);

/** The account button. The menu is fetched when the pointer or the focus reaches the button. */
export function AccountMenu({ account }: { account: AccountFacts }) {
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
