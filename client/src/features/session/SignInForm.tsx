import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { useSignIn } from "@/api/session";
import { useErrorText } from "@/fields/useTexts";
import { Button, IconButton } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { Notice } from "@/ui/surfaces";
import styles from "./SignIn.module.css";

/** What an authenticator shows, or one of the recovery codes that were written down. */
const CODE = /^(\d{6}|[\da-z]{4,}([- ]?[\da-z]{4,})+)$/i;
const CODE_CODES = new Set(["session.code_required", "session.code_wrong"]);

function useSignInForm() {
  const signIn = useSignIn();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [askCode, setAskCode] = useState(false);
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!login.trim() || !password || (askCode && !CODE.test(code.trim()))) return;
    signIn.mutate(
      { login: login.trim(), password, ...(askCode ? { code: code.trim() } : {}) },
      {
        onError: (error) => {
          if (!(error instanceof ApiError) || !CODE_CODES.has(error.code)) return;
          setAskCode(true);
          setTried(false);
          setCode("");
        },
      },
    );
  };
  const restart = () => {
    setAskCode(false);
    setCode("");
    setPassword("");
    setTried(false);
    signIn.reset();
  };
  return { signIn, login, setLogin, password, setPassword, code, setCode, askCode, tried, submit, restart };
}

export function SignInForm() {
  const { t } = useTranslation("session");
  const errorText = useErrorText();
  const form = useSignInForm();
  const [shown, setShown] = useState(false);
  const { error } = form.signIn;
  const isAsking = error instanceof ApiError && error.code === "session.code_required";
  return (
    <form className={styles.form} noValidate onSubmit={form.submit}>
      <h1>{form.askCode ? t("signIn.codeTitle") : t("signIn.title")}</h1>
      {error && !isAsking && <Notice kind="danger">{errorText(error)}</Notice>}
      {form.askCode ? (
        <FieldFrame
          label={t("signIn.code")}
          help={t("signIn.codeHint")}
          error={form.tried && !CODE.test(form.code.trim()) ? t("signIn.needCode") : null}
        >
          {(ids) => (
            <TextInput
              {...ids}
              autoFocus
              className={styles.code}
              autoCapitalize="none"
              autoComplete="one-time-code"
              maxLength={32}
              value={form.code}
              onChange={(event) => form.setCode(event.target.value)}
            />
          )}
        </FieldFrame>
      ) : (
        <>
          <FieldFrame label={t("signIn.login")} error={form.tried && !form.login.trim() ? t("signIn.needLogin") : null}>
            {(ids) => (
              <TextInput
                {...ids}
                name="login"
                autoComplete="username"
                autoCapitalize="none"
                value={form.login}
                onChange={(event) => form.setLogin(event.target.value)}
              />
            )}
          </FieldFrame>
          <FieldFrame
            label={t("signIn.password")}
            error={form.tried && !form.password ? t("signIn.needPassword") : null}
          >
            {(ids) => (
              <div className={styles.secret}>
                <TextInput
                  {...ids}
                  name="password"
                  type={shown ? "text" : "password"}
                  autoComplete="current-password"
                  value={form.password}
                  onChange={(event) => form.setPassword(event.target.value)}
                />
                <IconButton
                  label={t(shown ? "signIn.hidePassword" : "signIn.showPassword")}
                  aria-pressed={shown}
                  onClick={() => setShown(!shown)}
                >
                  {shown ? <EyeOff size={17} /> : <Eye size={17} />}
                </IconButton>
              </div>
            )}
          </FieldFrame>
        </>
      )}
      <Button kind="primary" type="submit" wide busy={form.signIn.isPending}>
        {t("signIn.submit")}
      </Button>
      {form.askCode && (
        <Button kind="quiet" onClick={form.restart}>
          {t("signIn.other")}
        </Button>
      )}
    </form>
  );
}
