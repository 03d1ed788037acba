import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OptionSet } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { listed } from "@/model/words";
import { Button } from "@/ui/Button";
import { FieldFrame, TextArea } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { labelText } from "../parts/labels";
import styles from "./Choices.module.css";
import { readLines } from "./pasting";
import { useChoiceEdits } from "./useChoiceEdits";

/** Many options at once, a line each, as they are copied from a spreadsheet. */
export function PasteDialog({ set, onClose }: { set: OptionSet; onClose: () => void }) {
  const { t } = useTranslation(["choices", "common"]);
  const language = useLanguage();
  const edits = useChoiceEdits();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const { fresh, repeated } = readLines(
    text,
    set.options.map((each) => labelText(each.label, language)),
  );
  const add = async () => {
    if (fresh.length === 0) return;
    setBusy(true);
    await edits.addOptions(set, fresh);
    onClose();
  };
  return (
    <Dialog
      title={t("paste")}
      width={480}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={() => void add()}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={fresh.length === 0}>
            {t("addCount", { count: fresh.length })}
          </Button>
        </>
      }
    >
      <FieldFrame label={t("pasteLabel")} help={t("pasteHelp")}>
        {(ids) => (
          <TextArea {...ids} rows={10} data-autofocus value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </FieldFrame>
      {repeated.length > 0 && (
        <p className={styles.quiet}>{t("repeated", { names: listed([...new Set(repeated)], language) })}</p>
      )}
    </Dialog>
  );
}
