import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/api/session";
import { changeLanguage } from "@/i18n";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { NewPasswordForm } from "./NewPasswordForm";
import styles from "./SignIn.module.css";
import { SignInForm } from "./SignInForm";

function Story() {
  const { t } = useTranslation(["common", "session"]);
  const points = t("session:signIn.points", { returnObjects: true });
  return (
    <div className={styles.story}>
      <div className={styles.mark}>
        <img src="/icon.svg" alt="" width={36} height={36} />
        {t("product")}
      </div>
      <div>
        <p className={styles.tagline}>{t("tagline")}</p>
        <svg className={styles.path} viewBox="0 0 440 120" fill="none" aria-hidden="true">
          <path d="M4 112h84V86h84V60h84V34h84V12h72" strokeWidth="2" strokeLinejoin="round" strokeLinecap="round" />
          <circle cx="412" cy="12" r="7" />
        </svg>
      </div>
      <ul className={styles.points}>
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </div>
  );
}

export function SignInPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const session = useSession();
  const navigate = useNavigate();
  const { to } = useSearch({ from: "/sign-in" });
  const mustChange = session?.member.must_change_password ?? false;
  const isIn = session !== null && !mustChange;
  useEffect(() => {
    if (isIn) void navigate({ to: to ?? "/", replace: true });
  }, [isIn, navigate, to]);
  return (
    <main className={styles.page}>
      <Story />
      <div className={styles.side}>
        <Button
          kind="quiet"
          className={styles.language}
          onClick={() => void changeLanguage(language === "zh" ? "en" : "zh")}
        >
          {t("nav.switchLanguage")}
        </Button>
        {mustChange ? <NewPasswordForm /> : <SignInForm />}
      </div>
    </main>
  );
}
