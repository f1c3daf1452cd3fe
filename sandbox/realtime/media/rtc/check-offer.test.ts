import { expect, test } from 'vitest';
import { checkOffer } from './check-offer.ts';
import { LoopbackCaller } from './loopback-caller.ts';

async function createOffer(options = {}): Promise<string> {
  const caller = new LoopbackCaller(options);
  const sdp = await caller.offer();
  await caller.close();
  return sdp;
}

const sdp = await createOffer();

test("accepts a browser's offer and returns what it contains", async () => {
  expect(checkOffer(sdp)).toEqual({ ok: true, hasDataChannel: true });
  expect(checkOffer(await createOffer({ sendsAudio: false, hasDataChannel: false }))).toEqual({
    ok: true,
    hasDataChannel: false,
  });
});

test('accepts bare line feeds', () => {
  expect(checkOffer(sdp.replaceAll('\r\n', '\n'))).toMatchObject({ ok: true });
});

test('a rejected data channel section does not count', () => {
  expect(checkOffer(sdp.replace(/m=application \d+/, 'm=application 0'))).toMatchObject({
    hasDataChannel: false,
  });
});

test.each([
  ['nothing', '  ', 'is empty'],
  ['a greeting', 'hello', 'must begin with the line "v=0"'],
  ['only the first line', 'v=0', 'no audio section'],
  ['no audio', sdp.replace(/m=audio/g, 'm=video'), 'no audio section'],
  ['switched-off audio', sdp.replace(/m=audio \d+/, 'm=audio 0'), 'no audio section'],
  ['two audio sections', `${sdp}m=audio 9 UDP/TLS/RTP/SAVPF 96\r\n`, 'more than one audio section'],
  ['another codec', sdp.replace(/opus\/48000/gi, 'PCMU/8000'), 'does not offer Opus'],
  ['no fingerprint', sdp.replace(/a=fingerprint.*\r\n/g, ''), 'no valid DTLS fingerprint'],
  ['a broken fingerprint', sdp.replace(/(a=fingerprint:sha-256 ).*/g, '$1xyz'), 'no valid DTLS fingerprint'],
  ['no user fragment', sdp.replace(/a=ice-ufrag.*\r\n/g, ''), 'a=ice-ufrag'],
  ['no password', sdp.replace(/a=ice-pwd.*\r\n/g, ''), 'a=ice-pwd'],
  ['an answer', sdp.replace(/a=setup:\w+/g, 'a=setup:passive'), 'a=setup:passive'],
  ['a novel', `v=0\r\n${'a=x\r\n'.repeat(100_000)}`, 'longer than 256 KiB'],
])('refuses %s and says why', (_, offer, message) => {
  expect(checkOffer(offer)).toEqual({ ok: false, message: expect.stringContaining(message) });
});
