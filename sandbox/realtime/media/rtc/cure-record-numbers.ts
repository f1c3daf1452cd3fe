import type { RTCPeerConnection } from 'werift';

/**
 * werift 0.24.4 sends its DTLS Finished in epoch 1 with the record number left over from epoch 0, then starts
 * epoch 1 again from 0 (dtls/flight5.js, flight6.js). A few messages later a number repeats, the browser's replay
 * window drops that record, and a data channel message arrives a whole SCTP timeout (1 s) late.
 * Starting well above any number used in the handshake avoids the collision.
 */
export function cureRecordNumbers(connection: RTCPeerConnection): void {
  for (const transport of connection.dtlsTransports) {
    const records = transport.dtls?.dtls;
    if (records && records.recordSequenceNumber < FIRST_FREE_RECORD_NUMBER) {
      records.recordSequenceNumber = FIRST_FREE_RECORD_NUMBER;
    }
  }
}

const FIRST_FREE_RECORD_NUMBER = 64;
