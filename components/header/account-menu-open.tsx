'use client';

import { Check, CircleUserRound, Gauge, History, LogOut, Settings } from 'lucide-react';
import Link from 'next/link';
import { useTheme } from 'next-themes';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { leave } from '@/components/header/leave';
import { THEMES } from '@/components/header/themes';
import { buttonClass } from '@/components/ui/button-class';

export interface AccountFacts {
  name: string;
  /** The kind of account, such as "Just visiting". */
  detail: string;
  /** What a sign-out does besides; `null` for nothing. */
  signOutNote: string | null;
  /** The owner's console is theirs to open. */
  hasConsole: boolean;
}

const ITEM =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-3 text-sm outline-none data-highlighted:bg-sunken';
/** The account menu, already open when it loads: who is signed in, the theme, past calls, the account and signing out. */
export default function OpenedAccountMenu({ account }: { account: AccountFacts }) {
  const { theme, setTheme } = useTheme();
  const [isStillIn, setStillIn] = useState(false);
  /** The menu stays open: it says so if the sign-out fails. */
  const signOut = (event: Event) => {
    event.preventDefault();
    setStillIn(false);
    leave().catch(() => setStillIn(true));
  };
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger className={buttonClass({ look: 'quiet', shape: 'icon' })}>
        <CircleUserRound className="size-5" aria-hidden />
        <span className="sr-only">Account: {account.name}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={12}
          className="z-20 w-64 animate-arrive rounded-md border border-line bg-raised p-2 text-ink shadow-raised"
        >
          <DropdownMenu.Label className="px-3 py-2">
            <span className="block break-words font-semibold text-sm">{account.name}</span>
            <span className="block truncate text-ink-muted text-xs">{account.detail}</span>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="my-2 border-line border-t" />
          <DropdownMenu.RadioGroup value={theme ?? 'system'} onValueChange={setTheme} aria-label="Theme">
            {THEMES.map(({ value, label }) => (
              <DropdownMenu.RadioItem key={value} value={value} className={ITEM}>
                <span className="grow">{label}</span>
                <DropdownMenu.ItemIndicator>
                  <Check className="size-4 text-accent" aria-hidden />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-2 border-line border-t" />
          <DropdownMenu.Item className={ITEM} asChild>
            <Link href="/calls">
              <History className="size-4" aria-hidden />
              Your calls
            </Link>
          </DropdownMenu.Item>
          <DropdownMenu.Item className={ITEM} asChild>
            <Link href="/account">
              <Settings className="size-4" aria-hidden />
              Your account
            </Link>
          </DropdownMenu.Item>
          {account.hasConsole && (
            <DropdownMenu.Item className={ITEM} asChild>
              <Link href="/admin">
                <Gauge className="size-4" aria-hidden />
                Console
              </Link>
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item className={ITEM} onSelect={signOut}>
            <LogOut className="size-4 shrink-0 rtl:-scale-x-100" aria-hidden />
            <span className="py-2">
              Sign out
              {account.signOutNote && (
                <span className="mt-1 block text-ink-muted text-xs">{account.signOutNote}</span>
              )}
              <span aria-live="assertive" className="block text-danger text-xs">
                {isStillIn && 'You’re still signed in: we couldn’t reach the server. Try again.'}
              </span>
            </span>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
