import { useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { definitionsQuery } from "@/api/session";
import type { Definitions } from "@/api/types";
import { Catalogue, SYSTEM_FIELDS, type SystemField } from "@/model/catalogue";

let last: { definitions: Definitions; language: string; catalogue: Catalogue } | null = null;

/** The definitions that the member may see, indexed. The same object until they or the language change. */
export function useCatalogue(): Catalogue {
  const { data } = useSuspenseQuery(definitionsQuery);
  const { t, i18n } = useTranslation("common");
  return useMemo(() => {
    if (last?.definitions === data && last.language === i18n.language) return last.catalogue;
    const labels = Object.fromEntries(SYSTEM_FIELDS.map((key) => [key, t(`system.${key}`)])) as Record<
      SystemField,
      string
    >;
    last = { definitions: data, language: i18n.language, catalogue: new Catalogue(data, labels) };
    return last.catalogue;
  }, [data, t, i18n.language]);
}
