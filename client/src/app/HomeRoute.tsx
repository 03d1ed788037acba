import { lazy, Suspense } from "react";
import { HomePage } from "@/features/home/HomePage";

const TourInvite = lazy(() => import("@/features/tour/TourInvite"));

/** Home, with the invitation to a guided tour where one is waiting. */
export function HomeRoute() {
  return (
    <HomePage
      invite={
        <Suspense fallback={null}>
          <TourInvite />
        </Suspense>
      }
    />
  );
}
