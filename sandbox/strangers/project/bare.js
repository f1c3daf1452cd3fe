// A call with nothing but the browser's own WebRTC, as OpenAI's guide shows it.
const query = new URLSearchParams(location.search);

async function talk() {
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  const peer = new RTCPeerConnection();
  peer.addTrack(microphone.getAudioTracks()[0], microphone);
  peer.ontrack = ({ streams: [stream] }) => {
    const audio = new Audio();
    audio.srcObject = stream;
    void audio.play();
  };
  const channel = peer.createDataChannel('oai-events');
  const send = (event) => channel.send(JSON.stringify(event));
  let output = null;
  channel.addEventListener('message', ({ data }) => {
    const event = JSON.parse(data);
    if (event.type === 'response.function_call_arguments.done') {
      document.querySelector('[role=status]').textContent = JSON.parse(event.arguments).day;
      const summary = JSON.stringify({ summary: 'On Friday we have nine thirty and eleven.' });
      output = { type: 'function_call_output', call_id: event.call_id, output: summary };
    }
    if (event.type === 'response.done' && output) {
      send({ type: 'conversation.item.create', item: output });
      send({ type: 'response.create' });
      output = null;
    }
  });
  await peer.setLocalDescription();
  const response = await fetch(query.get('url'), {
    method: 'POST',
    headers: { authorization: `Bearer ${query.get('secret')}`, 'content-type': 'application/sdp' },
    body: peer.localDescription.sdp,
  });
  await peer.setRemoteDescription({ type: 'answer', sdp: await response.text() });
}

document.querySelector('button').addEventListener('click', () => void talk());
