import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { useDraft } from "../draft/useDraft";
import { IconChoice } from "../parts/IconChoice";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../parts/labels";
import { ManyChoice } from "../parts/ManyChoice";
import { OwnersSection } from "../parts/OwnersSection";
import { TextProperty } from "../parts/PropertyPanel";
import styles from "./Apps.module.css";
import { MenuEditor } from "./MenuEditor";

/** Name, picture and menu of an app; edits go to the draft. */
export function AppDialog({ app: key, onClose }: { app: string; onClose: () => void }) {
  const { t } = useTranslation(["studioApps", "common"]);
  const language = useLanguage();
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
        <TextProperty
          label={t("version")}
          help={t("versionHelp")}
          value={app.version ?? "0.1.0"}
          onChange={(version) => edit([{ op: "put", path: [...base, "version"], value: version }], t("edits.version"))}
        />
        <ManyChoice
          label={t("depends")}
          help={t("dependsHelp")}
          value={app.depends}
          options={(definitions.apps ?? [])
            .filter((each) => each.key !== key)
            .map((each) => ({ value: each.key, label: labelText(each.label, language) }))}
          onChange={(depends) =>
            edit([{ op: "put", path: [...base, "depends"], value: depends ?? null }], t("edits.depends"))
          }
        />
        <OwnersSection collection="apps" item={app} />
      </div>
    </Dialog>
  );
}
