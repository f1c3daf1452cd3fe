const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':');

const transport = (mid: number) => [
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:attk',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  'a=ice-options:trickle',
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
  'a=setup:actpass',
  `a=mid:${mid}`,
];

const AUDIO = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  ...transport(0),
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
];

const CHANNEL = [
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  ...transport(1),
  'a=sctp-port:5000',
  'a=max-message-size:262144',
];

const VIDEO = ['m=video 9 UDP/TLS/RTP/SAVPF 96', ...transport(2), 'a=sendrecv', 'a=rtpmap:96 VP8/90000'];

const offerOf = (...sections: string[][]): string =>
  [
    'v=0',
    'o=- 4611686018427387904 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    `a=group:BUNDLE ${sections.map((_, mid) => mid).join(' ')}`,
    ...sections.flat(),
    '',
  ].join('\r\n');

/** An offer as a browser makes it. No one connects after it. */
export const GOOD_OFFER = offerOf(AUDIO, CHANNEL);

export const BAD_OFFERS: Record<string, string> = {
  'with video': offerOf(AUDIO, CHANNEL, VIDEO),
  'without audio': offerOf(CHANNEL),
  'with two audio sections': offerOf(AUDIO, AUDIO, CHANNEL),
  'without a data channel': offerOf(AUDIO),
  'that is none': 'hello',
};
