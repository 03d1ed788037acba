/** Strangers who fill in a public form get a small page of its own; members get the client. */
if (window.location.pathname.startsWith("/f/")) {
  void import("./features/public/start").then((page) => page.startPublicForm());
} else {
  void import("./app/main");
}
