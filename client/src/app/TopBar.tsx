import { Link, useNavigate } from "@tanstack/react-router";
import { Bell, ClipboardCheck, KeyRound, Languages, LogOut, Monitor, Moon, Search, Sun } from "lucide-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useChangeMe, useMe, useSignOut } from "@/api/session";
import { useAppearanceChoice } from "@/fields/useAppearanceChoice";
import { useCatalogue } from "@/fields/useCatalogue";
import { changeLanguage } from "@/i18n";
import { useLanguage } from "@/i18n/useLanguage";
import { manyOf } from "@/model/plural";
import { inSentence, listed } from "@/model/words";
import { THEMES, useAppearance } from "@/ui/appearance";
import { buttonClass, IconButton } from "@/ui/Button";
import { Menu } from "@/ui/Menu";
import { useIsPhone } from "@/ui/media";
import { Avatar } from "@/ui/surfaces";
import { Badge, useBadges } from "./Badge";
import styles from "./Shell.module.css";

const HelpMenu = lazy(() => import("./HelpMenu"));

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };

function UserMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const language = useLanguage();
  const change = useChangeMe();
  const signOut = useSignOut();
  const appearance = useAppearance();
  const look = useAppearanceChoice();
  const switchTo = async () => {
    const next = language === "zh" ? "en" : "zh";
    await changeLanguage(next);
    change.mutate({ language: next });
  };
  return (
    <Menu
      end
      label={t("nav.userMenu", { name: me.name })}
      trigger={(props) => (
        <button type="button" {...props} className={styles.user} aria-label={t("nav.userMenu", { name: me.name })}>
          <Avatar name={me.name} size={28} />
        </button>
      )}
      head={
        <div className={styles.userHead}>
          <strong>{me.name}</strong>
          <small>{[me.department?.name, ...me.roles.map((role) => role.label)].filter(Boolean).join(" · ")}</small>
        </div>
      }
      entries={[
        {
          key: "account",
          label: t("nav.account"),
          icon: <KeyRound size={16} />,
          onSelect: () => void navigate({ to: "/account" }),
        },
        {
          key: "language",
          label: t("nav.switchLanguage"),
          icon: <Languages size={16} />,
          onSelect: () => void switchTo(),
        },
        ...THEMES.map((theme, index) => {
          const Icon = THEME_ICONS[theme];
          return {
            key: theme,
            label: t(`appearance.${theme}`),
            icon: <Icon size={16} />,
            checked: appearance.theme === theme,
            ...(index === 0 ? { split: true, heading: t("appearance.theme") } : {}),
            onSelect: () => look({ theme }),
          };
        }),
        {
          key: "out",
          label: t("nav.signOut"),
          icon: <LogOut size={16} />,
          split: true,
          onSelect: () => signOut.mutate(),
        },
      ]}
    />
  );
}

const NAMED = 3;

/** What the search box offers to find: the first forms that the member sees. */
function useSearchPrompt(): string {
  const { t } = useTranslation();
  const language = useLanguage();
  const forms = useCatalogue().definitions.entities.filter((each) => !each.parent);
  if (forms.length === 0) return t("nav.searchShort");
  const names = forms.slice(0, NAMED).map((each) => inSentence(manyOf(each.label, language), language));
  return t("nav.search", { forms: listed(names, language) });
}

export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const badges = useBadges();
  const prompt = useSearchPrompt();
  return (
    <header className={styles.bar}>
      {isPhone ? (
        <Link to="/" className={styles.phoneBrand}>
          <img src="/icon.svg" alt="" width={26} height={26} />
          {t("product")}
        </Link>
      ) : (
        <button type="button" className={styles.find} data-tour="search" onClick={onSearch}>
          <Search size={15} aria-hidden="true" />
          {prompt}
          <kbd>Ctrl K</kbd>
        </button>
      )}
      <div className={styles.tools}>
        {isPhone && (
          <IconButton label={t("nav.searchShort")} data-tour="search" onClick={onSearch}>
            <Search size={19} />
          </IconButton>
        )}
        {!isPhone && (
          <span className={styles.badge}>
            <Link
              to="/tasks"
              className={buttonClass("quiet")}
              aria-label={t("nav.openTasks", { count: badges.tasks })}
              title={t("nav.tasks")}
            >
              <ClipboardCheck size={18} />
            </Link>
            <Badge value={badges.tasks} />
          </span>
        )}
        <span className={styles.badge}>
          <Link
            to="/notifications"
            className={buttonClass("quiet")}
            aria-label={t("nav.unread", { count: badges.notifications })}
            title={t("nav.notifications")}
          >
            <Bell size={18} />
          </Link>
          <Badge value={badges.notifications} />
        </span>
        <Suspense fallback={<span className={styles.helpPlace} />}>
          <HelpMenu />
        </Suspense>
        <UserMenu />
      </div>
    </header>
  );
}
