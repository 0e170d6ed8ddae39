/* A button beside each password that can be looked at: shown until it is sent. Without script it stays hidden. */
(() => {
  const showing = (input) => input.type === "text";
  const let_look = (input) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small show-password";
    const label = document.querySelector(`label[for="${input.id}"]`);
    const say = () => {
      button.textContent = showing(input) ? input.dataset.hide : input.dataset.show;
      button.setAttribute("aria-label", `${button.textContent}: ${label ? label.textContent.trim() : ""}`);
    };
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => {
      input.type = showing(input) ? "password" : "text";
      say();
    });
    say();
    input.after(button);
    if (input.form) input.form.addEventListener("submit", () => { input.type = "password"; });
  };
  document.querySelectorAll("input[type=password][data-show]").forEach(let_look);
})();
