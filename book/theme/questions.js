// Makes the questions of a page answerable: choose or type, then read why. Without this script the choices and the folded answer
// stand as they are.
(() => {
  "use strict";

  let count = 0;
  // Case, backticks and the width of spaces make no difference.
  const plain = (text) => text.replace(/`/g, "").replace(/\s+/g, " ").trim().toLowerCase();

  function element(name, attributes, ...children) {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...children);
    return made;
  }

  function interactive(question) {
    const id = `question-${++count}`;
    const answer = question.querySelector("details");
    const text = question.querySelector(".question-text");
    text.id = id;
    const form = element("form", { className: "question-form" });
    const said = element("p", { className: "question-said" });
    said.setAttribute("role", "status");
    const check = element("button", { type: "submit" }, "Check");
    const kind = question.dataset.kind;
    const isRight = kind === "type" ? typed(form, id, JSON.parse(question.dataset.answers)) : chosen(form, id, kind, question);
    form.append(check, said);
    answer.before(form);

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const right = isRight();
      question.dataset.said = right === null ? "" : right ? "right" : "wrong";
      if (right === null) said.textContent = kind === "type" ? "Type an answer first." : "Choose an answer first.";
      else said.textContent = right ? "Right." : "Not this. Try again, or open the answer below.";
      if (right) answer.open = true;
    });
    form.addEventListener("input", () => {
      delete question.dataset.said;
      said.textContent = "";
    });
  }

  function typed(form, id, answers) {
    const field = element("input", { type: "text", autocomplete: "off", spellcheck: false });
    field.setAttribute("aria-labelledby", id);
    form.append(field);
    return () => (field.value.trim() ? answers.some((answer) => plain(answer) === plain(field.value)) : null);
  }

  function chosen(form, id, kind, question) {
    const group = element("div", { className: "question-group" });
    group.setAttribute("role", kind === "one" ? "radiogroup" : "group");
    group.setAttribute("aria-labelledby", id);
    const list = question.querySelector(".question-choices");
    const fields = [...list.children].map((choice) => {
      const field = element("input", { type: kind === "one" ? "radio" : "checkbox", name: id });
      group.append(element("label", {}, field, element("span", {}, ...phrases(choice))));
      return { field, right: choice.hasAttribute("data-right") };
    });
    form.append(group);
    list.remove();
    return () => {
      if (!fields.some(({ field }) => field.checked)) return null;
      return fields.every(({ field, right }) => field.checked === right);
    };
  }

  // A label holds phrases and no paragraphs.
  function phrases(choice) {
    return [...choice.childNodes].flatMap((node) => (node.nodeName === "P" ? [...node.childNodes] : [node]));
  }

  document.querySelectorAll(".question").forEach(interactive);
})();
