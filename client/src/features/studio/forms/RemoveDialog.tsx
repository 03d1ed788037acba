import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { findUsages } from "@/api/forms";
import type { Field } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice, SkeletonLines } from "@/ui/surfaces";
import { useDraftStore } from "../draft/store";
import { labelText } from "../parts/labels";
import styles from "./Forms.module.css";

interface RemoveDialogProps {
  entity: string;
  field: Field;
  onClose: () => void;
  onConfirm: () => void;
}

/** Uses that go with the field itself. */
const OWN = new Set(["layout", "duplicates"]);

/** Says where a field is used before it is taken away. */
export function RemoveDialog({ entity, field, onClose, onConfirm }: RemoveDialogProps) {
  const { t } = useTranslation(["forms", "common"]);
  const language = useLanguage();
  const label = labelText(field.label, language);
  const found = useQuery({
    queryKey: ["studio", "usages", entity, field.key, useDraftStore((state) => state.data?.revision)],
    queryFn: async () => {
      await useDraftStore.getState().flush();
      const all = await findUsages(entity, field.key);
      return all.filter((each) => !(OWN.has(each.aspect) && each.kind === "entity"));
    },
    gcTime: 0,
    retry: false,
  });
  return (
    <Dialog
      title={t("forms:remove.title", { field: label })}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose} data-autofocus>
            {t("common:actions.cancel")}
          </Button>
          <Button kind="danger" disabled={found.isPending} onClick={onConfirm}>
            {t(found.data?.length ? "forms:remove.anyway" : "forms:remove.confirm")}
          </Button>
        </>
      }
    >
      {found.isPending && <SkeletonLines lines={3} />}
      {found.data && found.data.length > 0 && (
        <div className={styles.uses}>
          <Notice kind="warning">{t("forms:remove.used", { count: found.data.length })}</Notice>
          <ul>
            {found.data.map((each) => (
              <li key={`${each.kind}/${each.entity}/${each.key}/${each.aspect}`}>
                <strong>{each.label}</strong> {each.kind_label} · {each.aspect_label}
              </li>
            ))}
          </ul>
        </div>
      )}
      {!found.isPending && <p>{t("forms:remove.kept")}</p>}
    </Dialog>
  );
}
