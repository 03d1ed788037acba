import { AreaEmpty } from "../shell/AreaEmpty";

export function FormsPage() {
  return <AreaEmpty area="forms" />;
}
