import { z } from 'zod';

/** Commands that a measurement or a client's own connection adds. */
const NOT_COUNTED = /^(info|command|auth|hello|client|ping|select|multi|exec|config|script)\b/;

const Info = z.object({ result: z.string() });

/** Returns how often each command ran, as `INFO commandstats` counts: a script, and every command in it. */
async function readCounts(): Promise<Map<string, number>> {
  const response = await fetch(process.env.UPSTASH_REDIS_REST_URL ?? '', {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env.UPSTASH_REDIS_REST_TOKEN}` },
    body: JSON.stringify(['INFO', 'commandstats']),
  });
  const { result } = Info.parse(await response.json());
  const lines = [...result.matchAll(/cmdstat_([a-z|]+):calls=(\d+)/g)];
  return new Map(
    lines.flatMap(([, name = '', calls]) => (NOT_COUNTED.test(name) ? [] : [[name, Number(calls)]])),
  );
}

/** Returns the number of Redis commands that `work` causes until it is done, by name and in all. */
export async function countCommands(work: () => Promise<unknown>) {
  const before = await readCounts();
  await work();
  const after = await readCounts();
  const byName: Record<string, number> = {};
  for (const [name, count] of after) {
    const more = count - (before.get(name) ?? 0);
    if (more > 0) byName[name] = more;
  }
  return { byName, total: Object.values(byName).reduce((sum, count) => sum + count, 0) };
}
