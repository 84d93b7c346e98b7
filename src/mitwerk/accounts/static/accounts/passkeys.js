/* Shows the buttons for passkeys where the browser knows them, and says it when one did not work. */
(() => {
  "use strict";
  const show = (selector, isShown) => { for (const one of document.querySelectorAll(selector)) one.hidden = !isShown; };
  document.addEventListener("DOMContentLoaded", () => {
    const canDo = window.isSecureContext && Boolean(window.PublicKeyCredential);
    show("[data-passkey]", canDo);
    // On the sign-in page a missing button needs no explanation: there are other ways beside it.
    show("[data-passkey-missing]", !canDo && !document.getElementById("passkey_login"));
  });
  document.addEventListener("click", (event) => { if (event.target.closest?.("[data-passkey]")) show("[data-passkey-error]", false); });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    show("[data-passkey-error]", true);
  });
})();
