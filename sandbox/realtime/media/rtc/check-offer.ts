import type { OfferProblem } from '../interfaces.ts';

/** No browser writes an offer near this size; a longer one is not parsed. */
const MAX_OFFER_BYTES = 256 * 1024;

export type CheckedOffer = { ok: true; hasDataChannel: boolean };

/**
 * Reads just enough of an SDP offer to refuse what cannot become a call. The WebRTC library accepts almost
 * any text and leaves a connection behind that never opens.
 */
export function checkOffer(sdp: string): CheckedOffer | OfferProblem {
  if (sdp.trim() === '') return refuse('The SDP offer is empty.');
  if (Buffer.byteLength(sdp) > MAX_OFFER_BYTES) {
    return refuse(`The SDP offer is longer than ${MAX_OFFER_BYTES / 1024} KiB.`);
  }
  const lines = sdp.split(/\r\n|\r|\n/);
  if (lines[0]?.trim() !== 'v=0') return refuse('The SDP offer must begin with the line "v=0".');

  const firstMedia = lines.findIndex((line) => line.startsWith('m='));
  const session = firstMedia === -1 ? lines : lines.slice(0, firstMedia);
  const sections = splitSections(lines);
  const audio = sections.filter((section) => isKind(section, 'audio'));
  const audioSection = audio[0];
  if (!audioSection)
    return refuse('The SDP offer has no audio section: add a microphone track or an audio transceiver.');
  if (audio.length > 1)
    return refuse('The SDP offer has more than one audio section; exactly one is supported.');
  if (!has(audioSection, /^a=rtpmap:\d+ opus\/48000/i))
    return refuse('The audio section of the SDP offer does not offer Opus.');

  const transport = [...session, ...audioSection];
  if (!has(transport, /^a=fingerprint:sha-\d+ [0-9a-f]{2}(:[0-9a-f]{2})+\s*$/i)) {
    return refuse('The SDP offer has no valid DTLS fingerprint ("a=fingerprint:sha-256 …").');
  }
  if (!has(transport, /^a=ice-ufrag:\S{4,}/))
    return refuse('The SDP offer has no "a=ice-ufrag" of at least 4 characters.');
  if (!has(transport, /^a=ice-pwd:\S{22,}/))
    return refuse('The SDP offer has no "a=ice-pwd" of at least 22 characters.');
  if (has(transport, /^a=setup:passive/)) {
    return refuse('The SDP offer says "a=setup:passive"; an offer says "actpass" or "active".');
  }
  return {
    ok: true,
    hasDataChannel: sections.some((section) => isKind(section, 'application')),
  };
}

function refuse(message: string): OfferProblem {
  return { ok: false, message };
}

function has(lines: readonly string[], pattern: RegExp): boolean {
  return lines.some((line) => pattern.test(line));
}

function isKind(section: readonly string[], kind: string): boolean {
  const [name, port] = (section[0] ?? '').slice('m='.length).split(' ');
  return name === kind && port !== '0';
}

function splitSections(lines: readonly string[]): string[][] {
  const sections: string[][] = [];
  for (const line of lines) {
    if (line.startsWith('m=')) sections.push([]);
    sections.at(-1)?.push(line);
  }
  return sections;
}
