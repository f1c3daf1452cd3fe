import 'server-only';
import { z } from 'zod';

/** Every kind of event that the owner can be told of. `webhooks/events` says what each holds. */
export const WEBHOOK_TYPES = [
  'call.ended',
  'call.corrected',
  'tool.ran',
  'budget.reached',
  'hang_up.given_up',
  'provider.refused',
  'sweep.late',
] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

const ADDRESS = 'a URL that starts with https:// and has no name or password in it';
const SECRET =
  'whsec_ and 24 to 64 bytes as base64, or two of them with a space between; make one with: echo "whsec_$(openssl rand -base64 32)"';
const EVENTS = `one or more of ${WEBHOOK_TYPES.join(', ')}, separated by commas`;

function isAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return ['https:', 'http:'].includes(protocol) && username + password === '';
}

/** Returns the bytes of a secret as Standard Webhooks writes it, or `null` if it is none. */
function readKey(text: string): Buffer | null {
  const [, base64 = ''] = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  const key = Buffer.from(base64, 'base64');
  return key.length >= 24 && key.length <= 64 ? key : null;
}

/** The value of `VOICE_WEBHOOK_URL`: exactly as it is given, because a path may end in a slash. */
export const webhookAddress = z.string().max(2000, ADDRESS).refine(isAddress, ADDRESS);

/** The value of `VOICE_WEBHOOK_SECRET`: the new one first while two are valid. */
export const webhookKeys = z
  .string()
  .transform((value) => value.split(/\s+/).map(readKey))
  .refine((keys): keys is Buffer[] => keys.length <= 2 && keys.every((key) => key !== null), SECRET);

const isType = (word: string): word is WebhookType => WEBHOOK_TYPES.some((type) => type === word);

/** The value of `VOICE_WEBHOOK_EVENTS`. */
export const webhookEvents = z
  .string()
  .transform((value) => value.split(',').map((word) => word.trim()))
  .refine((words): words is WebhookType[] => words.every(isType), EVENTS);

/** Returns what is wrong with the variables together. */
export function findUselessWebhookVariables(given: Readonly<Record<string, string>>): string[] {
  const { VOICE_WEBHOOK_EVENTS: events, VOICE_WEBHOOK_URL: url } = given;
  if (events === undefined || url !== undefined) return [];
  return ['VOICE_WEBHOOK_EVENTS is set, but VOICE_WEBHOOK_URL is not: nobody is told.'];
}
