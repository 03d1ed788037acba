import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { FieldFrame, NativeSelect, TextInput } from "@/ui/controls";
import { Dialog } from "@/ui/Dialog";
import { colourVariables, Notice } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../shell/values";
import styles from "./Processes.module.css";
import { blank, FIRST, fromProcess, fromTemplate, TEMPLATES, type TemplateName, templateStages } from "./templates";
import { useNewThing } from "./useProcess";

interface NewProcessDialogProps {
  entity?: string | undefined;
  onClose: () => void;
}

/** Makes a process for a form that has none: from nothing, a template, or another process. */
export function NewProcessDialog({ entity: given, onClose }: NewProcessDialogProps) {
  const { t } = useTranslation(["processes", "common"]);
  const { definitions, edit } = useDraft();
  const language = useLanguage();
  const navigate = useNavigate();
  const fresh = useNewThing();
  const processes = definitions.processes ?? [];
  const staged = new Set(processes.map((each) => each.entity));
  const free = (definitions.entities ?? []).filter((each) => !each.parent && !staged.has(each.key));
  const [entity, setEntity] = useState(given ?? free[0]?.key ?? "");
  const [name, setName] = useState("");
  const [from, setFrom] = useState("blank");
  const [busy, setBusy] = useState(false);
  const entityName = labelText(free.find((each) => each.key === entity)?.label, language, entity);
  const make = async () => {
    const typed = name.trim() || t("processes:process.defaultName", { entity: entityName });
    setBusy(true);
    const key = await fresh.key(
      typed,
      processes.map((each) => each.key),
      `${entity}_flow`.slice(0, 40),
    );
    const label = fresh.label(typed);
    const source = processes.find((each) => `process:${each.key}` === from);
    const made = source
      ? fromProcess(source, key, label, entity)
      : from === "blank"
        ? blank(key, label, entity, FIRST)
        : fromTemplate(from as TemplateName, key, label, entity);
    edit([{ op: "put", path: ["processes", key], value: made }], t("processes:did.added", { what: typed }));
    onClose();
    void navigate({ to: "/studio/processes/$process", params: { process: key } });
  };
  const stages =
    from === "blank"
      ? [{ key: "new", ...FIRST, colour: "grey" }]
      : from.startsWith("process:")
        ? (processes.find((each) => `process:${each.key}` === from)?.stages ?? []).map((each) => ({
            key: each.key,
            zh: labelText(each.label, "zh", each.key),
            en: labelText(each.label, "en", each.key),
            colour: each.colour ?? "blue",
          }))
        : templateStages(from as TemplateName);
  return (
    <Dialog
      title={t("processes:new.title")}
      width={560}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      onSubmit={() => void make()}
      foot={
        <>
          <Button onClick={onClose}>{t("common:actions.cancel")}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={!entity}>
            {t("processes:new.make")}
          </Button>
        </>
      }
    >
      <div style={{ display: "grid", gap: 14 }}>
        {free.length === 0 && <Notice kind="info">{t("processes:new.noEntity")}</Notice>}
        <FieldFrame label={t("processes:new.entity")} required>
          {(ids) => (
            <NativeSelect {...ids} value={entity} onChange={(event) => setEntity(event.target.value)}>
              {free.map((each) => (
                <option key={each.key} value={each.key}>
                  {labelText(each.label, language, each.key)}
                </option>
              ))}
            </NativeSelect>
          )}
        </FieldFrame>
        <FieldFrame label={t("processes:process.name")}>
          {(ids) => (
            <TextInput
              {...ids}
              data-autofocus
              value={name}
              placeholder={t("processes:process.defaultName", { entity: entityName })}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </FieldFrame>
        <FieldFrame label={t("processes:new.from")}>
          {(ids) => (
            <NativeSelect {...ids} value={from} onChange={(event) => setFrom(event.target.value)}>
              <option value="blank">{t("processes:new.blank")}</option>
              {TEMPLATES.map((each) => (
                <option key={each} value={each}>
                  {t(`processes:templates.${each}`)}
                </option>
              ))}
              {processes.map((each) => (
                <option key={each.key} value={`process:${each.key}`}>
                  {t("processes:new.like", { process: labelText(each.label, language, each.key) })}
                </option>
              ))}
            </NativeSelect>
          )}
        </FieldFrame>
        <ol className={styles.preview} aria-label={t("processes:stages")}>
          {stages.map((each) => (
            <li key={each.key} style={colourVariables(each.colour)}>
              {language === "en" ? each.en : each.zh}
            </li>
          ))}
        </ol>
      </div>
    </Dialog>
  );
}
