// For the compiler only: every public name, as a project without a bundler imports it.
import { type RecordedCall, type Sandbox, type SandboxScope, startSandbox } from '@parley/realtime-sandbox';
import { browserArguments, realtimeFixtures } from '@parley/realtime-sandbox/playwright';
import { type EmbeddedRedis, type EmbeddedRedisOptions, startRedis } from '@parley/redis-sandbox';

export async function useAll(
  options: EmbeddedRedisOptions,
): Promise<[Sandbox, SandboxScope, RecordedCall[], EmbeddedRedis]> {
  const sandbox = await startSandbox('sk-any', { profile: 'real', mcpHosts: ['mcp.example.com'] });
  const scope = await sandbox.isolate();
  const redis = await startRedis(options);
  await redis.flush();
  return [sandbox, scope, await scope.calls(), redis];
}

export const args: string[] = browserArguments;
export const fixtures = Object.keys(realtimeFixtures);

// @ts-expect-error A wrong setting is an error: these types are no `any`.
void startSandbox('sk-any', { profil: 'real' });
