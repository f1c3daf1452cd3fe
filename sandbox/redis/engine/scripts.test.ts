import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTestClient, uniqueKey } from '../testing/test-client.ts';

const redis = createTestClient();
const SHEBANG = '#!lua flags=allow-key-locking';

/**
 * Reserves an amount against a cap, once for each id. KEYS: ledger, reservation. ARGV: amount, cap, TTL in
 * seconds.
 */
const RESERVE = `${SHEBANG}
if redis.call('EXISTS', KEYS[2]) == 1 then return cjson.encode({ ok = true, again = true }) end
local held = tonumber(redis.call('HGET', KEYS[1], 'held') or '0')
local amount, cap = tonumber(ARGV[1]), tonumber(ARGV[2])
if held + amount > cap then return cjson.encode({ ok = false, left = cap - held }) end
redis.call('HINCRBY', KEYS[1], 'held', amount)
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('SET', KEYS[2], amount, 'EX', ARGV[3])
return cjson.encode({ ok = true, left = cap - held - amount })`;

describe('scripts', () => {
  it('speaks JSON inside Lua', async () => {
    const script = `local t = cjson.decode(ARGV[1]); t.n = t.n + 1; t.l[#t.l + 1] = 'z'
      redis.call('SET', KEYS[1], cjson.encode(t), 'EX', 60); return redis.call('GET', KEYS[1])`;
    const reply = await redis.eval(script, [uniqueKey('json')], [{ n: 1, l: ['a'] }]);
    expect(reply).toEqual({ n: 2, l: ['a', 'z'] });
  });

  it('returns every reply type of Lua as Redis does', async () => {
    const script = `return { 1, 'a', false, true, { 2, 'b' }, 3.9, redis.status_reply('OK') }`;
    expect(await redis.eval(script, [], [])).toEqual([1, 'a', null, 1, [2, 'b'], 3, 'OK']);
  });

  it('passes on the error a script returns', async () => {
    await expect(redis.eval(`return redis.error_reply('BUDGET no')`, [], [])).rejects.toThrow(/BUDGET no/);
  });

  it('lets a script catch the error of a command', async () => {
    const key = uniqueKey('text');
    await redis.set(key, 'no number');
    const script = `local r = redis.pcall('INCR', KEYS[1]); return type(r) == 'table' and r.err or 'none'`;
    expect(await redis.eval(script, [key], [])).toMatch(/not an integer/);
  });

  it('has the clock, bit, cmsgpack and sha1hex', async () => {
    const script = `local t = redis.call('TIME')
      return { tonumber(t[1]), bit.band(5, 3), #cmsgpack.pack({ 1 }), redis.sha1hex('') }`;
    const [seconds, ...rest] = await redis.eval<[], [number, number, number, string]>(script, [], []);
    expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(3);
    expect(rest).toEqual([1, 2, 'da39a3ee5e6b4b0d3255bfef95601890afd80709']);
  });

  it('createScript: falls back from EVALSHA to EVAL once', async () => {
    const script = redis.createScript(`return { ARGV[1], KEYS[1] } -- ${uniqueKey('script')}`);
    expect(await script.exec(['k'], ['v'])).toEqual(['v', 'k']);
    expect(await script.exec(['k'], ['v'])).toEqual(['v', 'k']);
  });

  it("runs a script with Upstash's flag, and finds it again by the hash of its own text", async () => {
    const script = `${SHEBANG}\nreturn '${uniqueKey('flag')}'`;
    const hash = createHash('sha1').update(script).digest('hex');
    await expect(redis.evalsha(hash, [], [])).rejects.toThrow(/NOSCRIPT/);
    const first = await redis.eval(script, [], []);
    expect(await redis.evalsha(hash.toUpperCase(), [], [])).toBe(first);
    expect(await redis.scriptExists(hash)).toEqual([1]);
  });

  it('loads a script with the flag', async () => {
    const hash = await redis.scriptLoad(`${SHEBANG}\nreturn 7`);
    expect(await redis.evalsha(hash, [], [])).toBe(7);
  });

  it('reserves exactly up to the cap under concurrency, and once for each id', async () => {
    const ledger = uniqueKey('ledger');
    const script = redis.createScript<{ ok: boolean }>(RESERVE);
    const reserve = (id: number) => script.exec([ledger, `${ledger}:${id}`], ['100', '950', '60']);
    const replies = await Promise.all(Array.from({ length: 30 }, (_, id) => reserve(id)));
    expect(replies.filter(({ ok }) => ok)).toHaveLength(9);
    expect(await redis.hget(ledger, 'held')).toBe(900);
    const granted = replies.findIndex(({ ok }) => ok);
    expect(await reserve(granted)).toEqual({ ok: true, again: true });
  });
});
