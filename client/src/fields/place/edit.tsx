import { LocateFixed } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Json } from "@/api/types";
import { Button } from "@/ui/Button";
import { TextInput } from "@/ui/controls";
import { toast } from "@/ui/toast";
import styles from "../fields.module.css";
import { EmptinessFilter } from "../filters/EmptinessFilter";
import type { EditProps, FieldEditor } from "../module";
import { placeOf, readPlace, writtenPlace } from "./values";

/** Where one stands, or a position typed by hand; the address is for whoever reads it. */
function LocationEdit({ field, value, onChange, ids }: EditProps) {
  const { t } = useTranslation("records");
  const [busy, setBusy] = useState(false);
  const [draft, setDraft] = useState<string | null>(null);
  const place = placeOf(value);
  const set = (change: Record<string, Json>) =>
    onChange({ ...(place ? (value as Record<string, Json>) : {}), ...change });
  const locate = () => {
    setBusy(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) => {
        setBusy(false);
        setDraft(null);
        set({
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
  const type = (text: string) => {
    setDraft(text);
    if (!text.trim()) return onChange(null);
    const read = readPlace(text);
    // What cannot be read is sent as it is, so that the form says what is wrong with it.
    onChange(read ? { ...read, ...(place?.address ? { address: place.address } : {}) } : text);
  };
  return (
    <div className={styles.drop}>
      <div className={`${styles.editRow} ${styles.place}`}>
        <TextInput
          {...ids}
          value={draft ?? (place ? writtenPlace(place) : typeof value === "string" ? value : "")}
          placeholder={t("place.typed")}
          autoComplete="off"
          onChange={(event) => type(event.target.value)}
          onBlur={() => setDraft(null)}
        />
        <Button icon={<LocateFixed size={15} />} busy={busy} onClick={locate}>
          {place ? t("place.again") : t("place.locate")}
        </Button>
      </div>
      {place && (
        <TextInput
          aria-label={`${field.label} · ${t("place.address")}`}
          placeholder={t("place.address")}
          autoComplete="off"
          value={place.address}
          onChange={(event) => set({ address: event.target.value })}
        />
      )}
    </div>
  );
}

export const location: FieldEditor = { Edit: LocationEdit, Filter: EmptinessFilter };
