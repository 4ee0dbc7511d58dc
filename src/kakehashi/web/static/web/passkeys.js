/* Passkeys: a form with data-passkey makes or shows one before it is sent.
 * Loaded only where a passkey can be used; every such page offers another way too. */
(() => {
  "use strict";

  const bytes = (words) => Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const words = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  /* the server writes bytes as base64url, the browser wants buffers */
  const opened = (options) => {
    const read = { ...options, challenge: bytes(options.challenge) };
    if (read.user) read.user = { ...read.user, id: bytes(read.user.id) };
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (read[list]) read[list] = read[list].map((one) => ({ ...one, id: bytes(one.id) }));
    }
    return read;
  };
  const closed = (credential) => {
    const { response } = credential;
    const told = { clientDataJSON: words(response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[part]) told[part] = words(response[part]);
    }
    if (response.getTransports) told.transports = response.getTransports();
    return JSON.stringify({
      id: credential.id,
      rawId: words(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: told,
    });
  };

  const optionsOf = async (form) => {
    if (form.dataset.optionsFrom) {
      const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
      const answer = await fetch(form.dataset.optionsFrom, { headers });
      return (await answer.json()).request_options.publicKey;
    }
    const told = JSON.parse(document.getElementById(form.dataset.options).textContent);
    return (told.creation_options ?? told.request_options).publicKey;
  };
  const made = async (form) => {
    const publicKey = opened(await optionsOf(form));
    if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey });
    const alone = form.elements.namedItem("passwordless")?.checked ?? false;
    publicKey.authenticatorSelection = {
      ...publicKey.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      userVerification: alone ? "required" : publicKey.authenticatorSelection?.userVerification,
    };
    return navigator.credentials.create({ publicKey });
  };

  const tell = (form, which) => {
    const place = form.querySelector("[data-passkey-told]");
    place.hidden = false;
    place.textContent = place.dataset[which];
  };
  const prepare = (form) => {
    if (!window.PublicKeyCredential) {
      if (!form.hidden) tell(form, "missing");
      return;
    }
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault(); /* form.submit() below does not come by here again */
      const credential = form.elements.namedItem("credential");
      try {
        credential.value = closed(await made(form));
        form.submit();
      } catch {
        tell(form, "failed");
      }
    });
  };
  document.querySelectorAll("form[data-passkey]").forEach(prepare);
})();
