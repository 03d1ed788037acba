import { ShieldCheck, ShieldOff } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useTotp } from "@/api/session";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { QrCode } from "@/ui/QrCode";
import { Notice, Panel } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Account.module.css";

interface ConfirmedProps {
  label: string;
  icon: ReactNode;
  busy: boolean;
  error: string | null;
  onConfirm: (password: string) => void;
}

/** A step that only the member may take: the password says so. */
function WithPassword({ label, icon, busy, error, onConfirm }: ConfirmedProps) {
  const { t } = useTranslation("session");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password) onConfirm(password);
  };
  return (
    <form className={styles.stack} noValidate onSubmit={submit}>
      <FieldFrame label={t("account.totpPassword")} error={error}>
        {(ids) => (
          <TextInput
            {...ids}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </FieldFrame>
      <div>
        <Button type="submit" icon={icon} busy={busy} disabled={!password}>
          {label}
        </Button>
      </div>
    </form>
  );
}

/** The codes for the day when the phone is gone; they are shown once. */
function RecoveryCodes({ codes }: { codes: string[] }) {
  const { t } = useTranslation("session");
  return (
    <Notice kind="warning">
      <p>{t("account.totpRecovery")}</p>
      <ul className={styles.codes}>
        {codes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** Turning the second factor on and off. */
export function TotpPanel() {
  const { t } = useTranslation("session");
  const errorText = useErrorText();
  const me = useMe();
  const { begin, confirm, stop } = useTotp();
  const [code, setCode] = useState("");
  const offer = me.totp ? undefined : begin.data;
  const told = (error: Error | null) => (error ? errorText(error) : null);
  const verify = () =>
    confirm.mutate(code, {
      onSuccess: () => {
        toast.done(t("account.totpDone"));
        setCode("");
      },
    });
  return (
    <Panel title={t("account.totp")}>
      <div className={styles.stack}>
        <Notice kind={me.totp ? "success" : "info"}>{t(me.totp ? "account.totpOn" : "account.totpOff")}</Notice>
        {me.totp && confirm.data && <RecoveryCodes codes={confirm.data.recovery_codes} />}
        {!me.totp && !offer && (
          <WithPassword
            key="begin"
            label={t("account.totpBegin")}
            icon={<ShieldCheck size={16} />}
            busy={begin.isPending}
            error={told(begin.error)}
            onConfirm={(password) => begin.mutate(password)}
          />
        )}
        {offer && (
          <>
            <p>{t("account.totpScan")}</p>
            <QrCode text={offer.uri} label={t("account.totpCode")} className={styles.qr} />
            <div className={styles.secret}>
              <span className="visually-hidden">{t("account.totpSecret")}</span>
              {offer.secret.match(/.{1,4}/g)?.join(" ")}
            </div>
            <a href={offer.uri}>{t("account.totpLink")}</a>
            <FieldFrame label={t("signIn.code")} error={told(confirm.error)}>
              {(ids) => (
                <TextInput
                  {...ids}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  maxLength={6}
                  value={code}
                  onChange={(event) => setCode(event.target.value.replace(/\D/g, ""))}
                />
              )}
            </FieldFrame>
            <div>
              <Button kind="primary" disabled={code.length !== 6} busy={confirm.isPending} onClick={verify}>
                {t("account.totpConfirm")}
              </Button>
            </div>
          </>
        )}
        {me.totp && (
          <WithPassword
            key="stop"
            label={t("account.totpStop")}
            icon={<ShieldOff size={16} />}
            busy={stop.isPending}
            error={told(stop.error)}
            onConfirm={(password) =>
              stop.mutate(password, {
                onSuccess: () => {
                  begin.reset();
                  confirm.reset();
                  toast.done(t("account.totpStopped"));
                },
              })
            }
          />
        )}
      </div>
    </Panel>
  );
}
