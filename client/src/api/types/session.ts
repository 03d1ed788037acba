import type { Id, Instant, Named } from "./common";

export type Language = "zh" | "en";
export type Theme = "system" | "light" | "dark";
export type Density = "comfortable" | "compact";
export type Ability = "build" | "members" | "audit" | "health" | "api_keys" | "view_as";

export interface RoleName {
  key: string;
  label: string;
}

export interface Me {
  id: Id;
  name: string;
  login: string;
  email?: string | null;
  phone?: string | null;
  department: Named | null;
  roles: RoleName[];
  abilities: Ability[];
  /** null: the browser's, until the member chooses. */
  language: Language | null;
  theme: Theme;
  density: Density;
  must_change_password: boolean;
  totp: boolean;
}

export interface Session {
  member: Me;
  workspace: { name: string; time_zone: string };
  definitions_version: number;
  /** Where the log of events stood: opens the live stream without a gap. */
  since: string;
  csrf?: string;
  /** Who looks at the system as this member. */
  viewer?: Named | null;
}

export interface SignedInDevice {
  id: Id;
  created_at: Instant;
  seen_at: Instant;
  address: string | null;
  agent: string | null;
  current: boolean;
}
