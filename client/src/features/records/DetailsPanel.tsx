import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/fields/useCatalogue";
import { Panel, SkeletonLines } from "@/ui/surfaces";
import { Details } from "@/views/form/Details";
import type { EditFormProps } from "./EditForm";

const EditForm = lazy(() => import("./EditForm").then((module) => ({ default: module.EditForm })));

export function DetailsPanel(props: EditFormProps) {
  const { entity, record, editing, onEdit } = props;
  const { t } = useTranslation("records");
  const catalogue = useCatalogue();
  const can = record.can?.update ?? entity.can.update;
  const system = catalogue
    .systemFields(entity.key)
    .filter((field) => ["owner", "department", "created_at", "created_by"].includes(field.key));
  const shown = [...entity.fields, ...system.filter((field) => !entity.fields.some((own) => own.key === field.key))];
  return (
    <Panel title={editing === null ? t("record.details") : t("record.editing")}>
      {editing === null ? (
        <Details record={record} fields={shown} layout={entity.layout} onEdit={can ? onEdit : undefined} />
      ) : (
        <Suspense fallback={<SkeletonLines lines={8} />}>
          <EditForm {...props} />
        </Suspense>
      )}
    </Panel>
  );
}
