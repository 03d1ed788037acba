/** For types that can only be asked whether there is something: the operator says it all. */
export function EmptinessFilter() {
  return null;
}
