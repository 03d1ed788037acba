import { useCallback, useEffect, useRef, useState } from "react";
import type { Offered } from "./completion";

interface Kept {
  entity: string;
  value: string;
  onChange: (value: string) => void;
}

/** The text with labels over a value that is kept with keys; what somebody writes stays as they wrote it. */
export function useShown({ entity, value, onChange }: Kept, offered: Offered | null) {
  const [shown, setShown] = useState(() => (offered ? offered.names.withLabels(value, entity) : value));
  const given = useRef<string | null>(offered ? value : null);
  const names = offered?.names;

  useEffect(() => {
    if (!names || given.current === value) return;
    given.current = value;
    setShown(names.withLabels(value, entity));
  }, [names, value, entity]);

  const write = useCallback(
    (text: string) => {
      setShown(text);
      const kept = names ? names.withKeys(text, entity) : text;
      if (kept === given.current) return;
      given.current = kept;
      onChange(kept);
    },
    [names, entity, onChange],
  );
  return { shown, write };
}
