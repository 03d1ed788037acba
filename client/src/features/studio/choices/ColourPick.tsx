import { useTranslation } from "react-i18next";
import { classes } from "@/ui/classes";
import { Popup } from "@/ui/Popup";
import { colourOf, colourVariables } from "@/ui/surfaces";
import styles from "./Choices.module.css";

const COLOURS = ["grey", "blue", "cyan", "green", "lime", "gold", "orange", "red", "pink", "purple"] as const;

interface ColourPickProps {
  value: string;
  /** What is coloured. */
  name: string;
  onChange: (colour: string) => void;
}

/** A colour out of the ten that are legible in both themes. */
export function ColourPick({ value, name, onChange }: ColourPickProps) {
  const { t } = useTranslation("choices");
  const chosen = colourOf(value);
  return (
    <Popup
      label={t("colourOf", { name })}
      trigger={(props) => (
        <button
          {...props}
          type="button"
          className={styles.colour}
          style={colourVariables(chosen)}
          aria-label={t("colourIs", { name, colour: t(`colours.${chosen}`) })}
        />
      )}
    >
      {(close) => (
        <div className={styles.palette}>
          {COLOURS.map((colour) => (
            <button
              key={colour}
              type="button"
              className={classes(styles.colour, styles.large)}
              style={colourVariables(colour)}
              aria-label={t(`colours.${colour}`)}
              aria-pressed={colour === chosen}
              title={t(`colours.${colour}`)}
              onClick={() => {
                onChange(colour);
                close();
              }}
            />
          ))}
        </div>
      )}
    </Popup>
  );
}
