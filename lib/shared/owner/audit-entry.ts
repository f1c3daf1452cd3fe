/** Where a page of entries begins: the id of an entry and the number of its trail. */
export type AuditCursor = string;

export interface AuditEntry {
  key: AuditCursor;
  atMs: number;
  event: string;
  /** The person's name in the log and in the audit trail. `null`: nobody did it. */
  user: string | null;
  /** Ids, codes and numbers. */
  details: Record<string, string>;
}

export interface AuditPage {
  entries: AuditEntry[];
  /** Where the next page begins. `null`: there is none. */
  older: AuditCursor | null;
}
