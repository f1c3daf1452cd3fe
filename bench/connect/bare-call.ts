/**
 * A call made with as little as possible: no framework, no SDK, no state, and the same requests as ours.
 * `connect()` returns the milliseconds from the call of the function until its channel is open.
 */
export const BARE_CALL = `
const post = (path, body) =>
  fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

globalThis.leave = async () => {};

globalThis.connect = async () => {
  const beganMs = performance.now();
  const [stream, ticket] = await Promise.all([
    navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } }),
    post('/api/voice/session', {}).then((response) => response.json()),
  ]);
  const peer = new RTCPeerConnection();
  const channel = peer.createDataChannel('oai-events');
  const audio = new Audio();
  peer.ontrack = (event) => {
    audio.srcObject = event.streams[0] ?? new MediaStream([event.track]);
    audio.play();
  };
  peer.addTrack(stream.getAudioTracks()[0]);
  const opened = new Promise((resolve) => {
    channel.onopen = resolve;
  });
  await peer.setLocalDescription();
  const answer = await fetch(ticket.callUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/sdp', authorization: 'Bearer ' + ticket.secret.value },
    body: peer.localDescription.sdp,
  });
  const rtcCallId = answer.headers.get('location')?.split('/').pop();
  if (rtcCallId) post('/api/voice/calls/' + ticket.callId + '/connected', { rtcCallId });
  await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  await opened;
  globalThis.leave = async () => {
    await post('/api/voice/calls/' + ticket.callId + '/end', { reason: 'user' });
    peer.close();
    for (const track of stream.getTracks()) track.stop();
  };
  return performance.now() - beganMs;
};
`;
