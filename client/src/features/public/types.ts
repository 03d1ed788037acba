/** What a public form exchanges with the server. */

export interface Both {
  zh: string;
  en: string;
}

export interface Riddle {
  algorithm: string;
  salt: string;
  challenge: string;
  most: number;
  issued: number;
  signature: string;
}

export type Solution = Pick<Riddle, "salt" | "challenge" | "issued" | "signature"> & { number: number };

export interface PublicField {
  key: string;
  type: string;
  label: Both;
  help: Both | null;
  required: boolean;
  options: { key: string; label: Both }[];
  most: number | null;
}

export interface PublicForm {
  title: Both;
  intro: Both | null;
  thanks: Both | null;
  button: Both | null;
  consent: Both | null;
  fields: PublicField[];
  riddle: Riddle;
}

export interface Sent {
  accepted: boolean;
  thanks: Both | null;
  refusal: Both | null;
}

export interface Uploaded {
  id: string;
  name: string;
  size: number;
}

export type Value = string | boolean | string[] | null;
export type Values = Record<string, Value>;
