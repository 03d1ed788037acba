import { useEffect, useRef, useState } from "react";

const QUIET = 500;

interface Buffered {
  value: string;
  set: (value: string) => void;
  /** Hands over what was typed now: on leaving the control. */
  flush: () => void;
}

/**
 * A text that is typed freely and handed over when the typing rests or the control is left, so that one edit, and one
 * step of undo, holds a whole word. A change from elsewhere replaces what is shown.
 */
export function useBuffered(value: string, commit: (value: string) => void): Buffered {
  const [typed, setTyped] = useState<string | null>(null);
  const latest = useRef({ typed, value, commit });
  latest.current = { typed, value, commit };
  const handed = useRef(value);
  const flush = useRef(() => {
    const now = latest.current;
    if (now.typed !== null && now.typed !== now.value) {
      handed.current = now.typed;
      now.commit(now.typed);
    }
    setTyped(null);
  }).current;
  useEffect(() => {
    if (typed === null) return undefined;
    const timer = setTimeout(() => {
      const now = latest.current;
      if (now.typed === null || now.typed === now.value) return;
      handed.current = now.typed;
      now.commit(now.typed);
    }, QUIET);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    if (value.trim() !== handed.current.trim()) setTyped(null);
    handed.current = value;
  }, [value]);
  // What was typed last is not lost when the panel goes away.
  useEffect(
    () => () => {
      const now = latest.current;
      if (now.typed !== null && now.typed !== now.value) now.commit(now.typed);
    },
    [],
  );
  return { value: typed ?? value, set: setTyped, flush };
}
