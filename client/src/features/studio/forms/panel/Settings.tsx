import { useTranslation } from "react-i18next";
import type { Setting } from "@/api/forms";
import type { Field, Label } from "@/api/types/studio";
import { DayPicker, MomentPicker } from "@/fields/date/pickers";
import { FieldFrame } from "@/ui/controls";
import { ContentTypes } from "../../parts/ContentTypes";
import { LabelField } from "../../parts/LabelField";
import { NumberProperty, SelectProperty, SwitchProperty, TextProperty } from "../../parts/PropertyPanel";
import { useDesigner } from "../useDesigner";
import { ChoicesSetting } from "./ChoicesSetting";
import { LinkedSetting } from "./LinkedSetting";
import { NumberingSetting } from "./NumberingSetting";
import { RowsSetting } from "./RowsSetting";
import { useField } from "./useField";

export interface SettingProps {
  setting: Setting;
  field: Field;
  value: unknown;
  onChange: (value: unknown) => void;
  problem?: string | undefined;
}

const textOf = (value: unknown) => (value === undefined || value === null ? "" : String(value));

function DateSetting({ setting, value, onChange, problem }: SettingProps) {
  const Picker = setting.kind === "date_time" ? MomentPicker : DayPicker;
  return (
    <FieldFrame label={setting.label} help={setting.help} error={problem ?? null}>
      {(ids) => <Picker ids={ids} value={textOf(value)} onChange={(next) => onChange(next ?? "")} />}
    </FieldFrame>
  );
}

/** The control of one setting, by its kind alone: what is not known here is a text. */
function OneSetting(props: SettingProps) {
  const { setting, field, value, onChange, problem } = props;
  const { t } = useTranslation("forms");
  const shared = { label: setting.label, help: setting.help ?? undefined, problem };
  switch (setting.kind) {
    case "integer":
    case "number":
      return (
        <NumberProperty
          {...shared}
          value={value === undefined || value === null ? undefined : Number(value)}
          onChange={onChange}
          isWhole={setting.kind === "integer"}
          min={setting.minimum ?? undefined}
          max={setting.maximum ?? undefined}
          placeholder={setting.default === null ? t("settings.noLimit") : textOf(setting.default)}
        />
      );
    case "switch":
      return <SwitchProperty {...shared} value={value === true} onChange={onChange} />;
    case "label":
      return <LabelField {...shared} value={value as Label | undefined} onChange={onChange} />;
    case "choice":
      return (
        <SelectProperty
          {...shared}
          value={textOf(value ?? setting.default)}
          onChange={(next) => onChange(next === setting.default ? undefined : next)}
          options={setting.choices}
        />
      );
    case "date":
    case "date_time":
      return <DateSetting {...props} />;
    case "texts":
      if (setting.key === "content_types")
        return (
          <ContentTypes
            {...shared}
            family={field.type === "file" ? undefined : field.type === "signature" ? "image" : field.type}
            value={Array.isArray(value) ? value.map(String) : []}
            onChange={onChange}
          />
        );
      return (
        <TextProperty
          {...shared}
          value={Array.isArray(value) ? value.join(", ") : ""}
          onChange={(text) => {
            const all = text.split(/[,，\s]+/).filter(Boolean);
            onChange(all.length > 0 ? all : undefined);
          }}
        />
      );
    case "text":
      return (
        <TextProperty {...shared} value={textOf(value)} placeholder={textOf(setting.default)} onChange={onChange} />
      );
    case "numbering":
      return <NumberingSetting {...props} />;
    case "child_entity":
      return <RowsSetting {...props} />;
    default:
      return <LinkedSetting {...props} />;
  }
}

/** The settings of a field's type, made from the server's description of them. */
export function Settings({ field }: { field: Field }) {
  const { typeOf, identityOf } = useDesigner();
  const { putOption, problem } = useField(field);
  const type = typeOf(field.type);
  if (!type) return null;
  const own = type.settings.filter((each) => !["set", "options"].includes(each.key));
  return (
    <>
      {type.takes.choices && <ChoicesSetting key={identityOf(field)} field={field} />}
      {own.map((setting) => (
        <OneSetting
          key={`${identityOf(field)}/${setting.key}`}
          setting={setting}
          field={field}
          value={field.options?.[setting.key]}
          onChange={(value) => putOption(setting.key, value)}
          problem={problem("options", setting.key)}
        />
      ))}
    </>
  );
}

/** The settings of the type of a computed result. */
export function FormatSettings({
  field,
  type,
  value,
  onChange,
}: {
  field: Field;
  type: string;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const { typeOf, identityOf } = useDesigner();
  const settings = typeOf(type)?.settings.filter((each) => ["scale", "currency", "unit"].includes(each.key)) ?? [];
  const format = (value ?? {}) as Record<string, unknown>;
  return (
    <>
      {settings.map((setting) => (
        <OneSetting
          key={`${identityOf(field)}/${setting.key}`}
          setting={setting}
          field={field}
          value={format[setting.key]}
          onChange={(next) => {
            const { [setting.key]: _, ...rest } = format;
            const changed =
              next === undefined || next === null || next === "" ? rest : { ...rest, [setting.key]: next };
            onChange(Object.keys(changed).length > 0 ? changed : undefined);
          }}
        />
      ))}
    </>
  );
}
