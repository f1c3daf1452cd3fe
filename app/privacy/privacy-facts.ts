import { site } from '@/business/site';
import type { Env } from '@/lib/server/platform/env';
import { AUDIT_KEEP_DAYS } from '@/lib/server/records/audit';
import { HISTORY_KEEP_DAYS } from '@/lib/shared/kept-transcript';
import { providerName } from '../_lib/provider-name';

interface PrivacySection {
  heading: string;
  paragraphs: readonly string[];
}

type Settings = Pick<Env, 'sandbox' | 'openai' | 'realtime' | 'auth' | 'webhook' | 'tracing'>;

function whoHears({ sandbox, openai, realtime }: Settings): string[] {
  if (sandbox) {
    return [
      'Nobody outside this site. It runs in its sandbox: your voice stays on the machine of this site, and isn’t recorded.',
    ];
  }
  const provider = providerName(openai.baseUrl);
  const writes = realtime.omit.includes('transcription')
    ? []
    : [`${provider} also writes down what you say, for the transcript on your screen.`];
  const promise =
    provider === 'OpenAI'
      ? [
          'OpenAI’s own promise, as of November 2026: it doesn’t train its models with such calls unless the owner of this site agrees, and it keeps logs against misuse for up to 30 days. See platform.openai.com/docs/guides/your-data.',
        ]
      : [];
  return [
    `During a call, the sound of your microphone goes to ${provider}, which answers. It travels from your browser, so ${provider} learns your network address.`,
    ...writes,
    'This site doesn’t record the sound.',
    ...promise,
  ];
}

function whatIsKept({ auth, webhook, tracing }: Settings, stored: string): string[] {
  const { guest, user } = HISTORY_KEEP_DAYS;
  const days = auth.guest ? `${user} days, for guests ${guest} days` : `${user} days`;
  return [
    `About each call: when it was, how long it took, how it ended and what it changed. For ${days}.`,
    `What was said: only if you tick the box after the call. For ${days}.`,
    'How much you talked, to keep to the limits of this site. For three days.',
    `A security log, in which you are a code and not a name. For ${AUDIT_KEEP_DAYS} days.`,
    'If the owner blocks you or your network: that, as a code, and why. Until the block ends.',
    ...(webhook
      ? [
          'Another of the owner’s services is told what happens: which call, how long it took, how it ended and which tools it used. There too you are a code. Never what was said.',
        ]
      : []),
    ...(tracing
      ? [
          'A service for the owner’s technicians gets the times of each call: how long each part took, and which tools it used. There too you are a code. Never what was said.',
        ]
      : []),
    `What you arranged with ${site.business}: ${stored}.`,
  ];
}

function whoIsResponsible(): string[] {
  const { owner, contact, notice } = site.privacy;
  return [
    owner ?? 'The owner of this site hasn’t filled in this part yet.',
    ...(contact === null ? [] : [`Questions go to ${contact}.`]),
    ...notice,
  ];
}

/**
 * Returns what `/privacy` says: from the real settings, never kept by hand. `stored`: what the business stores about
 * people, in words such as "your appointments".
 */
export const privacyFacts = (settings: Settings, stored: string): PrivacySection[] => [
  {
    heading: 'Who you talk with',
    paragraphs: ['With an AI, not with a person. It can be wrong, so check what matters.'],
  },
  { heading: 'Who hears you', paragraphs: whoHears(settings) },
  { heading: 'What this site keeps', paragraphs: whatIsKept(settings, stored) },
  {
    heading: 'On your device',
    paragraphs: [
      'Cookies for signing in and staying signed in, the choices you made in the options, and, for ten minutes, that a call failed to start. Nothing that follows you elsewhere.',
    ],
  },
  { heading: 'Who is responsible', paragraphs: whoIsResponsible() },
];
