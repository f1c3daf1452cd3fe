import 'server-only';

type Cell = string | number;

/** A spreadsheet would run a cell that begins so (OWASP, "CSV Injection"); an apostrophe in front makes it a text. */
const FORMULA = /^[=+\-@\t\r]/;

function formatCell(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Returns rows as CSV (RFC 4180), so that a spreadsheet shows every text and runs none. */
export const toCsv = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(formatCell).join(',')}\r\n`).join('');

/** Returns the response that a browser saves as a file. */
export const respondCsv = (fileName: string, rows: readonly (readonly Cell[])[]): Response =>
  new Response(toCsv(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${fileName}"`,
    },
  });
