import { ShieldCheck, ShieldOff } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe, useTotp } from "@/api/session";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { Notice, Panel } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Account.module.css";

/** Turning the second factor on and off. */
export function TotpPanel() {
  const { t } = useTranslation("session");
  const errorText = useErrorText();
  const me = useMe();
  const { begin, confirm, stop } = useTotp();
  const [code, setCode] = useState("");
  const offer = me.totp ? undefined : begin.data;
  const error = begin.error ?? confirm.error ?? stop.error;
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
        {error && <Notice kind="danger">{errorText(error)}</Notice>}
        <Notice kind={me.totp ? "success" : "info"}>{t(me.totp ? "account.totpOn" : "account.totpOff")}</Notice>
        {!me.totp && !offer && (
          <div>
            <Button icon={<ShieldCheck size={16} />} busy={begin.isPending} onClick={() => begin.mutate()}>
              {t("account.totpBegin")}
            </Button>
          </div>
        )}
        {offer && (
          <>
            <p>{t("account.totpScan")}</p>
            <div className={styles.secret}>
              <span className="visually-hidden">{t("account.totpSecret")}</span>
              {offer.secret}
            </div>
            <a href={offer.uri}>{t("account.totpLink")}</a>
            <FieldFrame label={t("signIn.code")}>
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
          <div>
            <Button
              icon={<ShieldOff size={16} />}
              busy={stop.isPending}
              onClick={() => stop.mutate(undefined, { onSuccess: () => toast.done(t("account.totpStopped")) })}
            >
              {t("account.totpStop")}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
