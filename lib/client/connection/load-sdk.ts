import type { Connection, ConnectionOptions } from '@/lib/client/connection/connection';

/** The chunk that holds the Agents SDK. */
export interface SdkChunk {
  createConnection(options: ConnectionOptions): Connection;
}

export type LoadSdk = () => Promise<SdkChunk>;

export const loadSdk: LoadSdk = () => import('@/lib/client/connection/connection');
