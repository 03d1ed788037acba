import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import SignaturePad from "signature_pad";
import { fileUrl, uploadFile } from "@/api/process";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { toast } from "@/ui/toast";
import styles from "../fields.module.css";
import type { EditProps } from "../module";
import { asValue, filesOf } from "./values";

/** Draws at the screen's own resolution and keeps the stroke as a picture. */
export default function SignatureEditor({ field, value, onChange, display }: EditProps) {
  const { t } = useTranslation("records");
  const errorText = useErrorText();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const [busy, setBusy] = useState(false);
  const signed = filesOf(value, display)[0];
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    const ratio = Math.max(window.devicePixelRatio, 1);
    element.width = element.offsetWidth * ratio;
    element.height = element.offsetHeight * ratio;
    element.getContext("2d")?.scale(ratio, ratio);
    pad.current = new SignaturePad(element);
    return () => pad.current?.off();
  }, []);
  const keep = () => {
    if (!canvas.current || pad.current?.isEmpty()) return;
    setBusy(true);
    canvas.current.toBlob((blob) => {
      if (!blob) return;
      uploadFile(new File([blob], "signature.png", { type: "image/png" }))
        .then((file) => onChange(asValue(file)))
        .catch((error: unknown) => toast.error(errorText(error)))
        .finally(() => setBusy(false));
    }, "image/png");
  };
  if (signed) {
    return (
      <div className={styles.editRow}>
        <img className={styles.signature} src={fileUrl(signed.id)} alt={field.label} />
        <Button small onClick={() => onChange(null)}>
          {t("signature.again")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.drop}>
      <canvas ref={canvas} className={styles.pad} aria-label={t("signature.here")} />
      <div className={styles.editRow}>
        <Button small busy={busy} onClick={keep}>
          {t("signature.keep")}
        </Button>
        <Button small kind="quiet" onClick={() => pad.current?.clear()}>
          {t("signature.clear")}
        </Button>
      </div>
    </div>
  );
}
