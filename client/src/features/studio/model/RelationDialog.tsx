import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { SelectProperty } from "../parts/PropertyPanel";
import styles from "./Model.module.css";
import { useModelEdits } from "./useModelEdits";

interface RelationDialogProps {
  source: string;
  target: string;
  onClose: () => void;
}

/** Asks what a new relation is called and how many records it leads to, in the words of the two forms. */
export function RelationDialog({ source: from, target: to, onClose }: RelationDialogProps) {
  const { t } = useTranslation(["model", "common"]);
  const edits = useModelEdits();
  const [source, setSource] = useState(from);
  const [target, setTarget] = useState(to);
  const [many, setMany] = useState(false);
  const [label, setLabel] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const options = edits.entities.map((each) => ({ value: each.key, label: edits.name(each.label, each.key) }));
  const sourceName = edits.name(edits.entity(source)?.label);
  const targetName = edits.name(edits.entity(target)?.label);
  const shown = label ?? targetName;
  const isReady = Boolean(source && target && shown.trim());
  const add = async () => {
    if (!isReady || busy) return;
    setBusy(true);
    await edits.addRelation({ source, target, label: shown.trim(), many });
    onClose();
  };
  return (
    <Dialog
      title={t("addRelation")}
      width={460}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={() => void add()}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={!isReady}>
            {t("common:actions.add")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <SelectProperty label={t("from")} value={source} options={options} onChange={setSource} required />
        <SelectProperty label={t("to")} value={target} options={options} onChange={setTarget} required />
        <FieldFrame label={t("relationName")} help={t("relationNameHelp", { source: sourceName })} required>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus={from && to ? true : undefined}
              maxLength={60}
              value={shown}
              onChange={(event) => setLabel(event.target.value)}
            />
          )}
        </FieldFrame>
        {source && target && (
          <fieldset className={styles.choice}>
            <legend>{t("howMany")}</legend>
            {[false, true].map((value) => (
              <label key={String(value)}>
                <input type="radio" name="many" checked={many === value} onChange={() => setMany(value)} />
                {t(value ? "manyWords" : "oneWords", { source: sourceName, target: targetName })}
              </label>
            ))}
          </fieldset>
        )}
      </div>
    </Dialog>
  );
}
