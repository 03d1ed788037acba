import { useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useReportObstacle } from "@/api/entrances";
import { OBSTACLE_CATEGORIES, type ObstacleCategory } from "@/api/types/entrances";
import { useCatalogue } from "@/fields/useCatalogue";
import { usePageName } from "@/fields/usePageName";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, TextArea } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Obstacles.module.css";
import { placeOf } from "./place";

/** A sentence about what gets in the way; where it happened goes along by itself. */
export default function ReportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["help", "common"]);
  const errorText = useErrorText();
  const catalogue = useCatalogue();
  const pageName = usePageName();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [place] = useState(() => placeOf(path, (view) => catalogue.view(view)?.entity));
  const [category, setCategory] = useState<ObstacleCategory>("slow");
  const [text, setText] = useState("");
  const report = useReportObstacle();
  const send = () =>
    report.mutate(
      { category, text, place },
      {
        onSuccess: () => {
          toast.done(t("sent"));
          onClose();
        },
      },
    );
  return (
    <Dialog
      title={t("report")}
      closeLabel={t("common:actions.close")}
      width={560}
      onClose={onClose}
      onSubmit={send}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button kind="primary" type="submit" disabled={text.trim() === ""} busy={report.isPending}>
            {t("send")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("reportNote")}</p>
        {report.error && <Notice kind="danger">{errorText(report.error)}</Notice>}
        <FieldFrame label={t("text")} required>
          {(ids) => (
            <TextArea
              {...ids}
              data-autofocus
              rows={4}
              maxLength={2000}
              placeholder={t("textHint")}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </FieldFrame>
        <fieldset className={styles.kinds}>
          <legend>{t("category")}</legend>
          {OBSTACLE_CATEGORIES.map((each) => (
            <label key={each} className={styles.kind}>
              <input type="radio" name="category" checked={category === each} onChange={() => setCategory(each)} />
              {t(`categories.${each}`)}
            </label>
          ))}
        </fieldset>
        <p className={styles.quiet}>{t("context", { page: pageName(place.page) })}</p>
      </div>
    </Dialog>
  );
}
