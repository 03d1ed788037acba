import { useTranslation } from "react-i18next";
import { classes } from "@/ui/classes";
import { ICON_CHOICES, iconOf } from "@/ui/icons";
import styles from "./parts.module.css";

interface IconChoiceProps {
  label: string;
  value: string;
  /** For a narrow panel: smaller, and scrolled. */
  dense?: boolean;
  onChange: (icon: string) => void;
}

/** One picture out of those that definitions may name, each shown once. */
export function IconChoice({ label, value, dense = false, onChange }: IconChoiceProps) {
  const { t } = useTranslation("parts");
  return (
    <fieldset className={classes(styles.icons, dense && styles.dense)}>
      <legend>{label}</legend>
      <div>
        {ICON_CHOICES.map((name) => {
          const Icon = iconOf(name);
          return (
            <button
              key={name}
              type="button"
              title={t(`icons.${name}`)}
              aria-label={t(`icons.${name}`)}
              aria-pressed={Icon === iconOf(value)}
              onClick={() => onChange(name)}
            >
              <Icon size={dense ? 16 : 18} aria-hidden="true" />
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
