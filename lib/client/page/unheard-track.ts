/** Returns a track that nobody hears: the one that a peer would receive if anybody sent. It needs no WebAudio and no gesture. */
export function unheardTrack(): MediaStreamTrack {
  const peer = new RTCPeerConnection();
  const { track } = peer.addTransceiver('audio').receiver;
  // A browser frees no peer that is open, and refuses a page its 501st.
  peer.close();
  return track;
}
