import { useLayoutEffect, useState } from "react";
import { flushSync } from "react-dom";

/** Height of the grid's head and of its foot. */
const HEAD = 36;

/** What the scroller shows: its position and size, read once a frame. */
export function useViewport() {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [at, setAt] = useState({ top: 0, height: 600, row: 38 });
  useLayoutEffect(() => {
    if (!element) return undefined;
    const read = () => {
      const row = Number.parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 38;
      setAt({ top: element.scrollTop, height: Math.max(0, element.clientHeight - 2 * HEAD), row });
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    // Drawn before the frame is: rows that came a frame later would lag behind the thumb.
    const follow = () => flushSync(read);
    element.addEventListener("scroll", follow, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", follow);
    };
  }, [element]);
  return { element, setElement, ...at };
}
