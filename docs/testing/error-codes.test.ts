import { expect, test } from 'vitest';
import { endSentence } from '@/components/call/copy/end-copy';
import { refusalCopy } from '@/components/call/copy/refusal-copy';
import type { OwnRefusalCode, Refusal } from '@/lib/client/state/call-state';
import { AppError } from '@/lib/server/platform/app-error';
import { END_REASONS } from '@/lib/shared/contract';
import { ERROR_STATUS, type ErrorCode } from '@/lib/shared/errors';
import { PROVIDER_CAUSES } from '@/lib/shared/provider-cause';
import { listRows } from './error-code-rows';

/** Returns what the page shows for a refusal. */
function shownFor(code: Refusal['code'], message: string): string {
  const { sentence, detail } = refusalCopy({ name: 'refused', code, message, retryAtMs: null, cause: null });
  return `${sentence} ${detail}`;
}

/** Who can cure it is said here alone, except for refusals of the provider. */
const CURED_BY = ['the visitor', 'the owner', 'time', 'the developer of the client', 'nobody: report it'];

test('every refusal: status, words of the response, words of the page', () => {
  const rows = listRows('Refusals');
  const expected = (Object.entries(ERROR_STATUS) as [ErrorCode, number][]).map(([code, status]) => {
    const { message } = new AppError(code);
    return [`\`${code}\``, String(status), message, shownFor(code, message)];
  });
  expect(rows.map((row) => row.slice(0, 4))).toEqual(expected);
  for (const [code, , , , curedBy] of rows)
    expect([code, CURED_BY.includes(curedBy ?? '')]).toEqual([code, true]);
});

test('every refusal that the browser finds out itself', () => {
  // The type refuses a code that is missing here.
  const all: Record<OwnRefusalCode, true> = {
    network: true,
    part_missing: true,
    timeout: true,
    no_way_through: true,
    not_offered_here: true,
  };
  const codes = Object.keys(all) as OwnRefusalCode[];
  const rows = listRows('What the browser finds out itself');
  expect(rows.map((row) => row.slice(0, 2))).toEqual(
    codes.map((code) => [`\`${code}\``, shownFor(code, '')]),
  );
});

test('every cause of a refusal of the provider: the code around it, who can cure it, and what the owner reads', () => {
  const expected = Object.entries(PROVIDER_CAUSES).map(([cause, { code, curedBy, problem, cure }]) => {
    const who = { owner: 'the owner', visitor: 'the visitor', provider: 'time' }[curedBy];
    return [`\`${cause}\``, `\`${code}\``, who, problem, cure];
  });
  expect(listRows('Why the voice service refused')).toEqual(expected);
});

test('every way a call ends', () => {
  const expected = END_REASONS.map((reason) => [`\`${reason}\``, endSentence(reason)]);
  expect(listRows('How a call ended')).toEqual(expected);
});
