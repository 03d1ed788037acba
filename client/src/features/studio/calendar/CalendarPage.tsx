import { AreaEmpty } from "../shell/AreaEmpty";

export function CalendarPage() {
  return <AreaEmpty area="calendar" />;
}
