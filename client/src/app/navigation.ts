import {
  Activity,
  Bell,
  Blocks,
  Building,
  CalendarDays,
  ChartGantt,
  ClipboardCheck,
  FileUp,
  House,
  Images,
  type LucideIcon,
  MapPinned,
  Megaphone,
  ScrollText,
  ShieldCheck,
  SquareKanban,
  Users,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/session";
import { useCatalogue } from "@/fields/useCatalogue";
import { iconOf } from "@/ui/icons";

/** Kinds of views that tell more than the entity's own picture. */
const KIND_ICONS: Record<string, LucideIcon | undefined> = {
  board: SquareKanban,
  calendar: CalendarDays,
  gallery: Images,
  map: MapPinned,
  timeline: ChartGantt,
};

interface NavItem {
  key: string;
  to: string;
  label: string;
  icon: LucideIcon;
  badge?: "tasks" | "notifications";
}

export interface NavGroup {
  key: string;
  label: string | null;
  items: NavItem[];
}

/** Where the member can go: the fixed places, the installed apps' menus, and administration by ability. */
export function useNavigation(): NavGroup[] {
  const { t } = useTranslation();
  const me = useMe();
  const catalogue = useCatalogue();
  const may = (ability: string) => (me.abilities as string[]).includes(ability);
  const apps = catalogue.definitions.apps.map((app) => ({
    key: app.key,
    label: app.label,
    items: app.menu.flatMap((entry) => {
      const page = catalogue.definitions.pages.find((each) => each.key === entry.page);
      if (page) return [{ key: page.key, to: `/p/${page.key}`, label: entry.label, icon: iconOf(page.icon) }];
      const view = entry.view ? catalogue.view(entry.view) : undefined;
      if (!view) return [];
      return [
        {
          key: view.key,
          to: `/v/${view.key}`,
          label: entry.label,
          icon: KIND_ICONS[view.kind] ?? iconOf(catalogue.entity(view.entity)?.icon),
        },
      ];
    }),
  }));
  const canImport = catalogue.definitions.entities.some((entity) => entity.can.import);
  const inMenus = new Set(catalogue.definitions.apps.flatMap((app) => app.menu.map((entry) => entry.page)));
  const pages = catalogue.definitions.pages.filter((page) => !page.home && !inMenus.has(page.key));
  const fixed: NavItem[] = [
    { key: "home", to: "/", label: t("nav.home"), icon: House },
    ...pages.map((page) => ({ key: page.key, to: `/p/${page.key}`, label: page.label, icon: iconOf(page.icon) })),
    { key: "tasks", to: "/tasks", label: t("nav.tasks"), icon: ClipboardCheck, badge: "tasks" },
    { key: "notifications", to: "/notifications", label: t("nav.notifications"), icon: Bell, badge: "notifications" },
  ];
  const admin: NavItem[] = [
    ...(may("build") ? [{ key: "studio", to: "/studio", label: t("nav.studio"), icon: Blocks }] : []),
    ...(canImport ? [{ key: "imports", to: "/imports", label: t("nav.imports"), icon: FileUp }] : []),
    ...(may("members")
      ? [
          { key: "members", to: "/admin/members", label: t("nav.members"), icon: Users },
          { key: "departments", to: "/admin/departments", label: t("nav.departments"), icon: Building },
          { key: "roles", to: "/admin/roles", label: t("nav.roles"), icon: ShieldCheck },
        ]
      : []),
    ...(may("members") || may("build")
      ? [{ key: "announcements", to: "/admin/announcements", label: t("nav.announcements"), icon: Megaphone }]
      : []),
    ...(may("audit") ? [{ key: "audit", to: "/admin/audit", label: t("nav.audit"), icon: ScrollText }] : []),
    ...(may("health") ? [{ key: "health", to: "/admin/health", label: t("nav.health"), icon: Activity }] : []),
  ];
  return [
    { key: "fixed", label: null, items: fixed },
    ...apps.filter((app) => app.items.length > 0),
    ...(admin.length > 0 ? [{ key: "admin", label: t("nav.admin"), items: admin }] : []),
  ];
}
