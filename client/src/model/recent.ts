/** Records looked at lately on this device, newest first, kept apart for each member. */
import type { RecordRef } from "@/api/types";

const LIMIT = 12;
const name = (member: string) => `xiaolu.recent.${member}`;

export function recentRecords(member: string): RecordRef[] {
  try {
    const stored = JSON.parse(localStorage.getItem(name(member)) ?? "[]") as RecordRef[];
    return Array.isArray(stored) ? stored : [];
  } catch {
    return [];
  }
}

export function rememberRecord(member: string, record: RecordRef): void {
  const others = recentRecords(member).filter((each) => each.id !== record.id);
  localStorage.setItem(name(member), JSON.stringify([record, ...others].slice(0, LIMIT)));
}
