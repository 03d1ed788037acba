/** The client without a network, and its new versions: what the page does with the service worker (public/sw.js). */
import { useSyncExternalStore } from "react";

const DATA = "xiaolu-data";
const OWNER = "/__owner";
const CHECK_EVERY = 60 * 60_000;
const RELOADED = "xiaolu.reloaded";

const listeners = new Set<() => void>();
let waiting: ServiceWorker | null = null;
let isReloading = false;

function note(worker: ServiceWorker | null): void {
  waiting = worker;
  for (const listener of listeners) listener();
}

function watch(registration: ServiceWorkerRegistration | undefined): void {
  if (!registration) return; // where workers are blocked, some browsers answer with nothing instead of refusing
  const look = () => {
    // The first worker of a browser replaces nothing: there is no older page that somebody would have to leave.
    if (registration.waiting && navigator.serviceWorker.controller) note(registration.waiting);
  };
  look();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  const check = () => void registration.update().catch(() => undefined);
  setInterval(check, CHECK_EVERY);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && check());
}

/** Registers the worker when the page is quiet; a part that a newer build has taken away reloads the page, once. */
export function startOffline(): void {
  window.addEventListener("vite:preloadError", (event) => {
    if (!navigator.onLine || sessionStorage.getItem(RELOADED)) return;
    event.preventDefault();
    sessionStorage.setItem(RELOADED, "1");
    window.location.reload();
  });
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (isReloading) window.location.reload();
    else askAgain();
  });
  const register = () => {
    sessionStorage.removeItem(RELOADED);
    // A browser that blocks workers answers with nothing.
    navigator.serviceWorker.register("/sw.js").then(
      (registration?: ServiceWorkerRegistration) => registration && watch(registration),
      () => undefined,
    );
  };
  if (document.readyState === "complete") setTimeout(register, 0);
  else window.addEventListener("load", () => setTimeout(register, 0));
}

/** What every page begins with was answered before anything was kept: ask once more, so that it is there without a network. */
function askAgain(): void {
  if (!navigator.serviceWorker?.controller) return;
  for (const path of ["session", "definitions"]) void fetch(`/api/${path}`).catch(() => undefined);
}

/** Puts the version that waits in force and loads the page anew. */
export function takeNewVersion(): void {
  isReloading = true;
  waiting?.postMessage("activate");
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useHasNewVersion(): boolean {
  return useSyncExternalStore(subscribe, () => waiting !== null);
}

/** Keeps answers for this member from now on; what was kept for somebody else is gone. */
export async function keepAnswersFor(member: string): Promise<void> {
  if (!("caches" in window)) return;
  const cache = await caches.open(DATA);
  const owner = await cache.match(OWNER);
  if (owner && (await owner.text()) === member) return;
  await forgetAnswers();
  await (await caches.open(DATA)).put(OWNER, new Response(member));
  askAgain();
}

/** Nothing of a member stays in the browser after the sign-out. */
export async function forgetAnswers(): Promise<void> {
  if ("caches" in window) await caches.delete(DATA);
}
