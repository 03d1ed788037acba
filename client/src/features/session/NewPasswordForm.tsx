import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { useChangePassword, useSession } from "@/api/session";
import { useErrorText } from "@/fields/useTexts";
import { sortProblems } from "@/model/problems";
import { Button } from "@/ui/Button";
import { FieldFrame, TextInput } from "@/ui/controls";
import { Notice } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./SignIn.module.css";

const FIELDS = new Set(["current", "password"]);

/** Changes the member's own password: at the first sign-in, and from the account page. */
export function NewPasswordForm() {
  const { t } = useTranslation("session");
  const errorText = useErrorText();
  const mustChange = useSession()?.member.must_change_password ?? false;
  const change = useChangePassword();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [tried, setTried] = useState(false);
  const problems = change.error instanceof ApiError ? sortProblems(change.error.problems, FIELDS) : null;
  const isOnField = problems !== null && Object.keys(problems.fields).length > 0;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!current || !next || next !== again) return;
    change.mutate(
      { current, password: next },
      {
        onSuccess: () => {
          for (const clear of [setCurrent, setNext, setAgain]) clear("");
          setTried(false);
          toast.done(t("password.done"));
        },
      },
    );
  };
  const box = (value: string, set: (value: string) => void, isNew: boolean) => (ids: object) => (
    <TextInput
      {...ids}
      type="password"
      autoComplete={isNew ? "new-password" : "current-password"}
      value={value}
      onChange={(event) => set(event.target.value)}
    />
  );
  return (
    <form className={styles.form} noValidate onSubmit={submit}>
      {mustChange && (
        <>
          <h1>{t("mustChange.title")}</h1>
          <p>{t("mustChange.text")}</p>
        </>
      )}
      {change.error && !isOnField && <Notice kind="danger">{errorText(change.error)}</Notice>}
      <FieldFrame
        label={t("password.current")}
        error={tried && !current ? t("password.needCurrent") : (problems?.fields.current ?? null)}
      >
        {box(current, setCurrent, false)}
      </FieldFrame>
      <FieldFrame
        label={t("password.next")}
        help={t("password.help")}
        error={tried && !next ? t("password.needNext") : (problems?.fields.password ?? null)}
      >
        {box(next, setNext, true)}
      </FieldFrame>
      <FieldFrame label={t("password.again")} error={tried && next !== again ? t("password.different") : null}>
        {box(again, setAgain, true)}
      </FieldFrame>
      <Button kind="primary" type="submit" wide busy={change.isPending}>
        {t("password.save")}
      </Button>
    </form>
  );
}
