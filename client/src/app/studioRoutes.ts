/** The studio: where those with the ability `build` shape the workspace. Each page is fetched when it is first opened. */
import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { sessionQuery } from "@/api/session";
import { rich } from "./frameRoutes";
import { queryClient } from "./queryClient";

const studio = createRoute({
  getParentRoute: () => rich,
  path: "/studio",
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!(session?.member.abilities as string[] | undefined)?.includes("build")) throw redirect({ to: "/" });
  },
  component: lazyRouteComponent(() => import("@/features/studio/shell/StudioShell"), "StudioShell"),
});

const studioApps = createRoute({
  getParentRoute: () => studio,
  path: "/",
  component: lazyRouteComponent(() => import("@/features/studio/apps/AppsPage"), "AppsPage"),
});
const studioForms = createRoute({
  getParentRoute: () => studio,
  path: "/forms",
  component: lazyRouteComponent(() => import("@/features/studio/forms/FormsPage"), "FormsPage"),
});
const studioFormsOne = createRoute({
  getParentRoute: () => studio,
  path: "/forms/$entity",
  component: lazyRouteComponent(() => import("@/features/studio/forms/FormsPage"), "FormsPage"),
});
const studioModel = createRoute({
  getParentRoute: () => studio,
  path: "/data",
  component: lazyRouteComponent(() => import("@/features/studio/model/ModelPage"), "ModelPage"),
});
const studioChoices = createRoute({
  getParentRoute: () => studio,
  path: "/choices",
  component: lazyRouteComponent(() => import("@/features/studio/choices/ChoicesPage"), "ChoicesPage"),
});
const studioProcesses = createRoute({
  getParentRoute: () => studio,
  path: "/processes",
  component: lazyRouteComponent(() => import("@/features/studio/processes/ProcessesPage"), "ProcessesPage"),
});
const studioProcessesOne = createRoute({
  getParentRoute: () => studio,
  path: "/processes/$process",
  component: lazyRouteComponent(() => import("@/features/studio/processes/ProcessesPage"), "ProcessesPage"),
});
const studioViews = createRoute({
  getParentRoute: () => studio,
  path: "/views",
  component: lazyRouteComponent(() => import("@/features/studio/views/ViewsPage"), "ViewsPage"),
});
const studioFigures = createRoute({
  getParentRoute: () => studio,
  path: "/figures",
  component: lazyRouteComponent(() => import("@/features/studio/figures/FiguresPage"), "FiguresPage"),
});
const studioRoles = createRoute({
  getParentRoute: () => studio,
  path: "/roles",
  component: lazyRouteComponent(() => import("@/features/studio/roles/RolesPage"), "RolesPage"),
});
const studioCalendar = createRoute({
  getParentRoute: () => studio,
  path: "/calendar",
  component: lazyRouteComponent(() => import("@/features/studio/calendar/CalendarPage"), "CalendarPage"),
});
const studioPublic = createRoute({
  getParentRoute: () => studio,
  path: "/public",
  component: lazyRouteComponent(() => import("@/features/studio/public/PublicPage"), "PublicPage"),
});
const studioTours = createRoute({
  getParentRoute: () => studio,
  path: "/tours",
  component: lazyRouteComponent(() => import("@/features/studio/tours/ToursPage"), "ToursPage"),
});
const studioObstacles = createRoute({
  getParentRoute: () => studio,
  path: "/obstacles",
  component: lazyRouteComponent(() => import("@/features/studio/obstacles/ObstaclesPage"), "ObstaclesPage"),
});
const studioChanges = createRoute({
  getParentRoute: () => studio,
  path: "/changes",
  component: lazyRouteComponent(() => import("@/features/studio/changes/ChangesPage"), "ChangesPage"),
});
const studioSpreadsheet = createRoute({
  getParentRoute: () => studio,
  path: "/new-from-spreadsheet",
  component: lazyRouteComponent(() => import("@/features/studio/spreadsheet/SpreadsheetPage"), "SpreadsheetPage"),
});
const studioTemplates = createRoute({
  getParentRoute: () => studio,
  path: "/templates",
  component: lazyRouteComponent(() => import("@/features/studio/templates/TemplatesPage"), "TemplatesPage"),
});
const studioHistory = createRoute({
  getParentRoute: () => studio,
  path: "/history",
  component: lazyRouteComponent(() => import("@/features/studio/history/HistoryPage"), "HistoryPage"),
});

export const studioTree = studio.addChildren([
  studioApps,
  studioForms,
  studioFormsOne,
  studioModel,
  studioChoices,
  studioProcesses,
  studioProcessesOne,
  studioViews,
  studioFigures,
  studioRoles,
  studioCalendar,
  studioPublic,
  studioTours,
  studioObstacles,
  studioChanges,
  studioHistory,
  studioSpreadsheet,
  studioTemplates,
] as const);
