import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { Check } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import styles from "./Views.module.css";

interface RolesProps {
  value: string[];
  /** What nobody in particular means. */
  everybody: string;
  onChange: (value: string[]) => void;
}

/** The roles that something is for; none chosen: everybody. */
export function RoleChoice({ value, everybody, onChange }: RolesProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const { definitions } = useDraft();
  const roles = [
    { key: "admin", label: t("admin") },
    ...(definitions.roles ?? []).map(({ key, label }) => ({ key, label: labelText(label, language) || key })),
  ];
  return (
    <fieldset className={styles.roles}>
      <legend>{t("roles")}</legend>
      {roles.map((role) => (
        <Check
          key={role.key}
          checked={value.includes(role.key)}
          onChange={(on) => onChange(on ? [...value, role.key] : value.filter((each) => each !== role.key))}
        >
          {role.label}
        </Check>
      ))}
      {value.length === 0 && <p className={styles.hint}>{everybody}</p>}
    </fieldset>
  );
}
