import { AreaEmpty } from "../shell/AreaEmpty";

export function RolesPage() {
  return <AreaEmpty area="roles" />;
}
