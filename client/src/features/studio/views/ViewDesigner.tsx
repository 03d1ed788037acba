import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Op, View } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import { ViewPanel } from "./ViewPanel";
import { ViewPreview, type Width, WidthChoice } from "./ViewPreview";
import styles from "./Views.module.css";
import type { Chosen } from "./ViewsPage";

interface DesignerProps {
  view: View;
  onChoose: (chosen: Chosen) => void;
}

/** A view beside its settings, on the records that there are. */
export function ViewDesigner({ view, onChoose }: DesignerProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const draft = useDraft();
  const [width, setWidth] = useState<Width>("desktop");
  const name = labelText(view.label, language);
  const siblings = (draft.definitions.views ?? []).filter((each) => each.entity === view.entity);
  const move = (by: number) => {
    const at = siblings.findIndex((each) => each.key === view.key);
    const target = siblings[by < 0 ? at - 1 : at + 2];
    if (by < 0 && !target) return;
    draft.edit([{ op: "place", path: ["views", view.key], before: target?.key ?? null }], t("movedTo", { name }));
  };
  const remove = () => {
    const menus = (draft.definitions.apps ?? []).flatMap((app) =>
      (app.menu ?? [])
        .filter((item) => item.view === view.key)
        .map((item): Op => ({ op: "drop", path: ["apps", app.key, "menu", item.key] })),
    );
    draft.edit([...menus, { op: "drop", path: ["views", view.key] }], t("deleted", { name }));
    onChoose({});
  };
  const problems = draft.problemsAt(["views", view.key]);
  return (
    <>
      <section className={styles.stage} aria-label={t("preview")}>
        <header className={styles.stageHead}>
          <strong>{name}</strong>
          <span className={styles.hint}>{t("previewNote")}</span>
          <WidthChoice value={width} onChange={setWidth} />
        </header>
        {problems.length > 0 && (
          <ul className={styles.problems}>
            {problems.slice(0, 5).map((each) => (
              <li key={`${each.path.join("/")}${each.code}`}>{each.message}</li>
            ))}
          </ul>
        )}
        <div className={styles.canvas} data-width={width}>
          <ViewPreview view={view} width={width} />
        </div>
      </section>
      <aside className={styles.side}>
        <ViewPanel view={view} onMove={move} onDelete={remove} />
      </aside>
    </>
  );
}
