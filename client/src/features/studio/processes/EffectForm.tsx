import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Effect } from "@/api/types/studio";
import { IconButton } from "@/ui/Button";
import { FormulaField } from "../formula/FormulaField";
import { LabelField } from "../parts/LabelField";
import { NumberProperty, SelectProperty } from "../parts/PropertyPanel";
import { FieldsChoice, fillable, useRoleOptions, WhomChoice } from "./Choices";
import { CalendarChoice } from "./LimitEditor";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

interface EffectFormProps {
  handle: ProcessHandle;
  effect: Effect;
  /** Of a new record, not of a move. */
  atStart: boolean;
  onChange: (effect: Effect) => void;
}

interface PartProps extends EffectFormProps {
  set: (part: Partial<{ [K in keyof Effect]: Effect[K] | undefined }>) => void;
}

function Hours({ effect, set, label, optional }: PartProps & { label: string; optional?: boolean }) {
  return (
    <div className={styles.pair}>
      <NumberProperty
        label={label}
        min={0.1}
        max={100_000}
        value={effect.hours}
        onChange={(hours) => (hours !== undefined || optional) && set({ hours })}
      />
      <CalendarChoice
        value={effect.calendar}
        onChange={(calendar) => set({ calendar: calendar === "calendar" ? undefined : calendar })}
      />
    </div>
  );
}

function CardTexts({ handle, effect, set }: PartProps) {
  const { t } = useTranslation("processes");
  return (
    <>
      <LabelField label={t("effects.goal")} rows={2} value={effect.goal} onChange={(goal) => set({ goal })} />
      <LabelField
        label={t("effects.nextStep")}
        rows={2}
        value={effect.next_step}
        onChange={(next_step) => set({ next_step })}
      />
      <FieldsChoice
        handle={handle}
        computed
        label={t("effects.background")}
        placeholder={t("effects.ownBackground")}
        value={effect.background}
        onChange={(background) => set({ background })}
      />
    </>
  );
}

function TaskForm(props: PartProps) {
  const { handle, effect, atStart, set } = props;
  const { t } = useTranslation("processes");
  const roles = useRoleOptions(handle);
  const members = handle.fields
    .filter((each) => each.type === "user")
    .map((each) => ({ value: each.key, label: handle.text(each.label, each.key) }));
  return (
    <>
      <LabelField
        label={t("effects.taskTitle")}
        required
        value={effect.title}
        onChange={(title) => title && set({ title })}
      />
      <SelectProperty
        label={t("effects.role")}
        help={t("effects.roleHelp")}
        value={effect.role ?? ""}
        empty={t("effects.noRole")}
        options={roles}
        onChange={(role) => set(role ? { role } : { role: undefined, into: undefined, to: effect.to ?? "supervisor" })}
      />
      <WhomChoice
        handle={handle}
        all
        label={t(effect.role ? "effects.otherwise" : "effects.to")}
        value={effect.to}
        {...(effect.role ? { empty: t("whom.supervisor") } : {})}
        onChange={(to) => set({ to })}
      />
      {!atStart && effect.role && members.length > 0 && (
        <SelectProperty
          label={t("effects.into")}
          value={effect.into ?? ""}
          empty={t("effects.nowhere")}
          options={members}
          onChange={(into) => set({ into: into || undefined })}
        />
      )}
      <Hours {...props} label={t("effects.due")} optional />
      <CardTexts {...props} />
    </>
  );
}

function SetForm({ handle, effect, onChange }: PartProps) {
  const { t } = useTranslation("processes");
  const values = effect.values ?? {};
  const left = fillable(handle.fields).filter((each) => !(each.key in values) && each.type !== "sub_table");
  const name = (key: string) => handle.text(handle.fields.find((each) => each.key === key)?.label, key);
  return (
    <>
      {Object.entries(values).map(([key, formula]) => (
        <div key={key} className={styles.setRow}>
          <FormulaField
            entity={handle.process.entity}
            label={t("effects.value", { field: name(key) })}
            field={key}
            changed
            value={formula}
            onChange={(text) => onChange({ ...effect, values: { ...values, [key]: text } })}
          />
          <IconButton
            label={t("effects.unset", { field: name(key) })}
            onClick={() => {
              const { [key]: _, ...rest } = values;
              onChange({ ...effect, values: rest });
            }}
          >
            <X size={15} />
          </IconButton>
        </div>
      ))}
      <SelectProperty
        label={t("effects.field")}
        value=""
        empty={t("effects.chooseField")}
        options={left.map((each) => ({ value: each.key, label: handle.text(each.label, each.key) }))}
        onChange={(key) => key && onChange({ ...effect, values: { ...values, [key]: "BLANK()" } })}
      />
    </>
  );
}

/** The settings of one effect, by its kind. */
export function EffectForm(props: EffectFormProps) {
  const { handle, effect, onChange } = props;
  const { t } = useTranslation("processes");
  const set: PartProps["set"] = (part) => {
    const next = Object.entries({ ...effect, ...part }).filter(([, value]) => value !== undefined);
    onChange(Object.fromEntries(next) as unknown as Effect);
  };
  const part = { ...props, set };
  if (effect.do === "task") return <TaskForm {...part} />;
  if (effect.do === "set") return <SetForm {...part} />;
  if (effect.do === "freeze")
    return (
      <>
        <Hours {...part} label={t("effects.frozen")} />
        <LabelField label={t("effects.reason")} value={effect.reason} onChange={(reason) => set({ reason })} />
        <p className={styles.hint}>{t("effects.freezeHint")}</p>
      </>
    );
  if (effect.do === "lock_window")
    return (
      <>
        <Hours {...part} label={t("effects.window")} />
        <LabelField label={t("effects.windowTitle")} value={effect.title} onChange={(title) => set({ title })} />
        <CardTexts {...part} />
      </>
    );
  return (
    <>
      <WhomChoice
        handle={handle}
        all
        required
        label={t("effects.told")}
        value={effect.to}
        onChange={(to) => to && set({ to })}
      />
      <LabelField
        label={t("effects.noticeTitle")}
        help={t("effects.noticeTitleHelp")}
        value={effect.title}
        onChange={(title) => set({ title })}
      />
      <LabelField label={t("effects.noticeText")} rows={2} value={effect.text} onChange={(text) => set({ text })} />
    </>
  );
}
