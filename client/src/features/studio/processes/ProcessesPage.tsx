import { AreaEmpty } from "../shell/AreaEmpty";

export function ProcessesPage() {
  return <AreaEmpty area="processes" />;
}
