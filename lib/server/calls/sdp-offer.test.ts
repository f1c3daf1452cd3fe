import { describe, expect, test } from 'vitest';
import { readOffer, requireValidOffer } from '@/lib/server/calls/sdp-offer';
import { refusedWith } from '@/lib/server/testing/call-fixture';
import { AUDIO_SECTION, CHANNEL_SECTION, createOffer, OFFER } from '@/lib/server/testing/sdp-fixtures';

const findProblem = (sdp: string): string => {
  try {
    requireValidOffer(sdp);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

const post = (body: string, type = 'application/sdp') =>
  new Request('https://voice.test/sdp', { method: 'POST', body, headers: { 'content-type': type } });

describe('an offer', () => {
  test('of a browser passes', () => {
    expect(findProblem(OFFER)).toBe('');
  });

  test('may end its lines with a bare line feed, and name the key once for all sections', () => {
    const fingerprint = /a=fingerprint:.*\r\n/.exec(OFFER)?.[0] ?? '';
    const once = OFFER.replaceAll(fingerprint, '').replace('t=0 0\r\n', `t=0 0\r\n${fingerprint}`);
    expect(findProblem(once.replaceAll('\r\n', '\n'))).toBe('');
  });

  const video = AUDIO_SECTION.map((line) => line.replace('m=audio', 'm=video'));
  test.each<[string, string, string]>([
    ['nothing', '', 'must begin with v=0'],
    ['JSON', '{"sdp":"v=0"}', 'must begin with v=0'],
    ['video', createOffer(AUDIO_SECTION, video, CHANNEL_SECTION), 'section of the kind "video"'],
    ['video instead of audio', createOffer(video, CHANNEL_SECTION), 'section of the kind "video"'],
    ['no audio', createOffer(CHANNEL_SECTION), 'has 0 audio sections'],
    [
      'two audio sections',
      createOffer(AUDIO_SECTION, AUDIO_SECTION, CHANNEL_SECTION),
      'has 2 audio sections',
    ],
    ['no channel', createOffer(AUDIO_SECTION), 'has 0 data channel sections'],
    [
      'two channels',
      createOffer(AUDIO_SECTION, CHANNEL_SECTION, CHANNEL_SECTION),
      'has 2 data channel sections',
    ],
    ['no sections', createOffer(), 'has 0 audio sections'],
    ['audio switched off', OFFER.replace('m=audio 9', 'm=audio 0'), 'audio section switched off'],
    ['inactive audio', OFFER.replace('a=sendrecv', 'a=inactive'), 'audio section switched off'],
    ['plain audio', OFFER.replace('UDP/TLS/RTP/SAVPF', 'RTP/AVP'), 'does not encrypt'],
    ['no Opus', OFFER.replace('opus/48000', 'PCMU/8000'), 'no Opus'],
    ['another application', OFFER.replace('webrtc-datachannel', 'other'), 'not a WebRTC data channel'],
    ['no fingerprint', OFFER.replace(/a=fingerprint:.*\r\n/g, ''), 'no certificate fingerprint'],
    ['a weak fingerprint', OFFER.replaceAll('sha-256', 'sha-1'), 'no certificate fingerprint'],
    ['no ICE password', OFFER.replace(/a=ice-pwd:.*\r\n/g, ''), 'no ICE password'],
    ['no DTLS role', OFFER.replace(/a=setup:.*\r\n/g, ''), 'no DTLS role'],
    ['a control character', OFFER.replace('a=sendrecv', 'a=send\u0000recv'), 'is malformed'],
    ['a stray line', `${OFFER}hello\r\n`, 'is malformed'],
    ['endless lines', `${OFFER}${'a=x\r\n'.repeat(1000)}`, 'more than 1000 lines'],
  ])('with %s is refused with the reason', (_, sdp, problem) => {
    expect(findProblem(sdp)).toContain(problem);
  });
});

describe('the request', () => {
  test('is read', async () => {
    expect(await readOffer(post(OFFER))).toBe(OFFER);
  });

  test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])(
    'as %s is refused',
    async (type) => {
      await expect(readOffer(post(OFFER, type))).rejects.toEqual(refusedWith('unsupported_media_type'));
    },
  );

  test.each([65_537, 1_048_576])('of %i bytes is refused', async (bytes) => {
    await expect(readOffer(post('v'.repeat(bytes)))).rejects.toEqual(refusedWith('payload_too_large'));
  });
});
