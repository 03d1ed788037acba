import { AreaEmpty } from "../shell/AreaEmpty";

export function HistoryPage() {
  return <AreaEmpty area="history" />;
}
