/** The server's clock, as the last answer told it: freezes and time in stage are counted from it, not from this device. */

let offset = 0;

export function noteServerTime(instant: string | null): void {
  if (!instant) return;
  const server = Date.parse(instant);
  if (!Number.isNaN(server)) offset = server - Date.now();
}

/** Milliseconds since 1970 by the server's clock. */
export function serverNow(): number {
  return Date.now() + offset;
}
