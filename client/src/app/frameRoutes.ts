/** The routes that others hang below. */
import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from "@tanstack/react-router";
import { definitionsQuery, sessionQuery } from "@/api/session";
import { changeLanguage } from "@/i18n";
import { setTimeZone } from "@/model/format";
import { applyAppearance } from "@/ui/appearance";
import { keepAnswersFor } from "./offline";
import { queryClient } from "./queryClient";
import { Shell } from "./Shell";
import { NotFoundState } from "./states";

export const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundState });

/** Everything behind the sign-in. */
export const inside = createRoute({
  getParentRoute: () => root,
  id: "inside",
  component: Shell,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (!session || session.member.must_change_password)
      throw redirect({ to: "/sign-in", search: { to: location.href } });
    setTimeZone(session.workspace.time_zone);
    void keepAnswersFor(session.member.id);
    applyAppearance(session.member);
    if (session.member.language) await changeLanguage(session.member.language);
    await queryClient.ensureQueryData(definitionsQuery);
  },
});

/** Pages with rich controls; they bring antd along. */
export const rich = createRoute({
  getParentRoute: () => inside,
  id: "rich",
  component: lazyRouteComponent(() => import("./RichFrame"), "RichFrame"),
});
