/** Returns a track that nobody hears: the one that a peer would receive if anybody sent. It needs no WebAudio and no gesture. */
export const unheardTrack = (): MediaStreamTrack =>
  new RTCPeerConnection().addTransceiver('audio').receiver.track;
