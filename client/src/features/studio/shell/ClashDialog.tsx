import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import type { Clash } from "../draft/model";
import { useDraftStore } from "../draft/store";
import { useDraft } from "../draft/useDraft";
import { placeName } from "./placeName";
import styles from "./Studio.module.css";
import { valueText } from "./values";

type Choices = Record<string, "mine" | "theirs">;

interface SideProps {
  name: string;
  caption: string;
  value: unknown;
  checked: boolean;
  onChoose: () => void;
}

export function Side({ name, caption, value, checked, onChoose }: SideProps) {
  const { t } = useTranslation("studio");
  const language = useLanguage();
  return (
    <label className={styles.side}>
      <span>
        <input type="radio" name={name} checked={checked} onChange={onChoose} />
        {caption}
      </span>
      <pre className={styles.value}>{valueText(value, language) || t("clash.gone")}</pre>
    </label>
  );
}

/** Both builders changed the same places: shows both values and lets one choose. */
export function ClashDialog({ clashes }: { clashes: Clash[] }) {
  const { t } = useTranslation(["studio", "common"]);
  const language = useLanguage();
  const { definitions } = useDraft();
  const settle = useDraftStore((state) => state.settle);
  const [choices, setChoices] = useState<Choices>({});
  const chosen = (clash: Clash) => choices[clash.place] ?? "theirs";
  const finish = (all: Choices) =>
    settle(Object.fromEntries(clashes.map((each) => [each.place, all[each.place] ?? "theirs"])));
  return (
    <Dialog
      title={t("clash.title")}
      closeLabel={t("common:actions.close")}
      onClose={() => finish({})}
      onSubmit={() => finish(choices)}
      foot={
        <Button kind="primary" type="submit">
          {t("clash.keep")}
        </Button>
      }
    >
      <p>{t("clash.text")}</p>
      {clashes.map((clash) => (
        <div key={clash.place} className={styles.clash}>
          <strong>{placeName(definitions, clash.path, language)}</strong>
          <div className={styles.sides}>
            <Side
              name={clash.place}
              caption={t("clash.theirs", { who: clash.who, what: clash.what })}
              value={clash.theirs}
              checked={chosen(clash) === "theirs"}
              onChoose={() => setChoices({ ...choices, [clash.place]: "theirs" })}
            />
            <Side
              name={clash.place}
              caption={t("clash.mine")}
              value={clash.mine}
              checked={chosen(clash) === "mine"}
              onChoose={() => setChoices({ ...choices, [clash.place]: "mine" })}
            />
          </div>
        </div>
      ))}
    </Dialog>
  );
}
