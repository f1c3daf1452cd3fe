import NEEDED from '../../needed-variables.json' with { type: 'json' };

export type Mode = 'dev' | 'start';
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where each service that Parley needs comes from. `missing`: nowhere; nothing replaces it. */
export interface Plan {
  realtime: 'sandbox' | 'configured' | 'missing';
  redis: 'embedded' | 'configured' | 'missing';
  authSecret: 'kept' | 'configured' | 'missing';
  /** Requests reach Next directly from this machine, so next-auth may trust their Host header. */
  trustHost: boolean;
}

const isSet = (value: string | undefined) => (value ?? '').trim() !== '';
const isOn = (value: string | undefined) => ['1', 'true'].includes(value?.trim() ?? '');
const isOff = (value: string | undefined) => ['0', 'false'].includes(value?.trim() ?? '');

/** `vercel env pull` writes `VERCEL=1` into `.env.local` of a developer's machine too, with the environment `development`. */
const isOnVercel = (env: Environment) => isSet(env.VERCEL) && env.VERCEL_ENV?.trim() !== 'development';

/**
 * Decides what is embedded. Development embeds whatever is missing; production only with `PARLEY_SANDBOX=1`,
 * the offline demo; Vercel never.
 */
export function planServices(env: Environment, mode: Mode): Plan {
  const anySet = (...names: string[]) => names.some((name) => isSet(env[name]));
  const mayEmbed = !isOnVercel(env) && (mode === 'dev' || isOn(env.PARLEY_SANDBOX));

  const planRealtime = (): Plan['realtime'] => {
    if (mayEmbed && isOn(env.PARLEY_SANDBOX)) return 'sandbox';
    if (anySet(...NEEDED.realtime)) return 'configured';
    return mayEmbed && !isOff(env.PARLEY_SANDBOX) ? 'sandbox' : 'missing';
  };
  const otherwise = <Embedded>(embedded: Embedded, ...names: string[]) => {
    if (anySet(...names)) return 'configured' as const;
    return mayEmbed ? embedded : ('missing' as const);
  };

  return {
    realtime: planRealtime(),
    redis: otherwise('embedded' as const, ...NEEDED.redis),
    authSecret: otherwise('kept' as const, ...NEEDED.authSecret),
    trustHost: mayEmbed && !isSet(env.AUTH_TRUST_HOST),
  };
}

/** The variables that a production start still needs. */
export function missingVariables(plan: Plan): string[] {
  return [
    plan.realtime === 'missing' ? ['OPENAI_API_KEY'] : [],
    plan.redis === 'missing' ? ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'] : [],
    plan.authSecret === 'missing' ? ['AUTH_SECRET'] : [],
  ].flat();
}
