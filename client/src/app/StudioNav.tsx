import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { AREA_PLACES, AREAS } from "@/features/studio/shell/areas";
import styles from "./Shell.module.css";

/** The side navigation while one is in the studio. */
export default function StudioNav() {
  const { t } = useTranslation("studio");
  return (
    <div className={styles.menu}>
      <Link to="/" className={styles.item}>
        <ArrowLeft size={17} aria-hidden="true" />
        <span>{t("back")}</span>
      </Link>
      <div className={styles.heading}>{t("title")}</div>
      {AREAS.map((area) => {
        const { to, icon: Icon } = AREA_PLACES[area];
        return (
          <Link
            key={area}
            to={to}
            className={styles.item}
            data-tour={`studio.${area}`}
            activeOptions={{ exact: area === "apps" }}
          >
            <Icon size={17} aria-hidden="true" />
            <span>{t(`areas.${area}.title`)}</span>
          </Link>
        );
      })}
    </div>
  );
}
