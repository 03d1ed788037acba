import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EvidenceSlot, Stage } from "@/api/types/studio";
import { Button, IconButton } from "@/ui/Button";
import { LabelField } from "../parts/LabelField";
import { NumberProperty, SelectProperty, SwitchProperty } from "../parts/PropertyPanel";
import { put, slotKeys, stagePath } from "./edits";
import { fitting, KINDS, type Kind } from "./evidence";
import { NameDialog } from "./NameDialog";
import styles from "./Processes.module.css";
import { type ProcessHandle, useNewThing } from "./useProcess";
import { ValidatorFields } from "./ValidatorFields";

interface SlotProps {
  handle: ProcessHandle;
  stage: Stage;
  slot: EvidenceSlot;
}

function Slot({ handle, stage, slot }: SlotProps) {
  const { t } = useTranslation("processes");
  const { process, edit } = handle;
  const name = handle.text(slot.label, slot.key);
  const path = (...rest: string[]) => stagePath(process, stage.key, "evidence", slot.key, ...rest);
  const set = (setting: keyof EvidenceSlot, value: unknown) =>
    edit([put(path(setting), value)], t("did.set", { what: t("evidence.title"), of: name }));
  return (
    <li className={styles.card}>
      <header className={styles.cardHead}>
        <strong>{name}</strong>
        <IconButton
          label={t("evidence.remove", { name })}
          onClick={() => edit([{ op: "drop", path: path() }], t("did.removed", { what: name }))}
        >
          <Trash2 size={15} />
        </IconButton>
      </header>
      <LabelField label={t("evidence.name")} value={slot.label} onChange={(label) => label && set("label", label)} />
      <div className={styles.pair}>
        <SelectProperty
          label={t("evidence.kind")}
          value={slot.kind}
          options={KINDS.map((each) => ({ value: each, label: t(`evidence.kinds.${each}`) }))}
          onChange={(kind) =>
            edit(
              [put(path("kind"), kind), put(path("validators"), fitting(slot, kind as Kind))],
              t("did.set", { what: t("evidence.kind"), of: name }),
            )
          }
        />
        <NumberProperty
          label={t("evidence.minimum")}
          isWhole
          min={1}
          max={100}
          value={slot.minimum ?? 1}
          onChange={(value) => set("minimum", value === 1 ? undefined : value)}
        />
      </div>
      <SwitchProperty
        label={t("evidence.required")}
        value={slot.required ?? true}
        onChange={(value) => set("required", value ? undefined : false)}
      />
      <ValidatorFields handle={handle} slot={slot} onChange={(validators) => set("validators", validators)} />
      <LabelField
        label={t("evidence.description")}
        value={slot.description}
        onChange={(description) => set("description", description)}
      />
    </li>
  );
}

/** The proofs that a record needs before it may leave a stage forwards. */
export function EvidenceEditor({ handle, stage }: { handle: ProcessHandle; stage: Stage }) {
  const { t } = useTranslation("processes");
  const [adding, setAdding] = useState(false);
  const fresh = useNewThing();
  const add = async (name: string, kind: string) => {
    const key = await fresh.key(name, slotKeys(handle.process), "evidence");
    const slot: EvidenceSlot = { key, label: fresh.label(name), kind };
    const validators = fitting(slot, kind as Kind);
    handle.edit(
      [put(stagePath(handle.process, stage.key, "evidence", key), validators ? { ...slot, validators } : slot)],
      t("did.added", { what: name }),
    );
  };
  const slots = stage.evidence ?? [];
  return (
    <>
      {slots.length === 0 && <p className={styles.hint}>{t("evidence.none")}</p>}
      <ul className={styles.cards} aria-label={t("evidence.title")}>
        {slots.map((slot) => (
          <Slot key={slot.key} handle={handle} stage={stage} slot={slot} />
        ))}
      </ul>
      <div>
        <Button small icon={<Plus size={14} />} onClick={() => setAdding(true)}>
          {t("evidence.add")}
        </Button>
      </div>
      {adding && (
        <NameDialog
          title={t("evidence.add")}
          label={t("evidence.name")}
          hint={t("evidence.nameHint")}
          choice={{
            label: t("evidence.kind"),
            options: KINDS.map((each) => ({ value: each, label: t(`evidence.kinds.${each}`) })),
          }}
          onDone={(name, kind) => void add(name, kind)}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}
