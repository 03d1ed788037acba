import { useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/fields/useCatalogue";
import { EmptyState } from "@/ui/surfaces";
import { ListPage } from "./ListPage";

/** A saved view. */
export function ViewPage() {
  const { t } = useTranslation();
  const { view: key } = useParams({ from: "/inside/rich/v/$view" });
  const search = useSearch({ from: "/inside/rich/v/$view" });
  const catalogue = useCatalogue();
  const view = catalogue.view(key);
  const entity = view ? catalogue.entity(view.entity) : undefined;
  if (!view || !entity) return <EmptyState title={t("errors.notFound")} text={t("errors.notFoundText")} />;
  return <ListPage key={view.key} entity={entity} view={view} search={search} />;
}
