import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { TourStepDef } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { FieldFrame, TextInput } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../parts/labels";
import { SelectProperty } from "../parts/PropertyPanel";
import { useBuffered } from "../parts/useBuffered";
import { AREA_PLACES, AREAS } from "../shell/areas";

const NAV = ["home", "tasks", "notifications", "studio", "imports", "members", "departments", "roles"] as const;
const WAYS = ["read", "page", "click"] as const;
const EVENTS = [
  "record.created",
  "record.updated",
  "record.moved",
  "evidence.added",
  "task.done",
  "comment.added",
  "definitions.published",
] as const;
/** Events that are of a record, so that the form may be named. */
const OF_RECORDS = new Set<string>(EVENTS.slice(0, 4));

interface StepProps {
  step: TourStepDef;
  onChange: (step: TourStepDef) => void;
}

/** What one step says, where it happens, what it points to, and how the platform knows that it was done. */
export function StepEditor({ step, onChange }: StepProps) {
  const { t } = useTranslation(["tours", "common", "studio"]);
  const language = useLanguage();
  const { definitions } = useDraft();
  const put = (part: { [K in keyof TourStepDef]?: TourStepDef[K] | undefined }) =>
    onChange(
      Object.fromEntries(
        Object.entries({ ...step, ...part }).filter(([, value]) => value !== undefined && value !== ""),
      ) as unknown as TourStepDef,
    );
  const done = step.done ?? "read";
  const anchors = [
    ...(["list.new", "search", "help", "studio.review", "studio.templates"] as const).map((value) => ({
      value: value as string,
      label: t(`tours:anchors.${value.replace(".", "_") as "list_new"}`),
    })),
    ...NAV.map((each) => ({ value: `nav.${each}`, label: t("tours:inMenu", { name: t(`common:nav.${each}`) }) })),
    ...AREAS.map((each) => ({
      value: `studio.${each}`,
      label: t("tours:inStudio", { name: t(`studio:areas.${each}.title`) }),
    })),
  ];
  return (
    <>
      <LabelField
        label={t("tours:stepName")}
        required
        value={step.label}
        onChange={(label) => put({ label: label ?? { zh: "" } })}
      />
      <LabelField
        label={t("tours:stepText")}
        required
        rows={3}
        value={step.text}
        onChange={(text) => put({ text: text ?? { zh: "" } })}
      />
      <PageField value={step.page ?? ""} onChange={(page) => put({ page })} />
      <SelectProperty
        label={t("tours:anchor")}
        value={step.anchor ?? ""}
        empty={t("tours:noAnchor")}
        options={anchors}
        onChange={(anchor) => put({ anchor })}
      />
      <SelectProperty
        label={t("tours:done")}
        value={done}
        options={[...WAYS, ...EVENTS].map((value) => ({
          value,
          label: t(`tours:ways.${value.replace(".", "_") as "read"}`),
        }))}
        onChange={(value) =>
          put({
            done: value === "read" ? undefined : value,
            entity: OF_RECORDS.has(value) ? step.entity : undefined,
          })
        }
      />
      {OF_RECORDS.has(done) && (
        <SelectProperty
          label={t("tours:entity")}
          value={step.entity ?? ""}
          empty={t("tours:anyForm")}
          options={(definitions.entities ?? []).map(({ key, label }) => ({
            value: key,
            label: labelText(label, language),
          }))}
          onChange={(entity) => put({ entity })}
        />
      )}
    </>
  );
}

/** The address that a step happens on, with those of the workspace to choose from. */
function PageField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation(["tours", "common", "studio"]);
  const language = useLanguage();
  const { definitions } = useDraft();
  const list = useId();
  const buffered = useBuffered(value, onChange);
  const places = [
    { to: "/", name: t("common:nav.home") },
    { to: "/tasks", name: t("common:nav.tasks") },
    { to: "/notifications", name: t("common:nav.notifications") },
    { to: "/v/*", name: t("tours:anyView") },
    ...(definitions.views ?? []).map((each) => ({ to: `/v/${each.key}`, name: labelText(each.label, language) })),
    ...AREAS.map((each) => ({ to: AREA_PLACES[each].to, name: t(`studio:areas.${each}.title`) })),
  ];
  return (
    <FieldFrame label={t("tours:page")} help={t("tours:pageHelp")}>
      {(ids) => (
        <>
          <TextInput
            {...ids}
            list={list}
            value={buffered.value}
            placeholder={t("tours:noPage")}
            onChange={(event) => buffered.set(event.target.value)}
            onBlur={buffered.flush}
          />
          <datalist id={list}>
            {places.map((each) => (
              <option key={each.to} value={each.to}>
                {each.name}
              </option>
            ))}
          </datalist>
        </>
      )}
    </FieldFrame>
  );
}
