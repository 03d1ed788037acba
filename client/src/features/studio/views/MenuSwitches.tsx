import { useTranslation } from "react-i18next";
import type { Label, MenuItem } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Check } from "@/ui/controls";
import { distinctKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import styles from "./Views.module.css";

interface MenuProps {
  target: { view: string } | { page: string };
  label: Label;
}

/** In which apps' menus a view or page stands. */
export function MenuSwitches({ target, label }: MenuProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const draft = useDraft();
  const apps = draft.definitions.apps ?? [];
  const isMine = (item: MenuItem) => ("view" in target ? item.view === target.view : item.page === target.page);
  if (apps.length === 0) return null;
  return (
    <fieldset className={styles.roles}>
      <legend>{t("menus")}</legend>
      {apps.map((app) => {
        const item = app.menu?.find(isMine);
        const name = labelText(app.label, language) || app.key;
        const toggle = (on: boolean) => {
          if (item)
            return draft.edit([{ op: "drop", path: ["apps", app.key, "menu", item.key] }], t("menuOut", { name }));
          if (!on) return undefined;
          const wished = "view" in target ? target.view : target.page;
          const key = distinctKey(
            wished,
            (app.menu ?? []).map((each) => each.key),
          );
          const value = { key, label, ...target };
          return draft.edit([{ op: "put", path: ["apps", app.key, "menu", key], value }], t("menuIn", { name }));
        };
        return (
          <Check key={app.key} checked={item !== undefined} onChange={toggle}>
            {name}
          </Check>
        );
      })}
    </fieldset>
  );
}
