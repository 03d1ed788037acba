/** Speaking with the server without the client's own machinery: the page must be light. */
import type { PublicForm, Sent, Uploaded } from "./types";

interface FieldProblem {
  field: string;
  message: string;
}

/** The server refused: what it says, and what it says of single fields. */
export class FormError extends Error {
  readonly problems: FieldProblem[];
  constructor(message: string, problems: FieldProblem[]) {
    super(message);
    this.problems = problems;
  }
}

interface Refusal {
  title?: string;
  problems?: { path: (string | number)[]; message: string }[];
}

function csrf(): string {
  const entry = document.cookie.split("; ").find((each) => each.startsWith("xiaolu_csrf="));
  return entry ? decodeURIComponent(entry.slice("xiaolu_csrf=".length)) : "";
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const headers: Record<string, string> = { "Accept-Language": document.documentElement.lang, "X-CSRF-Token": csrf() };
  if (typeof init.body === "string") headers["Content-Type"] = "application/json";
  const response = await fetch(`/api/public/forms/${path}`, { ...init, headers, credentials: "same-origin" });
  if (response.ok) return (await response.json()) as T;
  const refusal = (await response.json().catch(() => ({}))) as Refusal;
  const problems = (refusal.problems ?? []).map((each) => ({
    field: String(each.path[1] ?? ""),
    message: each.message,
  }));
  throw new FormError(refusal.title ?? "", problems);
}

export const openForm = (token: string) => ask<PublicForm>(token, { method: "GET" });

export const sendForm = (token: string, body: unknown) =>
  ask<Sent>(token, { method: "POST", body: JSON.stringify(body) });

export function uploadFile(token: string, file: File): Promise<Uploaded> {
  const form = new FormData();
  form.append("file", file);
  return ask<Uploaded>(`${token}/files`, { method: "POST", body: form });
}

/** Where somebody comes from, as the browser says. */
export function origin(): Record<string, string> {
  const query = new URLSearchParams(window.location.search);
  const found: Record<string, string> = { page: window.location.pathname, language: document.documentElement.lang };
  if (document.referrer) found.referrer = document.referrer.slice(0, 300);
  for (const name of ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"]) {
    const value = query.get(name);
    if (value) found[name] = value.slice(0, 200);
  }
  return found;
}
