import { AreaEmpty } from "../shell/AreaEmpty";

export function ViewsPage() {
  return <AreaEmpty area="views" />;
}
