import 'server-only';

export interface Service {
  /** As spoken after "a". */
  name: string;
  minutes: number;
  pricePounds: number;
  /** Other words for it. A word that fits two services is in neither list, so the agent asks. */
  alsoCalled: RegExp;
}

/** All services of the workshop, in the order in which the agent names them. */
export const SERVICES: readonly Service[] = [
  { name: 'tune-up', minutes: 45, pricePounds: 65, alsoCalled: /\btune|\bgear/ },
  {
    name: 'puncture repair',
    minutes: 30,
    pricePounds: 15,
    alsoCalled: /\bpuncture|\bflat|\btyre|\btire|\btube/,
  },
  { name: 'brake service', minutes: 60, pricePounds: 45, alsoCalled: /\bbrake|\bbreaks?\b/ },
  { name: 'safety check', minutes: 30, pricePounds: 20, alsoCalled: /\bsafety|\bcheck|\binspect/ },
  { name: 'bike fitting', minutes: 90, pricePounds: 90, alsoCalled: /\bfit/ },
  {
    name: 'full service',
    minutes: 120,
    pricePounds: 140,
    alsoCalled: /\bfull\b|\boverhaul|\bcomplete|\bmajor/,
  },
];

export const SERVICE_NAMES: readonly string[] = SERVICES.map(({ name }) => name);

/** Returns the service that the words mean, or `null` when they fit none or several. */
export function findService(said: string): Service | null {
  const words = said
    .toLowerCase()
    .replace(/[-\s]+/g, ' ')
    .trim();
  const exact = SERVICES.find(({ name }) => words.includes(name.replace('-', ' ')));
  if (exact) return exact;
  const [only, another] = SERVICES.filter(({ alsoCalled }) => alsoCalled.test(words));
  return only !== undefined && another === undefined ? only : null;
}
