import { useCallback, useEffect, useRef, useState } from "react";

/** The value as it was when it last stayed the same for `delay` milliseconds. */
export function useSettled<T>(value: T, delay = 250): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}

const PRODUCT = typeof document === "undefined" ? "" : document.title;

/** Names the browser's tab after the page, so that several open ones are told apart. */
export function usePageTitle(title: unknown): void {
  useEffect(() => {
    if (typeof title !== "string" || title === "") return undefined;
    document.title = `${title} · ${PRODUCT}`;
    return () => {
      document.title = PRODUCT;
    };
  }, [title]);
}

/** Re-renders every `interval` milliseconds, for countdowns. */
export function useTicking(interval: number, active = true): void {
  const [, setTick] = useState(0);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => setTick((tick) => tick + 1), interval);
    return () => clearInterval(timer);
  }, [interval, active]);
}

/** A function that stays the same and always does what it was last given. */
export function useLatest<A extends unknown[], R>(run: (...args: A) => R): (...args: A) => R {
  const latest = useRef(run);
  latest.current = run;
  return useCallback((...args: A) => latest.current(...args), []);
}
