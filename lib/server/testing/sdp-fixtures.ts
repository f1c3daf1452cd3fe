const TRANSPORT = [
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:Zk3x',
  'a=ice-pwd:asd88fgpdd777uzjYhagZg00',
  'a=ice-options:trickle',
  `a=fingerprint:sha-256 ${Array<string>(32).fill('AB').join(':')}`,
  'a=setup:actpass',
];

/** As Chrome writes it, shortened. */
export const AUDIO_SECTION = [
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
  ...TRANSPORT,
  'a=mid:0',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 minptime=10;useinbandfec=1',
];

export const CHANNEL_SECTION = [
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  ...TRANSPORT,
  'a=mid:1',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
];

/** Returns an offer with these sections. */
export const createOffer = (...sections: string[][]): string =>
  ['v=0', 'o=- 4611731400430051336 2 IN IP4 127.0.0.1', 's=-', 't=0 0', ...sections.flat(), ''].join('\r\n');

export const OFFER = createOffer(AUDIO_SECTION, CHANNEL_SECTION);
