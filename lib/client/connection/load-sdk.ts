import type { Connection, ConnectionOptions } from '@/lib/client/connection/connection';
import type { PreparedPeer } from '@/lib/client/connection/prepared-peer';

/** The chunk that holds the Agents SDK. */
export interface SdkChunk {
  preparePeer(element: HTMLAudioElement): PreparedPeer;
  createConnection(options: ConnectionOptions): Connection;
}

export type LoadSdk = () => Promise<SdkChunk>;

export const loadSdk: LoadSdk = () => import('@/lib/client/connection/connection');
