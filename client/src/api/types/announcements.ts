import type { Id, Instant } from "./common";

/** What the member should read; `confirmed_at` is when the member confirmed it. */
export interface Announcement {
  id: Id;
  title: string;
  text: string;
  must_confirm: boolean;
  at: Instant;
  author: string;
  confirmed_at: Instant | null;
}

export interface AnnouncementDraft {
  title: { zh: string; en?: string };
  text: { zh: string; en?: string };
  must_confirm: boolean;
  roles: string[];
  departments: Id[];
  ends_at: Instant | null;
}

/** An announcement as whoever publishes it lists it. */
export interface PublishedAnnouncement {
  id: Id;
  title: string;
  text: string;
  must_confirm: boolean;
  roles: string[];
  departments: Id[];
  at: Instant;
  author: string;
  ends_at: Instant | null;
  withdrawn_at: Instant | null;
  reached: number;
  confirmed: number;
}

export interface Confirmation {
  member: Id;
  name: string;
  department: string;
  at: Instant | null;
}
