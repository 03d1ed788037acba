import type { FileInfo, Id, Instant, Named } from "./common";

/** Somebody named in a comment; who may not read the record is not told. */
export interface Mention {
  id: Id;
  name: string;
  can_read: boolean;
}

export interface RecordComment {
  id: Id;
  author: Named;
  at: Instant;
  /** Mentions stand in it as `@[member id]`. */
  text: string;
  version: number;
  edited_at: Instant | null;
  deleted_at: Instant | null;
  mentions: Mention[];
  files: FileInfo[];
  mine: boolean;
}

export interface Wording {
  version: number;
  at: Instant;
  text: string;
}

export interface Followers {
  people: Named[];
  following: boolean;
}

export interface TextPart {
  title: string;
  text: string;
  rows: string[][];
}

/** What a file says; `cut` where there is more than is shown. */
export interface FileText {
  parts: TextPart[];
  cut: boolean;
}
