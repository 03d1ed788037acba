import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRecord } from "@/api/records";
import type { EntityDefinition, ViewDefinition } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { columnFields, columnKeys } from "@/model/columns";
import { IconButton } from "@/ui/Button";
import { SkeletonLines } from "@/ui/surfaces";
import { RecordCard } from "../cards/CardList";
import styles from "./RecordMap.module.css";

interface SpotProps {
  entity: EntityDefinition;
  id: string;
  view: ViewDefinition;
  onClose: () => void;
}

/** The record of the spot that was chosen. */
export function SpotPanel({ entity, id, view, onClose }: SpotProps) {
  const { t } = useTranslation("common");
  const errorText = useErrorText();
  const catalogue = useCatalogue();
  const record = useRecord(entity.key, id);
  const keys = view.card.length > 0 ? view.card : columnKeys(catalogue, entity, view);
  return (
    <aside className={styles.panel}>
      <IconButton small label={t("actions.close")} className={styles.close} onClick={onClose}>
        <X size={16} />
      </IconButton>
      {record.isPending && <SkeletonLines lines={3} />}
      {record.isError && <p>{errorText(record.error)}</p>}
      {record.data && <RecordCard row={record.data} fields={columnFields(catalogue, entity.key, keys)} />}
    </aside>
  );
}
