import { afterEach, expect, test, vi } from 'vitest';
import type { Message } from 'werift';
import type { Peer, PeerHandlers } from '../interfaces.ts';
import { type AnswerOptions, answer } from './answer.ts';
import { type CallerOptions, LoopbackCaller, type ReceivedAudio } from './loopback-caller.ts';

const opened: { peer: Peer; caller: LoopbackCaller }[] = [];

afterEach(async () => {
  for (const { peer, caller } of opened.splice(0)) {
    peer.close();
    await caller.close();
  }
});

interface CallOptions extends CallerOptions, AnswerOptions {
  change?: (offerSdp: string) => string;
}

async function call({ limits, loopback, change = (sdp) => sdp, ...options }: CallOptions = {}) {
  const caller = new LoopbackCaller(options);
  const handlers = {
    onChannelOpen: vi.fn<PeerHandlers['onChannelOpen']>(),
    onMessage: vi.fn<PeerHandlers['onMessage']>(),
    onAudio: vi.fn<PeerHandlers['onAudio']>(),
    onConnected: vi.fn<PeerHandlers['onConnected']>(),
    onClosed: vi.fn<PeerHandlers['onClosed']>(),
  };
  const answered = await answer(change(await caller.offer()), handlers, {
    ...(limits ? { limits } : {}),
    ...(loopback === undefined ? {} : { loopback }),
  });
  if (!answered.ok) throw new Error(answered.message);
  opened.push({ peer: answered.peer, caller });
  return { caller, handlers, peer: answered.peer };
}

async function connectedCall(options?: CallOptions) {
  const connected = await call(options);
  await connected.caller.accept(connected.peer.answerSdp);
  const opening = options?.hasDataChannel === false ? 'onConnected' : 'onChannelOpen';
  await vi.waitFor(() => expect(connected.handlers[opening]).toHaveBeenCalledOnce(), 5_000);
  return connected;
}

test('the answer is complete: with candidates of 127.0.0.1, and nothing to trickle', async () => {
  const { peer } = await call();
  expect(peer.answerSdp).toMatch(/a=candidate:.* 127\.0\.0\.1 /);
  expect(peer.answerSdp).toContain('a=end-of-candidates');
  expect(peer.answerSdp).toContain('a=sendrecv');
  expect(peer.hasDataChannel).toBe(true);
});

test('a browser tries the addresses of networks before 127.0.0.1', async () => {
  const { peer } = await call();
  const sections = peer.answerSdp.split(/^m=/m).slice(1);
  const offered = sections.map((section) =>
    [...section.matchAll(/^a=candidate:\S+ 1 udp (\d+) (\S+)/gm)].map(([, priority, address]) => ({
      priority: Number(priority),
      address,
    })),
  );
  for (const candidates of offered) {
    const loopback = candidates.at(-1);
    expect(loopback?.address).toBe('127.0.0.1');
    const others = candidates.slice(0, -1);
    expect(others.every(({ priority }) => priority > (loopback?.priority ?? Infinity))).toBe(true);
  }
});

test('a caller on another machine is offered no 127.0.0.1, which would be its own', async () => {
  const { peer } = await call({ loopback: false });
  expect(peer.answerSdp).not.toMatch(/a=candidate:.* 127\./);
});

test('messages pass both ways, in order and whole', async () => {
  const { caller, handlers, peer } = await connectedCall();
  const received: string[] = [];
  caller.onMessage = (text) => received.push(text);
  const long = 'ä'.repeat(50_000);
  for (const text of ['one', long, 'three']) {
    peer.send(text);
    caller.channel?.send(text);
  }
  await vi.waitFor(() => expect(received).toEqual(['one', long, 'three']), 5_000);
  await vi.waitFor(() => expect(handlers.onMessage.mock.calls).toEqual([['one'], [long], ['three']]), 5_000);
});

