import { styleText } from 'node:util';
import { type Mode, missingVariables, type Plan } from './options/plan-services.ts';

interface BannerFacts {
  mode: Mode;
  url: string;
  /** Where a phone in the same network visits. */
  phoneUrl?: string | undefined;
  plan: Plan;
  /** Whether the text goes to a terminal that shows colours. */
  colour: boolean;
}

const REALTIME: Record<Plan['realtime'], string> = {
  sandbox: 'offline sandbox: it hears and speaks, and costs nothing',
  configured: 'OpenAI, or what OPENAI_BASE_URL names: calls cost money',
  missing: 'not configured',
};
const REDIS: Record<Plan['redis'], Record<Mode, string>> = {
  embedded: { dev: 'embedded, kept in .parley between runs', start: 'embedded, empty again after each run' },
  configured: { dev: 'yours', start: 'yours' },
  missing: { dev: 'not configured', start: 'not configured' },
};

/** What to do about missing configuration, or nothing. */
function advice(plan: Plan): string[] {
  const missing = missingVariables(plan);
  if (missing.length === 0) return [];
  return ['', `Set ${missing.join(', ')}, or PARLEY_SANDBOX=1 for the offline demo.`];
}

/** The lines that the user reads when everything is ready. */
export function formatBanner({ mode, url, phoneUrl, plan, colour }: BannerFacts): string {
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  const lines = [
    '',
    `${style('bold', 'Site')}      ${style('cyan', url)}`,
    ...(phoneUrl === undefined
      ? []
      : [
          `${style('bold', 'Phone')}     ${style('cyan', phoneUrl)}, in the same network; accept its own certificate`,
        ]),
    '',
    `${style('dim', 'Voice')}     ${REALTIME[plan.realtime]}`,
    `${style('dim', 'Redis')}     ${REDIS[plan.redis][mode]}`,
    ...advice(plan),
    '',
    style('dim', 'Ctrl-C stops everything.'),
    '',
  ];
  return lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
}
