import type { RTCPeerConnection } from 'werift';

/**
 * werift 0.24.4 listens for DTLS only when its own connectivity checks are through, which it looks at every 20 ms. A browser
 * begins its handshake with the first reply to a check of its own, and repeats a flight that was lost after 50 ms. What
 * arrives early is kept until werift listens.
 */
export function keepEarlyHandshake(connection: RTCPeerConnection): void {
  for (const transport of connection.dtlsTransports) {
    const { onData } = transport.iceTransport.connection;
    const early: Buffer[] = [];
    const { unSubscribe } = onData.subscribe((datagram) => early.push(datagram));
    transport.onStateChange.once(() => {
      unSubscribe();
      // It says that it begins, then it listens.
      queueMicrotask(() => {
        for (const datagram of early) onData.execute(datagram);
      });
    });
  }
}