test('no DTLS record number is used twice, so that none of the first messages is delayed', async () => {
  const { caller, peer } = await call();
  const records: string[] = [];
  // A browser drops a repeated record as a replay, and the message waits 1 s for its retransmission; werift
  // does not.
  for (const { connection } of caller.connection.iceTransports) {
    connection.onData.subscribe((datagram) => records.push(...encryptedRecords(datagram)));
  }
  await caller.accept(peer.answerSdp);
  await vi.waitFor(() => expect(caller.channel?.readyState).toBe('open'), 5_000);
  const lags: number[] = [];
  for (let count = 0; count < 8; count++) {
    const sentAt = performance.now();
    const arrived = new Promise((resolve) => {
      caller.onMessage = resolve;
    });
    peer.send(`message ${count}`);
    await arrived;
    lags.push(performance.now() - sentAt);
  }
  expect(records.length).toBeGreaterThan(8);
  expect(new Set(records).size).toBe(records.length);
  expect(Math.max(...lags)).toBeLessThan(200);
});

/** Epoch and number of the DTLS records of a datagram that are encrypted (RFC 6347 §4.1). */
function encryptedRecords(datagram: Buffer): string[] {
  const records: string[] = [];
  const isDtls = (type: number | undefined) => type !== undefined && type >= 20 && type <= 63;
  for (let at = 0; isDtls(datagram[at]); at += 13 + datagram.readUInt16BE(at + 11)) {
    if (datagram.readUInt16BE(at + 3) > 0) records.push(datagram.toString('hex', at + 3, at + 11));
  }
  return records;
}

test('audio passes both ways, with the negotiated payload type', async () => {
  const { caller, handlers, peer } = await connectedCall({
    change: (sdp) => sdp.replaceAll('RTP/SAVPF 96', 'RTP/SAVPF 109').replaceAll(':96 ', ':109 '),
  });
  const received: ReceivedAudio[] = [];
  caller.onAudio = (audio) => received.push(audio);
  const tone = Int16Array.from(
    { length: 24_000 },
    (_, index) => 9_000 * Math.sin((index * 2 * Math.PI * 440) / 48_000),
  );
  peer.playout.enqueue('response', tone);
  caller.microphone.enqueue('speech', tone);
  const loudest = (pcm: Int16Array) => pcm.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
  await vi.waitFor(
    () => expect(Math.max(...received.map(({ pcm }) => loudest(pcm)))).toBeGreaterThan(6_000),
    5_000,
  );
  await vi.waitFor(
    () =>
      expect(Math.max(...handlers.onAudio.mock.calls.map(([pcm]) => loudest(pcm)))).toBeGreaterThan(6_000),
    5_000,
  );
  expect(new Set(received.map(({ payloadType }) => payloadType))).toEqual(new Set([109]));
});

test('a page that only listens receives audio, and does not count as gone', async () => {
  const limits = { connectMs: 5_000, silentMs: 200, listenerSilentMs: 5_000 };
  const { caller, handlers } = await connectedCall({ sendsAudio: false, hasDataChannel: false, limits });
  let packets = 0;
  caller.onAudio = () => packets++;
  await vi.waitFor(() => expect(packets).toBeGreaterThan(20), 5_000);
  expect(handlers.onChannelOpen).not.toHaveBeenCalled();
  expect(handlers.onAudio).not.toHaveBeenCalled();
  expect(handlers.onClosed).not.toHaveBeenCalled();
});

test('frozen audio stops while the connection and the playout continue', async () => {
  const { caller, peer } = await connectedCall();
  peer.freezeAudio();
  const drained = new Promise((resolve) => {
    peer.playout.onDrained = resolve;
  });
  let packets = 0;
  caller.onAudio = () => packets++;
  peer.playout.enqueue('response', new Int16Array(9_600));
  peer.playout.finish('response');
  await drained;
  // Audio sent before the freeze may still arrive.
  expect(packets).toBeLessThan(5);
});

