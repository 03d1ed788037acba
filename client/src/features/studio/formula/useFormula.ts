/** A formula while it is written: what is shown, what is kept, and what the server says of it. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormulaCheck, useFormulaFunctions, useFormulaNames } from "@/api/formula";
import type { ExpectedValue, FormulaAnswer, Problem } from "@/api/types";
import { useSettled } from "@/ui/hooks";
import type { Offered } from "./completion";
import { Names } from "./names";
import { useRevision } from "./revision";

interface FormulaPlace {
  entity: string;
  expects?: ExpectedValue;
  /** Key of the field that takes the result. */
  field?: string | undefined;
  /** Whether CHANGED and PREVIOUS make sense here. */
  changed?: boolean;
}

export function useOffered(place: FormulaPlace): Offered | null {
  const { t } = useTranslation("formula");
  const functions = useFormulaFunctions().data;
  const entities = useFormulaNames(useRevision()).data;
  const { entity, changed = false } = place;
  return useMemo(() => {
    if (!functions || !entities) return null;
    return {
      entity,
      names: new Names(entities),
      functions,
      changed,
      texts: {
        type: (field) => t(`types.${field.type}`),
        leadsTo: (target, many) => t(many ? "leadsToMany" : "leadsTo", { target }),
        example: t("example"),
        fields: t("fields"),
        functions: t("functions"),
        options: t("options"),
      },
    };
  }, [functions, entities, entity, changed, t]);
}

export interface Verdict {
  answer: FormulaAnswer | undefined;
  /** Problems of the text as it stands; empty while it is being looked at. */
  problems: Problem[];
  isChecking: boolean;
  error: Error | null;
}

const NONE: Problem[] = [];

/** What the server says of a text, once it has stayed the same for a moment. */
export function useVerdict(text: string, place: FormulaPlace): Verdict {
  const revision = useRevision();
  const settled = useSettled(text, 250);
  const question = {
    entity: place.entity,
    text: settled,
    expects: place.expects ?? ("any" as const),
    field: place.field ?? null,
    changed_allowed: place.changed ?? false,
  };
  const check = useFormulaCheck(question, revision);
  const isEmpty = text.trim() === "";
  const isCurrent = settled === text && !check.isPlaceholderData;
  return {
    answer: isEmpty ? undefined : check.data,
    problems: isCurrent && !isEmpty ? (check.data?.problems ?? NONE) : NONE,
    isChecking: !isEmpty && (!isCurrent || check.isPending),
    error: isCurrent ? check.error : null,
  };
}
