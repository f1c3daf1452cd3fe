import 'server-only';
import { readBody, requireMediaType } from '@/lib/server/http/read-body';
import { AppError } from '@/lib/server/platform/app-error';

const MAX_BYTES = 64 * 1024;
const MAX_LINES = 1000;
const CONTROL_CHARACTER = /[^\t\x20-\u{10FFFF}]/u;

interface Section {
  /** What follows `m=`: kind, port, protocol, formats. */
  media: string[];
  lines: string[];
}

const refuse = (message: string) => new AppError('bad_request', { message: `The offer ${message}` });

/** Returns the lines, each of the form `x=…` (RFC 8866 §5). Browsers end them with CRLF. Throws `bad_request`. */
function splitLines(sdp: string): string[] {
  const lines = sdp.split(/\r\n|\n/).filter((line) => line !== '');
  if (lines[0] !== 'v=0') throw refuse('is not a session description: it must begin with v=0.');
  if (lines.length > MAX_LINES) throw refuse(`has more than ${MAX_LINES} lines.`);
  const odd = lines.findIndex((line) => !/^[a-z]=/.test(line) || CONTROL_CHARACTER.test(line));
  if (odd !== -1) throw refuse(`is not a session description: line ${odd + 1} is malformed.`);
  return lines;
}

function splitSections(lines: readonly string[]): { session: string[]; sections: Section[] } {
  const session: string[] = [];
  const sections: Section[] = [];
  for (const line of lines) {
    if (line.startsWith('m=')) sections.push({ media: line.slice(2).split(' '), lines: [] });
    else (sections.at(-1)?.lines ?? session).push(line);
  }
  return { session, sections };
}

/** What an offer has exactly one of. */
const SECTIONS = [
  { kind: 'audio', name: 'audio sections' },
  { kind: 'application', name: 'data channel sections' },
];

/** Throws `bad_request` unless the offer holds one audio track and one data channel and nothing else that would cost money. */
function requireAudioAndChannel(sections: readonly Section[]): void {
  const other = sections.find(({ media }) => !SECTIONS.some(({ kind }) => kind === media[0]));
  if (other) {
    const kind = other.media[0]?.slice(0, 20);
    throw refuse(`has a section of the kind "${kind}". Send audio and a data channel only.`);
  }
  for (const { kind, name } of SECTIONS) {
    const count = sections.filter(({ media }) => media[0] === kind).length;
    if (count !== 1) throw refuse(`has ${count} ${name}. It must have exactly one.`);
  }
}

function requireUsable({ media: [kind, port, protocol, ...formats], lines }: Section): void {
  if (port === '0') throw refuse(`has its ${kind} section switched off.`);
  if (kind === 'application') {
    if (protocol === 'UDP/DTLS/SCTP' && formats.join(' ') === 'webrtc-datachannel') return;
    throw refuse('has an application section that is not a WebRTC data channel.');
  }
  if (protocol !== 'UDP/TLS/RTP/SAVPF') throw refuse('does not encrypt its audio (UDP/TLS/RTP/SAVPF).');
  if (!lines.some((line) => /^a=rtpmap:\d+ opus\/48000/i.test(line))) throw refuse('has no Opus audio.');
  if (lines.includes('a=inactive')) throw refuse('has its audio section switched off.');
}

const TRANSPORT = [
  {
    name: 'certificate fingerprint',
    pattern: /^a=fingerprint:sha-(256|384|512) [0-9A-F]{2}(:[0-9A-F]{2}){31,63}$/i,
  },
  { name: 'ICE user name', pattern: /^a=ice-ufrag:\S{4,256}$/ },
  { name: 'ICE password', pattern: /^a=ice-pwd:\S{22,256}$/ },
  { name: 'DTLS role', pattern: /^a=setup:(actpass|active|passive)$/ },
];

/** Throws `bad_request` if keys or addresses are missing. They stand in each section, or once for all of them. */
function requireTransport(session: readonly string[], { media, lines }: Section): void {
  const applying = [...session, ...lines];
  const missing = TRANSPORT.find(({ pattern }) => !applying.some((line) => pattern.test(line)));
  if (missing) throw refuse(`has no ${missing.name} for its ${media[0]} section.`);
}

/** Throws `bad_request` and names the problem, unless this is a WebRTC offer of one audio track and one data channel. */
export function requireValidOffer(sdp: string): void {
  const { session, sections } = splitSections(splitLines(sdp));
  requireAudioAndChannel(sections);
  for (const section of sections) {
    requireUsable(section);
    requireTransport(session, section);
  }
}

/** Returns the offer of a request. Throws `unsupported_media_type`, `payload_too_large` or `bad_request`. */
export async function readOffer(request: Request): Promise<string> {
  requireMediaType(request, 'application/sdp');
  const sdp = await readBody(request, MAX_BYTES);
  requireValidOffer(sdp);
  return sdp;
}