test('closing only the channel leaves the call alive', async () => {
  const { caller, handlers, peer } = await connectedCall();
  peer.closeChannel();
  await vi.waitFor(() => expect(caller.channel?.readyState).toBe('closed'), 5_000);
  const before = handlers.onAudio.mock.calls.length;
  await vi.waitFor(() => expect(handlers.onAudio.mock.calls.length).toBeGreaterThan(before), 5_000);
  expect(handlers.onClosed).not.toHaveBeenCalled();
});

test('close notifies the page at once, and the handlers once', async () => {
  const { caller, handlers, peer } = await connectedCall();
  peer.close();
  peer.close();
  peer.send('too late');
  expect(handlers.onClosed.mock.calls).toEqual([['local']]);
  await vi.waitFor(() => expect(caller.channel?.readyState).toBe('closed'), 1_000);
});

test('a browser that vanishes is detected', async () => {
  const limits = { connectMs: 5_000, silentMs: 300, listenerSilentMs: 600 };
  const { caller, handlers } = await connectedCall({ limits });
  await caller.close();
  await vi.waitFor(() => expect(handlers.onClosed.mock.calls).toEqual([['silent']]), 3_000);
});

test('a call that never connects is closed', async () => {
  const { handlers } = await call({ limits: { connectMs: 100, silentMs: 5_000, listenerSilentMs: 5_000 } });
  await vi.waitFor(() => expect(handlers.onClosed.mock.calls).toEqual([['failed']]), 2_000);
});

test('an offer that passes the first check and is still invalid is refused and leaves nothing behind', async () => {
  const caller = new LoopbackCaller();
  const offer = await caller.offer();
  await caller.close();
  const handlers = { onChannelOpen() {}, onMessage() {}, onAudio() {}, onConnected() {}, onClosed: vi.fn() };
  const refused = await answer(
    offer.replace(/a=mid:0/, 'a=mid:9').replace(/m=application.*/, 'm=nonsense 9'),
    handlers,
  );
  expect(refused).toEqual({ ok: false, message: expect.stringContaining('SDP offer') });
  expect(handlers.onClosed).not.toHaveBeenCalled();
  await vi.waitFor(() => expect(openSockets()).toBe(0), 2_000);
});

test('ended calls leave no socket behind', async () => {
  for (let count = 0; count < 3; count++) {
    const { caller, peer } = await connectedCall();
    peer.close();
    await caller.close();
  }
  await vi.waitFor(() => expect(openSockets()).toBe(0), 3_000);
});

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'UDPWrap').length;
}

/** werift's connection, beyond the interface that it declares. */
interface RequestBuilder {
  buildRequest(check: object): Message;
}

test('refused checks: only those that nominate are answered', async () => {
  const { caller, peer } = await connectedCall();
  const [transport] = caller.connection.iceTransports;
  if (!transport) throw new Error('The caller has no transport.');
  peer.refuseChecks();
  const check = async (nominates: boolean) => {
    const { nominated } = transport.connection;
    if (!nominated) throw new Error('The caller is not connected.');
    const request = (transport.connection as unknown as RequestBuilder).buildRequest({
      nominate: nominates,
      localUsername: transport.connection.localUsername,
      remoteUsername: transport.connection.remoteUsername,
      iceControlling: true,
    });
    return nominated.protocol.request(
      request,
      nominated.remoteAddr,
      Buffer.from(transport.connection.remotePassword),
      0,
    );
  };
  await expect(check(true)).resolves.toBeDefined();
  await expect(check(false)).rejects.toThrow();
});

test('a call that hears itself receives what it sends', async () => {
  const { handlers, peer } = await connectedCall();
  peer.hearItself({ delayMs: 100, gainDb: -6 });
  peer.playout.enqueue(
    'resp_1',
    Int16Array.from({ length: 48_000 }, (_, index) => 12_000 * Math.sin(index / 20)),
  );
  peer.playout.finish('resp_1');
  await vi.waitFor(() => {
    const loudest = Math.max(...handlers.onAudio.mock.calls.flatMap(([pcm]) => Array.from(pcm, Math.abs)));
    expect(loudest).toBeGreaterThan(5_000);
  }, 3_000);
});
