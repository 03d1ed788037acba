import { Copy, Download, ExternalLink, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { saveBlob } from "@/api/client";
import { usePublicSteps } from "@/api/entrances";
import type { PublicFormEntry } from "@/api/types/entrances";
import { Button, buttonClass } from "@/ui/Button";
import { QrCode, qrFile } from "@/ui/QrCode";
import { Panel } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { Confirm } from "@/views/dialogs/Confirm";
import styles from "./Public.module.css";

/** The address of a published form and its picture for posters and cards. */
export function SharePanel({ entry }: { entry: PublicFormEntry }) {
  const { t } = useTranslation("entrances");
  const { renew } = usePublicSteps();
  const [asking, setAsking] = useState(false);
  const url = `${window.location.origin}/f/${entry.token}`;
  const copy = () => void navigator.clipboard?.writeText(url).then(() => toast.done(t("public.copied")));
  return (
    <Panel title={t("public.link")}>
      <div className={styles.share}>
        <QrCode text={url} label={t("public.qr")} className={styles.qr} />
        <div className={styles.link}>
          <code>{url}</code>
          <div className={styles.buttons}>
            <Button icon={<Copy size={15} />} onClick={copy}>
              {t("public.copy")}
            </Button>
            <a className={buttonClass("plain")} href={url} target="_blank" rel="noreferrer">
              <ExternalLink size={15} aria-hidden="true" />
              {t("public.preview")}
            </a>
            <Button icon={<Download size={15} />} onClick={() => saveBlob(qrFile(url), `${entry.key}.svg`)}>
              {t("public.download")}
            </Button>
            <Button kind="quiet" icon={<RefreshCw size={15} />} onClick={() => setAsking(true)}>
              {t("public.renew")}
            </Button>
          </div>
          <p className={styles.quiet}>{t("public.tally", { ...entry.tally })}</p>
        </div>
      </div>
      {asking && (
        <Confirm
          title={t("public.renew")}
          text={t("public.renewText")}
          confirm={t("public.renew")}
          onConfirm={() => {
            renew.mutate(entry.key);
            setAsking(false);
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Panel>
  );
}
