import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, Op, View } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { manyOf } from "@/model/plural";
import { Button } from "@/ui/Button";
import { Check, FieldFrame, NativeSelect, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { distinctKey, makeKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { labelText, newLabel } from "../parts/labels";

interface NewFormDialogProps {
  onClose: () => void;
  onMake: (key: string, ops: Op[], label: string) => void;
}

/** Asks what the new form is called; it begins with a name field and a list that shows its records. */
export function NewFormDialog({ onClose, onMake }: NewFormDialogProps) {
  const { t } = useTranslation(["forms", "common"]);
  const { definitions } = useDraft();
  const language = useLanguage();
  const [label, setLabel] = useState("");
  const [first, setFirst] = useState(t("forms:new.firstDefault"));
  const [withList, setWithList] = useState(true);
  const apps = definitions.apps ?? [];
  const [chosenApp, setApp] = useState("");
  const app = apps.find((each) => each.key === chosenApp) ?? apps[0];
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  const make = async () => {
    const name = label.trim();
    if (!name) return setWrong(true);
    setBusy(true);
    const key = await makeKey(
      name,
      (definitions.entities ?? []).map((each) => each.key),
      "form",
    );
    const title = {
      key: "name",
      label: newLabel(first.trim() || t("forms:new.firstDefault"), language),
      type: "text",
      required: true,
    };
    const entity: Entity = {
      key,
      label: newLabel(name, language),
      title: "name",
      fields: [{ ...title, searchable: true }],
    };
    const ops: Op[] = [{ op: "put", path: ["entities", key], value: entity }];
    if (withList) ops.push(...listOps(key, name));
    onMake(key, ops, name);
  };
  const listOps = (entity: string, name: string): Op[] => {
    const key = distinctKey(
      `${entity.slice(0, 35)}_all`,
      (definitions.views ?? []).map((each) => each.key),
    );
    const value: View = {
      key,
      label: newLabel(t("forms:new.list", { name: manyOf(name, language) }), language),
      entity,
    };
    const item =
      app &&
      distinctKey(
        entity.slice(0, 36),
        (app.menu ?? []).map((each) => each.key),
      );
    return [
      { op: "put", path: ["views", key], value },
      ...(app && item
        ? [
            {
              op: "put",
              path: ["apps", app.key, "menu", item],
              value: { key: item, label: newLabel(name, language), view: key },
            } as Op,
          ]
        : []),
    ];
  };
  return (
    <Dialog
      title={t("forms:new.title")}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={() => void make()}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={isBusy}>
            {t("forms:new.create")}
          </Button>
        </>
      }
    >
      <div style={{ display: "grid", gap: 16 }}>
        <FieldFrame
          label={t("forms:new.name")}
          required
          error={wrong && !label.trim() ? t("forms:new.nameNeeded") : null}
        >
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              value={label}
              placeholder={t("forms:new.nameExample")}
              onChange={(event) => setLabel(event.target.value)}
            />
          )}
        </FieldFrame>
        <FieldFrame label={t("forms:new.first")} help={t("forms:new.firstHelp")}>
          {(ids) => <TextInput {...ids} value={first} onChange={(event) => setFirst(event.target.value)} />}
        </FieldFrame>
        <Check checked={withList} onChange={setWithList}>
          {t("forms:new.withList")}
        </Check>
        {withList && app && apps.length > 1 && (
          <FieldFrame label={t("forms:new.app")}>
            {(ids) => (
              <NativeSelect {...ids} value={app.key} onChange={(event) => setApp(event.target.value)}>
                {apps.map((each) => (
                  <option key={each.key} value={each.key}>
                    {labelText(each.label, language) || each.key}
                  </option>
                ))}
              </NativeSelect>
            )}
          </FieldFrame>
        )}
      </div>
    </Dialog>
  );
}
