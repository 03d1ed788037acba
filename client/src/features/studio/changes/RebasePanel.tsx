import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Disagreement } from "@/api/types/studio";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { Notice, Panel } from "@/ui/surfaces";
import { useDraftStore } from "../draft/store";
import { useDraft } from "../draft/useDraft";
import { Side } from "../shell/ClashDialog";
import { placeName } from "../shell/placeName";
import shell from "../shell/Studio.module.css";
import styles from "./Changes.module.css";

type Choice = "mine" | "theirs";

/** Somebody published in between, and in some places it and the draft disagree. */
export function RebasePanel({ disagreements }: { disagreements: Disagreement[] }) {
  const { t } = useTranslation("studio");
  const errorText = useErrorText();
  const language = useLanguage();
  const { definitions } = useDraft();
  const rebase = useDraftStore((state) => state.rebase);
  const [choices, setChoices] = useState<Record<string, Choice>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const choose = (place: string, choice: Choice) => setChoices({ ...choices, [place]: choice });
  const left = disagreements.filter((each) => !choices[each.place]).length;
  const finish = async () => {
    setBusy(true);
    setError(null);
    try {
      await rebase(choices);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <Panel title={t("rebase.title")}>
      <Notice kind="warning">{t("rebase.text")}</Notice>
      {disagreements.map((each) => (
        <div key={each.place} className={shell.clash}>
          <strong>{placeName(definitions, each.path, language)}</strong>
          <div className={shell.sides}>
            <Side
              name={each.place}
              caption={t("rebase.theirs")}
              value={each.shipped_now}
              checked={choices[each.place] === "theirs"}
              onChoose={() => choose(each.place, "theirs")}
            />
            <Side
              name={each.place}
              caption={t("rebase.mine")}
              value={each.yours}
              checked={choices[each.place] === "mine"}
              onChoose={() => choose(each.place, "mine")}
            />
          </div>
        </div>
      ))}
      {error !== null && <Notice kind="danger">{errorText(error)}</Notice>}
      <div className={styles.actions}>
        <Button kind="primary" busy={busy} disabled={left > 0} onClick={() => void finish()}>
          {left > 0 ? t("rebase.left", { count: left }) : t("rebase.finish")}
        </Button>
      </div>
    </Panel>
  );
}
