import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { findDuplicates } from "@/api/records";
import type { EntityDefinition, Values } from "@/api/types";
import { isEmptyValue } from "@/model/values";
import { useSettled } from "@/ui/hooks";
import { Notice } from "@/ui/surfaces";
import styles from "./Form.module.css";

/** Warns while a new record is typed that one much like it is there already. */
export function Duplicates({ entity, values }: { entity: EntityDefinition; values: Values }) {
  const { t } = useTranslation("records");
  const keys = [...new Set((entity.duplicates ?? []).flat())];
  const asked = Object.fromEntries(
    keys.flatMap((key) => (isEmptyValue(values[key]) ? [] : [[key, values[key] ?? null]])),
  );
  const settled = useSettled(JSON.stringify(asked), 400);
  const { data } = useQuery({
    queryKey: ["duplicates", entity.key, settled],
    queryFn: async ({ signal }) =>
      (await findDuplicates(entity.key, { values: JSON.parse(settled) as Values }, signal)).matches,
    enabled: settled !== "{}",
    staleTime: 30_000,
    retry: false,
  });
  if (!data || data.length === 0) return null;
  return (
    <Notice kind="warning">
      <strong>{t("duplicates.title")}</strong>
      <p>{t("duplicates.text")}</p>
      <div className={styles.matches}>
        {data.slice(0, 5).map((match) => (
          <Link key={match.id} to="/e/$entity/$id" params={{ entity: entity.key, id: match.id }} target="_blank">
            {match.title}
          </Link>
        ))}
        {data.length > 1 && entity.can.update && entity.can.delete && (
          <Link
            to="/e/$entity/merge"
            params={{ entity: entity.key }}
            search={{ ids: data.slice(0, 5).map((match) => match.id) }}
            target="_blank"
          >
            {t("merge.these")}
          </Link>
        )}
      </div>
    </Notice>
  );
}
