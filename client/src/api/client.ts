/** The one place that speaks HTTP: cookies, CSRF, problem documents, the server's clock. */
import { noteServerTime } from "./clock";
import { noteSeen } from "./offline";
import type { Problem, ProblemDocument } from "./types";

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly problems: Problem[];
  readonly params: ProblemDocument["params"];
  /** Seconds to wait, where the server says so. */
  readonly retryAfter: number | null;

  constructor(document: ProblemDocument, retryAfter: number | null = null) {
    super(document.title);
    this.name = "ApiError";
    this.status = document.status;
    this.code = document.code;
    this.problems = document.problems;
    this.params = document.params;
    this.retryAfter = retryAfter;
  }
}

/** Nothing answered: no network, or the server is not there. */
export class OfflineError extends Error {
  constructor() {
    super("offline");
    this.name = "OfflineError";
  }
}

interface RequestOptions {
  body?: unknown;
  query?: Record<string, string | number | boolean | null | undefined>;
  signal?: AbortSignal | undefined;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

let onSignedOut: () => void = () => undefined;

/** Called when the server says that nobody is signed in any more. */
export function whenSignedOut(handler: () => void): void {
  onSignedOut = handler;
}

function csrfToken(): string {
  const entry = document.cookie.split("; ").find((each) => each.startsWith("xiaolu_csrf="));
  return entry ? decodeURIComponent(entry.slice("xiaolu_csrf=".length)) : "";
}

export function apiUrl(path: string, query: RequestOptions["query"] = {}): string {
  return `/api${pathWith(path, query)}`;
}

/** A path with the parameters that are given. */
export function pathWith(path: string, query: RequestOptions["query"] = {}): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") parameters.set(key, String(value));
  }
  const text = parameters.toString();
  return `${path}${text ? `?${text}` : ""}`;
}

async function readProblem(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get("Retry-After")) || null;
  try {
    const found = (await response.json()) as Partial<ProblemDocument>;
    const document: ProblemDocument = {
      status: response.status,
      code: found.code ?? `http.${response.status}`,
      title: found.title ?? "",
      problems: found.problems ?? [],
      params: found.params ?? {},
    };
    return new ApiError(document, retryAfter);
  } catch {
    return new ApiError(
      { status: response.status, code: `http.${response.status}`, title: "", problems: [], params: {} },
      retryAfter,
    );
  }
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Accept-Language": document.documentElement.lang,
  };
  const isForm = options.body instanceof FormData;
  if (options.body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRF-Token"] = csrfToken();
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (options.signal) init.signal = options.signal;
  if (options.body !== undefined) init.body = isForm ? (options.body as FormData) : JSON.stringify(options.body);
  let response: Response;
  try {
    response = await fetch(apiUrl(path, options.query), init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new OfflineError();
  }
  const keptAt = response.headers.get("X-Xiaolu-Seen");
  noteSeen(keptAt);
  if (!keptAt) noteServerTime(response.headers.get("X-Xiaolu-Now"));
  if (response.ok) return response;
  const problem = await readProblem(response);
  if (problem.status === 401 && path !== "/session") onSignedOut();
  throw problem;
}

async function json<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

export const api = {
  get: <T>(path: string, query?: RequestOptions["query"], signal?: AbortSignal) =>
    json<T>("GET", path, { ...(query ? { query } : {}), signal }),
  post: <T>(path: string, body?: unknown, signal?: AbortSignal) => json<T>("POST", path, { body: body ?? {}, signal }),
  put: <T>(path: string, body: unknown) => json<T>("PUT", path, { body }),
  patch: <T>(path: string, body: unknown) => json<T>("PATCH", path, { body }),
  delete: <T>(path: string, query?: RequestOptions["query"], body?: unknown) =>
    json<T>("DELETE", path, { ...(query ? { query } : {}), ...(body === undefined ? {} : { body }) }),
  upload: <T>(path: string, form: FormData) => json<T>("POST", path, { body: form }),
  /** A file that the server makes: its content and the name it gave. */
  async download(method: Method, path: string, body?: unknown): Promise<{ blob: Blob; name: string }> {
    const response = await send(method, path, body === undefined ? {} : { body });
    const disposition = response.headers.get("Content-Disposition") ?? "";
    const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
    const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
    return { blob: await response.blob(), name: encoded ? decodeURIComponent(encoded) : (plain ?? "download") };
  },
};

/** Hands a blob to the browser as a download. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
