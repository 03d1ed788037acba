import { useNavigate } from "@tanstack/react-router";
import {
  ArrowRight,
  Keyboard,
  KeyRound,
  Languages,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  Plus,
  Rows3,
  Rows4,
  Sun,
  Trash2,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { useChangeMe, useMe, useSignOut } from "@/api/session";
import type { Command } from "@/features/search/commands";
import { AREA_PLACES, AREAS } from "@/features/studio/shell/areas";
import { useAppearanceChoice } from "@/fields/useAppearanceChoice";
import { useCatalogue } from "@/fields/useCatalogue";
import { changeLanguage } from "@/i18n";
import { useLanguage } from "@/i18n/useLanguage";
import { named } from "@/model/words";
import { DENSITIES, THEMES } from "@/ui/appearance";
import { iconOf } from "@/ui/icons";
import { useNavigation } from "./navigation";

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon };
const DENSITY_ICONS = { comfortable: Rows3, compact: Rows4 };

interface Found {
  label: string;
  icon: LucideIcon | undefined;
  /** The app whose menu leads there. */
  app?: string | null;
}

/** Places to go to: what the menu shows, every view, recycle bins, and the areas of the studio. */
function usePlaces(): Command[] {
  const { t } = useTranslation(["common", "studio"]);
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  const me = useMe();
  const group = t("common:commands.go");
  const go = (to: string) => () => void navigate({ to });
  const menu = useNavigation().flatMap((each) => each.items.map((item) => ({ ...item, app: each.label })));
  const places = new Map<string, Found>(menu.map(({ to, label, icon, app }) => [to, { label, icon, app }]));
  for (const view of catalogue.definitions.views) {
    const entity = catalogue.entity(view.entity);
    const to = `/v/${view.key}`;
    if (entity && !places.has(to))
      places.set(to, { label: `${entity.label} · ${view.label}`, icon: iconOf(entity.icon) });
  }
  for (const entity of catalogue.definitions.entities) {
    if (entity.can.delete && !entity.parent)
      places.set(`/e/${entity.key}/trash`, { label: `${t("common:nav.recycleBin")} · ${entity.label}`, icon: Trash2 });
  }
  if (me.abilities.includes("build")) {
    for (const area of AREAS) {
      const { to, icon } = AREA_PLACES[area];
      if (!places.has(to))
        places.set(to, { label: `${t("common:nav.studio")} · ${t(`studio:areas.${area}.title`)}`, icon });
    }
  }
  places.set("/account", { label: t("common:nav.account"), icon: KeyRound });
  return [...places].map(([to, { label, icon, app }]) => ({
    key: to,
    label,
    group,
    icon: icon ?? ArrowRight,
    more: app ? [app] : [],
    run: go(to),
  }));
}

/** Records that can be made. */
function useMaking(): Command[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const catalogue = useCatalogue();
  return catalogue.definitions.entities
    .filter((entity) => entity.can.create && !entity.parent)
    .map((entity) => ({
      key: `new-${entity.key}`,
      label: t("commands.create", { entity: entity.label }),
      group: t("commands.make"),
      icon: Plus,
      more: ["new", "create"],
      run: () => void navigate({ to: "/e/$entity/new", params: { entity: entity.key } }),
    }));
}

/** How the client looks and speaks, and the way out. */
function useSettings(onShortcuts: () => void): Command[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const look = useAppearanceChoice();
  const change = useChangeMe();
  const signOut = useSignOut();
  const group = t("commands.settings");
  const speak = async () => {
    const next = language === "zh" ? "en" : "zh";
    await changeLanguage(next);
    change.mutate({ language: next });
  };
  return [
    ...THEMES.map((theme) => ({
      key: `theme-${theme}`,
      label: named(t("appearance.theme"), t(`appearance.${theme}`), language),
      group,
      icon: THEME_ICONS[theme],
      more: ["theme", theme],
      run: () => look({ theme }),
    })),
    ...DENSITIES.map((density) => ({
      key: `density-${density}`,
      label: named(t("appearance.density"), t(`appearance.${density}`), language),
      group,
      icon: DENSITY_ICONS[density],
      more: ["density", density],
      run: () => look({ density }),
    })),
    {
      key: "language",
      label: t("nav.switchLanguage"),
      group,
      icon: Languages,
      more: ["language"],
      run: () => void speak(),
    },
    { key: "keys", label: t("shortcuts.title"), group, icon: Keyboard, more: ["keyboard", "?"], run: onShortcuts },
    { key: "out", label: t("nav.signOut"), group, icon: LogOut, more: ["logout"], run: () => signOut.mutate() },
  ];
}

export function useCommands(onShortcuts: () => void): Command[] {
  const places = usePlaces();
  const making = useMaking();
  const settings = useSettings(onShortcuts);
  return [...making, ...places, ...settings];
}
