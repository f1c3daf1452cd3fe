const TRANSPORT = [
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:Zk3x',
  'a=ice-pwd:asd88fgpdd777uzjYhagZg00',
  `a=fingerprint:sha-256 ${Array<string>(32).fill('AB').join(':')}`,
  'a=setup:actpass',
];

/** An SDP offer as a browser makes it, shortened: one audio section and one data channel. */
export const OFFER = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  ...TRANSPORT,
  'a=mid:0',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  ...TRANSPORT,
  'a=mid:1',
  'a=sctp-port:5000',
  '',
].join('\r\n');
