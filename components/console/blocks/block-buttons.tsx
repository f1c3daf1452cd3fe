'use client';

import { Ban } from 'lucide-react';
import { BlockTerms, readTerms } from '@/components/console/blocks/block-terms';
import { ActButton } from '@/components/console/frame/act-button';
import { TextField } from '@/components/console/frame/text-field';
import { useThenRefresh } from '@/components/console/frame/use-then-refresh';
import { block, endCallsOf, unblock } from '@/lib/client/api/console-api';
import type { CallId } from '@/lib/shared/ids';
import type { Block } from '@/lib/shared/owner/blocks';

/** Blocks one person, wherever their name stands. */
export function BlockPerson({ who }: { who: string }) {
  const thenRefresh = useThenRefresh();
  return (
    <ActButton
      label="Block"
      about={who}
      icon={<Ban className="size-4" aria-hidden />}
      title="Block this person?"
      question="They can’t start new calls, and they are told that you blocked them. A live call goes on; you can end it afterwards."
      confirmLabel="Block"
      act={(form) => thenRefresh(block({ kind: 'person', who, ...readTerms(form) }))}
    >
      <BlockTerms />
    </ActButton>
  );
}

/** Blocks the network of a caller: a guest who clears the cookies is a new person, but not from a new network. */
export function BlockNetworkOf({ callId, who }: { callId: CallId; who: string }) {
  return (
    <ActButton
      label="Block network"
      about={`of ${who}`}
      icon={<Ban className="size-4" aria-hidden />}
      title="Block this caller’s network?"
      question="No guest from there can start a call: perhaps a whole household or office. People with an account are not affected."
      confirmLabel="Block network"
      act={(form) => block({ kind: 'network_of', callId, ...readTerms(form) })}
    >
      <BlockTerms />
    </ActButton>
  );
}

/** Blocks a network by its address. */
export function BlockAddress() {
  const thenRefresh = useThenRefresh();
  return (
    <ActButton
      label="Block a network"
      icon={<Ban className="size-4" aria-hidden />}
      title="Block a network"
      question="No guest from there can start a call. People with an account are not affected: block the person instead."
      confirmLabel="Block"
      act={(form) => {
        const address = String(form.get('address') ?? '');
        return thenRefresh(block({ kind: 'network', address, ...readTerms(form) }));
      }}
    >
      <TextField
        label="Address"
        name="address"
        isRequired
        maxLength={64}
        hint="203.0.113.7, or 2001:db8:1:2::/64 (also /56 and /48)"
      />
      <BlockTerms />
    </ActButton>
  );
}

/** Ends a block, and the calls of who is blocked. */
export function BlockActs({ block: { id, label } }: { block: Block }) {
  const thenRefresh = useThenRefresh();
  return (
    <div className="flex flex-wrap gap-2">
      <ActButton
        label="End their calls"
        about={label}
        title="End their calls?"
        question="Anyone blocked here who is still in a call is cut off at once."
        confirmLabel="End them now"
        act={() => endCallsOf(id)}
      />
      <ActButton
        label="Unblock"
        about={label}
        title="Unblock?"
        question="They can start calls again."
        confirmLabel="Unblock"
        act={() => thenRefresh(unblock(id))}
      />
    </div>
  );
}
