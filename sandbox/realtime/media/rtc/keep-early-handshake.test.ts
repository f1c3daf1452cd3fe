import { expect, test } from 'vitest';
import { useOPUS as opusCodec, RTCPeerConnection } from 'werift';
import { keepEarlyHandshake } from './keep-early-handshake.ts';
import { LoopbackCaller } from './loopback-caller.ts';

/** An alert, which a handshake ignores. */
const EARLY = Buffer.from([21, 254, 253, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 1, 90]);

test('a datagram that arrives before werift listens for DTLS is there when it does, once', async () => {
  const caller = new LoopbackCaller();
  const connection = new RTCPeerConnection({
    iceServers: [],
    iceUseIpv6: false,
    iceAdditionalHostAddresses: ['127.0.0.1'],
    codecs: { audio: [opusCodec()], video: [] },
  });
  try {
    await connection.setRemoteDescription({ type: 'offer', sdp: await caller.offer() });
    keepEarlyHandshake(connection);
    const [transport] = connection.dtlsTransports;
    if (transport === undefined) throw new Error('There is no transport.');
    const states: string[] = [];
    const { onData } = transport.iceTransport.connection;
    onData.subscribe((datagram) => {
      if (datagram.equals(EARLY)) states.push(transport.state);
    });
    onData.execute(EARLY);
    await connection.setLocalDescription(await connection.createAnswer());
    await caller.accept(connection.localDescription?.sdp ?? '');
    await expect.poll(() => transport.state).toBe('connected');
    expect(states).toEqual(['new', 'connecting']);
  } finally {
    await connection.close();
    await caller.close();
  }
});
