import { AreaEmpty } from "../shell/AreaEmpty";

export function AppsPage() {
  return <AreaEmpty area="apps" />;
}
