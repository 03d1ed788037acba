import { MapPin } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Empty } from "../Empty";
import styles from "../fields.module.css";
import type { FieldView, ShowProps } from "../module";
import { placeOf } from "./values";

function PlaceCell({ value }: ShowProps) {
  const { t } = useTranslation("records");
  const place = placeOf(value);
  if (!place) return <Empty />;
  const about = place.accuracy === null ? "" : ` ${t("place.accuracy", { metres: Math.round(place.accuracy) })}`;
  const spot = `${place.lat.toFixed(5)}, ${place.lng.toFixed(5)}${about}`;
  return (
    <span className={styles.inline}>
      <MapPin size={14} aria-hidden="true" />
      <span className={styles.clip} title={spot}>
        {place.address ? `${place.address} · ${spot}` : spot}
      </span>
    </span>
  );
}

export const location: FieldView = { icon: MapPin, align: "start", width: 200, Cell: PlaceCell };
