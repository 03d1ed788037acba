import { LocateFixed } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { toast } from "@/ui/toast";
import styles from "../fields.module.css";
import { EmptinessFilter } from "../filters/EmptinessFilter";
import type { EditProps, FieldEditor } from "../module";
import { placeOf } from "./values";

function LocationEdit({ value, onChange, ids }: EditProps) {
  const { t } = useTranslation("records");
  const [busy, setBusy] = useState(false);
  const place = placeOf(value);
  const locate = () => {
    setBusy(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        setBusy(false);
        onChange({
          lat: coords.latitude,
          lng: coords.longitude,
          accuracy: coords.accuracy,
          at: new Date(timestamp).toISOString(),
        });
      },
      () => {
        setBusy(false);
        toast.error(t("place.failed"));
      },
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  };
  return (
    <div className={styles.editRow}>
      <Button id={ids.id} icon={<LocateFixed size={15} />} busy={busy} onClick={locate}>
        {place ? t("place.again") : t("place.locate")}
      </Button>
      {place && <span>{`${place.lat.toFixed(5)}, ${place.lng.toFixed(5)}`}</span>}
      {place && (
        <Button kind="quiet" small onClick={() => onChange(null)}>
          {t("place.clear")}
        </Button>
      )}
    </div>
  );
}

export const location: FieldEditor = { Edit: LocationEdit, Filter: EmptinessFilter };
