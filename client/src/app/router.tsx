import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { sessionQuery } from "@/api/session";
import { SignInPage } from "@/features/session/SignInPage";
import { inside, rich, root } from "./frameRoutes";
import { HomeRoute } from "./HomeRoute";
import { queryClient } from "./queryClient";
import { readListSearch } from "./search";
import { CrashState, LoadingState, NotFoundState } from "./states";
import { studioTree } from "./studioRoutes";

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: SignInPage,
  validateSearch: (raw): { to?: string } =>
    typeof raw.to === "string" && raw.to.startsWith("/") ? { to: raw.to } : {},
  beforeLoad: async ({ search }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session && !session.member.must_change_password) throw redirect({ to: search.to ?? "/" });
  },
});

const home = createRoute({ getParentRoute: () => inside, path: "/", component: HomeRoute });

const onePage = createRoute({
  getParentRoute: () => rich,
  path: "/p/$page",
  component: lazyRouteComponent(() => import("@/features/home/OnePage"), "OnePage"),
});
const view = createRoute({
  getParentRoute: () => rich,
  path: "/v/$view",
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import("@/features/records/ViewPage"), "ViewPage"),
});
const entity = createRoute({
  getParentRoute: () => rich,
  path: "/e/$entity",
  validateSearch: readListSearch,
  component: lazyRouteComponent(() => import("@/features/records/EntityPage"), "EntityPage"),
});
const create = createRoute({
  getParentRoute: () => rich,
  path: "/e/$entity/new",
  validateSearch: (raw): { preset?: Record<string, string> } =>
    typeof raw.preset === "object" && raw.preset !== null ? { preset: raw.preset as Record<string, string> } : {},
  component: lazyRouteComponent(() => import("@/features/records/NewRecordPage"), "NewRecordPage"),
});
const trash = createRoute({
  getParentRoute: () => rich,
  path: "/e/$entity/trash",
  component: lazyRouteComponent(() => import("@/features/records/TrashPage"), "TrashPage"),
});
const record = createRoute({
  getParentRoute: () => rich,
  path: "/e/$entity/$id",
  component: lazyRouteComponent(() => import("@/features/records/RecordPage"), "RecordPage"),
});
const print = createRoute({
  getParentRoute: () => rich,
  path: "/e/$entity/$id/print",
  component: lazyRouteComponent(() => import("@/features/records/print/PrintPage"), "PrintPage"),
});
const merge = createRoute({
  getParentRoute: () => rich,
  path: "/e/$entity/merge",
  validateSearch: (raw): { ids?: string[] } =>
    Array.isArray(raw.ids) ? { ids: raw.ids.filter((each): each is string => typeof each === "string") } : {},
  component: lazyRouteComponent(() => import("@/features/records/merge/MergePage"), "MergePage"),
});
const tasks = createRoute({
  getParentRoute: () => rich,
  path: "/tasks",
  component: lazyRouteComponent(() => import("@/features/tasks/TasksPage"), "TasksPage"),
});
const notifications = createRoute({
  getParentRoute: () => rich,
  path: "/notifications",
  component: lazyRouteComponent(() => import("@/features/tasks/NotificationsPage"), "NotificationsPage"),
});
const imports = createRoute({
  getParentRoute: () => rich,
  path: "/imports",
  validateSearch: (raw): { entity?: string } => (typeof raw.entity === "string" ? { entity: raw.entity } : {}),
  component: lazyRouteComponent(() => import("@/features/imports/ImportsPage"), "ImportsPage"),
});
const importJob = createRoute({
  getParentRoute: () => rich,
  path: "/imports/$id",
  component: lazyRouteComponent(() => import("@/features/imports/ImportPage"), "ImportPage"),
});
const approvals = createRoute({
  getParentRoute: () => rich,
  path: "/approvals",
  component: lazyRouteComponent(() => import("@/features/studio/approvals/ApprovalsPage"), "ApprovalsPage"),
});
const account = createRoute({
  getParentRoute: () => rich,
  path: "/account",
  component: lazyRouteComponent(() => import("@/features/session/AccountPage"), "AccountPage"),
});
const members = createRoute({
  getParentRoute: () => rich,
  path: "/admin/members",
  component: lazyRouteComponent(() => import("@/features/admin/MembersPage"), "MembersPage"),
});
const departments = createRoute({
  getParentRoute: () => rich,
  path: "/admin/departments",
  component: lazyRouteComponent(() => import("@/features/admin/DepartmentsPage"), "DepartmentsPage"),
});
const roles = createRoute({
  getParentRoute: () => rich,
  path: "/admin/roles",
  component: lazyRouteComponent(() => import("@/features/admin/RolesPage"), "RolesPage"),
});
const announcements = createRoute({
  getParentRoute: () => rich,
  path: "/admin/announcements",
  component: lazyRouteComponent(() => import("@/features/admin/AnnouncementsPage"), "AnnouncementsPage"),
});
const audit = createRoute({
  getParentRoute: () => rich,
  path: "/admin/audit",
  component: lazyRouteComponent(() => import("@/features/admin/AuditPage"), "AuditPage"),
});
const health = createRoute({
  getParentRoute: () => rich,
  path: "/admin/health",
  component: lazyRouteComponent(() => import("@/features/admin/HealthPage"), "HealthPage"),
});

const pages = [
  onePage,
  view,
  entity,
  create,
  trash,
  record,
  print,
  merge,
  tasks,
  notifications,
  imports,
  importJob,
  approvals,
  account,
  members,
  departments,
  roles,
  announcements,
  audit,
  health,
] as const;

/** Whatever else is asked for: said inside the frame, from which one finds on. */
const elsewhere = createRoute({ getParentRoute: () => inside, path: "/$", component: NotFoundState });
const tree = root.addChildren([
  signIn,
  inside.addChildren([home, elsewhere, rich.addChildren([...pages, studioTree])]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  defaultPendingComponent: LoadingState,
  defaultPendingMs: 300,
  defaultErrorComponent: CrashState,
  defaultNotFoundComponent: NotFoundState,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
