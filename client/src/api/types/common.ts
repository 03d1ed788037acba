/** What every part of the HTTP contract shares. */

export type Id = string;
/** An instant, ISO 8601 with offset. */
export type Instant = string;

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Named {
  id: Id;
  name: string;
}

export interface RecordRef {
  entity: string;
  id: Id;
  title: string;
}

export interface Problem {
  path: (string | number)[];
  code: string;
  message: string;
  params?: Record<string, Json>;
}

export interface ProblemDocument {
  status: number;
  code: string;
  title: string;
  problems: Problem[];
  params: Record<string, Json>;
}

export interface FileInfo {
  id: Id;
  name: string;
  size: number;
  content_type: string;
  sha256?: string;
}
