import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import styles from "./Apps.module.css";
import { IconChoice } from "./IconChoice";
import { MenuEditor } from "./MenuEditor";

/** Name, picture and menu of an app; edits go to the draft. */
export function AppDialog({ app: key, onClose }: { app: string; onClose: () => void }) {
  const { t } = useTranslation(["studioApps", "common"]);
  const { definitions, edit } = useDraft();
  const app = definitions.apps?.find((each) => each.key === key);
  if (!app) return null;
  const base = ["apps", key];
  return (
    <Dialog
      side
      width={560}
      title={t("edit")}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        <Button kind="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <div className={styles.form}>
        <LabelField
          label={t("name")}
          value={app.label}
          required
          onChange={(label) => label && edit([{ op: "put", path: [...base, "label"], value: label }], t("edits.label"))}
        />
        <LabelField
          label={t("description")}
          value={app.description}
          rows={2}
          onChange={(text) =>
            edit([{ op: "put", path: [...base, "description"], value: text ?? null }], t("edits.description"))
          }
        />
        <IconChoice
          label={t("icon")}
          value={app.icon ?? "appstore"}
          onChange={(icon) => edit([{ op: "put", path: [...base, "icon"], value: icon }], t("edits.icon"))}
        />
        <MenuEditor app={app} />
      </div>
    </Dialog>
  );
}
