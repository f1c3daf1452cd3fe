import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { provideBrowser } from '../../e2e/browser/provide-browser.ts';

/** Fetched on demand: hundreds of packages that nothing else uses. Version 13 requires Node 22.19. */
const LIGHTHOUSE = 'lighthouse@12.8.2';

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const METRICS = {
  'first-contentful-paint': 'first contentful paint, ms',
  'largest-contentful-paint': 'largest contentful paint, ms',
  'total-blocking-time': 'total blocking time, ms',
  'speed-index': 'speed index, ms',
  'cumulative-layout-shift': 'cumulative layout shift',
} as const;

/** `simulate`: loaded at full speed, then calculated for a slow phone. `devtools`: loaded as slowly as that. */
export type Throttling = 'simulate' | 'devtools';
export const FIGURES = [...CATEGORIES, ...Object.values(METRICS)];
export type Figures = Record<(typeof FIGURES)[number], number>;

interface Report {
  categories: Record<string, { score: number }>;
  audits: Record<string, { numericValue: number }>;
}

/** Returns the report of one run. Throws an error with Lighthouse's last line when there is none. */
async function report(parameters: string[]): Promise<Report> {
  const { path } = await provideBrowser();
  const env = { ...process.env, ...(path ? { CHROME_PATH: path } : {}) };
  const started = promisify(execFile)('npx', ['--yes', LIGHTHOUSE, ...parameters], {
    env,
    maxBuffer: 100 * 1024 * 1024,
  });
  const { stdout } = await started.catch((error: { message: string; stderr?: string }) => {
    throw new Error((error.stderr ?? error.message).trim().split('\n').at(-1));
  });
  return JSON.parse(stdout);
}

/** Returns the figures of one run with Lighthouse's defaults, on a phone. Throws when the page cannot be measured. */
export async function runLighthouse(
  url: string,
  cookie: string | null,
  throttling: Throttling,
): Promise<Figures> {
  const parameters = [
    ...[url, '--quiet', '--output=json', `--throttling-method=${throttling}`],
    '--chrome-flags=--headless=new --no-sandbox',
    ...(cookie ? [`--extra-headers=${JSON.stringify({ cookie })}`] : []),
  ];
  // Sometimes it misses the start of the navigation (NO_NAVSTART) and asks to be run again.
  const { categories, audits } = await report(parameters).catch(() => report(parameters));
  const scores = CATEGORIES.map((name) => [name, 100 * (categories[name]?.score ?? Number.NaN)]);
  const metrics = Object.entries(METRICS).map(([id, name]) => [name, audits[id]?.numericValue ?? Number.NaN]);
  return Object.fromEntries([...scores, ...metrics]);
}
