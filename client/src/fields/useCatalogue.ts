import { useSuspenseQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { definitionsQuery } from "@/api/session";
import type { Definitions } from "@/api/types";
import { Catalogue, SYSTEM_FIELDS, type SystemField } from "@/model/catalogue";

const known = new WeakMap<Definitions, { language: string; catalogue: Catalogue }>();

/** Definitions that stand in for the member's own below it: those of a draft. */
export const OtherDefinitions = createContext<Definitions | null>(null);

/** The definitions that the member may see, indexed. The same object until they or the language change. */
export function useCatalogue(): Catalogue {
  const { data } = useSuspenseQuery(definitionsQuery);
  const other = useContext(OtherDefinitions);
  const { t, i18n } = useTranslation("common");
  return useMemo(() => {
    const definitions = other ?? data;
    const found = known.get(definitions);
    if (found?.language === i18n.language) return found.catalogue;
    const labels = Object.fromEntries(SYSTEM_FIELDS.map((key) => [key, t(`system.${key}`)])) as Record<
      SystemField,
      string
    >;
    const catalogue = new Catalogue(definitions, labels);
    known.set(definitions, { language: i18n.language, catalogue });
    return catalogue;
  }, [data, other, t, i18n.language]);
}
