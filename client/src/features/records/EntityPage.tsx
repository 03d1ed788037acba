import { useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/fields/useCatalogue";
import { EmptyState } from "@/ui/surfaces";
import { ListPage } from "./ListPage";

/** All records of an entity, without a view: where drills and relations lead. */
export function EntityPage() {
  const { t } = useTranslation();
  const { entity: key } = useParams({ from: "/inside/rich/e/$entity" });
  const search = useSearch({ from: "/inside/rich/e/$entity" });
  const entity = useCatalogue().entity(key);
  if (!entity) return <EmptyState title={t("errors.notFound")} text={t("errors.notFoundText")} />;
  return <ListPage key={entity.key} entity={entity} view={undefined} search={search} />;
}
